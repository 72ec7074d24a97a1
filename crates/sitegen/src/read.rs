//! Reading: from folders on disk to the build's inputs.

mod known;
mod file;
mod walk;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_model::{Config, Drafts, Inputs, Setting};

use crate::embed;
use crate::errors::{self, Failure};

use self::file::Reading;
use self::known::{Kept, Shelf};
use self::walk::Found;

pub(crate) use self::file::hash_file;
pub(crate) use self::known::Known;

/// The folders that a site and a theme are made of.
pub(crate) const FOLDERS: [&str; 5] = ["content", "templates", "assets", "static", "queries"];

/// Reads a site and the theme that its configuration names. Of files that are as they were when `known` came to be,
/// that is taken.
///
/// What cannot be read is part of the inputs; the build says so.
///
/// # Errors
///
/// The site's folder is not there.
pub(crate) fn read(
    root: &Path,
    config: &Path,
    settings: Vec<Setting>,
    drafts: Drafts,
    known: &Known,
) -> Result<(Inputs, Known), Failure> {
    if !root.is_dir() {
        return Err(errors::no_root(root));
    }
    let config: Arc<str> = config_name(config).into();
    let mut folders = vec![root.to_owned(), parent(&root.join(&*config))];
    let mut site = read_folders(root, &FOLDERS, &known.site, &mut folders);
    let named = file::read(&root.join(&*config), Reading::Text, known.site.get(&config));
    site.extend(named.map(|kept| (Arc::clone(&config), kept)));
    let mut inputs = Inputs { config, site: known::files(&site), settings, drafts, ..Inputs::default() };
    // What is wrong with the configuration is reported by the build.
    let (config, _) = Config::read(&inputs);
    inputs.theme_path = theme_path(&config.theme).into();
    let nothing = Shelf::new();
    let before = if known.theme_path == inputs.theme_path { &known.theme } else { &nothing };
    let theme = read_theme(root, &inputs.theme_path, before, &mut folders);
    inputs.theme = known::files(&theme);
    let theme_path = Arc::clone(&inputs.theme_path);
    Ok((inputs, Known { site, theme, theme_path, folders }))
}

fn config_name(path: &Path) -> String {
    let name = path.to_string_lossy().replace('\\', "/");
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}

/// A theme is named by its folder below `themes/`, or by a path from the site's root.
fn theme_path(theme: &str) -> String {
    if theme.contains('/') {
        return theme.trim_start_matches("./").trim_end_matches('/').to_owned();
    }
    format!("themes/{theme}")
}

fn read_theme(root: &Path, path: &str, before: &Shelf, folders: &mut Vec<PathBuf>) -> Shelf {
    let folder = root.join(path);
    folders.extend([parent(&folder), folder.clone()]);
    if path == embed::THEME_PATH && !folder.exists() {
        let kept = |(name, file)| {
            let kept = Kept::or(before.get(&name), None, file);
            (name, kept)
        };
        return embed::theme().into_iter().map(kept).collect();
    }
    let mut files = read_folders(&folder, &FOLDERS[1..], before, folders);
    let declared = file::read(&folder.join("theme.toml"), Reading::Text, before.get("theme.toml"));
    files.extend(declared.map(|kept| ("theme.toml".into(), kept)));
    files
}

/// Reads the files of some folders below `base`, and adds all folders that these are in to `seen`.
fn read_folders(base: &Path, folders: &[&str], before: &Shelf, seen: &mut Vec<PathBuf>) -> Shelf {
    let mut found = Vec::new();
    for folder in folders {
        let mut walk = walk::walk(base, folder);
        found.append(&mut walk.found);
        seen.append(&mut walk.folders);
    }
    let read = |(name, found): (Arc<str>, Found)| {
        let kept = match found {
            Found::File(path) => file::read(&path, Reading::of(&name), before.get(&name))?,
            Found::Refused(file) => Kept { stamp: None, file },
        };
        Some((name, kept))
    };
    found.into_par_iter().filter_map(read).collect::<Vec<_>>().into_iter().collect()
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use sitegen_model::{File, Stray};

    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("has a parent")).expect("is writable");
            fs::write(path, text).expect("is writable");
        }
        folder
    }

    fn read_site(root: &Path, known: &Known) -> (Inputs, Known) {
        read(root, Path::new("./site.toml"), Vec::new(), Drafts::Exclude, known).expect("is a site")
    }

    #[test]
    fn a_site_is_its_folders_without_hidden_files_and_backups() {
        let root = folder(&[
            ("site.toml", "title = \"T\""),
            ("content/a/b.md", "b"),
            ("content/a/b.md~", "b"),
            ("content/.#b.md", "b"),
            ("content/.git/c.md", "c"),
            ("content/photo.jpg", "photo"),
            ("static/.well-known/x", "x"),
            ("notes/n.md", "n"),
        ]);
        let (inputs, _) = read_site(root.path(), &Known::default());
        let names: Vec<_> = inputs.site.keys().map(|name| &**name).collect();
        assert_eq!(names, ["content/a/b.md", "content/photo.jpg", "site.toml", "static/.well-known/x"]);
        assert_eq!(
            inputs.site["content/photo.jpg"],
            File::Stored { hash: sitegen_model::hash_bytes(b"photo") }
        );
        assert!(inputs.theme.contains_key("theme.toml"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_only_within_the_site() {
        use std::os::unix::fs::symlink;

        let outside = folder(&[("secret.md", "s")]);
        let root = folder(&[("content/a/b.md", "b")]);
        let content = root.path().join("content");
        symlink("a", content.join("inside")).expect("is writable");
        symlink("..", content.join("a/up")).expect("is writable");
        symlink("../..", content.join("a/root")).expect("is writable");
        symlink("nowhere", content.join("broken.md")).expect("is writable");
        symlink("nowhere", content.join(".#lock")).expect("is writable");
        symlink(outside.path(), content.join("out")).expect("is writable");
        symlink(outside.path().join("secret.md"), content.join("out.md")).expect("is writable");
        let files = known::files(&read_folders(root.path(), &FOLDERS, &Shelf::new(), &mut Vec::new()));
        let expected = [
            ("content/a/b.md", File::Loaded(b"b".as_slice().into())),
            ("content/a/root", File::Stray(Stray::Loop)),
            ("content/a/up", File::Stray(Stray::Loop)),
            ("content/broken.md", File::Unreadable("the symbolic link leads to nothing".to_owned())),
            ("content/inside/b.md", File::Loaded(b"b".as_slice().into())),
            ("content/inside/root", File::Stray(Stray::Loop)),
            ("content/inside/up", File::Stray(Stray::Loop)),
            ("content/out", File::Stray(Stray::Outside)),
            ("content/out.md", File::Stray(Stray::Outside)),
        ];
        let files: Vec<_> = files.iter().map(|(name, file)| (&**name, file.clone())).collect();
        assert_eq!(files, expected);
    }

    #[test]
    fn what_has_not_changed_is_not_read_again() {
        let root = folder(&[("site.toml", "theme = \"t\""), ("content/a.md", "a"), ("content/b.md", "b")]);
        let (before, known) = read_site(root.path(), &Known::default());
        fs::write(root.path().join("content/a.md"), "c").expect("is writable");
        let (after, _) = read_site(root.path(), &known);
        assert_eq!(after.site["content/a.md"], File::Loaded(b"c".as_slice().into()));
        let same = |name: &str| match (&before.site[name], &after.site[name]) {
            (File::Loaded(before), File::Loaded(after)) => Arc::ptr_eq(before, after),
            _ => false,
        };
        assert!(same("content/b.md") && same("site.toml") && !same("content/a.md"));
    }

    #[test]
    fn folders_to_watch_are_those_of_files() {
        let root = folder(&[("site.toml", "theme = \"t\""), ("content/a/b.md", "b"), ("public/x", "x")]);
        let (_, known) = read_site(root.path(), &Known::default());
        let below = known.folders.iter().filter_map(|folder| folder.strip_prefix(root.path()).ok());
        let names: std::collections::BTreeSet<_> =
            below.map(|folder| folder.to_string_lossy().into_owned()).collect();
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["", "content", "content/a", "themes", "themes/t"]);
    }
}
