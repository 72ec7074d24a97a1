//! Derives a record's slug, its part of the page's path and its name for sorting from the path of its file.

use std::borrow::Cow;
use std::sync::Arc;

use sitegen_parser::composed;

use crate::read::documents::{self, ContentName};
use crate::schema::{Collection, Numbers, Slugs};

/// The slug of the index of a collection's own folder.
const ROOT: &str = "index";

/// The names of a record.
#[derive(Debug, Clone)]
pub(super) struct Naming {
    /// The record's key within its collection.
    pub slug: Arc<str>,
    /// The part of paths of pages that stands for the slug: the slug, or nothing for the index of the
    /// collection's folder.
    pub path: Arc<str>,
    /// The path of its file below the collection's folder, as it is written but without its ending. For an
    /// index it is the folder's path with a slash at its end.
    pub file: Arc<str>,
    /// The name by which records are ordered where no list and no field orders them.
    pub order: Arc<str>,
}

impl Naming {
    /// Names the record of a file. `stands` is true if the file is the index of its folder.
    pub(super) fn of_file(collection: &Collection, name: &ContentName, stands: bool) -> Self {
        // A file with the name of the collection's folder, next to the folder, is the folder's index, too.
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

    /// Names a record in a file of several by its key.
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

    /// Replaces the slug by the author's own. If slugs are paths, an own slug without a slash replaces the
    /// last part, and one that begins with a slash, as in other generators, replaces the whole path.
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

/// Returns the name of the file, or of the folder if the file is its index; empty for the index of the whole
/// content.
pub(super) fn called<'n>(collection: &Collection, name: &'n ContentName, stands: bool) -> &'n str {
    let stem = documents::stem(&name.name);
    let name = if stands { folder(stem).map_or("", last) } else { last(stem) };
    if collection.numbers == Numbers::Strip { without_number(name) } else { name }
}

/// The names of index files; the first that exists counts.
const INDEXES: [&str; 3] = ["index", "_index", "readme"];

/// Returns the index names that take precedence over a file's; none if the file is no index. `README` is one
/// only if slugs include folders, and in any case.
pub(super) fn index(collection: &Collection, name: &str) -> Option<&'static [&'static str]> {
    let stem = last(documents::stem(name));
    let at = INDEXES.iter().position(|index| match *index {
        "readme" => collection.slugs != Slugs::Name && stem.eq_ignore_ascii_case("readme"),
        index => stem == index,
    })?;
    Some(&INDEXES[..at])
}

/// Returns the part of a path below so many folders.
fn below(path: &str, depth: usize) -> &str {
    match depth.checked_sub(1) {
        None => path,
        Some(last) => path.match_indices('/').nth(last).map_or("", |(at, _)| &path[at + 1..]),
    }
}

/// Returns the folder of a path; none if it is in none.
fn folder(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Removes the numbers at the start of each part of a slug, if the collection strips them.
fn without_numbers<'s>(collection: &Collection, slugs: &'s str) -> Cow<'s, str> {
    if collection.numbers == Numbers::Keep || !slugs.contains(|c: char| c.is_ascii_digit()) {
        return slugs.into();
    }
    slugs.split('/').map(without_number).collect::<Vec<_>>().join("/").into()
}

/// Removes the number before a name, but keeps dates, versions and names that are only a number.
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
