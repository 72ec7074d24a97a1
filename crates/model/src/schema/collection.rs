//! Collections, as declared.

use std::hash::{Hash, Hasher};

use sitegen_parser::{Diagnostics, Place, composed};

use super::anchor::Anchored;
use super::field::{Field, Names, read_fields};
use super::matter::Matter;
use super::{Exercises, Kind, anchor, errors, field, matter};
use crate::ground::{CollectionId, suggest};
use crate::read::{KeyForm, Layers, TableForm, ValueForm, content};

/// A collection, as declared.
#[derive(Debug)]
pub struct Collection {
    /// Its name.
    pub name: String,
    /// The folder of the content that it owns, as far as no other collection owns a nearer one; nothing for all of it.
    pub folder: String,
    /// The name of one record, also in templates.
    pub singular: String,
    /// The field that is a record's title; none if records are titled by their slugs.
    pub title: Option<usize>,
    /// The part of a file's path from which its record's slug is made.
    pub slugs: Slugs,
    /// True if folders are sections: the records of a folder follow the folder's own and are ordered among
    /// themselves.
    pub sections: bool,
    /// The treatment of numbers that order files: if they are stripped, the slug of `01-intro.md` is `intro`.
    pub(crate) numbers: Numbers,
    /// The order of records; none for that of names, or of the file that holds several.
    pub sort: Option<Sort>,
    /// The file with a list of links that says the order, by its path below the folder, and where it is named.
    pub(crate) order: Option<(String, Place)>,
    /// Its fields, in order of declaration.
    pub fields: Vec<Field>,
    /// The rules by which the keys of front matter become its fields.
    pub matter: Matter,
    /// The declaration of its records as exercises; none if they are not exercises.
    pub exercises: Option<Exercises>,
    /// The places of its records on pages that are not theirs alone, if a `url` is declared.
    pub anchored: Option<Anchored>,
    /// The fields with the phrases by which texts mention its records, and where each is named.
    pub mentions: Vec<(usize, Place)>,
    /// True if mentions in its records' texts become links, unless a record says otherwise.
    pub link_mentions: bool,
    /// The place of its declaration.
    pub place: Place,
}

/// Places are not hashed because a comment above moves them, and records would be checked again.
impl Hash for Collection {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { name, folder, singular, title, slugs, sections, numbers, sort, order, fields, .. } = self;
        let Self { matter, exercises, anchored, mentions, link_mentions, place: _, .. } = self;
        (name, folder, singular, title, slugs, sections, numbers, sort, fields).hash(state);
        (matter, exercises, anchored, link_mentions, order.as_ref().map(|(file, _)| file)).hash(state);
        mentions.iter().map(|(field, _)| field).collect::<Vec<_>>().hash(state);
    }
}

/// The part of a file's path from which a record's slug is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slugs {
    /// From the file's name: folders are the author's convenience.
    Name,
    /// From the path below the collection's folder: folders are part of the URL.
    Path,
    /// The path below the collection's folder, as it is.
    File,
}

/// The treatment of numbers at the start of the names of files and folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Numbers {
    /// They are part of slugs.
    Keep,
    /// They only say the order.
    Strip,
}

/// The field that records are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// Its place among the fields.
    pub field: usize,
    /// True if the largest value comes first.
    pub descending: bool,
}

impl Collection {
    /// A field's place by its name.
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// Returns a file's path below the folder, given its name among the content; none if the file is not
    /// below.
    pub(crate) fn below<'n>(&self, name: &'n str) -> Option<&'n str> {
        match self.folder.as_str() {
            "" => Some(name),
            folder => name.strip_prefix(folder)?.strip_prefix('/'),
        }
    }
}

/// The keys that every record may have besides its fields.
pub(crate) const RECORD_KEYS: [&str; 5] = ["slug", "draft", "publish_on", "redirect_from", "link_mentions"];

/// The type of a key that every record may have, and a sentence about the key for authors.
pub(crate) fn record_key(name: &str) -> Option<(Kind, &'static str)> {
    Some(match name {
        "slug" => (Kind::String, "The name of the record in URLs and references, if not the file's."),
        "draft" => (Kind::Bool, "If true, the record is left out unless drafts are built."),
        "publish_on" => (Kind::Date, "The day before which the record is left out."),
        "redirect_from" => (Kind::List(Box::new(Kind::String)), "Paths that lead to the record's page."),
        "link_mentions" => (Kind::Bool, "Whether mentions of other records in its texts are links."),
        _ => return None,
    })
}

/// Names that templates and placeholders have for every record, so no field can have them.
const RECORD_COLUMNS: [&str; 3] = ["url", "collection", "body"];

/// Names that templates have without a record, so no collection can have them.
const TEMPLATE_NAMES: [&str; 2] = ["site", "page"];

/// The words for the part of a path from which slugs are made.
const SLUGS: [&str; 3] = ["name", "path", "file"];

/// The words for the treatment of numbers before names.
const NUMBERS: [&str; 2] = ["keep", "strip"];

/// The keys of a collection.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::{Bool, Table, Text, Texts, Word};
    const FIELDS: TableForm = TableForm::Names(|| field::form(matter::field_keys));
    vec![
        KeyForm::new("url", Text, "The place of records that are parts of pages: /glossary/#{term.slug}."),
        KeyForm::new("singular", Text, "The name of one record, also in templates."),
        KeyForm::new("title", Text, "The field that titles a record; by default \"title\", else the slug."),
        KeyForm::new("sections", Bool, "If true, the records of a folder follow the folder's own record."),
        KeyForm::new("slugs", Word(SLUGS.to_vec()), "The part of a file's path that becomes the slug."),
        KeyForm::new("numbers", Word(NUMBERS.to_vec()), "\"strip\": the slug of 01-intro.md is intro."),
        KeyForm::new("sort", Text, "The field by which records are ordered; \"-date\": the largest first."),
        KeyForm::new("order", Text, "The file in the folder whose list of links is the order."),
        KeyForm::new("folder", Text, "The folder of the content that it owns; by default its name."),
        KeyForm::new("mentions", Texts, "The fields with the phrases by which texts mention records."),
        KeyForm::new("link_mentions", Bool, "If false, mentions in the records' texts are no links."),
        KeyForm::new("fields", Table(FIELDS), "The fields of a record: the type of each, or a table."),
        KeyForm::new("front_matter", Table(TableForm::Keys(matter::keys)), "How keys become fields."),
    ]
}

pub(super) fn read_all(layers: &Layers, diagnostics: &mut Diagnostics) -> Vec<Collection> {
    let names = layers.names();
    let (mut collections, mut urls) = (Vec::new(), Vec::new());
    for (name, place) in &names {
        let mut declaration = layers.named(name, format!("collection \"{name}\""), diagnostics);
        urls.push(declaration.string("url", diagnostics));
        collections.push(read(name, place, &mut declaration, &names, diagnostics));
        declaration.finish(diagnostics);
    }
    // Placeholders can lead to any collection.
    refuse_equal_folders(&collections, diagnostics);
    for (id, url) in urls.into_iter().enumerate() {
        let read = |(url, place): (&str, Place)| {
            anchor::read(url, &place, CollectionId(id), &collections, diagnostics)
        };
        let anchored = url.filter(|(url, _)| !url.is_empty()).and_then(read);
        collections[id].anchored = anchored;
    }
    collections
}

fn read(
    name: &str,
    place: &Place,
    declaration: &mut Layers,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Collection {
    let singular = declaration.string("singular", diagnostics).map_or(name, |(text, _)| text).to_owned();
    for reserved in [name, &singular].into_iter().filter(|name| TEMPLATE_NAMES.contains(name)) {
        diagnostics.push(errors::reserved_name("collection", reserved, place.clone()));
    }
    let title = declaration.string("title", diagnostics);
    let sections = declaration.bool("sections", diagnostics).unwrap_or(false);
    let slugs = slugs(declaration, diagnostics).unwrap_or(if sections { Slugs::Path } else { Slugs::Name });
    let numbers = numbers(declaration, diagnostics);
    let sort = declaration.string("sort", diagnostics);
    let order = declaration.string("order", diagnostics);
    let order = order.and_then(|(file, place)| Some((below(file, &place, diagnostics)?, place)));
    let folder = declaration.string("folder", diagnostics);
    let folder = folder.and_then(|(path, place)| below(path, &place, diagnostics));
    let mentions = declaration.strings("mentions", diagnostics);
    let link_mentions = declaration.bool("link_mentions", diagnostics).unwrap_or(true);
    let declared = declaration.section("fields", format!("the fields of \"{name}\""), diagnostics);
    let reserved = [RECORD_KEYS.as_slice(), RECORD_COLUMNS.as_slice()].concat();
    let fields = read_fields(&declared, &reserved, names, diagnostics);

    let mut collection = Collection {
        name: name.to_owned(),
        folder: folder.unwrap_or_else(|| composed(name).into_owned()),
        singular,
        title: None,
        slugs,
        sections,
        numbers,
        sort: None,
        order,
        fields,
        matter: Matter::default(),
        exercises: None,
        anchored: None,
        mentions: Vec::new(),
        link_mentions,
        place: place.clone(),
    };
    collection.title = match title {
        Some((field, place)) => known_field(&collection, field, place, diagnostics),
        None => collection.field("title"),
    };
    collection.sort = sort.and_then(|(text, place)| {
        let (field, descending) = text.strip_prefix('-').map_or((text, false), |field| (field, true));
        known_field(&collection, field, place, diagnostics).map(|field| Sort { field, descending })
    });
    for (field, place) in mentions {
        let known = known_field(&collection, &field, place.clone(), diagnostics);
        collection.mentions.extend(known.map(|field| (field, place)));
    }
    refuse_what_holds_no_phrases(&collection, diagnostics);
    collection.matter = matter::read(declaration, &declared, &collection, names, diagnostics);
    collection
}

fn refuse_what_holds_no_phrases(collection: &Collection, diagnostics: &mut Diagnostics) {
    for (field, place) in &collection.mentions {
        let field = &collection.fields[*field];
        let item = match &field.kind {
            Kind::List(item) => item,
            kind => kind,
        };
        if !matches!(item, Kind::String) {
            diagnostics.push(errors::no_phrases(&field.name, place.clone(), &field.place));
        }
    }
}

/// A path that a collection says, below the content.
fn below(path: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<String> {
    let below = content::below(path);
    if below.is_none() {
        diagnostics.push(errors::outside_content(path, place.clone()));
    }
    below
}

fn refuse_equal_folders(collections: &[Collection], diagnostics: &mut Diagnostics) {
    for (at, collection) in collections.iter().enumerate() {
        let Some(other) = collections[..at].iter().find(|other| other.folder == collection.folder) else {
            continue;
        };
        let owners = format!("is that of both \"{}\" and \"{}\"", other.name, collection.name);
        let place = collection.place.clone();
        diagnostics.push(errors::equal_folders(&collection.folder, &owners, place, &other.place));
    }
}

fn numbers(declaration: &mut Layers, diagnostics: &mut Diagnostics) -> Numbers {
    match declaration.string("numbers", diagnostics) {
        None | Some(("keep", _)) => Numbers::Keep,
        Some(("strip", _)) => Numbers::Strip,
        Some((other, place)) => {
            diagnostics.push(errors::invalid_choice("numbers", other, &NUMBERS, place));
            Numbers::Keep
        }
    }
}

fn slugs(declaration: &mut Layers, diagnostics: &mut Diagnostics) -> Option<Slugs> {
    match declaration.string("slugs", diagnostics)? {
        ("name", _) => Some(Slugs::Name),
        ("path", _) => Some(Slugs::Path),
        ("file", _) => Some(Slugs::File),
        (other, place) => {
            diagnostics.push(errors::invalid_choice("slugs", other, &SLUGS, place));
            None
        }
    }
}

pub(super) fn known_field(
    collection: &Collection,
    name: &str,
    place: Place,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let field = collection.field(name);
    if field.is_none() {
        let nearest = suggest::nearest(name, collection.fields.iter().map(|field| field.name.as_str()));
        diagnostics.push(errors::unknown_field(name, &collection.name, nearest, place));
    }
    field
}
