//! Fields and their types, as declared.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use indexmap::IndexMap;
use sitegen_parser::{Diagnostics, Place, Spanned, WrittenValue};

use super::kind::Scope;
use super::{Constraints, Kind, errors, kind};
use crate::read::{Declared, KeyForm, Layers, TableForm, ValueForm};

/// A field, as declared.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The type of its values.
    pub kind: Kind,
    /// True if a record may lack it.
    pub optional: bool,
    /// The value of a record that lacks it.
    pub default: Option<DefaultValue>,
    /// The constraints on its values besides their type.
    pub constraints: Constraints,
    /// A description for authors, which `sitegen new` shows.
    pub description: Option<String>,
    /// The place of its declaration.
    pub place: Place,
}

/// A field that is declared elsewhere in the same way is the same, so its place is left out.
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
    /// True if a record without a value for the field is incomplete.
    pub(crate) fn is_wanted(&self) -> bool {
        !self.optional && self.default.is_none()
    }

    /// True if records can be looked up by the field.
    pub fn is_key(&self) -> bool {
        self.kind.rules().is_key()
    }
}

/// The value of a field that a record lacks.
#[derive(Debug, Clone)]
pub struct DefaultValue {
    /// The file that declares it.
    pub path: Arc<str>,
    /// The value.
    pub value: Spanned<WrittenValue>,
}

/// The collections that types can name.
pub(super) type Names<'a> = IndexMap<&'a str, Place>;

/// The form of a field: its type, or a table with these keys.
pub(super) fn form(keys: fn() -> Vec<KeyForm>) -> ValueForm {
    ValueForm::OneOf(vec![ValueForm::Type, ValueForm::Table(TableForm::Keys(keys))])
}

/// The keys of the long form of every field.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::{Any, Bool, Number, OneOf, Recursive, Text, Type};
    let bound = || OneOf(vec![Number, Text]);
    let inner = Recursive("fields", TableForm::Names(|| form(keys)));
    vec![
        KeyForm::new("type", Type, "The type of the values; with a question mark, a record may lack it."),
        KeyForm::new("fields", inner, "The fields of a table."),
        KeyForm::new("min", bound(), "The least number, duration or length."),
        KeyForm::new("max", bound(), "The greatest number, duration or length."),
        KeyForm::new("pattern", Text, "A regular expression that all of a text matches."),
        KeyForm::new("unique", Bool, "If true, no two records have the same value."),
        KeyForm::new("default", Any, "The value of a record that lacks it."),
        KeyForm::new("description", Text, "What the field is for, for authors."),
    ]
}

/// Reads fields, which cannot have the names that are reserved.
pub(super) fn read_fields(
    layers: &Layers,
    reserved: &[&str],
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Vec<Field> {
    let mut fields = Vec::new();
    for (name, place) in layers.names() {
        if reserved.contains(&name) {
            diagnostics.push(errors::reserved_name("field", name, place));
        } else if let Some(declared) = layers.value(name) {
            fields.extend(read_field(name, declared, layers, names, diagnostics));
        }
    }
    fields
}

fn read_field(
    name: &str,
    declared: Declared,
    layers: &Layers,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Option<Field> {
    let place = declared.place();
    if let WrittenValue::String(text) = &declared.value.value {
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
    if !matches!(declared.value.value, WrittenValue::Table(_)) {
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
    // Collections and datasets read more keys, which their own forms have.
    long.report_unknown(diagnostics);
    field
}

fn read_long(
    name: &str,
    place: &Place,
    long: &mut Layers,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Option<Field> {
    let written = long.string("type", diagnostics);
    if written.is_none() && long.value("type").is_none() && !long.is_empty() {
        diagnostics.push(errors::missing_key("type", &format!("field \"{name}\""), place.clone()));
    }
    let inner = long.section("fields", format!("the fields of \"{name}\""), diagnostics);
    let inner = read_fields(&inner, &[], names, diagnostics);
    let known = written.and_then(|(text, place)| {
        let (text, optional) = kind::optional(text);
        Some((read_kind(text, &place, inner, names, diagnostics)?, optional, place))
    });
    let constraints = Constraints::read(long, known.as_ref().map(|(kind, ..)| kind), diagnostics);
    if let (Some(min), Some(max)) = (constraints.min, constraints.max)
        && min > max
    {
        let say = known.as_ref().map_or(&Kind::Float, |(kind, ..)| kind).rules().unit().say;
        diagnostics.push(errors::invalid_bounds(name, &say(min), &say(max), place.clone()));
    }
    let default = long
        .get("default")
        .map(|declared| DefaultValue { path: Arc::clone(declared.path), value: declared.value.clone() });
    let description = long.string("description", diagnostics).map(|(text, _)| text.to_owned());
    let (kind, optional, place) = known?;
    Some(Field { name: name.to_owned(), kind, optional, default, constraints, description, place })
}

fn read_kind(
    text: &str,
    place: &Place,
    fields: Vec<Field>,
    collections: &Names,
    diagnostics: &mut Diagnostics,
) -> Option<Kind> {
    let read = kind::read(text, Scope { place, fields, collections });
    read.map_err(|problem| diagnostics.push(problem)).ok()
}
