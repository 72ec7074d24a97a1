//! `path`: a path of the site, which is kept as it is in paths of pages.

use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{CellContext, FieldContext, FieldType, Grammar, Kind, Misfit, TypeForm};
use crate::ground::{Given, Value, trim, url};
use crate::schema::errors;

pub(super) const FORM: TypeForm = TypeForm {
    form: "path",
    example: "\"/docs/Install.html\"",
    expected: "a path of the site such as \"/docs/Install.html\"",
    declared: Grammar::Word(|_| Kind::Path),
};

pub(super) struct PathType;

impl FieldType for PathType {
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
        match url::site_path(text) {
            Ok(path) => Ok(Value::String(path.into())),
            Err(objection) => {
                let place = context.place(&given.span);
                Err(Misfit::Problem(errors::invalid_path_value(name, text, objection, place)))
            }
        }
    }

    fn read_cell<'c>(&self, text: &'c str, context: &CellContext) -> Result<Given<'c>, Misfit> {
        let text = trim(text);
        match url::site_path(text) {
            Ok(path) => Ok(Given::Text(path.into())),
            Err(objection) => {
                let place = context.place.clone();
                Err(Misfit::Problem(errors::invalid_path_value(context.name, text, objection, place)))
            }
        }
    }

    fn is_key(&self) -> bool {
        true
    }
}
