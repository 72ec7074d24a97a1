//! `url`: an absolute URL with the scheme `https`, `http` or `mailto`.

use serde_json::{Value as Json, json};
use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{CellContext, FieldContext, FieldType, Grammar, JsonScope, Kind, Misfit, TypeForm, as_written};
use crate::ground::{Given, Value, errors, trim, url};

pub(super) const FORM: TypeForm = TypeForm {
    form: "url",
    example: "\"https://example.org/jobs\"",
    expected: "a URL",
    declared: Grammar::Word(|_| Kind::Url),
};

pub(super) struct UrlType;

impl FieldType for UrlType {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn read_field(
        &self,
        given: &Spanned<Toml>,
        name: &str,
        context: &mut dyn FieldContext,
    ) -> Result<Value, Misfit> {
        let Toml::String(text) = &given.value else { return Err(Misfit::Other) };
        match url::whole_objection(text) {
            None => Ok(Value::String(text.as_str().into())),
            Some(objection) => {
                let place = context.place(&given.span);
                Err(Misfit::Problem(errors::invalid_url(name, text, objection, place)))
            }
        }
    }

    fn read_cell<'c>(&self, text: &'c str, context: &CellContext) -> Result<Given<'c>, Misfit> {
        let text = trim(text);
        match url::whole_objection(text) {
            None => Ok(Given::Text(text.into())),
            Some(objection) => {
                let place = context.place.clone();
                Err(Misfit::Problem(errors::invalid_url(context.name, text, objection, place)))
            }
        }
    }

    fn retype(&self, value: &Toml, written: Option<&str>) -> Option<Toml> {
        as_written(value, written)
    }

    fn json(&self, _: &JsonScope) -> Json {
        json!({ "type": "string", "pattern": r"^(https?://|mailto:)\S+$" })
    }
}
