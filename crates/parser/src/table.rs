//! The values that TOML, YAML and JSON share: tables of keys and values, each with a span.

use std::hash::{Hash, Hasher};

use crate::{Span, Spanned};

/// The most levels of nesting: more than any sensible file has, and few enough for recursion.
pub(crate) const MAX_DEPTH: usize = 64;

/// A value of front matter or of a declaration.
#[derive(Debug, Clone, PartialEq)]
pub enum WrittenValue {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number, including infinite ones and `nan`.
    Float(f64),
    /// A string, escapes resolved.
    String(String),
    /// A date without a time.
    Date(Date),
    /// A date and a time.
    Datetime(Datetime),
    /// Values in order.
    Array(Vec<Spanned<WrittenValue>>),
    /// Keys with values.
    Table(Table),
}

/// Two equal values hash alike wherever they stand: spans are left out, because moving a value does not
/// change it.
impl Hash for WrittenValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Bool(value) => value.hash(state),
            Self::Int(value) => value.hash(state),
            Self::Float(value) => value.to_bits().hash(state),
            Self::String(value) => value.hash(state),
            Self::Date(value) => value.hash(state),
            Self::Datetime(value) => value.hash(state),
            Self::Array(items) => items.iter().map(|item| &item.value).collect::<Vec<_>>().hash(state),
            Self::Table(Table { entries }) => {
                let entries = entries.iter().map(|Entry { key, value }| (&key.value, &value.value));
                entries.collect::<Vec<_>>().hash(state);
            }
        }
    }
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
    pub value: Spanned<WrittenValue>,
}

/// Keys with values, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// No key twice.
    pub entries: Vec<Entry>,
}

/// A key and its value, or none if the value is absent.
pub(crate) type Pair = (Spanned<String>, Option<Spanned<WrittenValue>>);

impl Table {
    /// Makes a table of pairs, without absent values and without repeated keys. Also returns the repeated
    /// keys, each with the place where it was given first.
    pub(crate) fn of(pairs: Vec<Pair>) -> (Self, Vec<(Spanned<String>, Span)>) {
        let mut order: Vec<_> = (0..pairs.len()).collect();
        order.sort_by(|a, b| pairs[*a].0.value.cmp(&pairs[*b].0.value).then(a.cmp(b)));
        let mut is_repeated = vec![false; pairs.len()];
        let mut repeated = Vec::new();
        for same in order.chunk_by(|a, b| pairs[*a].0.value == pairs[*b].0.value) {
            for again in &same[1..] {
                repeated.push((pairs[*again].0.clone(), pairs[same[0]].0.span.clone()));
                is_repeated[*again] = true;
            }
        }
        let entries = pairs.into_iter().zip(is_repeated).filter(|(_, is_repeated)| !is_repeated);
        let entry = |((key, value), _): (Pair, bool)| Some(Entry { key, value: value? });
        (Self { entries: entries.filter_map(entry).collect() }, repeated)
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&Spanned<WrittenValue>> {
        self.entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// Collects the strings among its values, also within arrays and tables, in order.
    pub fn texts(&self) -> Vec<Spanned<&str>> {
        let mut found = Vec::new();
        let mut left: Vec<_> = self.entries.iter().rev().map(|entry| &entry.value).collect();
        while let Some(Spanned { value, span }) = left.pop() {
            match value {
                WrittenValue::String(text) => {
                    found.push(Spanned { value: text.as_str(), span: span.clone() });
                }
                WrittenValue::Array(values) => left.extend(values.iter().rev()),
                WrittenValue::Table(table) => {
                    left.extend(table.entries.iter().rev().map(|entry| &entry.value));
                }
                _ => {}
            }
        }
        found
    }
}
