//! Suggests existing paths for those that do not exist.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::ground::suggest::{Folded, NameIndex};

/// The existing paths, indexed for suggestions.
#[derive(Debug)]
pub(crate) struct Paths<'a> {
    /// The paths without the slash at their start, sorted, so that those in a folder are neighbors.
    sorted: Vec<&'a str>,
    /// The names in each folder that was needed so far.
    folders: HashMap<String, NameIndex<'a>>,
    /// The indexes in `sorted` of the paths with each last name, built when first needed.
    by_name: Option<HashMap<String, Vec<usize>>>,
}

impl<'a> Paths<'a> {
    /// Sorts the paths.
    pub(crate) fn new(paths: impl Iterator<Item = &'a str>) -> Self {
        let mut sorted: Vec<_> = paths.map(|path| path.trim_start_matches('/')).collect();
        sorted.sort_unstable();
        Self { sorted, folders: HashMap::new(), by_name: None }
    }

    /// Suggests a path, without the slash at its start: it is spelled differently in some parts, or is in
    /// another folder.
    pub(crate) fn nearest(&mut self, path: &str) -> Option<&'a str> {
        let wanted = segments(path);
        if wanted.is_empty() {
            return None;
        }
        let mut folder = String::new();
        let mut known = 0;
        for segment in &wanted[..wanted.len() - 1] {
            let below = format!("{folder}{segment}/");
            if self.within(&below).is_empty() {
                break;
            }
            (folder, known) = (below, known + 1);
        }
        self.spelt(&folder, &wanted[known..]).or_else(|| self.elsewhere(&wanted, known))
    }

    /// Finds the path below a folder whose parts are spelled most like those wanted.
    fn spelt(&mut self, folder: &str, wanted: &[&str]) -> Option<&'a str> {
        let name = self.names_in(folder).nearest(&folded(wanted[0]))?;
        if let [_] = wanted {
            let path = format!("{folder}{name}");
            return self.get(&path).or_else(|| self.get(&format!("{path}/")));
        }
        self.spelt(&format!("{folder}{name}/"), &wanted[1..])
    }

    /// Finds the only path with the same last name in the nearest folder that has any.
    fn elsewhere(&mut self, wanted: &[&str], known: usize) -> Option<&'a str> {
        let name = folded(wanted.last()?);
        for depth in (0..=known).rev() {
            let folder: String = wanted[..depth].iter().flat_map(|segment| [*segment, "/"]).collect();
            let within = self.within(&folder);
            let all = self.by_name().get(&name)?;
            let (start, end) = (place(all, within.start), place(all, within.end));
            match all[start..end] {
                [] => {}
                [only] => return Some(self.sorted[only]).filter(|path| !is_twin(path, wanted, known)),
                _ => return None,
            }
        }
        None
    }

    fn names_in(&mut self, folder: &str) -> &NameIndex<'a> {
        let within = self.within(folder);
        let sorted = &self.sorted;
        self.folders.entry(folder.to_owned()).or_insert_with(|| {
            let names = sorted[within].iter().map(|path| path[folder.len()..].split('/').next());
            let mut names: Vec<_> = names.flatten().filter(|name| !name.is_empty()).collect();
            names.dedup();
            names.into_iter().map(|name| (folded(name), name)).collect()
        })
    }

    fn by_name(&mut self) -> &HashMap<String, Vec<usize>> {
        let sorted = &self.sorted;
        self.by_name.get_or_insert_with(|| {
            let mut by_name: HashMap<_, Vec<_>> = HashMap::new();
            for (at, path) in sorted.iter().enumerate() {
                if let Some(name) = segments(path).last() {
                    by_name.entry(folded(name)).or_default().push(at);
                }
            }
            by_name
        })
    }

    /// Returns the range of paths in `sorted` that begin with `start`.
    fn within(&self, start: &str) -> std::ops::Range<usize> {
        let first = self.sorted.partition_point(|path| *path < start);
        first..first + self.sorted[first..].partition_point(|path| path.starts_with(start))
    }

    fn get(&self, path: &str) -> Option<&'a str> {
        self.sorted.binary_search(&path).ok().map(|at| self.sorted[at])
    }
}

fn place(sorted: &[usize], number: usize) -> usize {
    sorted.partition_point(|known| *known < number)
}

/// Splits a path into names, without an `index.html` at its end.
fn segments(path: &str) -> Vec<&str> {
    let mut segments: Vec<_> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    if segments.len() > 1 && segments.last().is_some_and(|last| matches!(*last, "index.html" | "index.htm")) {
        segments.pop();
    }
    segments
}

/// Normalizes a name: no escapes, no capitals, no ending of a page, and hyphens between words.
fn folded(name: &str) -> String {
    let name = percent_decode_str(name).decode_utf8_lossy();
    let name = Folded::new(&name).text;
    let stem = [".html", ".htm", ".md"].iter().find_map(|ending| name.strip_suffix(ending));
    stem.unwrap_or(&name).replace([' ', '_'], "-")
}

/// Returns true if a path is the wanted page in another branch of the site, such as another language or
/// version: then the wanted page was not moved, but has not been written.
fn is_twin(path: &str, wanted: &[&str], known: usize) -> bool {
    let path = segments(path);
    let differ = path.iter().zip(wanted).position(|(a, b)| a != b).unwrap_or(0);
    let shares_folder = |at: usize| at > differ && at + 1 < wanted.len() && path.get(at) == Some(&wanted[at]);
    let other_language =
        || differ == 0 && is_language(wanted[0]) && path.first().is_some_and(|name| is_language(name));
    differ < known
        && (path.len() == wanted.len() && (differ..wanted.len()).any(shares_folder) || other_language())
}

/// Returns true if a folder has the name of a language, such as `it` or `pt-br`.
fn is_language(name: &str) -> bool {
    let mut parts = name.split(['-', '_']);
    let letters = |part: &str, least, most| {
        (least..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    parts.next().is_some_and(|part| letters(part, 2, 3)) && parts.all(|part| letters(part, 2, 4))
}

#[cfg(test)]
mod tests {
    use super::Paths;

    #[test]
    fn the_path_that_a_person_would_name() {
        let known = [
            "/",
            "/about/",
            "/companies/amazon/",
            "/companies/meta/",
            "/en/reference/x/",
            "/it/reference/y/",
            "/it/reference/intro/",
            "/guide/start.html",
            "/über/",
            "/images/logo.png",
            "/v1/api/a/",
            "/v2/api/b/",
        ];
        let mut paths = Paths::new(known.into_iter());
        for (path, meant) in [
            ("/companies/amazn/", Some("companies/amazon/")),
            ("/compnies/amzon", Some("companies/amazon/")),
            ("/companies/Amazon.html", Some("companies/amazon/")),
            ("/companies/amazon/index.html", Some("companies/amazon/")),
            ("/amazon/", Some("companies/amazon/")),
            ("/old/companies/amazon/", Some("companies/amazon/")),
            ("/guide/start/", Some("guide/start.html")),
            ("/%C3%BCber", Some("über/")),
            ("/logo.png", Some("images/logo.png")),
            ("/it/reference/x/", None),
            ("/it/reference/itro/", Some("it/reference/intro/")),
            ("/v2/api/a/", None),
            ("/nothing/", None),
            ("/", None),
        ] {
            assert_eq!(paths.nearest(path), meant, "{path}");
        }
    }
}
