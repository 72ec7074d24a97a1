//! `bool`: true or false.

use serde_json::{Value as Json, json};
use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{CellContext, FieldContext, FieldType, FindRecord, Grammar, JsonScope, Kind, Misfit, TypeForm};
use crate::database::Affinity;
use crate::ground::{Given, Value, errors, trim};
use crate::schema::Schema;

pub(super) const FORM: TypeForm = TypeForm {
    form: "bool",
    example: "true",
    expected: "true or false",
    declared: Grammar::Word(|_| Kind::Bool),
};

pub(super) struct BoolType;

impl FieldType for BoolType {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn expectation_in_cell(&self, _: &Schema) -> String {
        format!("{}; say by `true` and `false` if other words mean them", FORM.expected)
    }

    fn read_field(
        &self,
        given: &Spanned<Toml>,
        name: &str,
        context: &mut dyn FieldContext,
    ) -> Result<Value, Misfit> {
        match &given.value {
            Toml::Bool(value) => Ok(Value::Bool(*value)),
            other => Err(Misfit::Problem(errors::no_bool(name, other, context.place(&given.span)))),
        }
    }

    fn read_cell<'c>(&self, text: &'c str, context: &CellContext) -> Result<Given<'c>, Misfit> {
        context.notation.truth(trim(text)).map(Given::Bool).ok_or(Misfit::Other)
    }

    /// SQLite has no truth values of its own.
    fn read_answer<'v>(&self, answer: &Given<'v>, _: FindRecord) -> Option<Given<'v>> {
        match answer {
            Given::Int(value @ (0 | 1)) => Some(Given::Bool(*value == 1)),
            _ => None,
        }
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
        json!({ "type": "boolean" })
    }

    fn bound_keywords(&self) -> Option<[&'static str; 2]> {
        None
    }
}

/// Reads a truth value in any of the words that data has for it.
pub(crate) fn bool(text: &str) -> Option<bool> {
    let is = |words: [&str; 4]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["true", "yes", "y", "1"]) { Some(true) } else { is(["false", "no", "n", "0"]).then_some(false) }
}
