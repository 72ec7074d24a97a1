//! `any`: any value that TOML can write, which is not checked.

use std::sync::Arc;

use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{FieldContext, FieldType, Grammar, Kind, Misfit, TypeForm};
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
}
