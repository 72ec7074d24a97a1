//! A cell's text as a value of its column's type.

use std::borrow::Cow;
use std::sync::Arc;

use sitegen_parser::{Datum, Diagnostic, Place, Value as Toml, loose};

use super::errors;
use super::names::Names;
use crate::ground::{CollectionId, Given, url};
use crate::record::Records;
use crate::schema::{DataField, DefaultValue, Field, Kind, Schema};

/// What reading a cell needs besides it.
pub(super) struct Reader<'a> {
    pub schema: &'a Schema,
    pub records: &'a Records,
    pub path: &'a Arc<str>,
    pub names: Names,
}

impl Reader<'_> {
    /// A cell's value; null if it has none.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
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
            Datum::Text(text) => match &field.kind {
                Kind::List(item) if !column.split.is_empty() => {
                    self.list(split(text, &column.split).into_iter(), item, field, place)?
                }
                kind => self.text(text, kind, field, place)?,
            },
            Datum::List(items) => match &field.kind {
                Kind::List(item) => {
                    let items = items.iter().filter_map(|item| match item {
                        Datum::Text(text) => Some(trim(text)),
                        _ => None,
                    });
                    self.list(items, item, field, place)?
                }
                _ => return Err(self.wrong(field, &field.kind, "a list", place)),
            },
            Datum::Object => return Err(self.wrong(field, &field.kind, "an object", place)),
        };
        constrained(given, field, place)
    }

    /// What a column has where a row has nothing.
    ///
    /// # Errors
    ///
    /// It is not of the column's type.
    pub(super) fn default<'c>(
        &self,
        column: &DataField,
        default: &DefaultValue,
    ) -> Result<Given<'c>, Diagnostic> {
        let place = Place::new(&default.path, &default.value.span);
        self.value(column, &datum(&default.value.value), &place).map(owned)
    }

    fn text<'c>(
        &self,
        text: &'c str,
        kind: &Kind,
        field: &Field,
        place: &Place,
    ) -> Result<Given<'c>, Diagnostic> {
        let trimmed = trim(text);
        let quoted = || format!("\"{trimmed}\"");
        let value = match kind {
            // Text is the author's, to the last space.
            Kind::String | Kind::Markdown | Kind::Template | Kind::Table(_) | Kind::Any => {
                Some(Given::Text(text.into()))
            }
            Kind::Int => int(trimmed).map(Given::Int),
            Kind::Float => float(trimmed).map(Given::Float),
            Kind::Bool => bool(trimmed).map(Given::Bool),
            Kind::Date => is_date(trimmed).then(|| Given::Text(trimmed.into())),
            Kind::Datetime => is_datetime(trimmed).then(|| Given::Text(trimmed.into())),
            Kind::Url => match url::whole_objection(trimmed) {
                None => Some(Given::Text(trimmed.into())),
                Some(objection) => {
                    return Err(errors::invalid_url(&field.name, trimmed, objection, place.clone()));
                }
            },
            Kind::Path => match url::site_path(trimmed) {
                Ok(path) => Some(Given::Text(path.into())),
                Err(objection) => {
                    let place = place.clone();
                    return Err(errors::invalid_path_value(&field.name, trimmed, objection, place));
                }
            },
            Kind::Enum(words) => return word(trimmed, words, field, place),
            Kind::Reference(target) => return self.reference(trimmed, *target, place),
            Kind::List(_) => None,
        };
        value.ok_or_else(|| self.wrong(field, kind, &quoted(), place))
    }

    fn reference<'c>(
        &self,
        name: &str,
        target: CollectionId,
        place: &Place,
    ) -> Result<Given<'c>, Diagnostic> {
        let found = self.names.find(name, target, self.schema, self.records, place)?;
        Ok(found.map_or(Given::Null, Given::Reference))
    }

    /// Items as JSON, references by their slugs.
    fn list<'c, 'i>(
        &self,
        items: impl Iterator<Item = &'i str>,
        kind: &Kind,
        field: &Field,
        place: &Place,
    ) -> Result<Given<'c>, Diagnostic> {
        let mut list = Vec::new();
        let mut lacks = 0;
        for item in items {
            pattern(item, field, place)?;
            list.push(match self.text(item, kind, field, place)? {
                Given::Null | Given::Reference(_) if !matches!(kind, Kind::Reference(_)) => continue,
                Given::Reference(id) => serde_json::Value::from(&*self.records[id].slug),
                // A record that could not be read, which is reported.
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
        bounds((list.len() + lacks) as f64, " items", field, place)?;
        Ok(Given::Text(serde_json::Value::from(list).to_string().into()))
    }

    fn wrong(&self, field: &Field, kind: &Kind, found: &str, place: &Place) -> Diagnostic {
        let expected = match kind {
            Kind::Date => "a date such as 2026-01-31".to_owned(),
            Kind::Datetime => "a date and time such as 2026-01-31T09:30:00Z".to_owned(),
            Kind::List(_) => "a list; say by `split` what stands between its items".to_owned(),
            kind => self.schema.expectation(kind),
        };
        let digits = found.trim_matches('"');
        let number = digits.trim_start_matches(['+', '-']);
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let found = match kind {
            Kind::Int if is_number && digits.starts_with('-') => &format!("too small: at least {}", i64::MIN),
            Kind::Int if is_number => &format!("too large: at most {}", i64::MAX),
            _ => found,
        };
        errors::wrong_cell(&field.name, &expected, found, place.clone())
    }
}

/// A default as a cell would say it.
fn datum(value: &Toml) -> Datum<'static> {
    match value {
        Toml::String(text) => Datum::Text(text.clone().into()),
        Toml::Int(value) => Datum::Text(value.to_string().into()),
        Toml::Float(value) => Datum::Text(value.to_string().into()),
        Toml::Bool(value) => Datum::Text(value.to_string().into()),
        Toml::Date(date) => Datum::Text(date.to_string().into()),
        Toml::Datetime(datetime) => Datum::Text(datetime.to_string().into()),
        Toml::Array(items) => Datum::List(items.iter().map(|item| datum(&item.value)).collect()),
        Toml::Table(_) => Datum::Object,
    }
}

fn owned<'c>(given: Given) -> Given<'c> {
    match given {
        Given::Null => Given::Null,
        Given::Bool(value) => Given::Bool(value),
        Given::Int(value) => Given::Int(value),
        Given::Float(value) => Given::Float(value),
        Given::Text(text) => Given::Text(Cow::Owned(text.into_owned())),
        Given::Reference(id) => Given::Reference(id),
    }
}

/// Whether a cell holds nothing.
pub(super) fn is_blank(datum: &Datum, column: &DataField) -> bool {
    match datum {
        Datum::Null => true,
        Datum::Text(text) => is_null(text, column),
        Datum::List(_) | Datum::Object => false,
    }
}

fn is_null(text: &str, column: &DataField) -> bool {
    let text = trim(text);
    text.is_empty() || column.null.iter().any(|word| is_same(word, text))
}

fn is_same(word: &str, text: &str) -> bool {
    if word.is_ascii() && text.is_ascii() {
        word.eq_ignore_ascii_case(text)
    } else {
        loose(word) == loose(text)
    }
}

/// The items of a list between any of the separators.
fn split<'t>(text: &'t str, separators: &[String]) -> Vec<&'t str> {
    let mut items = vec![text];
    for separator in separators {
        items = items.into_iter().flat_map(|item| item.split(separator.as_str())).collect();
    }
    items.into_iter().map(trim).filter(|item| !item.is_empty()).collect()
}

/// Without the white space around it, no-break spaces and byte order marks too.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
}

fn word<'c>(text: &'c str, words: &[String], field: &Field, place: &Place) -> Result<Given<'c>, Diagnostic> {
    let exact = words.iter().find(|word| *word == text);
    match exact.or_else(|| words.iter().find(|word| is_same(word, text))) {
        Some(word) => Ok(Given::Text(Cow::Owned(word.clone()))),
        None => {
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            Err(errors::invalid_choice(&field.name, text, &words, place.clone()))
        }
    }
}

/// A whole number, also where it is written as a number that happens to be whole: `1e3`, `120000.0`.
pub(crate) fn int(text: &str) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    text.parse().ok().or_else(|| {
        let value = float(text).filter(|value| value.fract() == 0.0 && value.abs() <= EXACT)?;
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and at most 2^53")]
        Some(value as i64)
    })
}

pub(crate) fn float(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse::<f64>().ok().filter(|value| plain && value.is_finite())
}

pub(crate) fn bool(text: &str) -> Option<bool> {
    let is = |words: [&str; 4]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["true", "yes", "y", "1"]) { Some(true) } else { is(["false", "no", "n", "0"]).then_some(false) }
}

/// Whether a text is a day such as 2026-01-31.
pub(crate) fn is_date(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok().map(|number| (part.len(), number))).flatten()
    });
    let (Some(Some((4, year))), Some(Some((2, month))), Some(Some((2, day))), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

pub(crate) fn is_datetime(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else { return false };
    let clock = time.trim_end_matches(['Z', 'z']);
    let clock = clock.split(['+', '-']).next().unwrap_or_default();
    let bounds = [23.0, 59.0, 60.9];
    let parts: Vec<_> = clock.split(':').map(float).collect();
    let within =
        parts.iter().zip(bounds).all(|(part, most)| part.is_some_and(|part| (0.0..=most).contains(&part)));
    is_date(date) && (2..=3).contains(&parts.len()) && within
}

#[expect(clippy::cast_precision_loss, reason = "bounds beyond 2^53 lose digits that no bound needs")]
fn constrained<'c>(given: Given<'c>, field: &Field, place: &Place) -> Result<Given<'c>, Diagnostic> {
    match &given {
        Given::Int(value) => bounds(*value as f64, "", field, place)?,
        Given::Float(value) => bounds(*value, "", field, place)?,
        // The items of a list are looked at one by one.
        Given::Text(text) if !matches!(field.kind, Kind::List(_)) => {
            bounds(text.chars().count() as f64, " characters", field, place)?;
            pattern(text, field, place)?;
        }
        _ => {}
    }
    Ok(given)
}

fn bounds(size: f64, unit: &str, field: &Field, place: &Place) -> Result<(), Diagnostic> {
    let (min, max) = (field.constraints.min, field.constraints.max);
    if min.is_some_and(|min| size < min) || max.is_some_and(|max| size > max) {
        return Err(errors::out_of_range(&field.name, size, unit, min, max, place.clone(), &field.place));
    }
    Ok(())
}

fn pattern(text: &str, field: &Field, place: &Place) -> Result<(), Diagnostic> {
    match &field.constraints.pattern {
        Some(pattern) if !pattern.is_match(text) => {
            let (place, pattern) = (place.clone(), pattern.as_str());
            Err(errors::pattern_not_met(&field.name, text, pattern, place, &field.place))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_data_writes_them() {
        assert_eq!(int("1e3"), Some(1_000));
        assert_eq!(int("120000.0"), Some(120_000));
        assert_eq!(int("+5"), Some(5));
        assert_eq!(int("1e-4"), None);
        assert_eq!(float("1e-4"), Some(0.0001));
        assert_eq!(float("inf"), None);
        assert_eq!(float("1,000"), None);
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert!(
            is_date("2024-02-29") && !is_date("2023-02-29") && !is_date("2024-2-9") && !is_date("2024-13-01")
        );
        assert!(is_datetime("2024-02-29T23:59:59.5Z") && is_datetime("2024-02-29 08:00+02:00"));
        assert!(!is_datetime("2024-02-29T25:00") && !is_datetime("2024-02-29"));
    }
}
