//! Fields and their types, as declared.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use indexmap::IndexMap;
use regex_lite::Regex;
use sitegen_parser::{Diagnostics, Place, Spanned, Value};

use super::kind::{Kind, Written};
use super::{errors, kind};
use crate::ground::{CollectionId, suggest};
use crate::read::{Declared, Layers};

/// A field, as declared.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// Whether a record may lack it.
    pub optional: bool,
    /// What a record that lacks it has.
    pub default: Option<DefaultValue>,
    /// What else holds for its values.
    pub constraints: Constraints,
    /// What it is for.
    pub description: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// Where it is declared is no part of what is declared.
impl Hash for Field {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { name, kind, optional, default, constraints, description, place: _ } = self;
        (name, kind, optional, constraints, description).hash(state);
        let default = default.as_ref();
        default.map(|default| (&default.path, &default.value.value)).hash(state);
        // Prose in it stands at its place in that file, and so do the links in what is made of it.
        default.filter(|_| kind.holds_prose()).map(|default| &default.value.span).hash(state);
    }
}

impl Field {
    /// Whether records can be looked up by it.
    pub fn is_key(&self) -> bool {
        let single = |kind: &Kind| {
            matches!(
                kind,
                Kind::String
                    | Kind::Path
                    | Kind::Int
                    | Kind::Bool
                    | Kind::Enum(_)
                    | Kind::Reference(_)
                    | Kind::Date
            )
        };
        match &self.kind {
            Kind::List(item) => single(item),
            kind => single(kind),
        }
    }
}

/// The value of a field that a record lacks.
#[derive(Debug, Clone)]
pub struct DefaultValue {
    /// The file that declares it.
    pub path: Arc<str>,
    /// The value.
    pub value: Spanned<Value>,
}

/// What holds for a field's values besides their type.
#[derive(Debug, Clone, Default)]
pub struct Constraints {
    /// The least number, or the least length of a text in characters or of a list in items.
    pub min: Option<f64>,
    /// The greatest.
    pub max: Option<f64>,
    /// What all of a text matches.
    pub pattern: Option<Regex>,
    /// Whether no two records have the same.
    pub unique: bool,
}

impl Hash for Constraints {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { min, max, pattern, unique } = self;
        [min, max].map(|bound| bound.map(f64::to_bits)).hash(state);
        (pattern.as_ref().map(Regex::as_str), unique).hash(state);
    }
}

/// The collections that types can name.
pub(super) type Names<'a> = IndexMap<&'a str, Place>;

/// What fields cannot be called, and which keys their declarations have besides their own.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Keys<'a> {
    pub reserved: &'a [&'static str],
    pub also: &'a [&'static str],
}

/// Reads fields.
pub(super) fn read_fields(
    layers: &Layers,
    keys: &Keys,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Vec<Field> {
    let mut fields = Vec::new();
    for (name, place) in layers.names() {
        if keys.reserved.contains(&name) {
            diagnostics.push(errors::reserved_name("field", name, place));
        } else if let Some(declared) = layers.value(name) {
            fields.extend(read_field(name, declared, layers, keys.also, names, diagnostics));
        }
    }
    fields
}

fn read_field(
    name: &str,
    declared: Declared,
    layers: &Layers,
    also: &[&'static str],
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Option<Field> {
    let place = declared.place();
    if let Value::String(text) = &declared.value.value {
        let (text, optional) = kind::optional(text);
        let kind = read_kind(text, &place, Vec::new(), names, diagnostics)?;
        return Some(Field {
            name: name.to_owned(),
            kind,
            optional,
            default: None,
            constraints: Constraints::default(),
            description: None,
            place,
        });
    }
    if !matches!(declared.value.value, Value::Table(_)) {
        let expected = "a type such as \"int\", or a table";
        diagnostics.push(errors::wrong_type(
            &format!("field \"{name}\""),
            expected,
            &declared.value.value,
            place,
        ));
        return None;
    }
    let mut long = layers.named(name, format!("field \"{name}\""), diagnostics);
    let field = read_long(name, &place, &mut long, names, diagnostics);
    if !long.is_empty() {
        long.only(also, diagnostics);
    }
    field
}

fn read_long(
    name: &str,
    place: &Place,
    long: &mut Layers,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Option<Field> {
    let kind = long.string("type", diagnostics);
    if kind.is_none() && long.value("type").is_none() && !long.is_empty() {
        diagnostics.push(errors::missing_key("type", &format!("field \"{name}\""), place.clone()));
    }
    let inner = long.section("fields", format!("the fields of \"{name}\""), diagnostics);
    let inner = read_fields(&inner, &Keys::default(), names, diagnostics);
    let constraints = read_constraints(long, diagnostics);
    if let (Some(min), Some(max)) = (constraints.min, constraints.max)
        && min > max
    {
        diagnostics.push(errors::invalid_bounds(name, min, max, place.clone()));
    }
    let default = long
        .get("default")
        .map(|declared| DefaultValue { path: Arc::clone(declared.path), value: declared.value.clone() });
    let description = long.string("description", diagnostics).map(|(text, _)| text.to_owned());
    let (text, place) = kind?;
    let (text, optional) = kind::optional(text);
    let kind = read_kind(text, &place, inner, names, diagnostics)?;
    Some(Field { name: name.to_owned(), kind, optional, default, constraints, description, place })
}

fn read_constraints(long: &mut Layers, diagnostics: &mut Diagnostics) -> Constraints {
    Constraints {
        min: long.number("min", diagnostics),
        max: long.number("max", diagnostics),
        pattern: long.string("pattern", diagnostics).and_then(|(text, place)| {
            Regex::new(&format!("^(?:{text})$"))
                .map_err(|error| diagnostics.push(errors::invalid_pattern(text, &error.to_string(), place)))
                .ok()
        }),
        unique: long.bool("unique", diagnostics).unwrap_or(false),
    }
}

fn read_kind(
    text: &str,
    place: &Place,
    inner: Vec<Field>,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Option<Kind> {
    let Some(written) = kind::parse(text) else {
        diagnostics.push(errors::invalid_type(text, place.clone()));
        return None;
    };
    resolve(written, place, inner, names, diagnostics)
}

fn resolve(
    written: Written,
    place: &Place,
    inner: Vec<Field>,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Option<Kind> {
    Some(match written {
        Written::List(item) => Kind::List(Box::new(resolve(*item, place, inner, names, diagnostics)?)),
        Written::Enum(words) => Kind::Enum(words),
        Written::Reference(name) => match names.get_index_of(name) {
            Some(index) => Kind::Reference(CollectionId(index)),
            None => {
                let nearest = suggest::nearest(name, names.keys().copied());
                diagnostics.push(errors::unknown_collection(name, nearest, place.clone()));
                return None;
            }
        },
        Written::Simple(word) => match word {
            "markdown" => Kind::Markdown,
            "template" => Kind::Template,
            "int" => Kind::Int,
            "float" => Kind::Float,
            "bool" => Kind::Bool,
            "date" => Kind::Date,
            "datetime" => Kind::Datetime,
            "url" => Kind::Url,
            "path" => Kind::Path,
            "table" => Kind::Table(inner),
            "any" => Kind::Any,
            _ => Kind::String,
        },
    })
}
