//! Checks the constraints on values besides their types: bounds, patterns, uniqueness.

use std::collections::HashMap;

use sitegen_parser::{Diagnostics, Spanned, WrittenValue as Toml, composed};

use super::check::Checker;
use super::{Record, Records, errors};
use crate::ground::{CollectionId, Value};
use crate::schema::{Field, FieldContext as _, Schema};

impl Checker<'_> {
    /// Reads a value; none if it violates its field's type or constraints, which is reported.
    pub(super) fn constrained(&mut self, given: &Spanned<Toml>, field: &Field) -> Value {
        let value = self.value(given, &field.kind, &format!("\"{}\"", field.name));
        if value == Value::None {
            return value;
        }
        let items = match &given.value {
            Toml::Array(items) => items.as_slice(),
            _ => &[],
        };
        let mismatches = std::iter::once(given).chain(items).filter_map(|given| match &given.value {
            Toml::String(text) => field.mismatch(text, &self.place(&given.span)),
            _ => None,
        });
        let size = field.kind.rules().size(&given.value);
        let beyond = size.and_then(|size| field.out_of_bounds(size, &self.place(&given.span)));
        let problems: Vec<_> = mismatches.chain(beyond).collect();
        let is_sound = problems.is_empty();
        self.diagnostics.extend(problems);
        if is_sound { value } else { Value::None }
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
