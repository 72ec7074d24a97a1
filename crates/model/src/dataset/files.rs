//! Finds the files of a dataset.

use std::borrow::Cow;
use std::sync::Arc;

use sitegen_parser::Format;

use crate::read::{File, Inputs};
use crate::schema::{Dataset, FilePattern};

/// A file of a dataset.
#[derive(Debug)]
pub(crate) struct FoundFile<'i> {
    pub path: &'i Arc<str>,
    pub file: &'i File,
    /// The texts that the placeholders of the dataset's `file` stand for in the name.
    pub said: Vec<String>,
}

/// The endings of packed files.
const PACKED: [&str; 3] = ["", ".gz", ".zst"];

/// Finds all files of a dataset, in the order of their names. Only a pattern can have several.
pub(crate) fn find_all<'i>(dataset: &Dataset, inputs: &'i Inputs) -> Vec<FoundFile<'i>> {
    let pattern = dataset.file.as_ref().and_then(|(file, _)| FilePattern::read(file));
    let Some(pattern) = pattern else {
        let found = find(dataset, inputs);
        return found.map(|(path, file)| FoundFile { path, file, said: Vec::new() }).into_iter().collect();
    };
    let fit = |(name, path, file): (Cow<str>, &'i Arc<str>, &'i File)| {
        let said = pattern.fit(&name)?.into_iter().map(str::to_owned).collect();
        Some(FoundFile { path, file, said })
    };
    let mut found: Vec<_> = inputs.content().filter_map(fit).collect();
    found.sort_by_key(|found| found.path);
    found
}

/// Finds the only file of a dataset.
pub(crate) fn find<'i>(dataset: &Dataset, inputs: &'i Inputs) -> Option<(&'i Arc<str>, &'i File)> {
    let find = |name: &str| inputs.content_file(name);
    if let Some((file, _)) = &dataset.file {
        return find(file);
    }
    let endings = PACKED.iter().flat_map(|packed| Format::ENDINGS.map(|ending| (ending, packed)));
    let mut names = endings.map(|(ending, packed)| format!("data/{}.{ending}{packed}", dataset.name));
    names.find_map(|name| find(&name))
}
