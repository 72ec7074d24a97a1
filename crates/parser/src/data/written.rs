//! Reads the rows of a file of YAML or TOML: the tables of its list, or of a list within its table.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use super::{Cell, ColumnRef, Datum, Row, column};
use crate::{Diagnostic, Diagnostics, Place, Source, Span, Spanned, Table, WrittenValue, errors};

/// The rows of a file, all of which are read when it is opened.
#[derive(Debug)]
pub(super) struct WrittenRows<'s> {
    source: &'s Source,
    columns: Vec<Option<String>>,
    rows: std::vec::IntoIter<WrittenRow>,
    problems: Vec<Diagnostic>,
}

/// A row, and its key if it stands in a table instead of a list.
#[derive(Debug)]
struct WrittenRow {
    key: Option<Spanned<String>>,
    value: Spanned<WrittenValue>,
}

impl<'s> WrittenRows<'s> {
    pub(super) fn open(
        source: &'s Source,
        (table, diagnostics): (Table, Diagnostics),
        path: Option<&str>,
        columns: &[ColumnRef],
    ) -> Self {
        let mut problems: Vec<_> = diagnostics.into_iter().collect();
        let rows = if problems.is_empty() { rows(source, table, path) } else { Ok(Vec::new()) };
        let rows = rows.unwrap_or_else(|problem| {
            problems.push(problem);
            Vec::new()
        });
        Self { source, columns: column::names(columns), rows: rows.into_iter(), problems }
    }

    pub(super) fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    pub(super) fn next(&mut self) -> Option<Row<'s>> {
        let WrittenRow { key, value } = self.rows.next()?;
        let source = self.source;
        let span = value.span;
        let WrittenValue::Table(table) = value.value else {
            let problem = errors::no_table(Place::new(&source.path, &span));
            return Some(Row { span, cells: vec![None; self.columns.len()], problem: Some(problem) });
        };
        let cell = |column: &Option<String>| match (column.as_deref()?, &key) {
            (column::KEY, Some(key)) => {
                Some(Cell { value: Datum::Text(key.value.clone().into()), span: key.span.clone() })
            }
            (name, _) => {
                let found = find(&table, name)?;
                Some(Cell { value: datum(found, source), span: found.span.clone() })
            }
        };
        Some(Row { cells: self.columns.iter().map(cell).collect(), span, problem: None })
    }

    /// Collects the keys of all rows that are left, in order of first appearance.
    pub(super) fn keys(self, most: usize) -> Vec<String> {
        let mut keys = Vec::new();
        for row in self.rows {
            let WrittenValue::Table(table) = row.value.value else { continue };
            let own = row.key.map(|_| column::KEY.to_owned());
            for key in own.into_iter().chain(table.entries.into_iter().map(|entry| entry.key.value)) {
                if keys.len() < most && !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        keys
    }
}

/// Finds the rows at a path of keys, or else in the only place where there are some.
fn rows(source: &Source, table: Table, path: Option<&str>) -> Result<Vec<WrittenRow>, Diagnostic> {
    let start = Place::new(&source.path, &(0..0));
    let mut value = WrittenValue::Table(table);
    for key in path.into_iter().flat_map(|path| path.split('.')) {
        let inner = match &mut value {
            WrittenValue::Table(table) => take(table, key),
            _ => None,
        };
        value = inner.ok_or_else(|| errors::no_rows_at(start.clone(), key))?;
    }
    let mut table = match value {
        WrittenValue::Array(items) => return Ok(listed(items)),
        WrittenValue::Table(table) => table,
        _ => return Err(errors::no_rows(start, &[])),
    };
    let keys: Vec<_> = table.entries.iter().filter(|entry| holds_rows(&entry.value.value)).collect();
    let keys: Vec<_> = keys.into_iter().map(|entry| entry.key.value.clone()).collect();
    let is_table = |value: &WrittenValue| matches!(value, WrittenValue::Table(_));
    match keys.as_slice() {
        [key] => match take(&mut table, key) {
            Some(WrittenValue::Array(items)) => Ok(listed(items)),
            _ => Ok(Vec::new()),
        },
        [] if table.entries.iter().all(|entry| is_table(&entry.value.value)) => {
            let row = |entry: crate::Entry| WrittenRow { key: Some(entry.key), value: entry.value };
            Ok(table.entries.into_iter().map(row).collect())
        }
        keys => Err(errors::no_rows(start, &keys.iter().map(String::as_str).collect::<Vec<_>>())),
    }
}

fn listed(items: Vec<Spanned<WrittenValue>>) -> Vec<WrittenRow> {
    items.into_iter().map(|value| WrittenRow { key: None, value }).collect()
}

fn take(table: &mut Table, key: &str) -> Option<WrittenValue> {
    let at = table.entries.iter().position(|entry| entry.key.value == key)?;
    Some(table.entries.swap_remove(at).value.value)
}

fn holds_rows(value: &WrittenValue) -> bool {
    matches!(value, WrittenValue::Array(items) if items.iter().any(|item| matches!(item.value, WrittenValue::Table(_))))
}

/// Finds a value by its key, or by a path of keys.
fn find<'t>(table: &'t Table, name: &str) -> Option<&'t Spanned<WrittenValue>> {
    if let Some(value) = table.get(name) {
        return Some(value);
    }
    let (key, rest) = name.split_once('.')?;
    let mut value = table.get(key)?;
    for key in rest.split('.') {
        value = match &value.value {
            WrittenValue::Table(table) => table.get(key)?,
            WrittenValue::Array(items) => items.get(key.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

fn datum<'s>(given: &Spanned<WrittenValue>, source: &'s Source) -> Datum<'s> {
    match &given.value {
        WrittenValue::Array(items) if !items.iter().any(|item| is_nested(&item.value)) => {
            Datum::List(items.iter().map(|item| datum(item, source)).collect())
        }
        nested @ (WrittenValue::Array(_) | WrittenValue::Table(_)) => {
            Datum::Nested(Cow::Owned(json(nested).to_string()))
        }
        WrittenValue::String(text) => Datum::Text(Cow::Owned(text.clone())),
        other => Datum::Literal(literal(other, &given.span, source)),
    }
}

fn is_nested(value: &WrittenValue) -> bool {
    matches!(value, WrittenValue::Array(_) | WrittenValue::Table(_))
}

/// Returns a number as it is written, so that a column of texts keeps the zero of `1.10`; other values, and
/// numbers in forms that only their format has, in the usual form.
fn literal<'s>(value: &WrittenValue, span: &Span, source: &'s Source) -> Cow<'s, str> {
    let written = &source.text[span.clone()];
    let is_plain =
        matches!(value, WrittenValue::Int(_) | WrittenValue::Float(_)) && written.parse::<f64>().is_ok();
    match value {
        _ if is_plain => Cow::Borrowed(written),
        WrittenValue::Bool(value) => Cow::Owned(value.to_string()),
        WrittenValue::Int(value) => Cow::Owned(value.to_string()),
        WrittenValue::Float(value) => Cow::Owned(value.to_string()),
        WrittenValue::Date(date) => Cow::Owned(date.to_string()),
        WrittenValue::Datetime(datetime) => Cow::Owned(datetime.to_string()),
        WrittenValue::String(_) | WrittenValue::Array(_) | WrittenValue::Table(_) => Cow::Borrowed(written),
    }
}

/// Converts a value to JSON. It recurses, because files that nest deeply are refused.
fn json(value: &WrittenValue) -> Json {
    match value {
        WrittenValue::Bool(value) => (*value).into(),
        WrittenValue::Int(value) => (*value).into(),
        WrittenValue::Float(value) => (*value).into(),
        WrittenValue::String(text) => text.as_str().into(),
        WrittenValue::Date(date) => date.to_string().into(),
        WrittenValue::Datetime(datetime) => datetime.to_string().into(),
        WrittenValue::Array(items) => items.iter().map(|item| json(&item.value)).collect(),
        WrittenValue::Table(table) => {
            let entries = table.entries.iter();
            entries
                .map(|entry| (entry.key.value.clone(), json(&entry.value.value)))
                .collect::<Map<_, _>>()
                .into()
        }
    }
}
