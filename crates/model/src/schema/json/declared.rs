//! JSON Schema of declarations, made of their forms.

use serde_json::{Map, Value as Json, json};

use super::{DRAFT, describe, object, suggesting};
use crate::read::{KeyForm, TableForm, ValueForm};
use crate::schema::kind;

/// Returns the schema of a file of declarations.
pub(super) fn json(form: TableForm) -> Json {
    let mut definitions = Map::new();
    let mut json = table(form, &mut definitions);
    json["$schema"] = DRAFT.into();
    json["definitions"] = definitions.into();
    json
}

fn table(form: TableForm, definitions: &mut Map<String, Json>) -> Json {
    match form {
        TableForm::Keys(keys) => {
            let property = |key: KeyForm| {
                let mut json = value(&key.value, definitions);
                describe(&mut json, key.about);
                (key.name.to_owned(), json)
            };
            object(keys().into_iter().map(property).collect())
        }
        TableForm::Names(named) => {
            json!({ "type": "object", "additionalProperties": value(&named(), definitions) })
        }
    }
}

fn value(form: &ValueForm, definitions: &mut Map<String, Json>) -> Json {
    match form {
        ValueForm::Text => json!({ "type": "string" }),
        ValueForm::Texts => json!({ "type": ["string", "array"], "items": { "type": "string" } }),
        ValueForm::Word(words) => json!({ "enum": words }),
        ValueForm::Words(words) => {
            json!({ "anyOf": [{ "enum": words }, { "type": "array", "items": { "enum": words } }] })
        }
        ValueForm::Type => type_of_fields(),
        ValueForm::Bool => json!({ "type": "boolean" }),
        ValueForm::Number => json!({ "type": "number" }),
        ValueForm::Count(least) => json!({ "type": "integer", "minimum": least }),
        ValueForm::List(item) => json!({ "type": "array", "items": value(item, definitions) }),
        ValueForm::Table(form) => table(*form, definitions),
        ValueForm::Recursive(name, form) => {
            if !definitions.contains_key(*name) {
                definitions.insert((*name).to_owned(), Json::Null);
                let json = table(*form, definitions);
                definitions.insert((*name).to_owned(), json);
            }
            json!({ "$ref": format!("#/definitions/{name}") })
        }
        ValueForm::OneOf(forms) => one_of(forms.iter().map(|form| value(form, definitions)).collect()),
        ValueForm::Any => json!({}),
    }
}

/// Makes one schema of schemas for different types. The keywords of each hold for its own type alone, so all
/// can stand together; then editors say what is wrong with a value instead of that nothing fits it.
fn one_of(schemas: Vec<Json>) -> Json {
    let (mut types, mut all) = (Vec::new(), Map::new());
    for schema in schemas {
        let Json::Object(mut keywords) = schema else { continue };
        match keywords.remove("type") {
            Some(Json::Array(several)) => types.extend(several),
            one => types.extend(one),
        }
        all.extend(keywords);
    }
    all.insert("type".to_owned(), types.into());
    all.into()
}

/// The schema of the text that declares a type.
fn type_of_fields() -> Json {
    let words: Vec<_> = kind::words().collect();
    let pattern = format!(r"^\s*(\[\s*)?({}|enum\(.+\)|@.+)(\s*\])?\s*\??\s*$", words.join("|"));
    suggesting(json!({ "type": "string", "pattern": pattern }), words)
}
