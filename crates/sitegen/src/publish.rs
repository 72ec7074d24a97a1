//! Publishing, all or nothing.
//!
//! New files are written to a tree beside the output folder. Once all are there, and on the disk, the tree takes in the
//! unchanged files by hard link and changes places with the output folder by one rename, so that whoever looks, and whenever
//! a build is killed, finds the old site or the new one. Then the old one is taken apart.

pub(crate) mod exchange;
mod in_place;
mod manifest;
mod old;
mod record;
mod stage;
mod stock;
mod target;

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sitegen_model::hash_bytes;

use crate::console::Console;
use crate::disk;
use crate::errors::{self, Failure};
use crate::read;

use self::manifest::{Manifest, Stamp};
use self::stage::Stage;
use self::stock::Stock;

pub(crate) use self::manifest::NAME as MANIFEST;
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

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// All that is published is on the disk before readers see it, so that a power cut leaves a whole site.
    Sync,
    /// The system writes it when it likes.
    NoSync,
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
    /// Files that no build had written, in whose places files of the site came.
    pub replaced: Vec<String>,
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

/// The right to publish to a folder, which one build has at a time. If it is dropped, nothing has happened.
#[derive(Debug)]
pub(crate) struct Turn {
    /// The folder.
    pub target: PathBuf,
    stage: Stage,
    /// The turns of the sites in whose outputs the folder is: meanwhile, none of them is exchanged.
    around: Vec<Stage>,
}

impl Turn {
    /// Waits until no other build has it. Whoever reads the site then publishes nothing older than what is there.
    ///
    /// # Errors
    ///
    /// No files can be written beside the folder.
    pub(crate) fn take(target: PathBuf, console: &Console) -> Result<Self, Failure> {
        let mut around = Vec::new();
        for output in outputs_around(&target)? {
            around.push(Stage::open(&output, console)?);
        }
        let stage = Stage::open(&target, console)?;
        Ok(Self { target, stage, around })
    }
}

/// The output folders of other sites that a folder is in, outer ones first.
fn outputs_around(target: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut outputs = Vec::new();
    for folder in target.ancestors().skip(1) {
        if Manifest::read(folder).map_err(errors::cannot_read(folder))?.is_published() {
            outputs.push(folder.to_owned());
        }
    }
    outputs.reverse();
    Ok(outputs)
}

/// A site that is being published. If it is dropped before it is finished, nothing has happened.
#[derive(Debug)]
pub(crate) struct Publication {
    target: PathBuf,
    foreign: Foreign,
    durability: Durability,
    previous: Manifest,
    stage: Stage,
    /// Held as long as the site is published.
    _around: Vec<Stage>,
}

impl Publication {
    /// Begins.
    ///
    /// # Errors
    ///
    /// There are foreign files, which are to be refused, or the folder cannot be read.
    pub(crate) fn begin(turn: Turn, foreign: Foreign, durability: Durability) -> Result<Self, Failure> {
        let Turn { target, stage, around } = turn;
        let previous = Manifest::read(&target).map_err(errors::cannot_read(&target))?;
        let publication = Self { target, foreign, durability, previous, stage, _around: around };
        publication.take_stock()?;
        Ok(publication)
    }

    fn take_stock(&self) -> Result<Stock, Failure> {
        let stock = Stock::take(&self.target, &self.previous)?;
        let names: Vec<_> = stock.strange().map(|path| path.to_string_lossy().into_owned()).collect();
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
        if let Some(stamp) = self.current(&path, hash)? {
            let stamp = Stamp { drawn_from, ..stamp };
            return Ok(Published { path, stamp, change: Change::Unchanged, drawn });
        }
        let size = self.stage.write(&path, content)?;
        Ok(Published { path, stamp: Stamp { hash, size, drawn_from }, change: Change::Written, drawn })
    }

    /// Takes an image of the new site as it was published before, if it was drawn from the same: it need not be drawn
    /// to know its bytes.
    ///
    /// # Errors
    ///
    /// What is published cannot be read.
    pub(crate) fn keep(&self, path: &str, key: u128) -> Result<Option<Published>, Failure> {
        let drawn = self.previous.stamp(path).filter(|stamp| stamp.drawn_from == Some(key));
        let Some(drawn) = drawn else { return Ok(None) };
        let stamp = self.current(path, drawn.hash)?;
        let kept =
            |stamp| Published { path: path.to_owned(), stamp, change: Change::Unchanged, drawn: false };
        Ok(stamp.map(kept))
    }

    /// What is known of a published file that still holds the bytes of this hash.
    fn current(&self, path: &str, hash: u128) -> Result<Option<Stamp>, Failure> {
        let known = self.previous.stamp(path).filter(|stamp| stamp.hash == hash);
        let Some(stamp) = known else { return Ok(None) };
        let file = self.target.join(path);
        let is_current = self.is_current(&file, stamp).map_err(errors::cannot_read(&file))?;
        Ok(is_current.then_some(*stamp))
    }

    fn is_current(&self, file: &Path, stamp: &Stamp) -> io::Result<bool> {
        let Some(metadata) = disk::find(file)?.filter(Metadata::is_file) else { return Ok(false) };
        let untouched = metadata.len() == stamp.size && self.previous.is_older(&metadata);
        // Copying a site makes all its files younger.
        Ok(untouched || read::hash_file(file)? == stamp.hash)
    }

    /// Puts the new site in the place of the old one. If both are the same, writes nothing.
    ///
    /// # Errors
    ///
    /// Something cannot be written. The old site is as it was, unless its folder could not be renamed, or the new one is
    /// published and the old one could not be taken apart.
    pub(crate) fn finish(mut self, files: &[Published]) -> Result<Outcome, Failure> {
        let stock = self.take_stock()?;
        let manifest = Manifest::of(files.iter().map(|file| (file.path.as_str(), file.stamp)));
        let is_ours = |path: &Path| stock::name(path).is_some_and(|name| manifest.has_folder(&name));
        let in_site = |site: &&PathBuf| is_ours(site);
        if let Some(site) = stock.sites.iter().find(in_site) {
            return Err(errors::output_of_another(&self.target.join(site)));
        }
        if let Some(path) = in_the_way(&stock, &manifest) {
            return Err(errors::in_the_way(&self.target, &path));
        }
        let mounts = stock.mounts(&self.target)?;
        if let Some(path) = mounts.iter().find(|path| is_ours(path)) {
            return Err(errors::mounted_folder(&self.target, path));
        }
        let outcome = Outcome::of(files, &stock, &manifest);
        let same = outcome.written.is_empty() && outcome.deleted.is_empty() && !self.previous.unfinished;
        if same && manifest.is_equal(&self.previous) && self.previous.is_published() {
            return Ok(outcome);
        }
        if !mounts.is_empty() {
            return self.replace_files(outcome, &stock, &manifest);
        }
        self.complete(files, &stock, &manifest)?;
        match self.exchange(&stock.foreign_folders) {
            Err(error) if is_mounted(&error) => self.replace_files(outcome, &stock, &manifest),
            Err(error) => Err(errors::cannot_write(&self.target)(error)),
            Ok(done) => done.map(|()| outcome),
        }
    }

    fn replace_files(
        &self,
        outcome: Outcome,
        stock: &Stock,
        manifest: &Manifest,
    ) -> Result<Outcome, Failure> {
        let tree = self.stage.tree();
        let manifests = (&self.previous, manifest);
        in_place::publish(&tree, &self.target, manifests, (&outcome, &stock.folders), self.durability)?;
        Ok(Outcome { way: Way::InPlace, ..outcome })
    }

    /// Gives the new tree all that it lacks.
    fn complete(&self, files: &[Published], stock: &Stock, manifest: &Manifest) -> Result<(), Failure> {
        let unchanged = files.par_iter().filter(|file| file.change == Change::Unchanged);
        unchanged.try_for_each(|file| self.stage.share(&self.target, &file.path))?;
        let is_ours = |path: &Path| stock::name(path).is_some_and(|name| manifest.has(&name));
        let foreign = stock.foreign.iter().filter(|path| !is_ours(path));
        foreign.for_each(|path| self.stage.lend(&self.target, path));
        for path in &stock.foreign_folders {
            self.stage.lend_folder(path);
        }
        let path = self.stage.tree().join(manifest::NAME);
        manifest.write(&path).map_err(errors::cannot_write(&path))?;
        self.permit(stock)
    }

    /// Lets the new site's folders be open to whom the old ones were.
    fn permit(&self, stock: &Stock) -> Result<(), Failure> {
        let differing = stock.folders.par_iter().map(|folder| {
            let path = self.target.join(folder);
            let old = disk::metadata(&path).map_err(errors::cannot_read(&path))?.permissions();
            Ok(self.stage.differs(folder, &old)?.then_some((folder, old)))
        });
        let differing: Vec<_> = differing.collect::<Result<_, _>>()?;
        // Inner ones first, since outer ones may not be open then.
        differing.into_iter().flatten().rev().try_for_each(|(folder, old)| self.stage.permit(folder, &old))
    }

    /// Puts the new site in the place of the old one and takes that apart.
    ///
    /// # Errors
    ///
    /// Nothing has changed; or, if the failure is the inner one, the new site is there and something is left of the old one.
    fn exchange(&mut self, foreign: &[PathBuf]) -> io::Result<Result<(), Failure>> {
        let record = self.stage.announce(&self.target, foreign)?;
        self.durability.ensure(&self.stage.tree())?;
        let old = self.stage.exchange(&self.target)?;
        let done = self
            .durability
            .ensure_names(&self.target)
            .and_then(|()| self.stage.dissolve(old, &self.target, &record));
        Ok(done.map_err(errors::cannot_dissolve(&self.target)))
    }
}

impl Durability {
    /// Waits for all that was written to the disk that a folder is on.
    fn ensure(self, folder: &Path) -> io::Result<()> {
        match self {
            Self::Sync => disk::sync_all(folder),
            Self::NoSync => Ok(()),
        }
    }

    /// Waits for the name of a folder.
    fn ensure_names(self, folder: &Path) -> io::Result<()> {
        match (self, folder.parent()) {
            (Self::Sync, Some(parent)) => disk::sync_names(parent),
            _ => Ok(()),
        }
    }
}

impl Outcome {
    fn of(files: &[Published], stock: &Stock, manifest: &Manifest) -> Self {
        let written = files.iter().filter(|file| file.change == Change::Written);
        let written: Vec<_> = written.map(|file| file.path.clone()).collect();
        let unchanged = files.len() - written.len();
        let drawn = files.iter().filter(|file| file.drawn).map(|file| file.path.clone()).collect();
        let is_ours = |path: &String| manifest.has(path);
        let deleted = stock.owned.iter().filter(|path| !is_ours(path)).cloned().collect();
        let foreign = stock.foreign.iter().filter_map(|path| stock::name(path));
        let replaced = foreign.filter(is_ours).collect();
        Self { written, drawn, unchanged, deleted, replaced, way: Way::Exchange }
    }
}

/// Something foreign that is in the way of the site: a file where it has a folder, or a folder where it has a file.
fn in_the_way(stock: &Stock, manifest: &Manifest) -> Option<String> {
    let file = |path: &String| manifest.has_folder(path) || stock::parents(path).any(|it| manifest.has(it));
    let folder = |path: &String| manifest.has(path) || path == manifest::NAME;
    let names = |paths: &'_ [PathBuf]| paths.iter().filter_map(|path| stock::name(path)).collect::<Vec<_>>();
    let file = names(&stock.foreign).into_iter().find(file);
    file.or_else(|| names(&stock.foreign_folders).into_iter().find(folder))
}

/// Whether a folder cannot be renamed because something is mounted there.
fn is_mounted(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices)
}
