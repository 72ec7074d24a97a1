//! Collects the records of all documents, with their collections and slugs, before any value is checked.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{Date, Diagnostic, Diagnostics, Markdown, Place, Source, Table, WrittenValue, slugify};

use super::fields::RawFields;
use super::naming::Naming;
use super::{HoldReason, errors, naming};
use crate::ground::{CollectionId, Id, url};
use crate::read::Documents;
use crate::read::documents::{self, ContentDocument};
use crate::schema::{Collection, Schema};

/// A record whose fields are not yet checked.
#[derive(Debug)]
pub(super) struct UncheckedRecord<'a> {
    /// The id of its file.
    pub document: Id,
    pub collection: CollectionId,
    pub slug: Arc<str>,
    /// The part of paths of pages that stands for the slug.
    pub path: Arc<str>,
    /// The path of its file below the collection's folder, for paths of pages.
    pub file: Arc<str>,
    /// The name by which records are ordered where no list and no field orders them.
    pub order: Arc<str>,
    /// The reason why the record is held back; none if it is published.
    pub held: Option<HoldReason>,
    pub given: RawFields<'a>,
    pub body: Option<&'a Arc<Markdown>>,
    pub source: &'a Source,
    /// True if all fields could be read.
    pub whole: bool,
    /// The start of the record: its file's first line, or its key in a file of several.
    pub place: Place,
    /// The position in a file of several records; none if the record has its own file.
    pub position: Option<usize>,
}

/// Collects the records of all documents. Those to be published after `today` are held back.
pub(super) fn gather<'a>(
    schema: &'a Schema,
    documents: &'a Documents,
    today: Option<Date>,
) -> (Vec<UncheckedRecord<'a>>, Diagnostics) {
    let files: Vec<_> = documents.iter().collect();
    let gathered = files.par_chunks(CHUNK).map(|files| gather_some(schema, (documents, files), today));
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

/// The number of files that one thread reads at a time.
const CHUNK: usize = 256;

/// The records of some files.
#[derive(Default)]
struct Gathered<'a> {
    entries: Vec<UncheckedRecord<'a>>,
    diagnostics: Diagnostics,
    /// Folders that belong to no collection, with the problem of the first file in each.
    homeless: BTreeMap<&'a str, Diagnostic>,
}

fn gather_some<'a>(
    schema: &'a Schema,
    (documents, files): (&'a Documents, &[ContentDocument<'a>]),
    today: Option<Date>,
) -> Gathered<'a> {
    let mut gathered = Gathered::default();
    for file in files {
        let name = &*file.name.name;
        match holds(schema, name) {
            FileContents::Nothing => {}
            FileContents::Unowned => {
                let folder = name.split('/').next().unwrap_or_default();
                gathered.homeless.entry(folder).or_insert_with(|| homeless(schema, documents, file));
            }
            FileContents::Several(collection) => {
                gathered.entries.extend(several(schema, collection, *file, today, &mut gathered.diagnostics));
            }
            FileContents::One(collection) => {
                let owner = &schema[collection];
                let stands = stands_for_folder(owner, file, documents, &mut gathered.diagnostics);
                let naming = Naming::of_file(owner, file.name, stands);
                let (fields, place) = (&file.document.fields, file.start.clone());
                let entry = entry(
                    schema,
                    collection,
                    (*file, fields, place),
                    (naming::called(owner, file.name, stands), naming),
                    today,
                    &mut gathered.diagnostics,
                );
                gathered.entries.extend(entry);
            }
        }
    }
    gathered
}

/// Returns true if a file is the index of its folder: it has one of the names of an index, and no file has a
/// name that comes before it.
fn stands_for_folder(
    owner: &Collection,
    file: &ContentDocument,
    documents: &Documents,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some(first) = naming::index(owner, &file.name.name) else { return false };
    let path = &file.document.source.path;
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    let names = first.iter().flat_map(|name| ENDINGS.map(|ending| format!("{name}.{ending}")));
    let standing = names.into_iter().find(|name| documents.has(&format!("{folder}{name}")));
    diagnostics.extend(standing.as_ref().map(|name| errors::second_index(path, name)));
    standing.is_none()
}

/// The endings of records.
const ENDINGS: [&str; 3] = ["md", "markdown", "toml"];

/// Reports a file that belongs to no collection.
fn homeless(schema: &Schema, documents: &Documents, file: &ContentDocument) -> Diagnostic {
    let names = schema.collections.iter().map(|collection| collection.folder.as_str());
    let (path, name) = (&file.document.source.path, &*file.name.name);
    let root = documents.root();
    match name.split_once('/') {
        None if file.document.body.is_some() => errors::outside_collections(path, &root, names),
        None => errors::no_collection(path, &root, documents::stem(name), names),
        Some((folder, _)) => errors::no_collection(path, &root, folder, names),
    }
}

/// The contents of a content file, by its name.
pub(super) enum FileContents {
    /// Several records, because the file has the name of their collection's folder.
    Several(CollectionId),
    /// One record.
    One(CollectionId),
    /// No records, but a collection's order or a dataset.
    Nothing,
    /// A record that belongs to no collection.
    Unowned,
}

/// Classifies a content file: several records of the collection whose folder it is named after, or one record
/// of the collection with the nearest folder.
pub(super) fn holds(schema: &Schema, name: &str) -> FileContents {
    let named = schema.of_folder(documents::stem(name));
    if let Some(collection) = named.filter(|_| !documents::is_markdown(name)) {
        return FileContents::Several(collection);
    }
    match schema.owner(name).or(named) {
        _ if schema.is_order(name) => FileContents::Nothing,
        Some(collection) => FileContents::One(collection),
        None if documents::is_dataset(name) => FileContents::Nothing,
        None => FileContents::Unowned,
    }
}

/// Finds the collection that a content file belongs to, by its name.
pub(super) fn collection_of(schema: &Schema, name: &str) -> Option<CollectionId> {
    match holds(schema, name) {
        FileContents::Several(collection) | FileContents::One(collection) => Some(collection),
        FileContents::Nothing | FileContents::Unowned => None,
    }
}

fn several<'a>(
    schema: &'a Schema,
    collection: CollectionId,
    file: ContentDocument<'a>,
    today: Option<Date>,
    diagnostics: &mut Diagnostics,
) -> Vec<UncheckedRecord<'a>> {
    let document = file.document;
    let file = ContentDocument { has_keys: true, ..file };
    let mut entries = Vec::new();
    for (position, record) in document.fields.entries.iter().enumerate() {
        let place = Place::new(&document.source.path, &record.key.span);
        match &record.value.value {
            WrittenValue::Table(fields) => {
                let naming = Naming::of_key(&slugify(&record.key.value));
                let named = (record.key.value.as_str(), naming);
                let entry = entry(schema, collection, (file, fields, place), named, today, diagnostics);
                entries.extend(entry.map(|entry| UncheckedRecord { position: Some(position), ..entry }));
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
    (ContentDocument { id, document, has_keys, .. }, fields, place): (ContentDocument<'a>, &'a Table, Place),
    (name, naming): (&'a str, Naming),
    today: Option<Date>,
    diagnostics: &mut Diagnostics,
) -> Option<UncheckedRecord<'a>> {
    let path = &document.source.path;
    let matter = &schema[collection].matter;
    let given =
        RawFields { table: fields, document, matter, name, site: &schema.site, listed: None, changed: None };
    let has_keys = has_keys || matter.renames_keys();
    let own_slug = if has_keys { own_slug(&given, path, diagnostics) } else { None };
    let slug_place = own_slug.as_ref().map_or(&place, |(_, place)| place);
    let naming = match &own_slug {
        Some((slug, _)) => naming.with_own(&schema[collection], slug),
        None => naming,
    };
    let Naming { slug, path: in_paths, file, order } = naming;
    if own_slug.is_none() && (slug.is_empty() || slug.ends_with('/')) {
        diagnostics.push(errors::no_slug(name, slug_place.clone()));
        return None;
    }
    if let Some(objection) = url::slug_objection(&slug) {
        diagnostics.push(errors::invalid_slug(&slug, objection, slug_place.clone()));
        return None;
    }
    Some(UncheckedRecord {
        document: id,
        collection,
        slug,
        path: in_paths,
        file,
        order,
        held: if has_keys { held(&given, path, today, diagnostics) } else { None },
        given,
        body: document.body.as_ref(),
        source: &document.source,
        whole: document.whole,
        place,
        position: None,
    })
}

fn own_slug(given: &RawFields, path: &Arc<str>, diagnostics: &mut Diagnostics) -> Option<(String, Place)> {
    let slug = given.key("slug")?;
    let place = Place::new(path, &slug.span);
    match &slug.value {
        WrittenValue::String(slug) => Some((slug.clone(), place)),
        other => {
            diagnostics.push(errors::wrong_type("\"slug\"", "a string", other, place));
            None
        }
    }
}

fn held(
    given: &RawFields,
    path: &Arc<str>,
    today: Option<Date>,
    diagnostics: &mut Diagnostics,
) -> Option<HoldReason> {
    let until = first_day(given, path, diagnostics).filter(|day| today.is_some_and(|today| *day > today));
    if is_draft(given, path, diagnostics) { Some(HoldReason::Draft) } else { until.map(HoldReason::Until) }
}

fn is_draft(given: &RawFields, path: &Arc<str>, diagnostics: &mut Diagnostics) -> bool {
    let Some(draft) = given.key("draft") else { return false };
    match &draft.value {
        WrittenValue::Bool(draft) => *draft,
        other => {
            let place = Place::new(path, &draft.span);
            diagnostics.push(errors::no_bool("\"draft\"", other, place));
            false
        }
    }
}

/// Returns the day on which the record is to be published.
fn first_day(given: &RawFields, path: &Arc<str>, diagnostics: &mut Diagnostics) -> Option<Date> {
    let day = given.key("publish_on")?;
    match &day.value {
        WrittenValue::Date(day) => Some(*day),
        other => {
            let place = Place::new(path, &day.span);
            diagnostics.push(errors::wrong_type("\"publish_on\"", "a date such as 2026-01-31", other, place));
            None
        }
    }
}

/// Returns the entries whose slugs no earlier entry of the collection has, and reports the others.
pub(super) fn unique<'a>(
    schema: &Schema,
    entries: Vec<UncheckedRecord<'a>>,
    diagnostics: &mut Diagnostics,
) -> Vec<UncheckedRecord<'a>> {
    let key = |entry: &UncheckedRecord| Id::of(&(entry.collection, url::collision_key(&entry.slug)));
    let mut keys: Vec<_> = entries.par_iter().map(key).collect();
    keys.par_sort_unstable();
    if keys.windows(2).all(|pair| pair[0] != pair[1]) {
        return entries;
    }
    let mut first: HashMap<Id, usize> = HashMap::with_capacity(entries.len());
    let mut unique: Vec<UncheckedRecord> = Vec::with_capacity(entries.len());
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
