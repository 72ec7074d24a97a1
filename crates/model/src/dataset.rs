//! Loads datasets: every row of a data file is checked against its declaration, and references are resolved.

mod cell;
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

use sitegen_parser::{Data, Diagnostic, Diagnostics, Encoding, ForeignFormat, Format, Layout, Source};

use crate::database::Rows;
use crate::ground::suggest;
use crate::read::{File, Inputs, documents};
use crate::record::Records;
use crate::schema::{Dataset, Schema};

use self::cell::CellReader;
use self::header::misread;
use self::load::Loader;
use self::names::RecordNames;

pub(crate) use self::names::{further_names, names_id};

/// The rows of a dataset, with their places in its file.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub rows: Rows,
    /// The file's text, for diagnostics, if the bytes of the file are not that text: packed or in another
    /// encoding.
    pub source: Option<Source>,
    /// The span of each row in the text.
    pub spans: Vec<(u32, u32)>,
}

/// The endings of data files, in the order in which they are tried.
const ENDINGS: [&str; 8] = ["csv", "tsv", "jsonl", "ndjson", "csv.gz", "tsv.gz", "jsonl.gz", "ndjson.gz"];

/// Loads a dataset.
pub(crate) fn load(
    dataset: &Dataset,
    schema: &Schema,
    records: &Records,
    inputs: &Inputs,
) -> (Loaded, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let source = match find(dataset, inputs) {
        Some((path, File::Loaded(bytes))) => {
            if let Some(form) =
                ForeignFormat::of(path, bytes).filter(|_| dataset.encoding == Encoding::default())
            {
                let place = dataset.file.as_ref().map_or(&dataset.place, |(_, place)| place);
                return (Loaded::default(), Diagnostics::from_iter([errors::unread_form(path, form, place)]));
            }
            Source::unpack(path, bytes, dataset.encoding).map(|source| (source, bytes))
        }
        Some((path, file)) => return (Loaded::default(), file.source(path).err().into_iter().collect()),
        None => {
            if !dataset.optional {
                diagnostics.extend(missing(dataset, inputs));
            }
            return (Loaded::default(), diagnostics);
        }
    };
    match source {
        Ok((source, bytes)) => {
            let (rows, spans) = read(dataset, schema, records, &source, &mut diagnostics);
            let differs = *source.text.as_bytes() != **bytes && !diagnostics.is_empty();
            (Loaded { rows, spans, source: differs.then_some(source) }, diagnostics)
        }
        Err(problem) => {
            diagnostics.push(problem);
            (Loaded::default(), diagnostics)
        }
    }
}

/// Finds the file of a dataset.
pub(crate) fn find<'i>(dataset: &Dataset, inputs: &'i Inputs) -> Option<(&'i Arc<str>, &'i File)> {
    let find = |name: &str| inputs.content_file(name);
    match &dataset.file {
        Some((file, _)) => find(file),
        None => ENDINGS.iter().find_map(|ending| find(&format!("data/{}.{ending}", dataset.name))),
    }
}

/// Reports files in the folder for datasets that no dataset uses.
pub(crate) fn unused(schema: &Schema, inputs: &Inputs) -> Vec<Diagnostic> {
    let used: HashSet<_> =
        schema.datasets.iter().filter_map(|dataset| find(dataset, inputs)).map(|(path, _)| path).collect();
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

fn read(
    dataset: &Dataset,
    schema: &Schema,
    records: &Records,
    source: &Source,
    diagnostics: &mut Diagnostics,
) -> (Rows, Vec<(u32, u32)>) {
    let Some(format) = dataset.format.or_else(|| Format::of(&source.path)) else {
        diagnostics.push(errors::unknown_format(&source.path, dataset.file.as_ref().map(|(_, place)| place)));
        return Default::default();
    };
    let format = match format {
        Format::Delimited(delimiter) if !dataset.header => Format::Headless(delimiter),
        other => other,
    };
    let wanted: Vec<_> = dataset.fields.iter().map(|column| column.locator.wanted()).collect();
    let layout = Layout { format, skip: dataset.skip, comment: dataset.comment.as_deref() };
    let data = Data::open(source, layout, &wanted);
    diagnostics.extend(data.problems().iter().cloned());
    diagnostics.extend(misread(dataset, &data, format, source));
    if diagnostics.has_errors() {
        return Default::default();
    }
    let names = RecordNames::new(dataset, schema, records);
    let reader = CellReader { schema, records, path: &source.path, names };
    let (loader, found) = Loader::new(dataset, reader);
    diagnostics.extend(found);
    let (rows, spans, found) = loader.load(data);
    diagnostics.extend(found);
    (rows, spans)
}
