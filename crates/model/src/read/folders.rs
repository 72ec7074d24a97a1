//! Reports misspelled folders of sites and themes, from which nothing would be read.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

use sitegen_parser::{Diagnostic, Place, caseless};

use super::file::below;
use super::{CONTENT, Files, Inputs, Theme, errors};

/// The folders that are read, with the endings of the files in them; no endings mean any file.
const FOLDERS: [(&str, &[&str]); 8] = [
    ("assets", &["css", "js", "mjs", "svg", "png", "jpg", "jpeg", "webp", "avif", "gif", "ico", "woff2"]),
    ("content", &["md", "markdown", "toml", "csv", "tsv", "jsonl"]),
    ("fonts", &["ttf", "otf", "woff", "woff2"]),
    ("queries", &["sql"]),
    ("static", &[]),
    ("templates", &["html", "xml", "svg", "txt"]),
    ("themes", &["toml"]),
    ("words", &["toml"]),
];

/// Folders that only sites have, not themes.
const OF_SITES: [&str; 2] = ["content", "themes"];

/// Words that are one letter away from a folder's name but mean something else.
const OTHERS: [&str; 4] = ["consent", "context", "contest", "works"];

/// The folder that was most likely meant by a misspelled one.
#[derive(Debug, Clone, Copy)]
pub struct MeantFolder {
    name: &'static str,
    endings: &'static [&'static str],
}

impl MeantFolder {
    /// Finds the folder that a misspelled name means: one letter is wrong, or the name is in the singular.
    pub fn of(folder: &str) -> Option<Self> {
        let written = caseless(folder);
        if OTHERS.contains(&&*written) || FOLDERS.iter().any(|(name, _)| *name == folder) {
            return None;
        }
        let is_meant = |name: &str| match &*written {
            "query" | "querys" => name == "queries",
            written => strsim::osa_distance(written, name) <= 1,
        };
        let found = FOLDERS.into_iter().find(|(name, _)| is_meant(name));
        found.map(|(name, endings)| Self { name, endings })
    }

    /// Returns the folder's correct name.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Returns true if a file has an ending that would be read in the folder.
    pub fn admits(self, file: &str) -> bool {
        let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
        self.endings.is_empty() || self.endings.contains(&ending)
    }
}

impl Inputs {
    /// Reports folders whose names and files resemble those of a folder that is read.
    pub(crate) fn misspelt_folders(&self) -> Vec<Diagnostic> {
        let first = |path: &str| path.split('/').next().map(str::to_owned);
        let is_theme = |path: &str| self.themes.iter().any(|theme| first(&theme.path) == first(path));
        let site = misspelt(&self.site).filter(|(path, _)| !is_theme(path));
        let is_read = |path: &str| self.folders.name(path).is_some();
        let is_wanted = |meant: &MeantFolder| meant.name != CONTENT || self.folders.is_folder(CONTENT);
        let site = site.filter(|(path, meant)| !is_read(path) && is_wanted(meant));
        let site = site.map(|(path, meant)| (Arc::clone(path), meant));
        let of_theme = |theme: &'_ Theme| {
            let meant = misspelt(&theme.files).filter(|(_, meant)| !OF_SITES.contains(&meant.name));
            meant.map(|(name, meant)| (theme.file(name), meant)).collect::<Vec<_>>()
        };
        let theme = self.themes.iter().flat_map(of_theme);
        let report =
            |(path, meant): (Arc<str>, MeantFolder)| errors::misspelt_folder(meant.name, Place::file(&path));
        site.chain(theme).map(report).collect()
    }
}

/// Finds a file of each misspelled folder, with the folder that was meant.
fn misspelt(files: &Files) -> impl Iterator<Item = (&Arc<str>, MeantFolder)> {
    folders(files).into_iter().filter_map(|folder| {
        let meant = MeantFolder::of(folder)?;
        let mut files = below(files, folder);
        files.find(|(name, ..)| meant.admits(name)).map(|(_, path, _)| (path, meant))
    })
}

/// Lists the folders at the root that have files.
fn folders(files: &Files) -> BTreeSet<&str> {
    let first = |from: &str| files.range::<str, _>((Bound::Included(from), Bound::Unbounded)).next();
    // All paths in `folder/` sort before `folder0`, because `0` follows `/`.
    let behind = |path: &str| match path.split_once('/') {
        Some((folder, _)) => format!("{folder}0"),
        None => format!("{path}\0"),
    };
    let each = std::iter::successors(first(""), |(path, _)| first(&behind(path)));
    each.filter_map(|(path, _)| path.split_once('/').map(|(folder, _)| folder)).collect()
}

#[cfg(test)]
mod tests {
    use super::MeantFolder;

    #[test]
    fn only_likely_names_are_misspelt() {
        let meant = |folder| MeantFolder::of(folder).map(MeantFolder::name);
        for (folder, name) in [
            ("contents", "content"),
            ("Content", "content"),
            ("template", "templates"),
            ("statics", "static"),
            ("asset", "assets"),
            ("query", "queries"),
            ("word", "words"),
            ("font", "fonts"),
            ("theme", "themes"),
            ("tempaltes", "templates"),
        ] {
            assert_eq!(meant(folder), Some(name), "{folder}");
        }
        for folder in [
            "content",
            "docs",
            "src",
            "node_modules",
            "context",
            "stats",
            "world",
            "works",
            "data",
            "public",
            "target",
            "tests",
            "images",
            "front",
        ] {
            assert_eq!(meant(folder), None, "{folder}");
        }
    }
}
