//! `int`: a whole number.

use serde_json::{Value as Json, json};
use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{
    CellContext, FieldContext, FieldType, FindRecord, Grammar, JsonScope, Kind, Misfit, TypeForm, float,
};
use crate::database::Affinity;
use crate::ground::{Given, Value, errors};

pub(super) const FORM: TypeForm = TypeForm {
    form: "int",
    example: "45",
    expected: "a whole number",
    declared: Grammar::Word(|_| Kind::Int),
};

pub(super) struct IntType;

impl FieldType for IntType {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn read_field(&self, given: &Spanned<Toml>, _: &str, _: &mut dyn FieldContext) -> Result<Value, Misfit> {
        match given.value {
            Toml::Int(value) => Ok(Value::Int(value)),
            _ => Err(Misfit::Other),
        }
    }

    fn read_cell<'c>(&self, text: &'c str, context: &CellContext) -> Result<Given<'c>, Misfit> {
        let number = context.notation.number(text).ok_or(Misfit::Other)?;
        int(&number).map(Given::Int).ok_or_else(|| match beyond(&number) {
            Some(bound) => {
                let place = context.place.clone();
                Misfit::Problem(errors::wrong_cell(context.name, FORM.expected, &bound, place))
            }
            None => Misfit::Other,
        })
    }

    fn read_answer<'v>(&self, answer: &Given<'v>, _: FindRecord) -> Option<Given<'v>> {
        matches!(answer, Given::Int(_)).then(|| answer.clone())
    }

    fn affinity(&self) -> Affinity {
        Affinity::Integer
    }

    fn is_key(&self) -> bool {
        true
    }

    fn blank(&self) -> &'static str {
        ""
    }

    fn json(&self, _: &JsonScope) -> Json {
        json!({ "type": "integer" })
    }

    fn bound_keywords(&self) -> Option<[&'static str; 2]> {
        Some(["minimum", "maximum"])
    }
}

/// Reads a whole number, also one that is written as a number that happens to be whole: `1e3`, `120000.0`.
pub(crate) fn int(text: &str) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    text.parse().ok().or_else(|| {
        let value = float(text).filter(|value| value.fract() == 0.0 && value.abs() <= EXACT)?;
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and at most 2^53")]
        Some(value as i64)
    })
}

/// Returns the bound that a whole number is beyond, as the reason why it could not be read. Returns none if
/// the text is no whole number.
fn beyond(text: &str) -> Option<String> {
    let digits = text.trim_start_matches(['+', '-']);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(if text.starts_with('-') {
        format!("too small: at least {}", i64::MIN)
    } else {
        format!("too large: at most {}", i64::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::int;

    #[test]
    fn whole_numbers_are_read_as_data_writes_them() {
        assert_eq!(int("1e3"), Some(1_000));
        assert_eq!(int("120000.0"), Some(120_000));
        assert_eq!(int("+5"), Some(5));
        assert_eq!(int("1e-4"), None);
    }
}
