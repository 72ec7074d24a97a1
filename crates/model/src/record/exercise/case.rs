//! Reads the cases of exercises.

use std::collections::HashMap;

use serde_json::Value as Json;
use sitegen_parser::{Diagnostics, Place, Spanned, Table, WrittenValue as Toml};

use super::{ExerciseSource, string};
use crate::ground::Id;
use crate::record::errors;
use crate::schema::Language;

/// A test of programs: an input, and the answer of a correct program.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The case's name, unique within its exercise.
    pub name: String,
    /// The place of the case in its file.
    pub place: Place,
    /// The input and the expected answer.
    pub given: Scenario,
}

/// The input and the expected answer of a case.
#[derive(Debug, Clone, PartialEq)]
pub enum Scenario {
    /// A query of a database.
    Sql {
        /// The statements that fill the database.
        setup: String,
        /// The names of the expected columns; none if they do not matter.
        columns: Option<Vec<String>>,
        /// The expected rows, all of the same length.
        rows: Vec<Vec<SqlValue>>,
    },
    /// A call of a function.
    Python {
        /// An expression for the tuple of arguments.
        args: String,
        /// An expression for the expected result.
        expect: String,
    },
}

/// A value of an expected row.
#[derive(Debug, Clone, PartialEq)]
pub enum SqlValue {
    /// `NULL`.
    Null,
    /// A whole number.
    Int(i64),
    /// A number.
    Real(f64),
    /// Text.
    Text(String),
}

impl Case {
    /// Hashes all but the place.
    pub(super) fn id(&self) -> Id {
        match &self.given {
            Scenario::Sql { setup, columns, rows } => {
                let rows = rows.iter().map(|row| Id::of_all(row.iter().map(SqlValue::id)));
                Id::of(&(&self.name, setup, columns, Id::of_all(rows)))
            }
            Scenario::Python { args, expect } => Id::of(&(&self.name, args, expect)),
        }
    }
}

impl SqlValue {
    fn id(&self) -> Id {
        match self {
            Self::Null => Id::of(&0),
            Self::Int(value) => Id::of(&(1, value)),
            Self::Real(value) => Id::of(&(2, value.to_bits())),
            Self::Text(text) => Id::of(&(3, text)),
        }
    }

    fn of(json: Json) -> Option<Self> {
        Some(match json {
            Json::Null => Self::Null,
            Json::String(text) => Self::Text(text),
            Json::Number(number) => match number.as_i64() {
                Some(whole) => Self::Int(whole),
                None => Self::Real(number.as_f64()?),
            },
            Json::Bool(_) | Json::Array(_) | Json::Object(_) => return None,
        })
    }
}

/// The least number of cases. A program that only returns the one expected answer would pass a single case.
const LEAST: usize = 2;

pub(super) fn read_all(
    given: Option<&Spanned<Toml>>,
    language: Language,
    text: ExerciseSource<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Case> {
    let items = match given.map(|given| &given.value) {
        Some(Toml::Array(items)) => items.as_slice(),
        None => &[],
        // The field reports a value that is not a list.
        Some(_) => return Vec::new(),
    };
    if items.len() < LEAST {
        let place = given.map_or_else(|| text.place.clone(), |given| text.place(given));
        diagnostics.push(errors::too_few_cases(text.subject, items.len(), LEAST, place));
    }
    let mut names = HashMap::new();
    let mut cases = Vec::new();
    for item in items {
        let Toml::Table(table) = &item.value else { continue };
        let place = text.place(item);
        let Some(name) = table.get("name").and_then(string) else {
            diagnostics.push(errors::case_lacks("name", "", &place));
            continue;
        };
        if let Some(first) = names.insert(name, place.clone()) {
            diagnostics.push(errors::equal_cases(name, &first, place.clone()));
        }
        let given = match language {
            Language::Sql => read_sql(table, name, &place, text, diagnostics),
            Language::Python => read_python(table, name, &place, diagnostics),
        };
        cases.extend(given.map(|given| Case { name: name.to_owned(), place, given }));
    }
    cases
}

fn read_python(table: &Table, name: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Scenario> {
    let mut read = |key| needed(table, key, name, place, diagnostics);
    let (args, expect) = (read("args"), read("expect"));
    Some(Scenario::Python { args: string(args?)?.to_owned(), expect: string(expect?)?.to_owned() })
}

fn read_sql(
    table: &Table,
    name: &str,
    place: &Place,
    text: ExerciseSource<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Scenario> {
    let mut read = |key| needed(table, key, name, place, diagnostics);
    let (setup, rows) = (read("setup"), read("rows"));
    let columns = table.get("columns").and_then(|given| match &given.value {
        Toml::Array(items) => Some(items.iter().filter_map(string).map(str::to_owned).collect::<Vec<_>>()),
        _ => None,
    });
    let (setup, written) = (string(setup?)?.to_owned(), rows?);
    let rows = match rows_of(string(written)?, columns.as_ref().map(Vec::len)) {
        Ok(rows) => rows,
        Err(objection) => {
            diagnostics.push(errors::invalid_rows(name, &objection, text.place(written)));
            return None;
        }
    };
    Some(Scenario::Sql { setup, columns, rows })
}

/// Returns the value of a key that a case must have, or reports that it is missing.
fn needed<'a>(
    table: &'a Table,
    key: &'static str,
    name: &str,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<&'a Spanned<Toml>> {
    let found = table.get(key);
    if found.is_none() {
        diagnostics.push(errors::case_lacks(key, name, place));
    }
    found
}

/// Reads rows of JSON. All have the same number of values, which is `width` if that is known.
fn rows_of(text: &str, mut width: Option<usize>) -> Result<Vec<Vec<SqlValue>>, String> {
    let rows: Vec<Vec<Json>> = serde_json::from_str(text).map_err(|error| {
        let problem = error.to_string();
        format!("they are not a JSON list of lists, such as [[\"EMEA\", 260.0, null]]: {problem}")
    })?;
    let mut read = Vec::with_capacity(rows.len());
    for (at, row) in rows.into_iter().enumerate() {
        let wanted = *width.get_or_insert(row.len());
        if row.len() != wanted {
            return Err(format!("row {} is of {} values instead of {wanted}", at + 1, row.len()));
        }
        let cells: Option<Vec<_>> = row.into_iter().map(SqlValue::of).collect();
        let refused =
            || format!("row {} holds more than numbers, texts and null; SQLite's truth is 1 or 0", at + 1);
        read.push(cells.ok_or_else(refused)?);
    }
    Ok(read)
}
