//! `datetime`: a day and a time.

use serde_json::{Value as Json, json};
use sitegen_parser::{Datetime, Spanned, WrittenValue as Toml};

use super::{
    CellContext, FieldContext, FieldType, Grammar, JsonScope, Kind, Misfit, TypeForm, float, is_date,
};
use crate::ground::{Given, Value, trim};

pub(super) const FORM: TypeForm = TypeForm {
    form: "datetime",
    example: "2026-01-31T09:30:00Z",
    expected: "a date and time such as 2026-01-31T09:30:00Z",
    declared: Grammar::Word(|_| Kind::Datetime),
};

pub(super) struct DatetimeType;

impl FieldType for DatetimeType {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn read_field(&self, given: &Spanned<Toml>, _: &str, _: &mut dyn FieldContext) -> Result<Value, Misfit> {
        match given.value {
            Toml::Datetime(datetime) => Ok(Value::Datetime(datetime)),
            _ => Err(Misfit::Other),
        }
    }

    fn read_cell<'c>(&self, text: &'c str, context: &CellContext) -> Result<Given<'c>, Misfit> {
        context.notation.date(trim(text), is_datetime).map(Given::Text).ok_or(Misfit::Other)
    }

    fn retype(&self, value: &Toml, _: Option<&str>) -> Option<Toml> {
        match value {
            Toml::String(text) => Datetime::parse(text).map(Toml::Datetime),
            _ => None,
        }
    }

    fn is_bare(&self) -> bool {
        true
    }

    fn blank(&self) -> &'static str {
        ""
    }

    /// The format `date-time` of JSON Schema is stricter: it wants a `T` and an offset.
    fn json(&self, _: &JsonScope) -> Json {
        json!({ "type": "string", "pattern": r"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d" })
    }

    fn bound_keywords(&self) -> Option<[&'static str; 2]> {
        None
    }
}

/// Returns true if a text is a day and a time such as 2026-01-31T09:30:00Z.
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

#[cfg(test)]
mod tests {
    use super::is_datetime;

    #[test]
    fn times_are_those_of_the_clock() {
        assert!(is_datetime("2024-02-29T23:59:59.5Z") && is_datetime("2024-02-29 08:00+02:00"));
        assert!(!is_datetime("2024-02-29T25:00") && !is_datetime("2024-02-29"));
    }
}
