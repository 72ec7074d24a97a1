//! The filter that writes a value as JSON.

use std::sync::Arc;

use tera::{Kwargs, Map, State, TeraResult, Value};

use super::Library;
use super::argument::optional;
use super::field::expect_template;
use super::registry::Registry;
use crate::types::{Gives, Signature, SignatureArgument, Wants};

const JSON: Signature =
    Signature::filter("json", Wants::ANY, &[SignatureArgument::optional("nulls", Wants::BOOL)], Gives::Html);

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.filter(&JSON, move |value: Value, args: Kwargs, state: &State| -> TeraResult<Value> {
        expect_template("json", state)?;
        let value = of.with_fields_as_text(&value);
        match optional::<bool>(&args, "nulls")? {
            Some(false) => json(&without_nulls(&value)),
            _ => json(&value),
        }
    });
}

impl Library {
    /// Replaces each `template` field in a value by its text as it is written.
    fn with_fields_as_text(&self, value: &Value) -> Value {
        if let Some(items) = value.as_array() {
            return items.iter().map(|item| self.with_fields_as_text(item)).collect::<Vec<_>>().into();
        }
        let Some(map) = value.as_map() else { return value.clone() };
        let name =
            map.get(&tera::value::Key::Str("template")).and_then(Value::as_str).filter(|_| map.len() == 1);
        if let Some(text) = name.and_then(|name| self.prose.as_ref()?.renderer.sources.field(name)) {
            return text.into();
        }
        map.iter().map(|(key, value)| (key.clone(), self.with_fields_as_text(value))).collect::<Map>().into()
    }
}

/// Removes the entries of maps that are null or undefined. Values nest no deeper than templates do.
fn without_nulls(value: &Value) -> Value {
    if let Some(items) = value.as_array() {
        return items.iter().map(without_nulls).collect::<Vec<_>>().into();
    }
    match value.as_map() {
        Some(map) => {
            let entries = map.iter().filter(|(_, value)| !value.is_none() && !value.is_undefined());
            entries.map(|(key, value)| (key.clone(), without_nulls(value))).collect::<Map>().into()
        }
        None => value.clone(),
    }
}

/// Writes JSON that cannot end the element that it stands in.
fn json(value: &Value) -> TeraResult<Value> {
    let json = serde_json::to_string(value).map_err(tera::Error::message)?;
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            c => safe.push(c),
        }
    }
    Ok(Value::safe_string(&safe))
}
