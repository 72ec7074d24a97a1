//! Publishing, all or nothing.
//!
//! New files are written to a tree beside the output folder. Once all are there, the tree takes in the unchanged files
//! by hard link and changes places with the output folder by one rename, so that whoever looks, and whenever a build
//! is killed, finds the old site or the new one.

mod exchange;
mod in_place;
mod manifest;
mod stage;
mod stock;
mod target;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sitegen_model::hash_bytes;

use crate::console::Console;
use crate::errors::{self, Failure};
use crate::read;

use self::manifest::{Manifest, Stamp};
use self::stage::Stage;
use self::stock::Stock;

pub(crate) use self::stock::clean;
pub(crate) use self::target::resolve;

/// What becomes of files in the output folder that no build wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Foreign {
    /// Nothing is published.
    Refuse,
    /// They are kept beside the site.
    Keep,
}

/// What a file of the site is to hold.
#[derive(Debug)]
pub(crate) enum Content<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// These bytes, of an image that was drawn.
    Drawn {
        /// What they were drawn from.
        key: u128,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// The bytes of another file.
    Copy {
        /// Where it is.
        from: PathBuf,
        /// Their hash.
        hash: u128,
    },
}

/// A file of the new site.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Published {
    path: String,
    stamp: Stamp,
    change: Change,
    /// Whether it was drawn to know its bytes.
    drawn: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Written,
    Unchanged,
}

/// What publishing changed: paths below the output folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Files that are new or differ.
    pub written: Vec<String>,
    /// Images that had to be drawn to know whether they differ.
    pub drawn: Vec<String>,
    /// How many files are as they were.
    pub unchanged: usize,
    /// Files that an earlier build wrote and that are no part of the site now.
    pub deleted: Vec<String>,
    /// How the new files came into the output folder.
    pub way: Way,
}

/// How new files come into the output folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Way {
    /// All at once.
    #[default]
    Exchange,
    /// One by one, because the folder cannot be renamed.
    InPlace,
}

/// A site that is being published. If it is dropped before it is finished, nothing has happened.
#[derive(Debug)]
pub(crate) struct Publication {
    target: PathBuf,
    foreign: Foreign,
    previous: Manifest,
    stage: Stage,
}

impl Publication {
    /// Begins, once no other build is publishing to the same folder.
    ///
    /// # Errors
    ///
    /// There are foreign files, which are to be refused, or no files can be written beside the folder.
    pub(crate) fn begin(target: PathBuf, foreign: Foreign, console: &Console) -> Result<Self, Failure> {
        let stage = Stage::open(&target, console).map_err(errors::cannot_write(&target))?;
        let previous = Manifest::read(&target).map_err(errors::cannot_read(&target))?;
        let publication = Self { target, foreign, previous, stage };
        publication.take_stock()?;
        Ok(publication)
    }

    fn take_stock(&self) -> Result<Stock, Failure> {
        let stock = Stock::take(&self.target, &self.previous)?;
        let names: Vec<_> = stock.foreign.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        if self.foreign == Foreign::Refuse && !names.is_empty() {
            return Err(errors::foreign_files(&self.target, &names));
        }
        Ok(stock)
    }

    /// Takes a file of the new site, and writes it beside the old one if it differs.
    ///
    /// # Errors
    ///
    /// It cannot be written, or what it is a copy of cannot be read.
    pub(crate) fn put(&self, path: String, content: &Content) -> Result<Published, Failure> {
        let (hash, drawn_from) = match content {
            Content::Bytes(bytes) => (hash_bytes(bytes), None),
            Content::Drawn { key, bytes } => (hash_bytes(bytes), Some(*key)),
            Content::Copy { hash, .. } => (*hash, None),
        };
        let drawn = drawn_from.is_some();
        if let Some(stamp) = self.current(&path, hash) {
            let stamp = Stamp { drawn_from, ..stamp };
            return Ok(Published { path, stamp, change: Change::Unchanged, drawn });
        }
        let size = self.stage.write(&path, content)?;
        Ok(Published { path, stamp: Stamp { hash, size, drawn_from }, change: Change::Written, drawn })
    }

    /// Takes an image of the new site as it was published before, if it was drawn from the same: it need not be drawn
    /// to know its bytes.
    pub(crate) fn keep(&self, path: &str, key: u128) -> Option<Published> {
        let drawn = self.previous.files.get(path).filter(|stamp| stamp.drawn_from == Some(key))?;
        let stamp = self.current(path, drawn.hash)?;
        Some(Published { path: path.to_owned(), stamp, change: Change::Unchanged, drawn: false })
    }

    /// What is known of a published file that still holds the bytes of this hash.
    fn current(&self, path: &str, hash: u128) -> Option<Stamp> {
        let stamp = self.previous.files.get(path).filter(|stamp| stamp.hash == hash)?;
        let file = self.target.join(path);
        let metadata = file.symlink_metadata().ok().filter(fs::Metadata::is_file)?;
        let untouched = metadata.len() == stamp.size && self.previous.is_older(&metadata);
        // Copying a site makes all its files younger.
        (untouched || read::hash_file(&file).is_ok_and(|found| found == hash)).then_some(*stamp)
    }

    /// Puts the new site in the place of the old one. If both are the same, writes nothing.
    ///
    /// # Errors
    ///
    /// Something cannot be written. The old site is as it was, unless its folder could not be renamed.
    pub(crate) fn finish(self, files: &[Published]) -> Result<Outcome, Failure> {
        let stock = self.take_stock()?;
        let manifest = Manifest::of(files.iter().map(|file| (file.path.as_str(), file.stamp)));
        let mut outcome = Outcome::of(files, stock.owned, &manifest);
        let same = outcome.written.is_empty() && outcome.deleted.is_empty();
        if same && manifest.files == self.previous.files && self.previous.is_published() {
            return Ok(outcome);
        }
        self.complete(files, &stock.foreign)?;
        let tree = self.stage.tree();
        manifest.write(&tree).map_err(errors::cannot_write(&tree))?;
        outcome.way = match exchange::exchange(&tree, &self.target, &self.stage.aside()) {
            Ok(()) => Way::Exchange,
            Err(error) if is_mounted(&error) => {
                in_place::publish(&tree, &self.target, &outcome.written, &outcome.deleted)?;
                Way::InPlace
            }
            Err(error) => return Err(errors::cannot_write(&self.target)(error)),
        };
        Ok(outcome)
    }

    /// Gives the new tree the files that stay.
    fn complete(&self, files: &[Published], foreign: &[PathBuf]) -> Result<(), Failure> {
        let unchanged = files.par_iter().filter(|file| file.change == Change::Unchanged);
        unchanged.try_for_each(|file| self.stage.share(&self.target, Path::new(&file.path)))?;
        let ours: BTreeSet<_> = files.iter().map(|file| Path::new(&file.path)).collect();
        let mut kept = foreign.iter().filter(|path| !ours.contains(path.as_path()));
        kept.try_for_each(|path| self.stage.share(&self.target, path))?;
        self.stage.keep_permissions(&self.target)
    }
}

impl Outcome {
    fn of(files: &[Published], owned: Vec<String>, manifest: &Manifest) -> Self {
        let written = files.iter().filter(|file| file.change == Change::Written);
        let written: Vec<_> = written.map(|file| file.path.clone()).collect();
        let unchanged = files.len() - written.len();
        let drawn = files.iter().filter(|file| file.drawn).map(|file| file.path.clone()).collect();
        let deleted = owned.into_iter().filter(|path| !manifest.files.contains_key(path)).collect();
        Self { written, drawn, unchanged, deleted, way: Way::Exchange }
    }
}

/// Whether a folder cannot be renamed because something is mounted there.
fn is_mounted(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices)
}
