//! Which records there are, before what they hold is looked at: their collections and slugs.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{
    Date, Diagnostic, Diagnostics, Markdown, Place, Source, Table, Value, composed, slugify,
};

use super::Held;
use super::given::Given;
use crate::documents::{self, Documents, Found};
use crate::kept::Id;
use crate::schema::{Collection, CollectionId, Schema, Slugs};
use crate::{TextKey, errors, url};

/// A record whose fields are not yet checked.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The id of its file.
    pub document: Id,
    pub collection: CollectionId,
    pub slug: Arc<str>,
    /// Why its author holds it back; none of what is published.
    pub held: Option<Held>,
    pub given: Given<'a>,
    pub body: Option<&'a Arc<Markdown>>,
    pub source: &'a Source,
    /// Whether all of its fields could be read.
    pub whole: bool,
    /// Where the record begins: its file's first line, or its key in a file of several.
    pub place: Place,
    /// Its position in a file of several, or none if it has a file of its own.
    pub position: Option<usize>,
}

/// The records of all documents, as of a day.
pub(super) fn gather<'a>(
    schema: &'a Schema,
    documents: &'a Documents,
    today: Option<Date>,
) -> (Vec<Entry<'a>>, Diagnostics) {
    let files: Vec<_> = documents.iter().collect();
    let gathered = files.par_chunks(CHUNK).map(|files| gather_some(schema, files, today));
    let mut diagnostics = Diagnostics::new();
    let mut entries = Vec::with_capacity(files.len());
    let mut homeless = BTreeSet::new();
    for gathered in gathered.collect::<Vec<_>>() {
        entries.extend(gathered.entries);
        diagnostics.extend(gathered.diagnostics);
        for (folder, problem) in gathered.homeless {
            if homeless.insert(folder) {
                diagnostics.push(problem);
            }
        }
    }
    (entries, diagnostics)
}

/// How many files are looked at by one thread at a time.
const CHUNK: usize = 256;

/// What some files hold.
#[derive(Default)]
struct Gathered<'a> {
    entries: Vec<Entry<'a>>,
    diagnostics: Diagnostics,
    /// The folders that belong to no collection, and what is wrong with the first file of each.
    homeless: BTreeMap<&'a str, Diagnostic>,
}

fn gather_some<'a>(schema: &'a Schema, files: &[Found<'a>], today: Option<Date>) -> Gathered<'a> {
    let mut gathered = Gathered::default();
    for file in files {
        let path = &file.document.source.path;
        let stem = documents::stem(path);
        let folder = stem.split('/').next().unwrap_or_default();
        match schema.collection(folder) {
            None => {
                gathered.homeless.entry(folder).or_insert_with(|| {
                    let names = schema.collections.iter().map(|collection| collection.name.as_str());
                    if folder == stem && file.document.body.is_some() {
                        errors::outside_collections(path, names)
                    } else {
                        errors::no_collection(path, folder, names)
                    }
                });
            }
            Some(collection) if folder == stem && file.document.body.is_none() => {
                gathered.entries.extend(several(schema, collection, *file, today, &mut gathered.diagnostics));
            }
            Some(collection) => {
                let slug = match schema[collection].slugs {
                    Slugs::Name => &file.slugs.name,
                    Slugs::Path => &file.slugs.path,
                };
                let (fields, place) = (&file.document.fields, file.start.clone());
                let name = stem.rsplit('/').next().unwrap_or_default();
                let entry = entry(
                    schema,
                    collection,
                    (*file, fields, place),
                    (name, slug),
                    today,
                    &mut gathered.diagnostics,
                );
                gathered.entries.extend(entry);
            }
        }
    }
    gathered
}

/// The collection that a content file belongs to: the one that its folder, or the file itself, is named after.
pub(super) fn collection_of(schema: &Schema, path: &str) -> Option<CollectionId> {
    schema.collection(documents::stem(path).split('/').next()?)
}

fn several<'a>(
    schema: &'a Schema,
    collection: CollectionId,
    file: Found<'a>,
    today: Option<Date>,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry<'a>> {
    let document = file.document;
    let file = Found { has_keys: true, ..file };
    let mut entries = Vec::new();
    for (position, record) in document.fields.entries.iter().enumerate() {
        let place = Place::new(&document.source.path, &record.key.span);
        match &record.value.value {
            Value::Table(fields) => {
                let slug = slugify(&record.key.value).into();
                let entry = entry(
                    schema,
                    collection,
                    (file, fields, place),
                    (&record.key.value, &slug),
                    today,
                    diagnostics,
                );
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

fn entry<'a>(
    schema: &'a Schema,
    collection: CollectionId,
    (Found { id, document, has_keys, .. }, fields, place): (Found<'a>, &'a Table, Place),
    (name, slug): (&str, &Arc<str>),
    today: Option<Date>,
    diagnostics: &mut Diagnostics,
) -> Option<Entry<'a>> {
    let path = &document.source.path;
    let matter = &schema[collection].matter;
    let given = Given { table: fields, document, matter };
    let has_keys = has_keys || matter.renames_keys();
    let own_slug = if has_keys { own_slug(&given, path, diagnostics) } else { None };
    let slug_place = own_slug.as_ref().map_or(&place, |(_, place)| place);
    let slug = own_slug.as_ref().map_or_else(|| Arc::clone(slug), |(slug, _)| composed(slug).into());
    if own_slug.is_none() && (slug.is_empty() || slug.ends_with('/')) {
        diagnostics.push(errors::no_slug(name, slug_place.clone()));
        return None;
    }
    if let Some(objection) = url::slug_objection(&slug) {
        diagnostics.push(errors::invalid_slug(&slug, objection, slug_place.clone()));
        return None;
    }
    Some(Entry {
        document: id,
        collection,
        slug,
        held: if has_keys { held(&given, path, today, diagnostics) } else { None },
        given,
        body: document.body.as_ref(),
        source: &document.source,
        whole: document.whole,
        place,
        position: None,
    })
}

fn own_slug(given: &Given, path: &Arc<str>, diagnostics: &mut Diagnostics) -> Option<(String, Place)> {
    let slug = given.key("slug")?;
    let place = Place::new(path, &slug.span);
    match &slug.value {
        Value::String(slug) => Some((slug.clone(), place)),
        other => {
            diagnostics.push(errors::wrong_type("\"slug\"", "a string", other, place));
            None
        }
    }
}

fn held(given: &Given, path: &Arc<str>, today: Option<Date>, diagnostics: &mut Diagnostics) -> Option<Held> {
    let until = first_day(given, path, diagnostics).filter(|day| today.is_some_and(|today| *day > today));
    if is_draft(given, path, diagnostics) { Some(Held::Draft) } else { until.map(Held::Until) }
}

fn is_draft(given: &Given, path: &Arc<str>, diagnostics: &mut Diagnostics) -> bool {
    let Some(draft) = given.key("draft") else { return false };
    match &draft.value {
        Value::Bool(draft) => *draft,
        other => {
            let place = Place::new(path, &draft.span);
            diagnostics.push(errors::wrong_type("\"draft\"", "true or false", other, place));
            false
        }
    }
}

/// The day on which it is to be published.
fn first_day(given: &Given, path: &Arc<str>, diagnostics: &mut Diagnostics) -> Option<Date> {
    let day = given.key("publish_on")?;
    match &day.value {
        Value::Date(day) => Some(*day),
        other => {
            let place = Place::new(path, &day.span);
            diagnostics.push(errors::wrong_type("\"publish_on\"", "a date such as 2026-01-31", other, place));
            None
        }
    }
}

/// The entries whose slugs are not taken, reporting the others.
pub(super) fn unique<'a>(
    schema: &Schema,
    entries: Vec<Entry<'a>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry<'a>> {
    let key = |entry: &Entry| Id::of(&(entry.collection, url::collision_key(&entry.slug)));
    let mut keys: Vec<_> = entries.par_iter().map(key).collect();
    keys.par_sort_unstable();
    if keys.windows(2).all(|pair| pair[0] != pair[1]) {
        return entries;
    }
    let mut first: HashMap<Id, usize> = HashMap::with_capacity(entries.len());
    let mut unique: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let key = key(&entry);
        if let Some(taken) = first.get(&key) {
            let singular = &schema[entry.collection].singular;
            let taken = &unique[*taken].place;
            diagnostics.push(errors::duplicate_slug(singular, &entry.slug, &entry.place, taken));
        } else {
            first.insert(key, unique.len());
            unique.push(entry);
        }
    }
    unique
}

/// Entries in the order of their collections, and there by the field to sort by, then by slug. Records of one file keep
/// its order.
pub(super) fn sorted<'a>(schema: &Schema, entries: Vec<Entry<'a>>) -> Vec<Entry<'a>> {
    let sections = Sections::of(schema, &entries);
    let mut placed: Vec<_> = entries.into_par_iter().map(|entry| (rank(schema, &entry), entry)).collect();
    placed.par_sort_by(|(rank, entry), (other_rank, other)| {
        let collection = &schema[entry.collection];
        let within = || {
            if collection.sections {
                return sections.order(&entry.slug, &other.slug, entry.collection, schema);
            }
            let by_slug = || single_slug(entry).cmp(&single_slug(other));
            order_of(rank.as_ref(), other_rank.as_ref(), collection).then_with(by_slug)
        };
        let by_position = || entry.position.cmp(&other.position);
        entry.collection.cmp(&other.collection).then_with(within).then_with(by_position)
    });
    placed.into_iter().map(|(_, entry)| entry).collect()
}

/// What an entry is ordered by.
enum Rank<'a> {
    Text(TextKey),
    Value(Cow<'a, Value>),
}

/// What an entry is ordered by in its collection; none if it lacks that.
fn rank<'a>(schema: &Schema, entry: &Entry<'a>) -> Option<Rank<'a>> {
    let collection = &schema[entry.collection];
    let value = match entry.given.field(collection, collection.sort?.field)? {
        Cow::Borrowed(given) => Cow::Borrowed(&given.value),
        Cow::Owned(given) => Cow::Owned(given.value),
    };
    Some(match &*value {
        Value::String(text) => Rank::Text(schema.order.key(text)),
        _ => Rank::Value(value),
    })
}

/// The order of two entries by their ranks; those without one come last.
fn order_of(rank: Option<&Rank>, other: Option<&Rank>, collection: &Collection) -> Ordering {
    match (rank, other) {
        (Some(rank), Some(other)) if collection.sort.is_some_and(|sort| sort.descending) => {
            order(other, rank)
        }
        (Some(rank), Some(other)) => order(rank, other),
        (rank, other) => other.is_some().cmp(&rank.is_some()),
    }
}

/// The ranks of the records of collections with sections, by their slugs.
struct Sections<'a>(HashMap<(CollectionId, Arc<str>), Rank<'a>>);

impl<'a> Sections<'a> {
    fn of(schema: &Schema, entries: &[Entry<'a>]) -> Self {
        let within = entries.iter().filter(|entry| schema[entry.collection].sections);
        let ranked =
            |entry: &Entry<'a>| Some(((entry.collection, Arc::clone(&entry.slug)), rank(schema, entry)?));
        Self(within.filter_map(ranked).collect())
    }

    /// The order of two slugs: that of the first folders, or files, in which they differ. A folder's own record comes
    /// before what is in it.
    fn order(&self, slug: &str, other: &str, collection: CollectionId, schema: &Schema) -> Ordering {
        let rank = |slug: &str| self.0.get(&(collection, slug.into()));
        for (end, other_end) in ends(slug).zip(ends(other)) {
            let (path, other_path) = (&slug[..end], &other[..other_end]);
            if path != other_path {
                let by_rank = order_of(rank(path), rank(other_path), &schema[collection]);
                return by_rank.then_with(|| path.cmp(other_path));
            }
        }
        slug.len().cmp(&other.len())
    }
}

/// Where the folders of a path end, and last the path itself.
fn ends(path: &str) -> impl Iterator<Item = usize> {
    path.match_indices('/').map(|(at, _)| at).chain([path.len()])
}

/// The slug of a record that has a file of its own.
fn single_slug<'e>(entry: &'e Entry) -> Option<&'e str> {
    entry.position.is_none().then_some(&*entry.slug)
}

/// The order of two values of one type. Those of another type are reported when they are checked.
fn order(a: &Rank, b: &Rank) -> Ordering {
    let (a, b) = match (a, b) {
        (Rank::Text(a), Rank::Text(b)) => return a.cmp(b),
        (Rank::Value(a), Rank::Value(b)) => (a, b),
        _ => return Ordering::Equal,
    };
    match (&**a, &**b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Float(a), Value::Float(b)) => a.total_cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Datetime(a), Value::Datetime(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}
