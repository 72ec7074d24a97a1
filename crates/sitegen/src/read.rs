//! Reading: from folders on disk to the inputs of a build.

mod bounds;
mod cache;
mod file;
mod history;
mod include;
mod likeness;
mod walk;
mod reopen;
mod trees;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_model::{Config, File, Files, Inputs, Stray, THEME_FILE, Theme, theme_path, with_extended};

use crate::disk;
use crate::embed;
use crate::errors::{self, Failure};

use self::bounds::Bounds;
use self::cache::{CachedFile, Shelf};
use self::trees::Trees;
use self::walk::{Admission, Discovery};

pub(crate) use self::cache::ReadCache;
pub(crate) use self::file::hash_file;
pub(crate) use self::reopen::reopen;
pub(crate) use self::walk::locate;

/// Reads the files of a site and of the theme that its configuration names, and adds them to the inputs.
/// Files that have not changed since `old` are not read again.
///
/// A file that cannot be read is part of the inputs, too, and the build reports it.
///
/// # Errors
///
/// The site's folder is missing, or a folder in it cannot be listed.
pub(crate) fn read(root: &Path, mut inputs: Inputs, old: &ReadCache) -> Result<(Inputs, ReadCache), Failure> {
    see_root(root)?;
    let mut folders = vec![root.to_owned(), parent(&root.join(&*inputs.config))];
    let config = see_config(root, &inputs.config, &old.site)?;
    inputs.site.extend(config.iter().map(|kept| (Arc::clone(&inputs.config), kept.file.clone())));
    let content = Config::read(&inputs).0.content;
    inputs.folders = content.folders;
    let nothing = Shelf::default();
    let before = if old.content == inputs.folders { &old.site } else { &nothing };
    let bounds = bounds(root, Trees::of_site(&inputs.folders))?;
    let config = config.map(|kept| Observation::File(Arc::clone(&inputs.config), Some(kept)));
    let site = read_folders(&bounds, config, before, &mut folders)?;
    inputs.site = site.files.clone();
    let mut themes = BTreeMap::new();
    inputs.themes = with_extended(&named_theme(&inputs), &mut |path| {
        let before = old.themes.get(path).unwrap_or(&nothing);
        let shelf = read_theme(root, path, before, &mut folders)?;
        let files = shelf.files.clone();
        themes.insert(Arc::clone(path), shelf);
        Ok(files)
    })?;
    let included = include::read(root, &site.files, (&old.site.files, &old.included), &mut folders);
    inputs.included = included.shelf.files.clone();
    let history = content.history.map(|_| history::read(root, &inputs, &old.history)).unwrap_or_default();
    inputs.history = history.told.clone();
    let content = inputs.folders.clone();
    Ok((inputs, ReadCache { site, content, themes, included, history, folders }))
}

/// Reads the configuration, if it is there. It may be outside the site, because the user names it on the
/// command line.
///
/// # Errors
///
/// The configuration cannot be read. This ends the run, because nothing said about a site without its
/// configuration would be true.
fn see_config(root: &Path, name: &str, before: &Shelf) -> Result<Option<CachedFile>, Failure> {
    let path = root.join(name);
    let before = before.get(name).map(|(_, kept)| kept);
    match before.filter(|kept| file::is_same(&path, kept)) {
        Some(kept) => Ok(Some(kept.clone())),
        None => match file::read(&path, name, Trees::of_theme(), before) {
            Some(CachedFile { file: File::Unreadable(reason), .. }) => {
                Err(errors::unreadable(&path, &reason))
            }
            kept => Ok(kept),
        },
    }
}

/// Reads the configuration of a site alone.
///
/// # Errors
///
/// The site's folder is missing, or the configuration cannot be read.
pub(crate) fn read_config(root: &Path, mut inputs: Inputs) -> Result<Inputs, Failure> {
    see_root(root)?;
    let path = root.join(&*inputs.config);
    match disk::read(&path) {
        Ok(bytes) => drop(inputs.site.insert(Arc::clone(&inputs.config), File::Loaded(bytes.into()))),
        // The build reports that there is none.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(errors::cannot_read(&path)(error)),
    }
    inputs.folders = Config::read(&inputs).0.content.folders;
    inputs.themes = vec![Theme { path: named_theme(&inputs), files: Files::new() }];
    Ok(inputs)
}

fn see_root(root: &Path) -> Result<(), Failure> {
    match disk::follow(root).map_err(errors::cannot_read(root))? {
        Some(metadata) if metadata.is_dir() => Ok(()),
        _ => Err(errors::no_root(root)),
    }
}

/// Returns the path of the theme that the configuration names. Problems of the configuration are dropped
/// here, because the build reports them.
fn named_theme(inputs: &Inputs) -> Arc<str> {
    let (config, _) = Config::read(inputs);
    theme_path(&config.theme)
}

/// Returns the name of the configuration among the files of a site.
pub(crate) fn config_name(path: &Path) -> String {
    let name = path.to_string_lossy().replace('\\', "/");
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}

fn read_theme(root: &Path, path: &str, before: &Shelf, folders: &mut Vec<PathBuf>) -> Result<Shelf, Failure> {
    let folder = walk::locate(root, path).map_err(errors::cannot_read(root))?;
    folders.extend([parent(&folder), folder.clone()]);
    let found = disk::follow(&folder).map_err(errors::cannot_read(&folder))?;
    if found.is_none() {
        let mut shelf = Shelf::default();
        for (name, file) in embed::theme(path) {
            let kept = CachedFile::or(before.get(&name).map(|(_, kept)| kept), None, file);
            shelf.put(name, kept);
        }
        return Ok(shelf);
    }
    let bounds = bounds(&folder, Trees::of_theme())?;
    let declarations = see_declarations(&folder.join(THEME_FILE), &bounds, before);
    read_folders(&bounds, declarations, before, folders)
}

fn bounds<'t>(base: &Path, trees: Trees<'t>) -> Result<Bounds<'t>, Failure> {
    Bounds::of(base, trees).map_err(errors::cannot_read(base))
}

/// The number of files that a thread reads before it looks for more.
const BATCH: usize = 128;

/// Something that was seen in a folder.
enum Observation {
    /// A folder that is to be watched.
    Folder(PathBuf),
    /// A file by its name, and its contents if they are new.
    File(Arc<str>, Option<CachedFile>),
    /// Something that could not be looked at, such as a folder that may hold files.
    Failed(Failure),
}

/// Reads the files of a site's or theme's folders and adds the file beside them. All folders of these files
/// are added to `watched`.
///
/// # Errors
///
/// A folder cannot be found or listed.
fn read_folders(
    bounds: &Bounds,
    beside: Option<Observation>,
    before: &Shelf,
    watched: &mut Vec<PathBuf>,
) -> Result<Shelf, Failure> {
    let (base, trees) = (bounds.base(), bounds.trees);
    let (mut walks, mut others) = (Vec::new(), Vec::from_iter(beside));
    for folder in trees.folders() {
        let path = base.join(folder);
        if disk::follow(&path).map_err(errors::cannot_read(&path))?.is_some() && bounds.leads_out(folder) {
            others.push(refused(folder, File::Stray(Stray::Outside)));
        } else {
            walks.push(walk::walk(base, folder, bounds).map_err(errors::cannot_read(&path))?);
        }
    }
    let mut found = walks.into_iter().flatten();
    // One thread walks on while others read. They take files in batches, because they would wait for each
    // other if they took one at a time.
    let batches = std::iter::from_fn(|| Some(found.by_ref().take(BATCH).collect::<Vec<_>>()));
    let batches = batches.take_while(|batch| !batch.is_empty());
    let see = |batch: Vec<_>| batch.into_iter().flat_map(|found| see(found, base, trees, before));
    let seen: Vec<_> = batches.par_bridge().flat_map_iter(see).collect();
    let likenesses = likeness::find(base, bounds).map_err(errors::cannot_read(base))?;
    others.extend(likenesses.iter().map(|name| unread(name)));
    let mut shelf = before.clone();
    let mut names = Vec::with_capacity(seen.len());
    for seen in seen.into_iter().chain(others) {
        match seen {
            Observation::Folder(folder) => watched.push(folder),
            Observation::Failed(failure) => return Err(failure),
            Observation::File(name, kept) => {
                names.push(Arc::clone(&name));
                if let Some(kept) = kept {
                    shelf.put(name, kept);
                }
            }
        }
    }
    shelf.keep(&names);
    for name in doubled(&mut names) {
        shelf.put(name, CachedFile { state: None, file: File::Doubled });
    }
    Ok(shelf)
}

/// Finds the names that more than one file has. ASCII names are passed over, because only names in several
/// Unicode normalization forms can become the same.
fn doubled(names: &mut Vec<Arc<str>>) -> Vec<Arc<str>> {
    names.retain(|name| !name.is_ascii());
    names.sort_unstable();
    let mut doubled: Vec<_> =
        names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| Arc::clone(&pair[0])).collect();
    doubled.dedup();
    doubled
}

fn see(found: Discovery, base: &Path, trees: Trees, before: &Shelf) -> Vec<Observation> {
    let Discovery { path, entry, home } = found;
    let name = walk::name(&path, base);
    let file = match (entry, name) {
        (Admission::Folder, _) => None,
        (Admission::Failed(error), _) => Some(Observation::Failed(errors::cannot_read(&path)(error))),
        (Admission::File, Ok(name)) => see_file(&path, &name, trees, before),
        (Admission::Refused(file), Ok(name)) => Some(refused(&name, file)),
        (_, Err(name)) => Some(refused(&name, File::Unreadable("its name is not UTF-8".to_owned()))),
    };
    file.into_iter().chain(home.map(Observation::Folder)).collect()
}

fn refused(name: &str, file: File) -> Observation {
    Observation::File(name.into(), Some(CachedFile { state: None, file }))
}

/// Makes an entry for a file of which only the name matters.
fn unread(name: &str) -> Observation {
    let file = File::Stored { hash: 0, size: None };
    Observation::File(name.into(), Some(CachedFile { state: None, file }))
}

/// Reads a file, unless it is unchanged; returns none if there is no file.
fn see_file(path: &Path, name: &str, trees: Trees, before: &Shelf) -> Option<Observation> {
    match before.get(name) {
        Some((name, kept)) if file::is_same(path, kept) => Some(Observation::File(Arc::clone(name), None)),
        known => {
            let kept = file::read(path, name, trees, known.map(|(_, kept)| kept))?;
            Some(Observation::File(name.into(), Some(kept)))
        }
    }
}

/// Reads a theme's declarations. They are part of the theme, so a link out of it is refused.
fn see_declarations(path: &Path, bounds: &Bounds, before: &Shelf) -> Option<Observation> {
    let refusal = match disk::find(path) {
        Ok(Some(found)) if found.is_symlink() => bounds.refuse(path),
        Ok(_) => None,
        Err(error) => Some(File::Unreadable(file::reason(&error))),
    };
    match refusal {
        Some(file) => Some(refused(THEME_FILE, file)),
        None => see_file(path, THEME_FILE, bounds.trees, before),
    }
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use sitegen_model::Content;

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

    fn read_site(root: &Path, known: &ReadCache) -> (Inputs, ReadCache) {
        read(root, Inputs { config: "site.toml".into(), ..Inputs::default() }, known).expect("is a site")
    }

    #[test]
    fn folders_with_nearly_the_right_name_are_seen() {
        let root = folder(&[
            ("contents/b.md", ""),
            ("contents/a.md", ""),
            ("template/notes.md", ""),
            ("Words/de.toml", ""),
            ("words/en.toml", ""),
            ("docs/a.md", ""),
        ]);
        let content = Content::default();
        let bounds = bounds(root.path(), Trees::of_site(&content)).expect("can be seen");
        let shelf = read_folders(&bounds, None, &Shelf::default(), &mut Vec::new()).expect("can be read");
        let names: Vec<_> = shelf.files.keys().map(|name| &**name).collect();
        assert_eq!(names, ["Words/de.toml", "contents/a.md", "words/en.toml"]);
    }

    #[test]
    fn a_site_is_its_folders_without_hidden_files_and_backups() {
        let root = folder(&[
            ("site.toml", "title = \"T\""),
            ("content/a/b.md", "b"),
            ("content/a/b.md~", "b"),
            ("content/.#b.md", "b"),
            ("content/a/Thumbs.db", "b"),
            ("static/Desktop.ini", "b"),
            ("content/.git/c.md", "c"),
            ("content/photo.jpg", "photo"),
            ("static/.well-known/x", "x"),
            ("notes/n.md", "n"),
        ]);
        let (inputs, _) = read_site(root.path(), &ReadCache::default());
        let names: Vec<_> = inputs.site.keys().map(|name| &**name).collect();
        assert_eq!(names, ["content/a/b.md", "content/photo.jpg", "site.toml", "static/.well-known/x"]);
        assert_eq!(
            inputs.site["content/photo.jpg"],
            File::Stored { hash: sitegen_model::hash_bytes(b"photo"), size: None }
        );
        assert!(inputs.in_themes("theme.toml"));
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
        let content = Content::default();
        let bounds = bounds(root.path(), Trees::of_site(&content)).expect("can be seen");
        let shelf = read_folders(&bounds, None, &Shelf::default(), &mut Vec::new()).expect("can be read");
        let files = shelf.files;
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
        let (before, known) = read_site(root.path(), &ReadCache::default());
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
        let (_, known) = read_site(root.path(), &ReadCache::default());
        let below = known.folders.iter().filter_map(|folder| folder.strip_prefix(root.path()).ok());
        let names: std::collections::BTreeSet<_> =
            below.map(|folder| folder.to_string_lossy().into_owned()).collect();
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["", "content", "content/a", "themes", "themes/t"]);
    }
}
