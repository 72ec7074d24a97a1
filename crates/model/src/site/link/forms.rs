//! Alternative forms of paths in links, as other tools and hosts know files and pages.

use crate::read::INDEXES;

/// The endings of records that links may leave out.
const ENDINGS: [&str; 2] = ["md", "markdown"];

/// Lists the files that a link can mean, the likeliest first: the file itself, then `x.md` for `x`, `x.html`
/// and `x/`, and index files. `path` is from the root, without a slash at its end; `is_folder` is true if the
/// link had one.
pub(super) fn files(path: &str, is_folder: bool) -> Vec<String> {
    let stem = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")).filter(|_| !is_folder);
    let records = |stem: &str| ENDINGS.map(|ending| format!("{stem}.{ending}"));
    let indexes = |folder: &str| {
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        INDEXES.map(|index| format!("{folder}{index}"))
    };
    let mut files = Vec::new();
    if !is_folder {
        files.push(path.to_owned());
    }
    match stem {
        Some(stem) => {
            files.extend(records(stem));
            if let Some(folder) = stem.strip_suffix("index") {
                files.extend(indexes(folder.trim_end_matches('/')));
            }
        }
        None if is_folder || path.is_empty() => {
            files.extend(indexes(path));
            files.extend(records(path));
        }
        None => {
            files.extend(records(path));
            files.extend(indexes(path));
        }
    }
    files
}

/// Lists the paths of pages that a link can mean, the likeliest first: with or without a slash at its end,
/// and `.html`.
pub(super) fn pages(path: &str) -> [String; 4] {
    let stem = path.strip_suffix(".html").unwrap_or(path).trim_end_matches('/');
    [path.to_owned(), format!("{stem}/"), format!("{stem}.html"), stem.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::{files, pages};

    #[test]
    fn files_are_named_as_other_tools_do() {
        let means =
            |path: &str, is_folder: bool, file: &str| files(path, is_folder).iter().any(|it| it == file);
        assert_eq!(files("a/b.md", false)[0], "a/b.md");
        assert!(means("a/b", false, "a/b.md") && means("a/b", true, "a/b.md"));
        assert!(means("a/b.html", false, "a/b.md") && means("a/index.html", false, "a/README.md"));
        assert!(means("a/b", true, "a/b/index.md") && means("", true, "index.md"));
        assert!(!means("a/b", true, "a/b") && means("index.html", false, "README.md"));
    }

    #[test]
    fn pages_are_named_as_hosts_do() {
        assert_eq!(pages("/a")[1], "/a/");
        assert_eq!(pages("/a.html")[1], "/a/");
        assert_eq!(pages("/a/")[2], "/a.html");
    }
}
