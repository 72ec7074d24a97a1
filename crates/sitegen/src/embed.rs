//! What the program carries with it: themes, parts of themes, the sites that can be begun with, and what sites can add.

use sitegen_engine::Bundle;
use sitegen_model::{File, Files};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The terms of the works of others that the program is made of.
pub(crate) const NOTICES: &str = include_str!("../notices.txt");

/// The files of the theme that the program carries for a folder, by path from it; none if it carries no such theme.
pub(crate) fn theme(path: &str) -> Files {
    let start = format!("{path}/");
    let files = THEMES.iter().filter_map(|(file, bytes)| Some((file.strip_prefix(&*start)?, bytes)));
    files.map(|(name, bytes)| (name.into(), File::Loaded((*bytes).into()))).collect()
}

/// The files of all themes, and parts of themes, that the program carries, by path: `themes/docs/theme.toml`.
pub(crate) fn theme_files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    THEMES.iter().copied()
}

/// The names of the themes that a site can wear as they are, unlike the parts of themes.
pub(crate) fn themes() -> impl Iterator<Item = &'static str> {
    THEMES
        .iter()
        .filter_map(|(file, _)| file.strip_prefix("themes/")?.strip_suffix("/theme.toml"))
        .filter(|name| !name.contains('/'))
}

/// The folder of the theme by which exercises are shown.
const GUIDE: &str = "themes/guide/";

/// The files of a small site to begin with, by path from its root.
pub(crate) fn starter(name: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let of_name = move |path: &'static str| path.strip_prefix(name)?.strip_prefix('/');
    STARTERS.iter().filter_map(move |(path, bytes)| Some((of_name(path)?, *bytes)))
}

/// What is ours in the engine of Python, and the standard library as the engine itself compiled it, which nothing else can.
pub(crate) fn python() -> Bundle {
    PYTHON.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}

/// What the guide theme shows and runs exercises by. Folders end with a slash.
const EXERCISES: [&str; 6] = [
    "assets/practice-store.js",
    "assets/practice.css",
    "assets/practice.js",
    "engines/sql/",
    "templates/exercise.html",
    "words/exercise.en.toml",
];

/// The files by which a theme shows and runs exercises, by path from its folder: the guide theme's, and what those take for granted.
pub(crate) fn kit() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let is_part = |path: &str| {
        EXERCISES.iter().any(|part| if part.ends_with('/') { path.starts_with(part) } else { path == *part })
    };
    let guide = THEMES.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(GUIDE)?, *bytes)));
    guide.filter(move |(path, _)| is_part(path)).chain(KIT.iter().copied())
}
