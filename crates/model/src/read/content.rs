//! Maps files of the site to names in its content, by the content's folders and mounts.

use std::borrow::Cow;
use std::cmp::Reverse;

use crate::ground::Glob;

/// The folders of a site that are not content unless the configuration mounts them.
pub const FOLDERS: [&str; 7] = ["templates", "assets", "static", "queries", "words", "fonts", "engines"];

/// The folder whose files are published unchanged.
const STATIC: &str = "static";

/// The folder of the content if the configuration names none.
pub const CONTENT: &str = "content";

/// Folders for the dependencies and caches of programs, which are skipped everywhere.
const OF_PROGRAMS: [&str; 2] = ["node_modules", "__pycache__"];

/// The folders of the content. A file has a path from the site's folder, which diagnostics show, and a name,
/// which is its path within the content.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Content {
    /// The folders; nested ones come before those around them.
    roots: Vec<Root>,
    /// Patterns of the names of files that are ignored.
    pub(crate) ignored: Vec<Glob>,
    /// Patterns of the names of files that are published unchanged.
    pub(crate) published: Vec<Glob>,
    /// True if the site's other folders override those of its theme. Otherwise only `static` counts.
    pub(crate) overrides: bool,
}

/// A folder of the content.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Root {
    /// The folder's path, with a slash at its end; empty for the site's own folder.
    folder: String,
    /// The prefix of the names of its files: empty, or a folder of the content with a slash at its end.
    name: String,
    /// The paths in the folder that are not content.
    without: Vec<String>,
}

impl Default for Content {
    fn default() -> Self {
        Self::new([(CONTENT.to_owned(), String::new())], &[])
    }
}

impl Content {
    /// Creates the content from folders, each with the folder of the content that it counts as. `others` are
    /// paths that are never content, even within one of the folders.
    pub(crate) fn new(folders: impl IntoIterator<Item = (String, String)>, others: &[&str]) -> Self {
        let with_slash = |path: String| if path.is_empty() { path } else { path + "/" };
        let root = |(folder, name)| {
            let folder = with_slash(folder);
            let within = |other: &&&str| other.len() > folder.len() && other.starts_with(&folder);
            let without = others.iter().filter(within).map(|other| (*other).to_owned()).collect();
            Root { folder, name: with_slash(name), without }
        };
        let mut roots: Vec<_> = folders.into_iter().map(root).collect();
        roots.sort_by_key(|root: &Root| Reverse(root.folder.len()));
        Self { roots, ignored: Vec::new(), published: Vec::new(), overrides: true }
    }

    /// Returns the name of a file or folder in the content; none if it is not content.
    pub fn name<'p>(&self, path: &'p str) -> Option<Cow<'p, str>> {
        let root = self.root(path)?;
        let below = &path[root.folder.len()..];
        if is_of_programs(below) {
            return None;
        }
        let name =
            if root.name.is_empty() { below.into() } else { Cow::Owned(format!("{}{below}", root.name)) };
        (!self.ignored.iter().any(|glob| glob.matches(&name))).then_some(name)
    }

    /// Finds the folder of the content that a path is in.
    fn root(&self, path: &str) -> Option<&Root> {
        let root = self.roots.iter().find(|root| path.starts_with(&root.folder))?;
        (!root.without.iter().any(|other| is_in(path, other))).then_some(root)
    }

    /// Lists the paths at which a file with this name can be.
    pub fn paths<'a>(&'a self, name: &'a str) -> impl Iterator<Item = String> + 'a {
        let below = move |root: &'a Root| Some((root, name.strip_prefix(&root.name)?));
        let paths =
            self.roots.iter().filter_map(below).map(|(root, below)| format!("{}{below}", root.folder));
        paths.filter(move |path| self.name(path).is_some_and(|found| found == name))
    }

    /// Lists the paths of the folders that hold all files below a folder of the content.
    pub fn folders_of(&self, name: &str) -> impl Iterator<Item = String> {
        let name = if name.is_empty() { String::new() } else { format!("{name}/") };
        self.roots.iter().filter_map(move |root| match name.strip_prefix(&root.name) {
            Some(below) => Some(format!("{}{below}", root.folder)),
            None => root.name.starts_with(&name).then(|| root.folder.clone()),
        })
    }

    /// Returns the path for a new file: it goes to the folder that counts as the nearest one above it.
    pub fn path_of_new(&self, name: &str) -> String {
        let above = self.roots.iter().filter_map(|root| Some((root, name.strip_prefix(&root.name)?)));
        let nearest = above.min_by_key(|(_, below)| below.len());
        nearest.map_or_else(|| name.to_owned(), |(root, below)| format!("{}{below}", root.folder))
    }

    /// Lists the paths of the content's folders without those within another.
    pub(crate) fn outermost(&self) -> impl Iterator<Item = &str> {
        let mut folders: Vec<_> = self.folders().collect();
        folders.sort_unstable();
        let mut last: Option<&str> = None;
        folders.into_iter().filter(move |folder| {
            let is_within = last.is_some_and(|last| folder.starts_with(last));
            last = last.filter(|_| is_within).or(Some(folder));
            !is_within
        })
    }

    /// Lists the paths of all folders, each with a slash at its end; the site's own folder is empty.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.roots.iter().map(|root| root.folder.as_str())
    }

    /// Returns true if names differ from paths by more than a common prefix, so that files that are neighbors
    /// by name may be in different folders.
    pub(crate) fn has_names(&self) -> bool {
        self.roots.len() > 1
    }

    /// Returns true if a path is one of the content's folders.
    pub fn is_folder(&self, path: &str) -> bool {
        self.folders().any(|folder| folder.strip_suffix('/').unwrap_or(folder) == path)
    }

    /// Lists the site's folders besides the content that count.
    pub fn others(&self) -> impl Iterator<Item = &'static str> + use<> {
        let overrides = self.overrides;
        FOLDERS.into_iter().filter(move |folder| overrides || *folder == STATIC)
    }

    /// Returns true if some content is within one of the site's other folders.
    pub(crate) fn is_within(&self, folder: &str) -> bool {
        self.folders().any(|own| is_in(own, folder))
    }

    /// Returns true if the file with this name is published unchanged, whatever its ending.
    pub fn publishes(&self, name: &str) -> bool {
        self.published.iter().any(|glob| glob.matches(name))
    }
}

/// Returns true if a path equals another or lies within it.
fn is_in(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_of_programs(below: &str) -> bool {
    OF_PROGRAMS.iter().any(|name| below.contains(name))
        && below.split('/').any(|part| OF_PROGRAMS.contains(&part))
}

/// Normalizes a path below a folder, as `site.toml` or a collection gives it: `./docs/` becomes `docs`, and
/// `.` becomes empty. None if the path leads out of the folder.
pub(crate) fn below(path: &str) -> Option<String> {
    let parts: Vec<_> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let leaves = path.starts_with('/') || path.contains(['\\', ':', '\0']) || parts.contains(&"..");
    (!leaves).then(|| sitegen_parser::composed(&parts.join("/")).into_owned())
}

#[cfg(test)]
mod tests {
    use super::{Content, below};

    fn content(folders: &[(&str, &str)]) -> Content {
        let folders = folders.iter().map(|(folder, name)| ((*folder).to_owned(), (*name).to_owned()));
        Content::new(folders, &["themes", "static", "public", "site.toml", "docs/out"])
    }

    #[test]
    fn the_nearest_folder_says_the_name() {
        let content = content(&[("docs", ""), ("docs/en", "english"), ("apps/blog", "blog")]);
        let name = |path| content.name(path).map(std::borrow::Cow::into_owned);
        assert_eq!(name("docs/a.md").as_deref(), Some("a.md"));
        assert_eq!(name("docs/en/a.md").as_deref(), Some("english/a.md"));
        assert_eq!(name("apps/blog/a.md").as_deref(), Some("blog/a.md"));
        assert_eq!((name("documents/a.md"), name("apps/a.md"), name("docs/out/a.md")), (None, None, None));
        assert_eq!(name("docs/node_modules/a.md"), None);
        assert_eq!(content.outermost().collect::<Vec<_>>(), ["apps/blog/", "docs/"]);
        assert_eq!(content.paths("blog/a.md").collect::<Vec<_>>(), ["apps/blog/a.md", "docs/blog/a.md"]);
        assert_eq!(content.path_of_new("blog/a.md"), "apps/blog/a.md");
        assert_eq!(content.folders_of("blog").collect::<Vec<_>>(), ["apps/blog/", "docs/blog/"]);
        assert_eq!(content.folders_of("english/a").collect::<Vec<_>>(), ["docs/en/a/", "docs/english/a/"]);
        assert_eq!(content.folders_of("").count(), 3);
    }

    #[test]
    fn the_whole_folder_lacks_what_the_site_is_made_of() {
        let content = content(&[("", "")]);
        assert_eq!(content.name("a/b.md").as_deref(), Some("a/b.md"));
        for path in ["themes/t/a.md", "static/a.md", "public/a/index.html", "site.toml"] {
            assert_eq!(content.name(path), None, "{path}");
        }
        assert_eq!(content.name("statics/a.md").as_deref(), Some("statics/a.md"));
    }

    #[test]
    fn paths_stay_below() {
        assert_eq!(below("./docs/").as_deref(), Some("docs"));
        assert_eq!((below(".").as_deref(), below("").as_deref()), (Some(""), Some("")));
        for path in ["../x", "/x", "a/../../x", "C:/x", "a\\b"] {
            assert_eq!(below(path), None, "{path}");
        }
    }
}
