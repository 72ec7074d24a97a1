//! `template`: text with template expressions, evaluated with the data of the page that shows it.

use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{FieldContext, FieldType, Grammar, Kind, Misfit, TypeForm, as_written};
use crate::ground::Value;

pub(super) const FORM: TypeForm = TypeForm {
    form: "template",
    example: "\"Interviews at {{ company.name }}\"",
    expected: "a string",
    declared: Grammar::Word(|_| Kind::Template),
};

pub(super) struct TemplateType;

impl FieldType for TemplateType {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn read_field(
        &self,
        given: &Spanned<Toml>,
        _: &str,
        context: &mut dyn FieldContext,
    ) -> Result<Value, Misfit> {
        match &given.value {
            Toml::String(text) => Ok(Value::Template(text.as_str().into(), context.place(&given.span))),
            _ => Err(Misfit::Other),
        }
    }

    fn retype(&self, value: &Toml, written: Option<&str>) -> Option<Toml> {
        as_written(value, written)
    }

    fn fits_columns(&self) -> bool {
        false
    }
}
