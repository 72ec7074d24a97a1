//! Where symbolic links may lead: into the folders that a site or a theme is made of, to nothing hidden there, and to nothing
//! that would be published by another name than its own.

use std::io;
use std::path::{Path, PathBuf};

use sitegen_model::{File, INDEXES, Stray};

use super::file;
use super::walk::{is_hidden_or_backup, parent};
use crate::disk;

/// The folders of a site or a theme, and where they are.
#[derive(Debug)]
pub(super) struct Bounds {
    /// Where the site or the theme is, as paths of links begin.
    given: PathBuf,
    /// The same without links.
    base: PathBuf,
    /// The names of the folders, and where they are, since they may be links themselves.
    folders: Vec<(String, PathBuf)>,
}

/// What becomes of a file, or of those in a folder.
#[derive(Debug, PartialEq, Eq)]
enum Role<'n> {
    /// It is published as it is.
    Published,
    /// It is published beside the record that it belongs to, if that is.
    Media,
    /// It holds records.
    Record,
    /// Something is made of it, with the others of its folder.
    Source(&'n str),
}

impl Bounds {
    /// Those of a site or a theme in `base`, which is made of `folders`.
    ///
    /// # Errors
    ///
    /// Where it is, or where a folder is, cannot be seen.
    pub(super) fn of(base: &Path, folders: &[&str]) -> io::Result<Self> {
        let mut real = Vec::new();
        for name in folders {
            let folder = base.join(name);
            if disk::follow(&folder)?.is_some() {
                real.push(((*name).to_owned(), disk::canonicalize(&folder)?));
            }
        }
        Ok(Self { given: base.to_owned(), base: disk::canonicalize(base)?, folders: real })
    }

    /// What is wrong with a link; none if it can be followed.
    pub(super) fn refuse(&self, link: &Path) -> Option<File> {
        let resolved =
            disk::canonicalize(link).and_then(|target| Ok((target, disk::canonicalize(parent(link))?)));
        match resolved {
            Ok((target, home)) if home.starts_with(&target) => Some(File::Stray(Stray::Loop)),
            Ok((target, home)) => match self.stray(&target) {
                Some(stray) => Some(File::Stray(stray)),
                None => self
                    .reveal(link, (&target, &home))
                    .unwrap_or_else(|error| Some(File::Unreadable(file::reason(&error)))),
            },
            Err(error) => Some(File::Unreadable(file::reason(&error))),
        }
    }

    /// The folder that a file without links on its way is in, and its path from there; none if no link may lead to it.
    pub(super) fn home<'b>(&'b self, file: &'b Path) -> Option<(&'b Path, &'b Path)> {
        let (_, folder, below) = self.place(file)?;
        (!below.iter().any(is_hidden_or_backup)).then_some((folder, below))
    }

    /// The folder that a path without links is in, by its name and its path, and the path from there.
    fn place<'b>(&'b self, path: &'b Path) -> Option<(&'b str, &'b Path, &'b Path)> {
        let below = |(name, folder): &'b (String, PathBuf)| {
            Some((name.as_str(), folder.as_path(), path.strip_prefix(folder).ok()?))
        };
        self.folders.iter().find_map(below)
    }

    fn stray(&self, target: &Path) -> Option<Stray> {
        let is_known = self.place(target).is_some();
        match target.strip_prefix(&self.base) {
            Ok(below) if below.iter().any(is_hidden_or_backup) => Some(Stray::Hidden),
            // What declares the site or the theme, and all other parts of themes.
            Ok(below) if !is_known && (below.starts_with("themes") || below.iter().count() == 1) => {
                Some(Stray::Source)
            }
            _ if is_known => None,
            _ => Some(Stray::Outside),
        }
    }

    /// Whether a link would make readers see what is not published, or not by that name.
    fn reveal(&self, link: &Path, (target, home): (&Path, &Path)) -> io::Result<Option<File>> {
        let name = link.strip_prefix(&self.given).unwrap_or(link);
        let mut parts = name.iter();
        let folder = parts.next().and_then(|folder| folder.to_str()).unwrap_or_default();
        let Some((other, root, below)) = self.place(target) else { return Ok(None) };
        let is_folder = disk::follow(target)?.is_some_and(|metadata| metadata.is_dir());
        let (own, other) = (role(folder, parts.as_path(), is_folder), role(other, below, is_folder));
        let is_revealed = match (own, other) {
            (_, Role::Published) => false,
            (Role::Media, Role::Media) => owner(parent(target), root)? != owner(home, root)?,
            (own, other) => own != other,
        };
        Ok(is_revealed.then_some(File::Stray(Stray::Source)))
    }
}

/// What becomes of a path in a folder of a site. Folders of the content may hold records.
fn role<'n>(folder: &'n str, below: &Path, is_folder: bool) -> Role<'n> {
    let is_record = || below.extension().is_some_and(|ending| ending == "md" || ending == "toml");
    match folder {
        "assets" | "static" => Role::Published,
        "content" if below.starts_with("data") => Role::Source("data"),
        "content" if !is_folder && is_record() => Role::Record,
        "content" => Role::Media,
        other => Role::Source(other),
    }
}

/// The nearest folder, from one up to the content's, that is a record's own.
fn owner<'p>(folder: &'p Path, content: &Path) -> io::Result<Option<&'p Path>> {
    for folder in folder.ancestors().take_while(|folder| folder.starts_with(content)) {
        for index in INDEXES {
            if disk::find(&folder.join(index))?.is_some() {
                return Ok(Some(folder));
            }
        }
    }
    Ok(None)
}
