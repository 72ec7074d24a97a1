//! Datasets, as declared.

mod column;
mod files;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use sitegen_parser::{Diagnostics, Encoding, Format, Place, composed};

use super::field::Names;
use super::notation;
use super::origin::Origin;
use super::relation::{Key, MAX_KEY};
use super::{errors, field, origin};
use crate::ground::suggest;
use crate::read::{KeyForm, Layers, TableForm, ValueForm, documents};

use self::column::{CellDefaults, column_keys, placed, read_columns};
pub use self::column::{DataField, Locator};
pub(crate) use self::files::FilePattern;

/// A dataset, as declared.
#[derive(Debug)]
pub struct Dataset {
    /// Its name.
    pub name: String,
    /// The path of its file below `content/`, if one is named; else it is `data/` and the dataset's name.
    pub file: Option<(Arc<str>, Place)>,
    /// The format of its file, if a delimiter is declared; otherwise the file's name says the format.
    pub format: Option<Format>,
    /// The place of the rows in its file: keys of JSON, YAML and TOML, a sheet, or a table of a database.
    pub rows: Option<String>,
    /// True if its file begins with a row of column names.
    pub header: bool,
    /// The number of lines of its file above that row.
    pub skip: usize,
    /// The text with which lines of its file begin that are comments.
    pub comment: Option<String>,
    /// The character encoding of its file.
    pub encoding: Encoding,
    /// Its columns, in order of declaration.
    pub fields: Vec<DataField>,
    /// The columns of which no two rows have the same values; none if rows may be equal.
    pub unique: Vec<usize>,
    /// The columns by which rows are looked up: those declared, else those that are unique.
    pub by: Key,
    /// The treatment of invalid rows.
    pub invalid: Invalid,
    /// The path at which its file is published for readers to download, if it is, and the place that says so.
    pub publish: Option<(Arc<str>, Place)>,
    /// True if its file may be missing; the dataset has no rows then.
    pub optional: bool,
    /// The origin of its data, if that is declared.
    pub source: Option<Origin>,
    /// The place of its declaration.
    pub place: Place,
}

/// Places are not hashed because a comment above moves them, and the file would be loaded again.
impl Hash for Dataset {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self {
            name,
            file,
            format,
            rows,
            header,
            skip,
            comment,
            encoding,
            fields,
            unique,
            by,
            invalid,
            ..
        } = self;
        let Self { publish, optional, source, place: _, .. } = self;
        (name, format, rows, header, skip, comment, encoding).hash(state);
        (fields, unique, by, invalid, optional, source).hash(state);
        [file, publish].map(|named| named.as_ref().map(|(path, _)| path)).hash(state);
    }
}

/// The treatment of invalid rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Invalid {
    /// They are errors.
    Fail,
    /// They are left out and counted.
    Skip,
}

/// The words for the treatment of invalid rows.
const INVALID: [&str; 2] = ["fail", "skip"];

/// The keys of a dataset.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::{Bool, Count, Table, Text, Texts, Word};
    const COLUMNS: TableForm = TableForm::Names(|| field::form(column_keys));
    let own = vec![
        KeyForm::new("file", Text, "The path of the file below the content, if its name is another."),
        KeyForm::new("encoding", Text, "The encoding of the file, if it is not UTF-8."),
        KeyForm::new("delimiter", Text, "The character between cells, if the file's name does not say it."),
        KeyForm::new("rows", Text, "Where the rows are in the file: its keys, its sheet or its table."),
        KeyForm::new("header", Bool, "If false, the file has no line of names."),
        KeyForm::new("skip", Count(0), "The number of lines above the line of names."),
        KeyForm::new("comment", Text, "The text with which lines begin that are comments."),
        KeyForm::new("null", Texts, "Words that mean that there is no value, for columns without their own."),
        KeyForm::new("fields", Table(COLUMNS), "The columns: the type of each, or a table."),
        KeyForm::new("key", Texts, "The columns of which no two rows have the same values."),
        KeyForm::new("by", Texts, "The columns by which templates look rows up."),
        KeyForm::new("invalid", Word(INVALID.to_vec()), "What becomes of rows that are invalid."),
        KeyForm::new("publish", Text, "The path at which readers can download the file."),
        KeyForm::new("optional", Bool, "If true, the file may be missing."),
        KeyForm::new("source", Table(TableForm::Keys(origin::keys)), "Where the data comes from."),
    ];
    own.into_iter().chain(notation::dataset_keys()).collect()
}

/// Names that templates have beside a row's own columns, so no column can have them.
pub(crate) const ROW_COLUMNS: [&str; 3] = ["url", "site", "page"];

pub(super) fn read_all(layers: &Layers, names: &Names, diagnostics: &mut Diagnostics) -> Vec<Dataset> {
    let datasets = layers.names().into_iter().map(|(name, place)| {
        let mut declaration = layers.named(name, format!("dataset \"{name}\""), diagnostics);
        let dataset = read(name, place, &mut declaration, names, diagnostics);
        declaration.finish(diagnostics);
        dataset
    });
    datasets.collect()
}

fn read(
    name: &str,
    place: Place,
    declaration: &mut Layers,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Dataset {
    let file =
        declaration.string("file", diagnostics).map(|(file, place)| (Arc::from(composed(file)), place));
    if let Some((file, place)) = file.as_ref().filter(|(file, _)| !documents::is_dataset(file)) {
        diagnostics.push(errors::file_elsewhere(file, place.clone()));
    }
    let encoding = encoding(declaration, diagnostics);
    let format = delimiter(declaration, diagnostics);
    let rows = declaration.string("rows", diagnostics).map(|(rows, _)| rows.to_owned());
    let header = declaration.bool("header", diagnostics).unwrap_or(true);
    let skip = declaration.count("skip", diagnostics).unwrap_or(0);
    let comment = comment(declaration, diagnostics);
    let defaults = CellDefaults::read(declaration, diagnostics);
    let columns = declaration.section("fields", format!("the fields of \"{name}\""), diagnostics);
    if columns.names().is_empty() && !declaration.is_empty() {
        let subject = format!("dataset \"{name}\"");
        diagnostics.push(errors::missing_key("fields", &subject, place.clone()));
    }
    let mut fields = read_columns(&columns, names, &defaults, diagnostics);
    if let Some((file, place)) = &file {
        diagnostics.extend(files::take_columns(name, file, place, &mut fields));
    }
    if !header {
        diagnostics.extend(placed(&mut fields));
    }
    let position = |name: &str| fields.iter().position(|column| column.field.name == name);
    let known = || fields.iter().map(|column| column.field.name.as_str());
    let unique = positions(declaration, "key", name, &position, &known(), diagnostics);
    let by = key(declaration, name, &position, &known(), diagnostics);
    let by = if by.is_empty() {
        Key { columns: unique.iter().copied().take(MAX_KEY).collect(), one: unique.len() <= MAX_KEY }
    } else {
        Key { columns: by, one: false }
    };
    let invalid = invalid(declaration, diagnostics);
    let publish =
        declaration.string("publish", diagnostics).map(|(url, place)| (Arc::from(composed(url)), place));
    if let (Some((_, place)), Some(_)) =
        (&publish, file.as_ref().filter(|(file, _)| FilePattern::read(file).is_some()))
    {
        diagnostics.push(errors::several_downloads(place.clone()));
    }
    let optional = declaration.bool("optional", diagnostics).unwrap_or(false);
    let source = origin::read(name, declaration, diagnostics);
    let name = name.to_owned();
    Dataset {
        name,
        file,
        format,
        rows,
        header,
        skip,
        comment,
        encoding,
        fields,
        unique,
        by,
        invalid,
        publish,
        optional,
        source,
        place,
    }
}

/// The columns by which rows are looked up.
pub(super) fn key<'a>(
    declaration: &mut Layers,
    relation: &str,
    position: &dyn Fn(&str) -> Option<usize>,
    known: &(impl Iterator<Item = &'a str> + Clone),
    diagnostics: &mut Diagnostics,
) -> Vec<usize> {
    let mut columns = positions(declaration, "by", relation, position, known, diagnostics);
    if columns.len() > MAX_KEY {
        let place = declaration.value("by").map(|declared| declared.place());
        diagnostics.extend(place.map(|place| errors::wide_key(MAX_KEY, place)));
        columns.truncate(MAX_KEY);
    }
    columns
}

/// The places of the columns that a key of a declaration lists, reporting those that are not there.
fn positions<'a>(
    declaration: &mut Layers,
    key: &'static str,
    relation: &str,
    position: &dyn Fn(&str) -> Option<usize>,
    known: &(impl Iterator<Item = &'a str> + Clone),
    diagnostics: &mut Diagnostics,
) -> Vec<usize> {
    let mut found = Vec::new();
    for (name, place) in declaration.strings(key, diagnostics) {
        match position(&name) {
            Some(column) => found.push(column),
            None => {
                let nearest = suggest::nearest(&name, known.clone());
                diagnostics.push(errors::missing_column(&name, relation, nearest, place));
            }
        }
    }
    found
}

fn encoding(declaration: &mut Layers, diagnostics: &mut Diagnostics) -> Encoding {
    let Some((label, place)) = declaration.string("encoding", diagnostics) else {
        return Encoding::default();
    };
    Encoding::named(label).unwrap_or_else(|| {
        diagnostics.push(errors::unknown_encoding(label, place));
        Encoding::default()
    })
}

fn delimiter(declaration: &mut Layers, diagnostics: &mut Diagnostics) -> Option<Format> {
    let (text, place) = declaration.string("delimiter", diagnostics)?;
    match *text.as_bytes() {
        [byte] if byte.is_ascii() && !b"\"\r\n".contains(&byte) => Some(Format::Delimited(byte)),
        _ => {
            diagnostics.push(errors::invalid_delimiter(text, place));
            None
        }
    }
}

fn invalid(declaration: &mut Layers, diagnostics: &mut Diagnostics) -> Invalid {
    match declaration.string("invalid", diagnostics) {
        None | Some(("fail", _)) => Invalid::Fail,
        Some(("skip", _)) => Invalid::Skip,
        Some((other, place)) => {
            diagnostics.push(errors::invalid_choice("invalid", other, &INVALID, place));
            Invalid::Fail
        }
    }
}

fn comment(declaration: &mut Layers, diagnostics: &mut Diagnostics) -> Option<String> {
    let (text, place) = declaration.string("comment", diagnostics)?;
    if text.is_empty() || text.contains(['\n', '\r']) {
        diagnostics.push(errors::invalid_comment(place));
        return None;
    }
    Some(text.to_owned())
}
