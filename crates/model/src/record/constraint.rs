//! What must hold for values besides their types: bounds, patterns, uniqueness.

use std::collections::HashMap;

use sitegen_parser::{Diagnostics, Spanned, Value as Toml, composed};

use super::check::Checker;
use super::{Record, Records, Value, errors};
use crate::ground::CollectionId;
use crate::schema::{Constraints, Field, Schema};

impl Checker<'_> {
    /// A value that its field's type and constraints hold for.
    pub(super) fn constrained(&mut self, given: &Spanned<Toml>, field: &Field) -> Value {
        let value = self.value(given, &field.kind, &format!("\"{}\"", field.name));
        if value == Value::None {
            return value;
        }
        let items = match &given.value {
            Toml::Array(items) => items.as_slice(),
            _ => &[],
        };
        let before = self.diagnostics.len();
        for value in std::iter::once(given).chain(items) {
            self.pattern(value, field);
        }
        self.bounds(given, field);
        if self.diagnostics.len() == before { value } else { Value::None }
    }

    fn pattern(&mut self, given: &Spanned<Toml>, field: &Field) {
        if let (Some(pattern), Toml::String(text)) = (&field.constraints.pattern, &given.value)
            && !pattern.is_match(text)
        {
            let place = self.place(&given.span);
            let problem = errors::pattern_not_met(&field.name, text, pattern.as_str(), place, &field.place);
            self.diagnostics.push(problem);
        }
    }

    fn bounds(&mut self, given: &Spanned<Toml>, field: &Field) {
        let Constraints { min, max, .. } = field.constraints;
        let Some((size, unit)) = size(&given.value) else { return };
        if min.is_some_and(|min| size < min) || max.is_some_and(|max| size > max) {
            let place = self.place(&given.span);
            let problem = errors::out_of_range(&field.name, size, unit, min, max, place, &field.place);
            self.diagnostics.push(problem);
        }
    }
}

/// What bounds bound: a number, a text's characters, a list's items.
#[expect(clippy::cast_precision_loss, reason = "bounds beyond 2^53 lose digits that no bound needs")]
fn size(given: &Toml) -> Option<(f64, &'static str)> {
    match given {
        Toml::Int(value) => Some((*value as f64, "")),
        Toml::Float(value) => Some((*value, "")),
        Toml::String(text) => Some((text.chars().count() as f64, " characters")),
        Toml::Array(items) => Some((items.len() as f64, " items")),
        _ => None,
    }
}

/// Reports the values of `unique` fields that two records share.
pub(super) fn unique_fields(schema: &Schema, records: &Records, diagnostics: &mut Diagnostics) {
    for (index, collection) in schema.collections.iter().enumerate() {
        for (position, field) in
            collection.fields.iter().enumerate().filter(|(_, field)| field.constraints.unique)
        {
            let mut first: HashMap<String, &Record> = HashMap::new();
            for record in records.of(CollectionId(index)) {
                let Some(text) = record.values[position].text() else { continue };
                let name = composed(&text).into_owned();
                if let Some(taken) = first.get(&name) {
                    diagnostics.push(errors::duplicate_value(
                        &field.name,
                        &text,
                        &record.place,
                        &taken.place,
                    ));
                } else {
                    first.insert(name, record);
                }
            }
        }
    }
}
