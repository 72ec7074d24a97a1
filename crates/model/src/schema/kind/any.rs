//! `any`: any value that TOML can write, which is not checked.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{FieldContext, FieldType, Grammar, JsonScope, Kind, Misfit, TypeForm};
use crate::ground::Value;

pub(super) const FORM: TypeForm = TypeForm {
    form: "any",
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

    fn is_nested(&self) -> bool {
        true
    }

    fn fits_columns(&self) -> bool {
        false
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
