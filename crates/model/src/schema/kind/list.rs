//! `[type]`: several values of one type, in order. Lists do not hold lists.

use serde_json::{Value as Json, json};
use sitegen_parser::{Diagnostic, Spanned, WrittenValue as Toml};

use super::{
    CellContext, FieldContext, FieldType, Grammar, JsonScope, Kind, Misfit, Scope, TypeForm, read_form,
};
use crate::ground::{Given, Value};
use crate::schema::Schema;

pub(super) const FORM: TypeForm = TypeForm {
    form: "[type]",
    example: "[\"sql\", \"python\"]",
    expected: "a list",
    declared: Grammar::Parts(read),
};

fn read(text: &str, scope: Scope) -> Option<Result<Kind, Diagnostic>> {
    let item = text.strip_prefix('[')?.strip_suffix(']')?.trim();
    match read_form(item, scope)? {
        Ok(Kind::List(_)) => None,
        item => Some(item.map(|item| Kind::List(Box::new(item)))),
    }
}

/// The type of the items of `Kind::List`.
impl FieldType for Box<Kind> {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn declaration(&self, schema: &Schema) -> String {
        format!("[{}]", self.rules().declaration(schema))
    }

    fn expectation_in_cell(&self, _: &Schema) -> String {
        "a list; say by `split` what stands between its items".to_owned()
    }

    fn read_field(
        &self,
        given: &Spanned<Toml>,
        name: &str,
        context: &mut dyn FieldContext,
    ) -> Result<Value, Misfit> {
        let Toml::Array(items) = &given.value else { return Err(Misfit::Other) };
        let name = format!("each item of {name}");
        let values = items.iter().map(|item| context.value(item, self, &name));
        // An item that is reported is left out, so that the rest of the list can be checked.
        Ok(Value::List(values.filter(|value| *value != Value::None).collect()))
    }

    /// Reads no cell: a cell is a list only if its column has `split`, which is handled before.
    fn read_cell<'c>(&self, _: &'c str, _: &CellContext) -> Result<Given<'c>, Misfit> {
        Err(Misfit::Other)
    }

    fn is_key(&self) -> bool {
        self.rules().is_key()
    }

    fn is_nested(&self) -> bool {
        true
    }

    fn fits_columns(&self) -> bool {
        self.rules().fits_columns() && !matches!(**self, Kind::Any)
    }

    fn inner(&self) -> Vec<&Kind> {
        vec![self]
    }

    fn blank(&self) -> &'static str {
        "[]"
    }

    fn json(&self, scope: &JsonScope) -> Json {
        json!({ "type": "array", "items": scope.value(self) })
    }

    fn bound_keywords(&self) -> Option<[&'static str; 2]> {
        Some(["minItems", "maxItems"])
    }
}
