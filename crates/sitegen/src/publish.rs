//! Publishing a site to its output folder, all or nothing.
//!
//! Readers find the old site or the new one, even if the build is killed at any moment, because of the order
//! of its steps:
//!
//! 1. Lock the staging folder beside the output folder (`stage.rs`), before the site is read. Builds take
//!    turns by the lock, so none publishes an older state over a newer one. End what a killed build began.
//! 2. Write the files that differ to a tree in that folder. After a kill, the next build deletes the tree.
//! 3. Add hard links to unchanged files and to files of others, then the manifest. It comes last because the
//!    next build does not trust a file that is younger than the manifest, and hashes it.
//! 4. Write down which folder is about to be replaced (`record.rs`), and wait until everything is on the
//!    disk. A power cut could otherwise keep the rename of step 5 and lose the files.
//! 5. Let the tree and the output folder change places by one rename (`exchange.rs`). A file system that
//!    cannot do this needs two renames, and has no site between them.
//! 6. Take the old site apart (`old.rs`). It is not simply deleted, because files of others move back from
//!    it. After a kill, the next build knows by the record that this tree is the old site, and goes on.
//!
//! A mounted folder cannot be renamed; `in_place.rs` publishes to it file by file.

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

/// The policy for files in the output folder that no build wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ForeignPolicy {
    /// The build fails and nothing is published.
    Refuse,
    /// They are kept beside the site.
    Keep,
}

/// The choice whether a build waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// The build waits until all files are on the disk before readers see them, because a power cut could
    /// leave a site with empty files otherwise.
    Sync,
    /// The build does not wait; the system writes the files when it likes.
    NoSync,
}

/// The source of the bytes of a published file.
#[derive(Debug)]
pub(crate) enum ByteSource<'a> {
    /// The bytes themselves.
    Bytes(&'a [u8]),
    /// The bytes of an image that was drawn.
    Drawn {
        /// The hash of everything from which the image was drawn.
        key: u128,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// The bytes of another file.
    Copy {
        /// The path of that file on disk.
        from: PathBuf,
        /// The hash of its bytes.
        hash: u128,
    },
}

/// A file of the new site.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Published {
    path: String,
    stamp: Stamp,
    change: WriteStatus,
    /// True if the image had to be drawn before its bytes were known.
    drawn: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WriteStatus {
    Written,
    Unchanged,
}

/// The changes that publishing made, as paths below the output folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct PublishSummary {
    /// Files that are new or whose bytes changed.
    pub written: Vec<String>,
    /// Images that had to be drawn to know whether they differ.
    pub drawn: Vec<String>,
    /// The number of files whose bytes did not change.
    pub unchanged: usize,
    /// Files of an earlier build that the site no longer has.
    pub deleted: Vec<String>,
    /// Files of others that were overwritten by files of the site.
    pub replaced: Vec<String>,
    pub way: Way,
}

/// The way in which new files come into the output folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Way {
    /// All at once, by one rename.
    #[default]
    Exchange,
    /// One by one, because the folder cannot be renamed.
    InPlace,
}

/// The right to publish to a folder, which only one build has at a time. Dropping it publishes nothing.
#[derive(Debug)]
pub(crate) struct Turn {
    pub target: PathBuf,
    stage: Stage,
    /// The locks of other sites whose output folders contain this one. They are held because an exchange of
    /// an outer folder moves this one, too.
    around: Vec<Stage>,
}

impl Turn {
    /// Waits until no other build publishes to the folder. Callers read the site only afterwards, so that
    /// they publish nothing older than what is there.
    ///
    /// # Errors
    ///
    /// The staging folder beside the output folder cannot be made or locked.
    pub(crate) fn take(target: PathBuf, console: &Console) -> Result<Self, Failure> {
        let mut around = Vec::new();
        for output in outputs_around(&target)? {
            around.push(Stage::open(&output, console)?);
        }
        let stage = Stage::open(&target, console)?;
        Ok(Self { target, stage, around })
    }
}

/// Finds the output folders of other sites that contain a folder, outer ones first. All builds lock from
/// outside in, so two of them never wait for each other.
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

/// A site that is being published. Dropping it before `finish` leaves the old site as it was.
#[derive(Debug)]
pub(crate) struct Publication {
    target: PathBuf,
    foreign: ForeignPolicy,
    durability: Durability,
    previous: Manifest,
    stage: Stage,
    /// Locks that are held as long as the site is published.
    _around: Vec<Stage>,
}

impl Publication {
    /// Begins to publish. Foreign files are refused here, before any page is rendered.
    ///
    /// # Errors
    ///
    /// There are foreign files and `foreign` refuses them, or the folder cannot be read.
    pub(crate) fn begin(turn: Turn, foreign: ForeignPolicy, durability: Durability) -> Result<Self, Failure> {
        let Turn { target, stage, around } = turn;
        let previous = Manifest::read(&target).map_err(errors::cannot_read(&target))?;
        let publication = Self { target, foreign, durability, previous, stage, _around: around };
        publication.take_stock()?;
        Ok(publication)
    }

    fn take_stock(&self) -> Result<Stock, Failure> {
        let stock = Stock::take(&self.target, &self.previous)?;
        let names: Vec<_> = stock.strange().map(|path| path.to_string_lossy().into_owned()).collect();
        if self.foreign == ForeignPolicy::Refuse && !names.is_empty() {
            return Err(errors::foreign_files(&self.target, &names));
        }
        Ok(stock)
    }

    /// Adds a file to the new site. Its bytes are written to the staging tree only if they differ from the
    /// published ones.
    ///
    /// # Errors
    ///
    /// The file cannot be written, or the file that it copies cannot be read.
    pub(crate) fn put(&self, path: String, content: &ByteSource) -> Result<Published, Failure> {
        let (hash, drawn_from) = match content {
            ByteSource::Bytes(bytes) => (hash_bytes(bytes), None),
            ByteSource::Drawn { key, bytes } => (hash_bytes(bytes), Some(*key)),
            ByteSource::Copy { hash, .. } => (*hash, None),
        };
        let drawn = drawn_from.is_some();
        if let Some(stamp) = self.current(&path, hash)? {
            let stamp = Stamp { drawn_from, ..stamp };
            return Ok(Published { path, stamp, change: WriteStatus::Unchanged, drawn });
        }
        let size = self.stage.write(&path, content)?;
        Ok(Published { path, stamp: Stamp { hash, size, drawn_from }, change: WriteStatus::Written, drawn })
    }

    /// Adds an image as it was published before, if it was drawn from the same inputs. This saves drawing the
    /// image only to find that its bytes are the same.
    ///
    /// # Errors
    ///
    /// The published file cannot be read.
    pub(crate) fn keep(&self, path: &str, key: u128) -> Result<Option<Published>, Failure> {
        let drawn = self.previous.stamp(path).filter(|stamp| stamp.drawn_from == Some(key));
        let Some(drawn) = drawn else { return Ok(None) };
        let stamp = self.current(path, drawn.hash)?;
        let kept =
            |stamp| Published { path: path.to_owned(), stamp, change: WriteStatus::Unchanged, drawn: false };
        Ok(stamp.map(kept))
    }

    /// Returns the stamp of a published file if the file still holds bytes with this hash.
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
        // We hash a file that looks touched, because copying a site makes all its files younger.
        Ok(untouched || read::hash_file(file)? == stamp.hash)
    }

    /// Puts the new site in the place of the old one. If both are the same, nothing is written.
    ///
    /// # Errors
    ///
    /// Something cannot be written. The old site is as it was, with two exceptions: files are replaced one by
    /// one because the folder cannot be renamed, or the new site is published and only the old one could not
    /// be deleted.
    pub(crate) fn finish(mut self, files: &[Published]) -> Result<PublishSummary, Failure> {
        // We look again, because others may have put files there since `begin`.
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
        let outcome = PublishSummary::of(files, &stock, &manifest);
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
        outcome: PublishSummary,
        stock: &Stock,
        manifest: &Manifest,
    ) -> Result<PublishSummary, Failure> {
        let tree = self.stage.tree();
        let manifests = (&self.previous, manifest);
        in_place::publish(&tree, &self.target, manifests, (&outcome, &stock.folders), self.durability)?;
        Ok(PublishSummary { way: Way::InPlace, ..outcome })
    }

    /// Adds unchanged files, foreign files and folders, the manifest and permissions to the staging tree.
    fn complete(&self, files: &[Published], stock: &Stock, manifest: &Manifest) -> Result<(), Failure> {
        let unchanged = files.par_iter().filter(|file| file.change == WriteStatus::Unchanged);
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

    /// Gives the new site's folders the permissions of the old ones.
    fn permit(&self, stock: &Stock) -> Result<(), Failure> {
        let differing = stock.folders.par_iter().map(|folder| {
            let path = self.target.join(folder);
            let old = disk::metadata(&path).map_err(errors::cannot_read(&path))?.permissions();
            Ok(self.stage.differs(folder, &old)?.then_some((folder, old)))
        });
        let differing: Vec<_> = differing.collect::<Result<_, _>>()?;
        // Inner folders come first, because we may not reach them once the outer ones are closed to us.
        differing.into_iter().flatten().rev().try_for_each(|(folder, old)| self.stage.permit(folder, &old))
    }

    /// Puts the new site in the place of the old one and takes the old one apart.
    ///
    /// # Errors
    ///
    /// With an outer error, nothing has changed. With an inner one, the new site is published and a part of
    /// the old one is left.
    fn exchange(&mut self, foreign: &[PathBuf]) -> io::Result<Result<(), Failure>> {
        // The record comes before the wait, so that it is on the disk whenever the rename is.
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
    /// Waits until everything that was written to a folder's disk is there.
    fn ensure(self, folder: &Path) -> io::Result<()> {
        match self {
            Self::Sync => disk::sync_all(folder),
            Self::NoSync => Ok(()),
        }
    }

    /// Waits until a folder's name is on the disk.
    fn ensure_names(self, folder: &Path) -> io::Result<()> {
        match (self, folder.parent()) {
            (Self::Sync, Some(parent)) => disk::sync_names(parent),
            _ => Ok(()),
        }
    }
}

impl PublishSummary {
    fn of(files: &[Published], stock: &Stock, manifest: &Manifest) -> Self {
        let written = files.iter().filter(|file| file.change == WriteStatus::Written);
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

/// Finds something foreign in the way of the site: a file where the site has a folder, or the other way
/// around.
fn in_the_way(stock: &Stock, manifest: &Manifest) -> Option<String> {
    let file = |path: &String| manifest.has_folder(path) || stock::parents(path).any(|it| manifest.has(it));
    let folder = |path: &String| manifest.has(path) || path == manifest::NAME;
    let names = |paths: &'_ [PathBuf]| paths.iter().filter_map(|path| stock::name(path)).collect::<Vec<_>>();
    let file = names(&stock.foreign).into_iter().find(file);
    file.or_else(|| names(&stock.foreign_folders).into_iter().find(folder))
}

/// Returns true if a folder cannot be renamed because something is mounted there.
fn is_mounted(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices)
}
