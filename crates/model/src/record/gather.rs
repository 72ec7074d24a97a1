//! Which records there are, before what they hold is looked at: their collections and slugs.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use sitegen_parser::{Diagnostics, Document, Markdown, Place, Source, Spanned, Table, Value, slugify};

use crate::documents::Documents;
use crate::kept::Id;
use crate::schema::{CollectionId, Schema, Slugs};
use crate::{errors, suggest, url};

/// A record whose fields are not yet checked.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The id of its file.
    pub document: Id,
    pub collection: CollectionId,
    pub slug: Arc<str>,
    pub draft: bool,
    pub fields: &'a Table,
    pub body: Option<&'a Arc<Markdown>>,
    pub source: &'a Source,
    /// Whether all of its fields could be read.
    pub whole: bool,
    /// Where the record begins: its file's first line, or its key in a file of several.
    pub place: Place,
    /// Its position in a file of several, or none if it has a file of its own.
    pub position: Option<usize>,
}

pub(super) fn gather<'a>(schema: &Schema, documents: &'a Documents) -> (Vec<Entry<'a>>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut entries = Vec::new();
    let mut homeless = BTreeSet::new();
    for (id, document) in documents.iter() {
        let stem = stem(&document.source.path);
        let folder = stem.split('/').next().unwrap_or_default();
        match collection_of(schema, &document.source.path) {
            None if homeless.insert(folder.to_owned()) => {
                let names = schema.collections.iter().map(|collection| collection.name.as_str());
                let nearest = suggest::nearest(folder, names);
                diagnostics.push(errors::no_collection(&document.source.path, folder, nearest));
            }
            None => {}
            Some(collection) if folder == stem && document.body.is_none() => {
                entries.extend(several(collection, (id, document), &mut diagnostics));
            }
            Some(collection) => {
                let file_slug = file_slug(stem, schema[collection].slugs);
                let place = first_line(&document.source);
                let fields = &document.fields;
                entries.extend(entry(
                    collection,
                    (id, document),
                    fields,
                    &file_slug,
                    place,
                    &mut diagnostics,
                ));
            }
        }
    }
    (entries, diagnostics)
}

/// The collection that a content file belongs to: the one that its folder, or the file itself, is named after.
pub(super) fn collection_of(schema: &Schema, path: &str) -> Option<CollectionId> {
    schema.collection(stem(path).split('/').next()?)
}

/// A content file's path below `content/`, without its extension.
fn stem(path: &str) -> &str {
    let name = path.strip_prefix("content/").unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn several<'a>(
    collection: CollectionId,
    (id, document): (Id, &'a Document),
    diagnostics: &mut Diagnostics,
) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for (position, record) in document.fields.entries.iter().enumerate() {
        let place = Place::new(&document.source.path, &record.key.span);
        match &record.value.value {
            Value::Table(fields) => {
                let slug = slugify(&record.key.value);
                let entry = entry(collection, (id, document), fields, &slug, place, diagnostics);
                entries.extend(entry.map(|entry| Entry { position: Some(position), ..entry }));
            }
            other => diagnostics.push(errors::wrong_type(
                &format!("\"{}\"", record.key.value),
                "a record: a table of its fields",
                other,
                Place::new(&document.source.path, &record.value.span),
            )),
        }
    }
    entries
}

fn first_line(source: &Source) -> Place {
    let length = source.text.lines().next().map_or(0, str::len);
    Place::new(&source.path, &(0..length))
}

/// The slug that a path gives. A folder's `index.md` or `_index.md` stands for the folder; that of the collection's own
/// folder is `index`.
fn file_slug(stem: &str, slugs: Slugs) -> String {
    let mut names: Vec<_> = stem.split('/').skip(1).collect();
    if names.len() > 1 && names.last().is_some_and(|name| matches!(*name, "index" | "_index")) {
        names.pop();
    } else if names == ["_index"] {
        names = vec!["index"];
    }
    match slugs {
        Slugs::Name => names.last().map(|name| slugify(name)).unwrap_or_default(),
        Slugs::Path => names.into_iter().map(slugify).collect::<Vec<_>>().join("/"),
    }
}

fn entry<'a>(
    collection: CollectionId,
    (id, document): (Id, &'a Document),
    fields: &'a Table,
    slug: &str,
    place: Place,
    diagnostics: &mut Diagnostics,
) -> Option<Entry<'a>> {
    let own_slug = own_slug(fields, &document.source.path, diagnostics);
    let slug_place = own_slug.as_ref().map_or(&place, |(_, place)| place);
    let slug = own_slug.as_ref().map_or(slug, |(slug, _)| slug);
    if let Some(objection) = url::objection(&format!("/{slug}")).or(slug.is_empty().then_some("it is empty"))
    {
        diagnostics.push(errors::invalid_slug(slug, objection, slug_place.clone()));
        return None;
    }
    Some(Entry {
        document: id,
        collection,
        slug: slug.into(),
        draft: is_draft(fields, &document.source.path, diagnostics),
        fields,
        body: document.body.as_ref(),
        source: &document.source,
        whole: document.whole,
        place,
        position: None,
    })
}

fn own_slug<'a>(
    fields: &'a Table,
    path: &Arc<str>,
    diagnostics: &mut Diagnostics,
) -> Option<(&'a str, Place)> {
    let Spanned { value, span } = fields.get("slug")?;
    let place = Place::new(path, span);
    match value {
        Value::String(slug) => Some((slug, place)),
        other => {
            diagnostics.push(errors::wrong_type("\"slug\"", "a string", other, place));
            None
        }
    }
}

fn is_draft(fields: &Table, path: &Arc<str>, diagnostics: &mut Diagnostics) -> bool {
    let Some(draft) = fields.get("draft") else { return false };
    match &draft.value {
        Value::Bool(draft) => *draft,
        other => {
            let place = Place::new(path, &draft.span);
            diagnostics.push(errors::wrong_type("\"draft\"", "true or false", other, place));
            false
        }
    }
}

/// The entries whose slugs are not taken, reporting the others.
pub(super) fn unique<'a>(
    schema: &Schema,
    entries: Vec<Entry<'a>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry<'a>> {
    let mut first: HashMap<_, Place> = HashMap::new();
    let mut unique = Vec::new();
    for entry in entries {
        let key = (entry.collection, url::collision_key(&entry.slug));
        match first.get(&key) {
            Some(taken) => {
                let singular = &schema[entry.collection].singular;
                diagnostics.push(errors::duplicate_slug(singular, &entry.slug, &entry.place, taken));
            }
            None => {
                first.insert(key, entry.place.clone());
                unique.push(entry);
            }
        }
    }
    unique
}

/// Puts entries in the order of their collections, and there by the field to sort by, then by slug.
/// Records of one file keep its order.
pub(super) fn sort(schema: &Schema, entries: &mut [Entry]) {
    entries.sort_by_cached_key(|entry| {
        let slug = entry.position.is_none().then(|| Arc::clone(&entry.slug));
        (entry.collection, slug, entry.position)
    });
    entries.sort_by(|a, b| {
        let by_collection = a.collection.cmp(&b.collection);
        let sort = schema[a.collection].sort.filter(|_| by_collection.is_eq());
        let Some(sort) = sort else { return by_collection };
        let name = schema[a.collection].fields[sort.field].name.as_str();
        let (a, b) = (a.fields.get(name), b.fields.get(name));
        match (a, b) {
            (Some(a), Some(b)) if sort.descending => order(&b.value, &a.value),
            (Some(a), Some(b)) => order(&a.value, &b.value),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }
    });
}

/// The order of two values of one type. Those of another type are reported when they are checked.
fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Float(a), Value::Float(b)) => a.total_cmp(b),
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Datetime(a), Value::Datetime(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}
