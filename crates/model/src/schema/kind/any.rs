//! `any`: any value that TOML can write, which is not checked.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{CellContext, FieldContext, FieldType, Grammar, JsonScope, Kind, Misfit, TypeForm};
use crate::ground::{Given, Value, trim};

pub(super) const FORM: TypeForm = TypeForm {
    form: "any",
    example: "{ sidebar = false }",
    expected: "a value",
    declared: Grammar::Word(|_| Kind::Any),
};

/// The same under the name by which authors know such values in data.
pub(super) const JSON: TypeForm = TypeForm {
    form: "json",
    example: "{ sidebar = false }",
    expected: "a value",
    declared: Grammar::Word(|_| Kind::Any),
};

pub(super) struct AnyType;

impl FieldType for AnyType {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn read_field(&self, given: &Spanned<Toml>, _: &str, _: &mut dyn FieldContext) -> Result<Value, Misfit> {
        Ok(Value::Any(Arc::new(given.value.clone())))
    }

    /// Reads a text as JSON if it is a list or an object, which cells of CSV hold in this form.
    fn read_cell<'c>(&self, text: &'c str, _: &CellContext) -> Result<Given<'c>, Misfit> {
        let written = trim(text);
        let is_json = written.starts_with(['{', '[']) && serde_json::from_str::<Json>(written).is_ok();
        Ok(Given::Text(if is_json { written.into() } else { Json::from(text).to_string().into() }))
    }

    fn is_nested(&self) -> bool {
        true
    }

    fn blank(&self) -> &'static str {
        "{}"
    }

    fn json(&self, _: &JsonScope) -> Json {
        json!({})
    }

    fn bound_keywords(&self) -> Option<[&'static str; 2]> {
        None
    }
}
