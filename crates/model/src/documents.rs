//! The content files of a site, each read alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{Diagnostics, Document};

use crate::inputs::{File, Inputs};
use crate::kept::Id;

/// The content files that hold records, by path.
#[derive(Debug, Clone, Default)]
pub struct Documents(BTreeMap<Arc<str>, Arc<Reading>>);

/// A file and what reading it gave. Reading depends on the file alone, so equal files are read once.
#[derive(Debug)]
struct Reading {
    file: File,
    /// The id of the file and its path.
    id: Id,
    document: Option<Document>,
    diagnostics: Diagnostics,
}

impl Documents {
    /// Reads every content file that `previous` did not.
    pub fn read(inputs: &Inputs, previous: &Self) -> Self {
        let files: Vec<_> = inputs.content().filter(|(name, _, _)| holds_records(name)).collect();
        let readings = files.into_par_iter().map(|(_, path, file)| {
            let reading = match previous.0.get(path) {
                Some(reading) if reading.file.is_same(file) => Arc::clone(reading),
                _ => Arc::new(Reading::read(path, file)),
            };
            (Arc::clone(path), reading)
        });
        Self(readings.collect())
    }

    /// The documents with their ids, in order of their paths.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Id, &Document)> {
        self.0.values().filter_map(|reading| Some((reading.id, reading.document.as_ref()?)))
    }

    /// The paths of all files, also of those that could not be read.
    pub fn paths(&self) -> impl Iterator<Item = &Arc<str>> {
        self.0.keys()
    }

    /// The paths of the files of which some could not be read, so that records may be missing for that reason.
    pub(crate) fn partial(&self) -> impl Iterator<Item = &Arc<str>> {
        let partial = |reading: &Reading| !reading.document.as_ref().is_some_and(|document| document.whole);
        self.0.iter().filter(move |(_, reading)| partial(reading)).map(|(path, _)| path)
    }

    /// What is wrong with single files.
    pub fn diagnostics(&self) -> impl Iterator<Item = &sitegen_parser::Diagnostic> {
        self.0.values().flat_map(|reading| &reading.diagnostics)
    }
}

impl Reading {
    fn read(path: &Arc<str>, file: &File) -> Self {
        let (document, diagnostics) = match file.source(path) {
            Ok(source) => {
                let read = if is_markdown(path) { Document::markdown } else { Document::toml };
                let (document, diagnostics) = read(&source);
                (Some(document), diagnostics)
            }
            Err(diagnostic) => (None, Diagnostics::from_iter([diagnostic])),
        };
        Self { file: file.clone(), id: Id::of(&(path, file)), document, diagnostics }
    }
}

/// Whether a path below `content/` is a record's or several records', rather than a file to publish as it is.
pub(crate) fn holds_records(name: &str) -> bool {
    !is_dataset(name) && (is_markdown(name) || extension(name) == Some("toml"))
}

/// Whether a path below `content/` belongs to the datasets.
pub(crate) fn is_dataset(name: &str) -> bool {
    name.starts_with("data/")
}

fn is_markdown(name: &str) -> bool {
    extension(name) == Some("md")
}

fn extension(name: &str) -> Option<&str> {
    name.rsplit('/').next()?.rsplit_once('.').map(|(_, extension)| extension)
}
