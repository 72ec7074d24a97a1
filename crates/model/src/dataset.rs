//! Loads datasets: every row of a data file is checked against its declaration, and references are resolved.

mod cell;
mod files;
mod forms;
mod key;
mod header;
mod load;
mod names;
mod tally;
pub(crate) mod errors;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use sitegen_parser::{Data, Diagnostic, Diagnostics, Encoding, ForeignFormat, Format, Layout, Place, Source};

use crate::database::{Rows, foreign};
use crate::ground::suggest;
use crate::read::{File, Inputs, documents};
use crate::record::Records;
use crate::schema::{Dataset, Schema};

use self::cell::CellReader;
use self::files::FoundFile;
use self::header::misread;
use self::load::Loader;
use self::names::RecordNames;

pub(crate) use self::files::{find, find_all};
pub(crate) use self::names::{further_names, names_id};

/// The rows of a dataset, with their places in its file.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub rows: Rows,
    /// The texts of files, for diagnostics, if the bytes of a file are not its text: packed or in another
    /// encoding.
    pub sources: Vec<Source>,
    /// The span of each row in the text of its file.
    pub spans: Vec<(u32, u32)>,
    /// Each file that rows are from, with the number of its first row.
    pub files: Vec<(usize, Arc<str>)>,
}

impl Loaded {
    /// Returns the place of a row.
    fn place(&self, row: usize) -> Place {
        place(&self.files, &self.spans, row).expect("each row is from a file")
    }
}

/// Returns the place of a row, by the files that rows are from and by their spans in these.
pub(crate) fn place(files: &[(usize, Arc<str>)], spans: &[(u32, u32)], row: usize) -> Option<Place> {
    let (start, end) = *spans.get(row)?;
    let file = files.partition_point(|(first, _)| *first <= row).checked_sub(1)?;
    Some(Place::new(&files[file].1, &(start as usize..end as usize)))
}

/// Loads a dataset.
pub(crate) fn load(
    dataset: &Dataset,
    schema: &Schema,
    records: &Records,
    inputs: &Inputs,
) -> (Loaded, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let files = find_all(dataset, inputs);
    if files.is_empty() && !dataset.optional {
        diagnostics.extend(missing(dataset, inputs));
    }
    let names = RecordNames::new(dataset, schema, records);
    let (mut loader, faulty) = Loader::new(dataset, CellReader { schema, records, names });
    let (mut sources, mut is_whole) = (Vec::new(), true);
    for found in &files {
        let (source, is_other) = match source(dataset, found) {
            Ok(read) => read,
            Err(problem) => {
                diagnostics.push(problem);
                is_whole = false;
                continue;
            }
        };
        let problems = read(dataset, &source, found, &mut loader);
        is_whole &= !problems.has_errors();
        if is_other && !(problems.is_empty() && loader.is_sound()) {
            sources.push(source);
        }
        diagnostics.extend(problems);
    }
    let (loaded, found) = loader.finish();
    if !is_whole {
        return (Loaded { sources, ..Loaded::default() }, diagnostics);
    }
    if !files.is_empty() {
        diagnostics.extend(faulty);
    }
    diagnostics.extend(found);
    (Loaded { sources, ..loaded }, diagnostics)
}

/// Reads the text of a file. Also returns true if the bytes of the file are not that text.
fn source(dataset: &Dataset, found: &FoundFile) -> Result<(Source, bool), Diagnostic> {
    let path = found.path;
    let File::Loaded(bytes) = found.file else { return Err(unread(found)) };
    let form = ForeignFormat::of(path, bytes).filter(|_| dataset.encoding == Encoding::default());
    if let Some(form) = form {
        let place = dataset.file.as_ref().map_or(&dataset.place, |(_, place)| place);
        return Err(errors::unread_form(path, form, place));
    }
    let rows = dataset.rows.as_deref();
    let source = match Format::of(path).filter(|_| dataset.format.is_none()) {
        Some(Format::Sheet) => Source::of_sheet(path, bytes, rows),
        Some(Format::Sqlite) => foreign::read(path, bytes, rows),
        _ => Source::unpack(path, bytes, dataset.encoding),
    }?;
    let is_other = *source.text.as_bytes() != **bytes;
    Ok((source, is_other))
}

/// Diagnoses a file that was not read from the disk.
fn unread(found: &FoundFile) -> Diagnostic {
    let problem = found.file.source(found.path).err();
    problem.unwrap_or_else(|| errors::unknown_format(found.path, None))
}

/// Reports files in the folder for datasets that no dataset uses.
pub(crate) fn unused(schema: &Schema, inputs: &Inputs) -> Vec<Diagnostic> {
    let used: HashSet<_> = schema
        .datasets
        .iter()
        .flat_map(|dataset| find_all(dataset, inputs))
        .map(|found| found.path)
        .collect();
    let is_data = |name: &str| schema.is_for_datasets(name) && !inputs.folders.publishes(name);
    let files = inputs.content().filter(|(name, _, _)| is_data(name));
    files.filter(|(_, path, _)| !used.contains(path)).map(|(_, path, _)| errors::unused_data(path)).collect()
}

/// Diagnoses a dataset that has no file, or only one in a form that is not read.
fn missing(dataset: &Dataset, inputs: &Inputs) -> Option<Diagnostic> {
    if let Some((path, file)) = find_unread(dataset, inputs) {
        let File::Loaded(bytes) = file else { return file.source(path).err() };
        return Some(match ForeignFormat::of(path, bytes) {
            Some(form) => errors::unread_form(path, form, &dataset.place),
            None => errors::unknown_format(path, Some(&dataset.place)),
        });
    }
    let named = dataset.file.as_ref().map_or(dataset.name.as_str(), |(file, _)| stem(file));
    let files: Vec<_> = data_files(inputs).collect();
    let nearest = suggest::nearest(named, files.iter().map(|file| stem(file)));
    let nearest = files.iter().map(|file| &**file).find(|file| Some(stem(file)) == nearest);
    Some(match &dataset.file {
        Some((file, place)) => errors::missing_data(&dataset.name, file, nearest, place.clone()),
        None => {
            let file = format!("data/{}.csv", dataset.name);
            errors::missing_data(&dataset.name, &file, nearest, dataset.place.clone())
        }
    })
}

/// Finds a file with a dataset's name but in a form that is not read.
pub(crate) fn find_unread<'i>(dataset: &Dataset, inputs: &'i Inputs) -> Option<(&'i Arc<str>, &'i File)> {
    if dataset.file.is_some() {
        return None;
    }
    let start = format!("data/{}.", dataset.name);
    inputs.content().find(|(name, _, _)| name.starts_with(&start)).map(|(_, path, file)| (path, file))
}

/// Lists the paths below `content/` of all files that can be datasets.
pub(crate) fn data_files(inputs: &Inputs) -> impl Iterator<Item = Cow<'_, str>> {
    inputs.content().map(|(name, _, _)| name).filter(|name| documents::is_dataset(name))
}

/// Returns a file's name without its endings.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}

fn read<'a>(
    dataset: &'a Dataset,
    source: &Source,
    found: &FoundFile<'a>,
    loader: &mut Loader<'a>,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let Some(format) = dataset.format.or_else(|| Format::of(&source.path)) else {
        diagnostics.push(errors::unknown_format(&source.path, dataset.file.as_ref().map(|(_, place)| place)));
        return diagnostics;
    };
    let format = if dataset.header { format } else { format.headless() };
    let wanted: Vec<_> = dataset.fields.iter().map(|column| column.locator.wanted()).collect();
    let layout = Layout {
        format,
        skip: dataset.skip,
        comment: dataset.comment.as_deref(),
        rows: dataset.rows.as_deref(),
    };
    let data = Data::open(source, layout, &wanted);
    diagnostics.extend(data.problems().iter().cloned());
    diagnostics.extend(misread(dataset, &data, format, source));
    if !diagnostics.has_errors() {
        diagnostics.extend(loader.load(data, found));
    }
    diagnostics
}
