//! TOML with a span on every key and value.

mod depth;
mod duplicate;
mod problem;
mod read;

use ::toml::de::DeTable;

use crate::excerpt::Excerpt;
use crate::{Diagnostics, Source, Span, Spanned, errors};

/// More levels than any sensible file has; few enough for recursion.
const MAX_DEPTH: usize = 64;

/// A TOML value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number, `inf` and `nan` included.
    Float(f64),
    /// A string, escapes resolved.
    String(String),
    /// A date without a time.
    Date(Date),
    /// A date and a time.
    Datetime(Datetime),
    /// Values in order.
    Array(Vec<Spanned<Value>>),
    /// Keys with values.
    Table(Table),
}

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Proleptic Gregorian.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A date and a time of day, with the offset from UTC if the author gave one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Datetime {
    /// The day.
    pub date: Date,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60.
    pub second: u8,
    /// Minutes east of UTC; none for a local time.
    pub offset: Option<i16>,
}

/// A key of a table and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key, with its own span.
    pub key: Spanned<String>,
    /// The value.
    pub value: Spanned<Value>,
}

/// Keys with values, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// No key twice.
    pub entries: Vec<Entry>,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Spanned<Value>> {
        self.entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// The texts that its values are or hold, in order.
    pub fn texts(&self) -> Vec<Spanned<&str>> {
        let mut found = Vec::new();
        let mut left: Vec<_> = self.entries.iter().rev().map(|entry| &entry.value).collect();
        while let Some(Spanned { value, span }) = left.pop() {
            match value {
                Value::String(text) => found.push(Spanned { value: text.as_str(), span: span.clone() }),
                Value::Array(values) => left.extend(values.iter().rev()),
                Value::Table(table) => left.extend(table.entries.iter().rev().map(|entry| &entry.value)),
                _ => {}
            }
        }
        found
    }

    /// Reads the part `span` of a file as TOML; spans are those of the file.
    ///
    /// What cannot be read is left out and reported as `invalid-toml`, as many problems as can be told apart. A file
    /// that nests deeper than 64 levels is `too-deep` and left out as a whole.
    pub fn parse(source: &Source, span: Span) -> (Self, Diagnostics) {
        let excerpt = Excerpt::new(source, span);
        if let Some(place) = depth::too_deep(excerpt.text, MAX_DEPTH) {
            let problem = errors::toml_too_deep(excerpt.place(&place), MAX_DEPTH);
            return (Self::default(), Diagnostics::from_iter([problem]));
        }
        let (table, errors) = DeTable::parse_recoverable(excerpt.text);
        let problems = problem::problems(excerpt.text, &errors);
        let mut reader = read::Reader::new(&excerpt, &problems);
        let table = reader.table(table.into_inner());
        let mut diagnostics = reader.diagnostics;
        diagnostics.extend(problem::diagnose(&excerpt, &problems));
        (table, diagnostics)
    }
}
