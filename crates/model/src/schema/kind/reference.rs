//! `@collection`: a record of a collection, by its slug.

use serde_json::Value as Json;
use sitegen_parser::{Diagnostic, Spanned, WrittenValue as Toml};

use super::{
    CellContext, FieldContext, FieldType, FindRecord, Grammar, JsonScope, Kind, Misfit, Scope, TypeForm,
    as_written,
};
use crate::ground::{CollectionId, Given, Value, suggest, trim};
use crate::schema::{Schema, errors};

pub(super) const FORM: TypeForm = TypeForm {
    form: "@collection",
    example: "\"data-engineer\"",
    expected: "the slug of a record",
    declared: Grammar::Parts(|text, scope| text.strip_prefix('@').map(|name| read(name, &scope))),
};

fn read(name: &str, scope: &Scope) -> Result<Kind, Diagnostic> {
    match scope.collections.get_index_of(name) {
        Some(index) => Ok(Kind::Reference(CollectionId(index))),
        None => {
            let nearest = suggest::nearest(name, scope.collections.keys().copied());
            Err(errors::unknown_collection(name, nearest, scope.place.clone()))
        }
    }
}

/// The collection of `Kind::Reference`.
impl FieldType for CollectionId {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn declaration(&self, schema: &Schema) -> String {
        format!("@{}", schema[*self].name)
    }

    fn expectation(&self, schema: &Schema) -> String {
        format!("the slug of a {}", schema[*self].singular)
    }

    fn read_field(
        &self,
        given: &Spanned<Toml>,
        _: &str,
        context: &mut dyn FieldContext,
    ) -> Result<Value, Misfit> {
        let Toml::String(slug) = &given.value else { return Err(Misfit::Other) };
        let found = context.find(slug, *self, context.place(&given.span)).map_err(Misfit::Problem)?;
        Ok(found.map_or(Value::None, Value::Reference))
    }

    fn read_cell<'c>(&self, text: &'c str, context: &CellContext) -> Result<Given<'c>, Misfit> {
        let found = (context.find)(trim(text), *self).map_err(Misfit::Problem)?;
        Ok(found.map_or(Given::Null, Given::Reference))
    }

    fn read_answer<'v>(&self, answer: &Given<'v>, find: FindRecord) -> Option<Given<'v>> {
        match answer {
            Given::Text(slug) => find(*self, slug).map(Given::Reference),
            _ => None,
        }
    }

    fn retype(&self, value: &Toml, written: Option<&str>) -> Option<Toml> {
        as_written(value, written)
    }

    fn is_key(&self) -> bool {
        true
    }

    fn json(&self, scope: &JsonScope) -> Json {
        scope.reference(*self)
    }
}
