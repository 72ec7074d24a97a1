//! A cell's text as a value of its column's type.

use std::borrow::Cow;

use sitegen_parser::{Datum, Diagnostic, Place, WrittenValue as Toml};

use super::errors;
use super::names::RecordNames;
use crate::ground::{Given, same_word, trim};
use crate::record::Records;
use crate::schema::{
    CHARACTERS, CellContext, DataField, DefaultValue, Field, ITEMS, Kind, Misfit, Notation, Schema, Unit,
};

/// A reader of cells, with the schema and the records to which their values may refer.
pub(super) struct CellReader<'a> {
    pub schema: &'a Schema,
    pub records: &'a Records,
    pub names: RecordNames,
}

impl CellReader<'_> {
    /// Reads a cell's value; null if the cell is blank.
    ///
    /// # Errors
    ///
    /// The cell holds no valid value of its column; the diagnostic says why.
    pub(super) fn value<'c>(
        &self,
        column: &DataField,
        datum: &'c Datum,
        place: &Place,
    ) -> Result<Given<'c>, Diagnostic> {
        let field = &column.field;
        let given = match datum {
            blank if is_blank(blank, column) => Given::Null,
            Datum::Null => Given::Null,
            Datum::Text(text) => self.scalar(text, &column.notation, column, place)?,
            Datum::Literal(_) if matches!(field.kind, Kind::Any) => Given::Text(json(datum)),
            Datum::Literal(text) => self.scalar(text, &column.literal, column, place)?,
            Datum::List(_) | Datum::Nested(_) if matches!(field.kind, Kind::Any) => {
                return self.nested(datum, field, place);
            }
            Datum::List(items) => match &field.kind {
                Kind::List(item) => {
                    let items = items.iter().filter_map(|item| match item {
                        Datum::Text(text) => Some((trim(text), &column.notation)),
                        Datum::Literal(text) => Some((trim(text), &column.literal)),
                        _ => None,
                    });
                    self.list(items, item, field, place)?
                }
                _ => return Err(self.wrong(field, &field.kind, "a list", place)),
            },
            Datum::Nested(written) => {
                let found = if written.starts_with('{') { "an object" } else { "a list of objects or lists" };
                let problem = self.wrong(field, &field.kind, found, place);
                return Err(problem.help("\"json\" is the type for such values"));
            }
        };
        constrained(given, field, place)
    }

    /// Reads the default of a column, the value for rows that have none.
    ///
    /// # Errors
    ///
    /// The default is no valid value of the column.
    pub(super) fn default<'c>(
        &self,
        column: &DataField,
        default: &DefaultValue,
    ) -> Result<Given<'c>, Diagnostic> {
        let place = Place::new(&default.path, &default.value.span);
        self.value(column, &datum(&default.value.value), &place).map(owned)
    }

    /// Reads any value into JSON.
    fn nested<'c>(&self, datum: &'c Datum, field: &Field, place: &Place) -> Result<Given<'c>, Diagnostic> {
        let written = json(datum);
        match serde_json::from_str::<serde_json::Value>(&written) {
            Ok(_) => Ok(Given::Text(written)),
            Err(_) => Err(self.wrong(field, &field.kind, "nested too deeply", place)),
        }
    }

    /// Reads a text that can be the items of a list, if the column says what splits them.
    fn scalar<'c>(
        &self,
        text: &'c str,
        notation: &Notation,
        column: &DataField,
        place: &Place,
    ) -> Result<Given<'c>, Diagnostic> {
        let field = &column.field;
        match &field.kind {
            Kind::List(item) if !column.split.is_empty() => {
                let items = split(text, &column.split).into_iter().map(|item| (item, notation));
                self.list(items, item, field, place)
            }
            kind => self.text((text, notation), kind, field, place),
        }
    }

    fn text<'c>(
        &self,
        (text, notation): (&'c str, &Notation),
        kind: &Kind,
        field: &Field,
        place: &Place,
    ) -> Result<Given<'c>, Diagnostic> {
        let find = |name: &str, target| self.names.find(name, target, self.schema, self.records, place);
        let reader = CellContext { name: &field.name, notation, place, find: &find };
        kind.rules().read_cell(text, &reader).map_err(|misfit| match misfit {
            Misfit::Problem(problem) => problem,
            Misfit::Other => self.wrong(field, kind, &format!("\"{}\"", trim(text)), place),
        })
    }

    /// Reads items into a list in JSON, in which slugs stand for records.
    fn list<'c, 'i>(
        &self,
        items: impl Iterator<Item = (&'i str, &'i Notation)>,
        kind: &Kind,
        field: &Field,
        place: &Place,
    ) -> Result<Given<'c>, Diagnostic> {
        let mut list = Vec::new();
        let mut lacks = 0;
        for item in items {
            mismatch(item.0, field, place)?;
            list.push(match self.text(item, kind, field, place)? {
                Given::Null | Given::Reference(_) if !matches!(kind, Kind::Reference(_)) => continue,
                Given::Reference(id) => serde_json::Value::from(&*self.records[id].slug),
                // The record's file could not be read, which is reported elsewhere.
                Given::Null => {
                    lacks += 1;
                    continue;
                }
                Given::Bool(value) => value.into(),
                Given::Int(value) => value.into(),
                Given::Float(value) => value.into(),
                Given::Text(text) => text.into(),
            });
        }
        #[expect(clippy::cast_precision_loss, reason = "lists are short")]
        bounds(((list.len() + lacks) as f64, &ITEMS), field, place)?;
        Ok(Given::Text(serde_json::Value::from(list).to_string().into()))
    }

    fn wrong(&self, field: &Field, kind: &Kind, found: &str, place: &Place) -> Diagnostic {
        let expected = kind.rules().expectation_in_cell(self.schema);
        errors::wrong_cell(&field.name, &expected, found, place.clone())
    }
}

/// Converts a default to the cell that would hold the same value.
fn datum(value: &Toml) -> Datum<'static> {
    match value {
        Toml::String(text) => Datum::Text(text.clone().into()),
        Toml::Int(value) => Datum::Literal(value.to_string().into()),
        Toml::Float(value) => Datum::Literal(value.to_string().into()),
        Toml::Bool(value) => Datum::Literal(value.to_string().into()),
        Toml::Date(date) => Datum::Literal(date.to_string().into()),
        Toml::Datetime(datetime) => Datum::Literal(datetime.to_string().into()),
        Toml::Array(items) => Datum::List(items.iter().map(|item| datum(&item.value)).collect()),
        Toml::Table(_) => Datum::Nested("{}".into()),
    }
}

/// Writes a value in JSON.
fn json<'c>(datum: &'c Datum) -> Cow<'c, str> {
    match datum {
        Datum::Nested(json) => Cow::Borrowed(json),
        Datum::Null => "null".into(),
        Datum::Literal(literal) if serde_json::from_str::<serde_json::Value>(literal).is_ok() => {
            Cow::Borrowed(literal)
        }
        Datum::Text(text) | Datum::Literal(text) => serde_json::Value::from(&**text).to_string().into(),
        Datum::List(items) => {
            let items: Vec<_> = items.iter().map(json).collect();
            format!("[{}]", items.join(",")).into()
        }
    }
}

pub(super) fn owned<'c>(given: Given) -> Given<'c> {
    match given {
        Given::Null => Given::Null,
        Given::Bool(value) => Given::Bool(value),
        Given::Int(value) => Given::Int(value),
        Given::Float(value) => Given::Float(value),
        Given::Text(text) => Given::Text(Cow::Owned(text.into_owned())),
        Given::Reference(id) => Given::Reference(id),
    }
}

/// Returns true if a cell has no value: it is null or empty, or holds one of its column's words for null.
pub(super) fn is_blank(datum: &Datum, column: &DataField) -> bool {
    match datum {
        Datum::Null => true,
        Datum::Text(text) | Datum::Literal(text) => is_null(text, column),
        Datum::List(_) | Datum::Nested(_) => false,
    }
}

fn is_null(text: &str, column: &DataField) -> bool {
    let text = trim(text);
    text.is_empty() || column.null.iter().any(|word| same_word(word, text))
}

/// Splits a list at each of the separators.
fn split<'t>(text: &'t str, separators: &[String]) -> Vec<&'t str> {
    let mut items = vec![text];
    for separator in separators {
        items = items.into_iter().flat_map(|item| item.split(separator.as_str())).collect();
    }
    items.into_iter().map(trim).filter(|item| !item.is_empty()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "bounds beyond 2^53 lose digits that no bound needs")]
fn constrained<'c>(given: Given<'c>, field: &Field, place: &Place) -> Result<Given<'c>, Diagnostic> {
    let numbers = field.kind.rules().unit();
    match &given {
        Given::Int(value) => bounds((*value as f64, numbers), field, place)?,
        Given::Float(value) => bounds((*value, numbers), field, place)?,
        // The items of a list were checked one by one when the list was read.
        Given::Text(text) if !field.kind.is_nested() => {
            bounds((text.chars().count() as f64, &CHARACTERS), field, place)?;
            mismatch(text, field, place)?;
        }
        _ => {}
    }
    Ok(given)
}

fn bounds(size: (f64, &Unit), field: &Field, place: &Place) -> Result<(), Diagnostic> {
    field.out_of_bounds(size, place).map_or(Ok(()), Err)
}

fn mismatch(text: &str, field: &Field, place: &Place) -> Result<(), Diagnostic> {
    field.mismatch(text, place).map_or(Ok(()), Err)
}
