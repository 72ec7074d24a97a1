//! Converts the TOML library's tables to ours.

use toml::Spanned as Located;
use toml::de::{DeFloat, DeInteger, DeTable, DeValue};
use toml::value::{Datetime as AnyDatetime, Offset};

use super::problem::Mistake;
use crate::excerpt::Excerpt;
use crate::{Code, Date, Datetime, Diagnostics, Entry, Span, Spanned, Table, WrittenValue, composed, errors};

/// A converter of tables. It recurses, because the text is known not to nest deeply.
pub(super) struct TableConverter<'e> {
    excerpt: &'e Excerpt<'e>,
    /// The parts that the library could not read and made up values for, in order.
    problems: &'e [Mistake],
    /// The problems of values that the library reads but we cannot represent.
    pub(super) diagnostics: Diagnostics,
}

impl<'e> TableConverter<'e> {
    pub(super) fn new(excerpt: &'e Excerpt<'e>, problems: &'e [Mistake]) -> Self {
        Self { excerpt, problems, diagnostics: Diagnostics::new() }
    }

    /// Converts a table. The entries get the order of the file, because the library sorts them by key.
    pub(super) fn table(&mut self, table: DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> =
            table.into_iter().filter_map(|(key, value)| self.entry(key, value)).collect();
        entries.sort_by_key(|entry| entry.key.span.start);
        Table { entries }
    }

    fn entry(&mut self, key: Located<impl Into<String>>, value: Located<DeValue<'_>>) -> Option<Entry> {
        let span = key.span();
        if span.is_empty() {
            return None;
        }
        let key = self.excerpt.spanned(composed(&key.into_inner().into()).into_owned(), &span);
        Some(Entry { key, value: self.value(value)? })
    }

    fn value(&mut self, value: Located<DeValue<'_>>) -> Option<Spanned<WrittenValue>> {
        let span = value.span();
        if self.is_made_up(value.get_ref(), &span) {
            return None;
        }
        let value = match value.into_inner() {
            DeValue::String(text) => WrittenValue::String(text.into_owned()),
            DeValue::Integer(number) => WrittenValue::Int(self.integer(&number, &span)?),
            DeValue::Float(number) => WrittenValue::Float(self.float(&number, &span)?),
            DeValue::Boolean(value) => WrittenValue::Bool(value),
            DeValue::Datetime(value) => self.datetime(&value, &span)?,
            DeValue::Array(values) => {
                WrittenValue::Array(values.into_iter().filter_map(|value| self.value(value)).collect())
            }
            DeValue::Table(table) => WrittenValue::Table(self.table(table)),
        };
        Some(self.excerpt.spanned(value, &span))
    }

    /// Returns true if the library made up a value. A table or array survives a problem within it, any other
    /// value does not.
    fn is_made_up(&self, value: &DeValue<'_>, span: &Span) -> bool {
        let is_container = matches!(value, DeValue::Table(_) | DeValue::Array(_));
        if span.is_empty() && !is_container {
            return true;
        }
        let next = self.problems.partition_point(|problem| problem.span.end < span.start);
        self.problems.get(next).is_some_and(|problem| match value {
            DeValue::Table(_) | DeValue::Array(_) => problem.span.start == span.start && span.len() > 1,
            _ => problem.span.start <= span.end,
        })
    }

    fn integer(&mut self, number: &DeInteger<'_>, span: &Span) -> Option<i64> {
        let value = i64::from_str_radix(number.as_str(), number.radix()).ok();
        if value.is_none() {
            self.diagnostics.push(errors::number_out_of_range(Code::InvalidToml, self.excerpt.place(span)));
        }
        value
    }

    fn float(&mut self, number: &DeFloat<'_>, span: &Span) -> Option<f64> {
        let value: f64 = number.as_str().parse().ok()?;
        if value.is_infinite() && !number.as_str().contains("inf") {
            self.diagnostics.push(errors::number_out_of_range(Code::InvalidToml, self.excerpt.place(span)));
            return None;
        }
        Some(value)
    }

    fn datetime(&mut self, value: &AnyDatetime, span: &Span) -> Option<WrittenValue> {
        let moment = moment(value);
        if moment.is_none() && value.time.is_some() {
            self.diagnostics.push(errors::time_without_date(self.excerpt.place(span)));
        }
        moment
    }
}

/// Converts a date, with its time if it has one; none for a time alone.
pub(crate) fn moment(value: &AnyDatetime) -> Option<WrittenValue> {
    let date = value.date?;
    let date = Date { year: date.year, month: date.month, day: date.day };
    Some(match value.time {
        None => WrittenValue::Date(date),
        Some(time) => WrittenValue::Datetime(Datetime {
            date,
            hour: time.hour,
            minute: time.minute,
            second: time.second.unwrap_or(0),
            offset: value.offset.map(minutes),
        }),
    })
}

fn minutes(offset: Offset) -> i16 {
    match offset {
        Offset::Z => 0,
        Offset::Custom { minutes } => minutes,
    }
}
