//! From the TOML library's tables to ours.

use toml::Spanned as Located;
use toml::de::{DeInteger, DeTable, DeValue};
use toml::value::{Datetime as AnyDatetime, Offset};

use super::{Date, Datetime, Entry, Table, Value};
use crate::excerpt::Excerpt;
use crate::{Diagnostics, Span, Spanned, errors};

/// Converts what the library read. The text is known not to nest deeply, so that recursion is safe.
pub(super) struct Reader<'e> {
    pub(super) excerpt: &'e Excerpt<'e>,
    pub(super) diagnostics: Diagnostics,
}

impl Reader<'_> {
    /// The entries in the order of the file; the library sorts them by key.
    pub(super) fn table(&mut self, table: DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> =
            table.into_iter().filter_map(|(key, value)| self.entry(key, value)).collect();
        entries.sort_by_key(|entry| entry.key.span.start);
        Table { entries }
    }

    fn entry(&mut self, key: Located<impl Into<String>>, value: Located<DeValue<'_>>) -> Option<Entry> {
        let span = key.span();
        let key = self.excerpt.spanned(key.into_inner().into(), &span);
        Some(Entry { key, value: self.value(value)? })
    }

    fn value(&mut self, value: Located<DeValue<'_>>) -> Option<Spanned<Value>> {
        let span = value.span();
        let value = match value.into_inner() {
            DeValue::String(text) => Value::String(text.into_owned()),
            DeValue::Integer(number) => Value::Int(self.integer(&number, &span)?),
            DeValue::Float(number) => Value::Float(number.as_str().parse().ok()?),
            DeValue::Boolean(value) => Value::Bool(value),
            DeValue::Datetime(value) => self.datetime(&value, &span)?,
            DeValue::Array(values) => {
                Value::Array(values.into_iter().filter_map(|value| self.value(value)).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Some(self.excerpt.spanned(value, &span))
    }

    fn integer(&mut self, number: &DeInteger<'_>, span: &Span) -> Option<i64> {
        let value = i64::from_str_radix(number.as_str(), number.radix()).ok();
        if value.is_none() {
            self.diagnostics.push(errors::integer_out_of_range(self.excerpt.place(span)));
        }
        value
    }

    fn datetime(&mut self, value: &AnyDatetime, span: &Span) -> Option<Value> {
        let Some(date) = value.date else {
            if value.time.is_some() {
                self.diagnostics.push(errors::time_without_date(self.excerpt.place(span)));
            }
            return None;
        };
        let date = Date { year: date.year, month: date.month, day: date.day };
        Some(match value.time {
            None => Value::Date(date),
            Some(time) => Value::Datetime(Datetime {
                date,
                hour: time.hour,
                minute: time.minute,
                second: time.second.unwrap_or(0),
                offset: value.offset.map(minutes),
            }),
        })
    }
}

fn minutes(offset: Offset) -> i16 {
    match offset {
        Offset::Z => 0,
        Offset::Custom { minutes } => minutes,
    }
}
