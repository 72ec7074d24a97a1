//! What a record is called by its file: its slug, what stands for it in paths of pages, and its place among the others.

use std::borrow::Cow;
use std::sync::Arc;

use sitegen_parser::composed;

use crate::read::documents::{self, ContentName};
use crate::schema::{Collection, Numbers, Slugs};

/// The slug of the record that stands for its collection's own folder.
const ROOT: &str = "index";

/// What a record is called.
#[derive(Debug, Clone)]
pub(super) struct Naming {
    /// Its key within the collection.
    pub slug: Arc<str>,
    /// What stands for the slug in paths: the same, but nothing for the record that stands for the collection's folder.
    pub path: Arc<str>,
    /// The path of its file below the collection's folder, without its ending, as it is written. That of a record that stands
    /// for its folder is the folder's, with a slash at its end.
    pub file: Arc<str>,
    /// What it is ordered by where nothing else says that.
    pub order: Arc<str>,
}

impl Naming {
    /// What the record of a file is called, which may stand for its folder.
    pub(super) fn of_file(collection: &Collection, name: &ContentName, stands: bool) -> Self {
        // What is named after the collection's folder stands beside it, and for it.
        let is_beside = collection.below(&name.name).is_none();
        let depth = if collection.folder.is_empty() { 0 } else { collection.folder.split('/').count() };
        let file = below(documents::stem(&name.name), depth);
        let slugs = if collection.slugs == Slugs::File { file } else { below(&name.slugs, depth) };
        match collection.slugs {
            Slugs::Path | Slugs::File if stands || is_beside => {
                let folder = folder(file).map_or_else(String::new, |folder| format!("{folder}/"));
                Self::of_path(collection, folder.into(), self::folder(slugs).unwrap_or_default(), ROOT)
            }
            Slugs::Path | Slugs::File => Self::of_path(collection, file.into(), slugs, ""),
            Slugs::Name => {
                let own = if stands { folder(slugs).map_or(ROOT, last) } else { last(slugs) };
                let own = if is_beside { ROOT } else { own };
                Self::of_name(collection, file, own)
            }
        }
    }

    /// What a record is called that has its key in a file of several.
    pub(super) fn of_key(slug: &str) -> Self {
        let slug: Arc<str> = slug.into();
        Self { path: Arc::clone(&slug), file: Arc::clone(&slug), order: Arc::clone(&slug), slug }
    }

    fn of_path(collection: &Collection, file: Arc<str>, slugs: &str, root: &str) -> Self {
        let path: Arc<str> = without_numbers(collection, slugs).into();
        let order = if *path == *slugs { Arc::clone(&path) } else { slugs.into() };
        let slug = if path.is_empty() { root.into() } else { Arc::clone(&path) };
        let file = if file == path { Arc::clone(&path) } else { file };
        Self { slug, path, file, order }
    }

    fn of_name(collection: &Collection, file: &str, own: &str) -> Self {
        let slug: Arc<str> = without_numbers(collection, own).into();
        let order = if *slug == *own { Arc::clone(&slug) } else { own.into() };
        let file = if *file == *slug { Arc::clone(&slug) } else { file.into() };
        Self { path: Arc::clone(&slug), slug, file, order }
    }

    /// The same with the slug that its author gives it. Where slugs are paths, one without a slash stands for the last part
    /// only, and one that begins with a slash, as others have it, for all of them.
    pub(super) fn with_own(self, collection: &Collection, own: &str) -> Self {
        let own = composed(own);
        let is_path = collection.slugs != Slugs::Name;
        let path: Arc<str> = match (is_path, own.strip_prefix('/')) {
            (true, Some(whole)) => whole.into(),
            (true, None) if !own.is_empty() && !own.contains('/') => match folder(&self.path) {
                Some(folder) => format!("{folder}/{own}").into(),
                None => (&*own).into(),
            },
            _ => (&*own).into(),
        };
        let is_root = path.is_empty() && is_path && own.starts_with('/');
        let slug = if is_root { ROOT.into() } else { Arc::clone(&path) };
        let order = if collection.numbers == Numbers::Strip { self.order } else { Arc::clone(&path) };
        Self { slug, path, file: self.file, order }
    }
}

/// What the file is called, or the folder that it stands for; nothing if that is all of the content.
pub(super) fn called<'n>(collection: &Collection, name: &'n ContentName, stands: bool) -> &'n str {
    let stem = documents::stem(&name.name);
    let name = if stands { folder(stem).map_or("", last) } else { last(stem) };
    if collection.numbers == Numbers::Strip { without_number(name) } else { name }
}

/// The names by which files stand for their folder, the first that is there.
const INDEXES: [&str; 3] = ["index", "_index", "readme"];

/// The places among the names of indexes of those that a file's name comes after; none if it is no index. A `README` is
/// one where folders are part of slugs, in small letters, too.
pub(super) fn index(collection: &Collection, name: &str) -> Option<&'static [&'static str]> {
    let stem = last(documents::stem(name));
    let at = INDEXES.iter().position(|index| match *index {
        "readme" => collection.slugs != Slugs::Name && stem.eq_ignore_ascii_case("readme"),
        index => stem == index,
    })?;
    Some(&INDEXES[..at])
}

/// What of a path is below so many folders.
fn below(path: &str, depth: usize) -> &str {
    match depth.checked_sub(1) {
        None => path,
        Some(last) => path.match_indices('/').nth(last).map_or("", |(at, _)| &path[at + 1..]),
    }
}

/// The folder of a path; none if it is in none.
fn folder(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Slugs without the numbers that their parts begin with, if the collection wants them so.
fn without_numbers<'s>(collection: &Collection, slugs: &'s str) -> Cow<'s, str> {
    if collection.numbers == Numbers::Keep || !slugs.contains(|c: char| c.is_ascii_digit()) {
        return slugs.into();
    }
    slugs.split('/').map(without_number).collect::<Vec<_>>().join("/").into()
}

/// A name without the number before it, but for a day, a version, or a number alone.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest =
        Some(rest).filter(|rest| rest.len() < name.len()).and_then(|rest| rest.strip_prefix(['-', '_']));
    rest.filter(|rest| rest.starts_with(char::is_alphabetic)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{below, without_number};

    #[test]
    fn numbers_before_names_only_say_the_order() {
        for (name, bare) in [("01-intro", "intro"), ("2_setup", "setup"), ("1-intro-2", "intro-2")] {
            assert_eq!(without_number(name), bare);
        }
        for name in ["2026-01-31-news", "7-0-notes", "404", "3d", "1-", "über"] {
            assert_eq!(without_number(name), name);
        }
    }

    #[test]
    fn paths_are_cut_by_folders() {
        assert_eq!((below("a/b/c", 0), below("a/b/c", 1), below("a/b/c", 2)), ("a/b/c", "b/c", "c"));
        assert_eq!(below("a", 1), "");
    }
}
