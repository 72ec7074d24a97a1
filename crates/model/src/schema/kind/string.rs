//! `string`: text on its own.

use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{FieldContext, FieldType, Grammar, Kind, Misfit, TypeForm, as_written};
use crate::ground::Value;

pub(super) const FORM: TypeForm = TypeForm {
    form: "string",
    example: "\"Data engineer\"",
    expected: "a string",
    declared: Grammar::Word(|_| Kind::String),
};

pub(super) struct StringType;

impl FieldType for StringType {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn read_field(&self, given: &Spanned<Toml>, _: &str, _: &mut dyn FieldContext) -> Result<Value, Misfit> {
        match &given.value {
            Toml::String(text) => Ok(Value::String(text.as_str().into())),
            _ => Err(Misfit::Other),
        }
    }

    fn retype(&self, value: &Toml, written: Option<&str>) -> Option<Toml> {
        as_written(value, written)
    }

    fn is_key(&self) -> bool {
        true
    }
}
