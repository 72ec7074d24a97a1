//! What the program carries with it: the guide theme and the starter site.

use sitegen_model::{File, Files};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The path of the theme that the program carries.
pub(crate) const THEME_PATH: &str = "themes/guide";

/// The files of the guide theme, by path from its folder.
pub(crate) fn theme() -> Files {
    THEME.iter().map(|(path, bytes)| ((*path).into(), File::Loaded((*bytes).into()))).collect()
}

/// The files of a small site that wears the guide theme, by path from its root.
pub(crate) fn starter() -> &'static [(&'static str, &'static [u8])] {
    STARTER
}
