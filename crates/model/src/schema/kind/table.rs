//! `table`: named values.

use serde_json::Value as Json;
use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{FieldContext, FieldType, Grammar, JsonScope, Kind, Misfit, TypeForm};
use crate::ground::Value;
use crate::schema::Field;

pub(super) const FORM: TypeForm = TypeForm {
    form: "table",
    example: "{ low = 120000, high = 150000 }",
    expected: "a table",
    declared: Grammar::Word(Kind::Table),
};

/// The fields of `Kind::Table`.
impl FieldType for Vec<Field> {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn read_field(
        &self,
        given: &Spanned<Toml>,
        name: &str,
        context: &mut dyn FieldContext,
    ) -> Result<Value, Misfit> {
        let Toml::Table(table) = &given.value else { return Err(Misfit::Other) };
        let place = context.place(&given.span);
        Ok(Value::Table(context.fields(table, self, name, &place)))
    }

    fn is_nested(&self) -> bool {
        true
    }

    fn fits_columns(&self) -> bool {
        false
    }

    fn inner(&self) -> Vec<&Kind> {
        self.iter().map(|field| &field.kind).collect()
    }

    fn blank(&self) -> &'static str {
        "{}"
    }

    fn json(&self, scope: &JsonScope) -> Json {
        scope.table(self)
    }

    fn bound_keywords(&self) -> Option<[&'static str; 2]> {
        None
    }
}
