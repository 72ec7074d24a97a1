//! Reading: from folders on disk to the build's inputs.

mod file;
mod walk;

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_model::{Config, Drafts, Files, Inputs, Setting};

use crate::embed;
use crate::errors::{self, Failure};

use self::file::Reading;
use self::walk::Found;

pub(crate) use self::file::hash_file;

/// The folders that a site and a theme are made of.
pub(crate) const FOLDERS: [&str; 5] = ["content", "templates", "assets", "static", "queries"];

/// Reads a site and the theme that its configuration names.
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
) -> Result<Inputs, Failure> {
    if !root.is_dir() {
        return Err(errors::no_root(root));
    }
    let config: Arc<str> = config_name(config).into();
    let mut site = read_folders(root, &FOLDERS);
    site.extend(file::read_named(root, &config).map(|file| (Arc::clone(&config), file)));
    let mut inputs = Inputs { config, site, settings, drafts, ..Inputs::default() };
    // What is wrong with the configuration is reported by the build.
    let (config, _) = Config::read(&inputs);
    inputs.theme_path = theme_path(&config.theme).into();
    inputs.theme = read_theme(root, &inputs.theme_path);
    Ok(inputs)
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

fn read_theme(root: &Path, path: &str) -> Files {
    let folder = root.join(path);
    if path == embed::THEME_PATH && !folder.exists() {
        return embed::theme();
    }
    let mut files = read_folders(&folder, &FOLDERS[1..]);
    files.extend(file::read_named(&folder, "theme.toml").map(|file| ("theme.toml".into(), file)));
    files
}

fn read_folders(base: &Path, folders: &[&str]) -> Files {
    let found: Vec<_> = folders.iter().flat_map(|folder| walk::walk(base, folder)).collect();
    let read = |(name, found): (Arc<str>, Found)| match found {
        Found::File(path) => {
            let file = file::read(&path, Reading::of(&name));
            (name, file)
        }
        Found::Refused(file) => (name, file),
    };
    found.into_par_iter().map(read).collect::<Vec<_>>().into_iter().collect()
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
        let inputs =
            read(root.path(), Path::new("./site.toml"), Vec::new(), Drafts::Exclude).expect("is a site");
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
        let files = read_folders(root.path(), &FOLDERS);
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
}
