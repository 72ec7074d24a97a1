//! `markdown`: text with Markdown, shown as HTML.

use std::sync::Arc;

use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{FieldContext, FieldType, Grammar, Kind, Misfit, TypeForm, as_written};
use crate::ground::Value;

pub(super) const FORM: TypeForm = TypeForm {
    form: "markdown",
    example: "\"A **stream** of events\"",
    expected: "a string",
    declared: Grammar::Word(|_| Kind::Markdown),
};

pub(super) struct MarkdownType;

impl FieldType for MarkdownType {
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
            Toml::String(text) => Ok(Value::Markdown(Arc::new(context.markdown(text, given)))),
            _ => Err(Misfit::Other),
        }
    }

    fn retype(&self, value: &Toml, written: Option<&str>) -> Option<Toml> {
        as_written(value, written)
    }

    /// Markdown of a million rows would be parsed for pages that show none of it.
    fn fits_columns(&self) -> bool {
        false
    }
}
