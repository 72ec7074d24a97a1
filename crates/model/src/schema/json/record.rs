//! JSON Schema of the records of a collection.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};
use sitegen_parser::WrittenValue as Toml;

use super::{DRAFT, any_of, describe, object, pattern, suggesting};
use crate::ground::CollectionId;
use crate::schema::kind::LENGTHS;
use crate::schema::{Collection, Constraints, Fallback, Field, Kind, RECORD_KEYS, Rest, Schema, record_key};

/// The files that hold a collection's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFile {
    /// A TOML file with one record.
    One,
    /// A TOML file with several records, a table each.
    Several,
    /// A text with front matter, in TOML, YAML or JSON.
    FrontMatter,
}

/// Lists the slugs of the records of a collection, for editors to complete.
pub type SlugsOf<'a> = &'a dyn Fn(CollectionId) -> Vec<Arc<str>>;

/// The surroundings in which a type says its JSON Schema.
pub(crate) struct JsonScope<'a> {
    schema: &'a Schema,
    file: RecordFile,
    slugs: SlugsOf<'a>,
}

/// The most slugs of a collection that a schema lists.
const MOST: usize = 1000;

impl RecordFile {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::One, Self::Several, Self::FrontMatter];
}

impl Schema {
    /// Returns the JSON Schema of a collection's records in a file.
    pub fn json_of(&self, collection: CollectionId, file: RecordFile, slugs: SlugsOf) -> Json {
        let record = JsonScope { schema: self, file, slugs }.record(&self[collection]);
        let mut json = match file {
            RecordFile::Several => json!({ "type": "object", "additionalProperties": record }),
            RecordFile::One | RecordFile::FrontMatter => record,
        };
        json["$schema"] = DRAFT.into();
        json
    }
}

impl JsonScope<'_> {
    /// Returns the schema of a reference to a record. Editors complete the slugs, but take others, too, because
    /// a record may be newer than the schema.
    pub(crate) fn reference(&self, target: CollectionId) -> Json {
        let slugs: Vec<_> = (self.slugs)(target).iter().map(|slug| Json::from(&**slug)).collect();
        let any = json!({ "type": "string" });
        if (1..=MOST).contains(&slugs.len()) { suggesting(any, slugs) } else { any }
    }

    /// Returns the schema of a value of a type.
    pub(crate) fn value(&self, kind: &Kind) -> Json {
        let json = kind.rules().json(self);
        let mut json = if self.file == RecordFile::FrontMatter { loosened(json, kind) } else { json };
        describe(&mut json, &self.expectation(kind));
        json
    }

    /// Returns the schema of a table with these fields.
    pub(crate) fn table(&self, fields: &[Field]) -> Json {
        let mut json = object(fields.iter().map(|field| (field.name.clone(), self.field(field))).collect());
        let wanted: Vec<_> =
            fields.iter().filter(|field| field.is_wanted()).map(|field| &field.name).collect();
        json["required"] = json!(wanted);
        json
    }

    fn expectation(&self, kind: &Kind) -> String {
        let expectation = kind.expectation(self.schema);
        match kind {
            Kind::List(item) => format!("{expectation}, each item {}", item.expectation(self.schema)),
            _ => expectation,
        }
    }

    fn record(&self, collection: &Collection) -> Json {
        let mut properties = Map::new();
        for field in &collection.fields {
            let json = self.field(field);
            properties.extend(keys(collection, &field.name).map(|key| (key.to_owned(), json.clone())));
        }
        for name in RECORD_KEYS {
            let Some((kind, about)) = record_key(name) else { continue };
            let mut json = self.value(&kind);
            describe(&mut json, about);
            properties.extend(keys(collection, name).map(|key| (key.to_owned(), json.clone())));
        }
        let mut json = object(properties);
        json["title"] = collection.singular.as_str().into();
        if collection.matter.rest != Rest::Refused {
            json["additionalProperties"] = true.into();
        }
        if let Some(wanted) = self.wanted(collection) {
            // A draft may lack fields.
            let is_draft = |key: &str| json!({ "required": [key], "properties": { key: { "const": true } } });
            json["if"] = any_of(keys(collection, "draft").map(is_draft).collect());
            json["else"] = wanted;
        }
        json
    }

    /// Returns the schema that wants the fields that must be given; none if there are no such fields.
    fn wanted(&self, collection: &Collection) -> Option<Json> {
        let is_given_elsewhere = |at: usize, name: &str| {
            let matter = &collection.matter;
            let within = matter.names.iter().any(|(key, of)| of == name && key.contains('.'));
            let mut fallbacks = matter.fallbacks.iter().filter(|(of, _)| *of == at);
            // Only texts have headings.
            let fallback =
                fallbacks.any(|(_, from)| *from != Fallback::Heading || self.file == RecordFile::FrontMatter);
            within || fallback || matter.rest == Rest::Field(at)
        };
        let fields = collection.fields.iter().enumerate();
        let wanted = fields.filter(|(at, field)| field.is_wanted() && !is_given_elsewhere(*at, &field.name));
        let (mut named, mut renamed) = (Vec::new(), Vec::new());
        for (_, field) in wanted {
            match keys(collection, &field.name).collect::<Vec<_>>()[..] {
                [key] => named.push(key),
                ref keys => {
                    let required = keys.iter().map(|key| json!({ "required": [key] }));
                    renamed.push(any_of(required.collect()));
                }
            }
        }
        if named.is_empty() && renamed.is_empty() {
            return None;
        }
        let mut json = json!({ "required": named });
        if !renamed.is_empty() {
            json["allOf"] = renamed.into();
        }
        Some(json)
    }

    /// Returns the schema of a field's value.
    fn field(&self, field: &Field) -> Json {
        let mut json = self.value(&field.kind);
        let Field { kind, constraints, .. } = field;
        bound(&mut json, kind, constraints);
        if let Some(pattern) = constraints.pattern.as_ref().and_then(|regex| pattern::shared(regex.as_str()))
        {
            let (item, json) = match kind {
                Kind::List(item) => (&**item, &mut json["items"]),
                kind => (kind, &mut json),
            };
            if item.rules().bound_keywords() == Some(LENGTHS) {
                json["pattern"] = pattern.into();
            }
        }
        if let Some(description) = &field.description {
            describe(&mut json, &format!("{description} ({})", self.expectation(kind)));
        }
        if let Some(default) = &field.default {
            json["default"] = written(&default.value.value);
        }
        json
    }
}

/// Adds the bounds of a field's values.
fn bound(json: &mut Json, kind: &Kind, constraints: &Constraints) {
    let Some([least, most]) = kind.rules().bound_keywords() else { return };
    let of_numbers = least == "minimum";
    let bounds = [
        (least, constraints.min.map(|min| if of_numbers { min } else { min.ceil().max(0.0) })),
        (most, constraints.max.map(|max| if of_numbers { max } else { max.floor() })),
    ];
    for (keyword, bound) in bounds {
        if let Some(bound) = bound.filter(|bound| bound.is_finite() && (of_numbers || *bound >= 0.0)) {
            json[keyword] = number(bound);
        }
    }
}

/// Writes a number without a point if it is whole.
#[expect(clippy::cast_possible_truncation, reason = "it is whole and exact")]
fn number(number: f64) -> Json {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT { (number as i64).into() } else { number.into() }
}

/// Lists the keys that give a field, as authors write them in front matter.
fn keys<'c>(collection: &'c Collection, name: &'c str) -> impl Iterator<Item = &'c str> {
    let renamed = collection.matter.names.iter().filter(move |(key, of)| of == name && !key.contains('.'));
    let own = Some(name).filter(|name| collection.matter.name(name) == *name);
    own.into_iter().chain(renamed.map(|(key, _)| key.as_str()).filter(move |key| *key != name))
}

/// Admits what only YAML and JSON write: `null` for no value, and numbers where YAML means texts.
fn loosened(mut json: Json, kind: &Kind) -> Json {
    let is_guessed = kind.rules().retype(&Toml::Bool(true), Some("true")).is_some();
    let others = if is_guessed { vec!["null", "number", "boolean"] } else { vec!["null"] };
    if let Some(words) = json.get_mut("enum").and_then(Json::as_array_mut) {
        let is_number = words.iter().filter_map(Json::as_str).any(is_like_a_number);
        words.push(Json::Null);
        if is_number {
            json = any_of(vec![json, json!({ "type": others })]);
        }
    } else if let Some(Json::String(own)) = json.get("type").cloned() {
        let types: Vec<_> = std::iter::once(own.as_str()).chain(others).collect();
        json["type"] = json!(types);
    }
    json
}

/// Returns true if YAML could take a word for a number or a truth value.
fn is_like_a_number(word: &str) -> bool {
    let is_truth = ["true", "false", "null"].iter().any(|truth| truth.eq_ignore_ascii_case(word));
    is_truth || !word.starts_with(char::is_alphabetic)
}

/// Writes a value of TOML as JSON.
fn written(value: &Toml) -> Json {
    match value {
        Toml::Bool(value) => (*value).into(),
        Toml::Int(value) => (*value).into(),
        Toml::Float(value) => (*value).into(),
        Toml::String(text) => text.as_str().into(),
        Toml::Date(date) => date.to_string().into(),
        Toml::Datetime(datetime) => datetime.to_string().into(),
        Toml::Array(items) => items.iter().map(|item| written(&item.value)).collect(),
        Toml::Table(table) => {
            let entry =
                |entry: &sitegen_parser::Entry| (entry.key.value.clone(), written(&entry.value.value));
            table.entries.iter().map(entry).collect::<Map<_, _>>().into()
        }
    }
}
