//! JSON Schema of what authors write, for editors: records, `site.toml` and `theme.toml`.
//!
//! We write draft 7, which the language servers for TOML and YAML take. A schema refuses nothing that
//! `check --drafts` takes, because a false error would teach authors to look away. What a schema cannot say,
//! such as that a value is unique, is left to `check`.

mod declared;
mod pattern;
mod record;

use serde_json::{Map, Value as Json, json};

use super::form;

pub(super) use self::record::JsonScope;
pub use self::record::{RecordFile, SlugsOf};

/// The version of JSON Schema.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// Returns the schema of `site.toml`.
pub fn json_of_site() -> Json {
    let mut json = declared::json(form::SITE);
    json["title"] = "The configuration of a site".into();
    // The environment can set both, too, but a file without them works nowhere else.
    json["required"] = json!(["title", "base_url"]);
    json
}

/// Returns the schema of `theme.toml`.
pub fn json_of_theme() -> Json {
    let mut json = declared::json(form::THEME);
    json["title"] = "The declarations of a theme".into();
    json
}

/// Makes an object with these properties and no others.
fn object(properties: Map<String, Json>) -> Json {
    let mut json = json!({ "type": "object", "additionalProperties": false });
    json["properties"] = properties.into();
    json
}

/// Adds words that editors complete to a schema that admits other values, too. An editor finds words in
/// alternatives; that of `true` admits everything.
fn suggesting(mut json: Json, words: impl Into<Json>) -> Json {
    json["anyOf"] = json!([{ "enum": words.into() }, true]);
    json
}

/// Adds a description, also to alternatives, because Taplo shows theirs instead.
fn describe(json: &mut Json, description: &str) {
    json["description"] = description.into();
    let alternatives = json.get_mut("anyOf").and_then(Json::as_array_mut).into_iter().flatten();
    for alternative in alternatives.filter_map(Json::as_object_mut) {
        alternative.insert("description".to_owned(), description.into());
    }
}

/// Makes a schema that wants one of some schemas to hold.
fn any_of(mut schemas: Vec<Json>) -> Json {
    match schemas.len() {
        0 => false.into(),
        1 => schemas.remove(0),
        _ => json!({ "anyOf": schemas }),
    }
}
