//! Files that the program carries: themes, parts of themes, sites to begin with, and parts that sites can
//! add.

use sitegen_engine::Bundle;
use sitegen_model::{File, Files};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The licenses of the works of others in the program.
pub(crate) const NOTICES: &str = include_str!("../notices.txt");

/// Returns the files of a built-in theme, by path from its folder; none if there is no such theme.
pub(crate) fn theme(path: &str) -> Files {
    let start = format!("{path}/");
    let files = THEMES.iter().filter_map(|(file, bytes)| Some((file.strip_prefix(&*start)?, bytes)));
    files.map(|(name, bytes)| (name.into(), File::Loaded((*bytes).into()))).collect()
}

/// Returns the files of all built-in themes and parts of themes, by path: `themes/docs/theme.toml`.
pub(crate) fn theme_files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    THEMES.iter().copied()
}

/// Returns the names of the themes that a site can use as they are, without the parts of themes.
pub(crate) fn themes() -> impl Iterator<Item = &'static str> {
    THEMES
        .iter()
        .filter_map(|(file, _)| file.strip_prefix("themes/")?.strip_suffix("/theme.toml"))
        .filter(|name| !name.contains('/'))
}

/// The folder of the theme that shows exercises.
const GUIDE: &str = "themes/guide/";

/// Returns the files of a site to begin with, by path from its root.
pub(crate) fn starter(name: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let of_name = move |path: &'static str| path.strip_prefix(name)?.strip_prefix('/');
    STARTERS.iter().filter_map(move |(path, bytes)| Some((of_name(path)?, *bytes)))
}

/// Returns our own files of the Python engine, and the standard library. The latter is carried because only
/// Pyodide itself can compile it.
pub(crate) fn python() -> Bundle {
    PYTHON.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}

/// The files with which the guide theme shows and runs exercises. Folders end with a slash.
const EXERCISES: [&str; 6] = [
    "assets/practice-store.js",
    "assets/practice.css",
    "assets/practice.js",
    "engines/sql/",
    "templates/exercise.html",
    "words/exercise.en.toml",
];

/// Returns the files with which a theme shows and runs exercises, by path from its folder. They are those of
/// the guide theme and others that they need.
pub(crate) fn kit() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let is_part = |path: &str| {
        EXERCISES.iter().any(|part| if part.ends_with('/') { path.starts_with(part) } else { path == *part })
    };
    let guide = THEMES.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(GUIDE)?, *bytes)));
    guide.filter(move |(path, _)| is_part(path)).chain(KIT.iter().copied())
}
