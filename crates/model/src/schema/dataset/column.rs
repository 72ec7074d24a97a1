//! The columns of datasets, as declared.

use sitegen_parser::{ColumnRef, Diagnostic, Diagnostics, WrittenValue};

use super::ROW_COLUMNS;
use crate::read::{KeyForm, Layers, ValueForm};
use crate::schema::errors;
use crate::schema::field::{self, Field, Names, read_fields};
use crate::schema::notation::{self, Notation};

/// A column of a dataset.
#[derive(Debug, Hash)]
pub struct DataField {
    /// The declared field, with its name and the type of its values.
    pub field: Field,
    /// The name or number by which the file knows the column.
    pub locator: Locator,
    /// Words that mean that there is no value, besides none at all.
    pub null: Vec<String>,
    /// Texts that may separate the items of a list.
    pub split: Vec<String>,
    /// The notation of its texts.
    pub notation: Notation,
    /// The notation of values that the file's format writes as numbers and the like.
    pub literal: Notation,
}

/// The name or number by which a file knows a column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Locator {
    /// Its name in the header, or the key of JSON's objects.
    Name(String),
    /// Its place among the cells of a row, from 1.
    Place(usize),
    /// The part of its file's name that a placeholder stands for, by the number of the placeholder.
    FileName(usize),
}

impl Locator {
    /// As it is asked of a file.
    pub(crate) fn wanted(&self) -> ColumnRef<'_> {
        match self {
            Self::Name(name) => ColumnRef::Named(name),
            Self::Place(place) => ColumnRef::At(*place),
            // No cell has this place.
            Self::FileName(_) => ColumnRef::At(0),
        }
    }

    /// The name, if the file knows the column by one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Place(_) | Self::FileName(_) => None,
        }
    }
}

/// The keys of the long form of a column.
pub(super) fn column_keys() -> Vec<KeyForm> {
    use ValueForm::{Count, OneOf, Text, Texts};
    let header = OneOf(vec![Text, Count(1)]);
    let own = [
        KeyForm::new("header", header, "What the file calls the column, or its place from 1."),
        KeyForm::new("null", Texts, "Words that mean that there is no value."),
        KeyForm::new("split", Texts, "What stands between the items of a list."),
    ];
    field::keys().into_iter().chain(own).chain(notation::column_keys()).collect()
}

/// The declarations of a dataset for those of its columns that declare nothing else.
pub(super) struct CellDefaults {
    notation: Notation,
    null: Vec<String>,
}

impl CellDefaults {
    pub(super) fn read(declaration: &mut Layers, diagnostics: &mut Diagnostics) -> Self {
        let notation = notation::read_defaults(declaration, diagnostics);
        let null = declaration.strings("null", diagnostics);
        Self { notation, null: null.into_iter().map(|(word, _)| word).collect() }
    }
}

pub(super) fn read_columns(
    layers: &Layers,
    names: &Names,
    defaults: &CellDefaults,
    diagnostics: &mut Diagnostics,
) -> Vec<DataField> {
    let fields = read_fields(layers, &ROW_COLUMNS, names, diagnostics);
    let mut columns = Vec::new();
    for field in fields {
        if field.kind.rules().fits_columns() {
            columns.push(column(field, layers, defaults, diagnostics));
        } else {
            diagnostics.push(errors::unfit_column(&field));
        }
    }
    columns
}

fn column(
    field: Field,
    layers: &Layers,
    defaults: &CellDefaults,
    diagnostics: &mut Diagnostics,
) -> DataField {
    let mut long = layers.long(&field.name);
    let locator = locator(&field.name, &mut long, diagnostics);
    let null = long.value("null").map(|_| long.strings("null", diagnostics));
    let notation = notation::read(&field.kind, &mut long, &defaults.notation, diagnostics);
    let split = long.strings("split", diagnostics);
    DataField {
        locator,
        null: match null {
            Some(null) => null.into_iter().map(|(word, _)| word).collect(),
            None => defaults.null.clone(),
        },
        literal: notation.literal(),
        notation,
        split: split.into_iter().map(|(text, _)| text).filter(|text| !text.is_empty()).collect(),
        field,
    }
}

fn locator(name: &str, long: &mut Layers, diagnostics: &mut Diagnostics) -> Locator {
    let named = || Locator::Name(name.to_owned());
    let Some(declared) = long.get("header") else { return named() };
    match &declared.value.value {
        WrittenValue::String(header) => Locator::Name(header.clone()),
        WrittenValue::Int(place) if *place > 0 => {
            usize::try_from(*place).map_or_else(|_| named(), Locator::Place)
        }
        other => {
            let subject = format!("\"header\" of {name}");
            let expected = "what the file calls the column, or its place from 1";
            diagnostics.push(errors::wrong_type(&subject, expected, other, declared.place()));
            named()
        }
    }
}

/// Places the columns of a file that names none: in the order of their declaration, unless they say their
/// places. If some do and others do not, the others are reported.
pub(super) fn placed(fields: &mut [DataField]) -> Vec<Diagnostic> {
    let is_named = |column: &&mut DataField| matches!(column.locator, Locator::Name(_));
    let is_placed = fields.iter().any(|column| matches!(column.locator, Locator::Place(_)));
    let named = fields.iter_mut().enumerate().filter(|(_, column)| is_named(column));
    let mut problems = Vec::new();
    for (at, column) in named {
        let renamed = matches!(&column.locator, Locator::Name(name) if *name != column.field.name);
        if is_placed || renamed {
            problems.push(errors::unplaced_column(&column.field.name, column.field.place.clone()));
        } else {
            column.locator = Locator::Place(at + 1);
        }
    }
    problems
}
