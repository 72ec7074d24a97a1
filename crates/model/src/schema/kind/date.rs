//! `date`: a calendar day.

use serde_json::{Value as Json, json};
use sitegen_parser::{Date, Spanned, WrittenValue as Toml};

use super::{CellContext, FieldContext, FieldType, Grammar, JsonScope, Kind, Misfit, TypeForm};
use crate::ground::{Given, Value, trim};

pub(super) const FORM: TypeForm = TypeForm {
    form: "date",
    example: "2026-01-31",
    expected: "a date such as 2026-01-31",
    declared: Grammar::Word(|_| Kind::Date),
};

pub(super) struct DateType;

impl FieldType for DateType {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn read_field(&self, given: &Spanned<Toml>, _: &str, _: &mut dyn FieldContext) -> Result<Value, Misfit> {
        match given.value {
            Toml::Date(date) => Ok(Value::Date(date)),
            _ => Err(Misfit::Other),
        }
    }

    fn read_cell<'c>(&self, text: &'c str, context: &CellContext) -> Result<Given<'c>, Misfit> {
        context.notation.date(trim(text), is_date).map(Given::Text).ok_or(Misfit::Other)
    }

    fn retype(&self, value: &Toml, _: Option<&str>) -> Option<Toml> {
        match value {
            Toml::String(text) => Date::parse(text).map(Toml::Date),
            _ => None,
        }
    }

    fn is_key(&self) -> bool {
        true
    }

    fn is_bare(&self) -> bool {
        true
    }

    fn blank(&self) -> &'static str {
        ""
    }

    fn json(&self, _: &JsonScope) -> Json {
        json!({ "type": "string", "format": "date" })
    }

    fn bound_keywords(&self) -> Option<[&'static str; 2]> {
        None
    }
}

/// Returns true if a text is a day of the calendar such as 2026-01-31.
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

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert!(is_date("2024-02-29") && !is_date("2023-02-29"));
        assert!(!is_date("2024-2-9") && !is_date("2024-13-01"));
    }
}
