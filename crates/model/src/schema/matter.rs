//! The rules by which the keys of front matter become the fields of a collection's records.

use sitegen_parser::{Diagnostics, Place};

use super::collection::{RECORD_KEYS, known_field};
use super::field::Names;
use super::{Collection, Kind, errors, field};
use crate::ground::suggest;
use crate::read::{KeyForm, Layers, TableForm, ValueForm};

/// The rules by which the keys of front matter become fields.
#[derive(Debug, Clone, Default, Hash)]
pub struct Matter {
    /// Keys, and what each is called in the collection: a field, or a key that every record has.
    pub names: Vec<(String, String)>,
    /// The treatment of keys that no field and no record has.
    pub rest: Rest,
    /// The fields that have a value from elsewhere if front matter does not say it, and from where, in the order of choice.
    pub fallbacks: Vec<(usize, Fallback)>,
}

/// The source of a field's value if front matter does not give one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fallback {
    /// The list that gives the collection's order: of a text that of the link to the file, of a number the link's place, of a
    /// reference the record below whose link it stands.
    Order,
    /// The heading of the list's part in which the link stands.
    Part,
    /// The heading with which the text begins.
    Heading,
    /// The day on which git says that the file was last changed, if the site asks for that.
    Git,
    /// The name of the file, or of the folder that it stands for.
    File,
}

/// The treatment of keys that no field and no record has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Rest {
    /// They are mistakes.
    #[default]
    Refused,
    /// They are left out.
    Ignored,
    /// They are a table in this field, of any type.
    Field(usize),
}

impl Matter {
    /// Returns the name that a key has in the collection.
    pub(crate) fn name<'k>(&'k self, key: &'k str) -> &'k str {
        self.names.iter().find(|(given, _)| given == key).map_or(key, |(_, name)| name)
    }

    /// Returns true if a key is renamed to one that is read before fields are checked, such as `slug`.
    pub(crate) fn renames_keys(&self) -> bool {
        self.names.iter().any(|(_, name)| RECORD_KEYS.contains(&name.as_str()))
    }

    /// The fields that the heading of a text can give.
    pub(crate) fn of_headings(&self) -> impl Iterator<Item = usize> {
        self.fallbacks.iter().filter(|(_, fallback)| *fallback == Fallback::Heading).map(|(field, _)| *field)
    }

    /// Returns true if a field can take the day of a file's last change from git.
    pub(crate) fn takes_days(&self) -> bool {
        self.fallbacks.iter().any(|(_, fallback)| *fallback == Fallback::Git)
    }

    /// Returns true if nothing is declared of front matter: no other names, no other keys, no fallbacks.
    pub(crate) fn is_plain(&self) -> bool {
        self.names.is_empty() && self.rest == Rest::Refused && self.fallbacks.is_empty()
    }
}

/// The words for where a field's value comes from.
const FROM: [&str; 5] = ["order", "part", "heading", "file", "git"];

/// The keys of `front_matter`.
pub(super) fn keys() -> Vec<KeyForm> {
    let names = ValueForm::Table(TableForm::Names(|| ValueForm::Text));
    vec![
        KeyForm::new("rename", names, "Keys as authors write them, and the field that each gives."),
        KeyForm::new("rest", ValueForm::Text, "The field that takes all other keys, or \"ignore\"."),
    ]
}

/// The keys of the long form of a record's field.
pub(super) fn field_keys() -> Vec<KeyForm> {
    let from = ValueForm::Words(FROM.to_vec());
    let own = KeyForm::new("from", from, "Where the value comes from if front matter lacks it.");
    field::keys().into_iter().chain([own]).collect()
}

/// Reads `front_matter` of a collection, and from where its fields come else.
pub(super) fn read(
    declaration: &mut Layers,
    fields: &Layers,
    collection: &Collection,
    of_all: &Names,
    diagnostics: &mut Diagnostics,
) -> Matter {
    let subject = format!("front_matter of \"{}\"", collection.name);
    let mut layers = declaration.section("front_matter", subject, diagnostics);
    let names = names(&mut layers, collection, diagnostics);
    let rest = layers.string("rest", diagnostics);
    let rest = rest.map_or(Rest::Refused, |rest| read_rest(rest, collection, diagnostics));
    layers.finish(diagnostics);
    Matter { names, rest, fallbacks: fallbacks(fields, collection, of_all, diagnostics) }
}

fn names(
    layers: &mut Layers,
    collection: &Collection,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, String)> {
    let renamed = layers.section("rename", "rename", diagnostics);
    let mut names = Vec::new();
    for (key, _) in renamed.names() {
        let Some((name, place)) = renamed.text(key, diagnostics) else { continue };
        let known = || collection.fields.iter().map(|field| field.name.as_str()).chain(RECORD_KEYS);
        if known().any(|known| known == name) {
            names.push((key.to_owned(), name.to_owned()));
        } else {
            let nearest = suggest::nearest(name, known());
            diagnostics.push(errors::unknown_field(name, &collection.name, nearest, place));
        }
    }
    names
}

fn read_rest((name, place): (&str, Place), collection: &Collection, diagnostics: &mut Diagnostics) -> Rest {
    if name == "ignore" {
        return Rest::Ignored;
    }
    let Some(field) = known_field(collection, name, place.clone(), diagnostics) else { return Rest::Ignored };
    if !matches!(collection.fields[field].kind, Kind::Any) {
        diagnostics.push(errors::rest_of_a_type(name, place, &collection.fields[field].place));
        return Rest::Ignored;
    }
    Rest::Field(field)
}

/// The fields that are declared with `from`.
fn fallbacks(
    fields: &Layers,
    collection: &Collection,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Vec<(usize, Fallback)> {
    let mut found = Vec::new();
    for (at, field) in collection.fields.iter().enumerate() {
        for (name, place) in fields.long(&field.name).strings("from", diagnostics) {
            let fallback = match &*name {
                "order" => Fallback::Order,
                "part" => Fallback::Part,
                "heading" => Fallback::Heading,
                "file" => Fallback::File,
                "git" => Fallback::Git,
                other => {
                    diagnostics.push(errors::invalid_choice("from", other, &FROM, place));
                    continue;
                }
            };
            let is_placed = || match &field.kind {
                Kind::Int => true,
                Kind::Reference(to) => names.get_index_of(&*collection.name) == Some(to.0),
                _ => false,
            };
            let fits = match fallback {
                Fallback::Git => matches!(field.kind, Kind::Date),
                Fallback::Order => matches!(field.kind, Kind::String) || is_placed(),
                _ => matches!(field.kind, Kind::String),
            };
            if fits {
                found.push((at, fallback));
            } else {
                diagnostics.push(errors::fallback_of_a_type(&field.name, place, &field.place));
            }
        }
    }
    found
}
