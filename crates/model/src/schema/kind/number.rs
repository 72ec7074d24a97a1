//! `float`: a number.

use serde_json::{Value as Json, json};
use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{CellContext, FieldContext, FieldType, FindRecord, Grammar, JsonScope, Kind, Misfit, TypeForm};
use crate::database::Affinity;
use crate::ground::{Given, Value, errors};

pub(super) const FORM: TypeForm = TypeForm {
    form: "float",
    example: "4.5",
    expected: "a number",
    declared: Grammar::Word(|_| Kind::Float),
};

pub(super) struct FloatType;

impl FieldType for FloatType {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    #[expect(clippy::cast_precision_loss, reason = "a number beyond 2^53 may lose its last digits")]
    fn read_field(
        &self,
        given: &Spanned<Toml>,
        name: &str,
        context: &mut dyn FieldContext,
    ) -> Result<Value, Misfit> {
        match &given.value {
            Toml::Int(value) => Ok(Value::Float(*value as f64)),
            Toml::Float(value) if value.is_finite() => Ok(Value::Float(*value)),
            infinite @ Toml::Float(_) => {
                let place = context.place(&given.span);
                Err(Misfit::Problem(errors::wrong_type(name, "a finite number", infinite, place)))
            }
            _ => Err(Misfit::Other),
        }
    }

    fn read_cell<'c>(&self, text: &'c str, context: &CellContext) -> Result<Given<'c>, Misfit> {
        let number = context.notation.number(text).ok_or(Misfit::Other)?;
        float(&number).map(Given::Float).ok_or(Misfit::Other)
    }

    #[expect(clippy::cast_precision_loss, reason = "a number beyond 2^53 may lose its last digits")]
    fn read_answer<'v>(&self, answer: &Given<'v>, _: FindRecord) -> Option<Given<'v>> {
        match answer {
            Given::Int(value) => Some(Given::Float(*value as f64)),
            Given::Float(value) => Some(Given::Float(*value)),
            _ => None,
        }
    }

    fn affinity(&self) -> Affinity {
        Affinity::Real
    }

    fn blank(&self) -> &'static str {
        ""
    }

    fn json(&self, _: &JsonScope) -> Json {
        json!({ "type": "number" })
    }

    fn bound_keywords(&self) -> Option<[&'static str; 2]> {
        Some(["minimum", "maximum"])
    }
}

/// Reads a number as data writes it; `inf` and `nan` are none.
pub(crate) fn float(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse::<f64>().ok().filter(|value| plain && value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::float;

    #[test]
    fn numbers_are_read_as_data_writes_them() {
        assert_eq!(float("1e-4"), Some(0.0001));
        assert_eq!(float("inf"), None);
        assert_eq!(float("1,000"), None);
    }
}
