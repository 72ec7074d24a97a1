//! Checks documents against their collections: records with typed values and resolved references.

mod naming;
mod foreign;
mod gather;
mod listed;
mod sort;
mod catalog;
mod check;
mod constraint;
mod exercise;
mod fields;
mod keys;
pub(crate) mod errors;

use std::sync::Arc;

use sitegen_parser::{Diagnostics, Markdown, Place, Source, Spanned};

use crate::ground::{CollectionId, Id, Kept, RecordId, Value};
use crate::read::{Documents, Drafts, Inputs};
use crate::schema::Schema;

pub(crate) use self::catalog::{Catalog, HoldReason, SlugState, folders};
pub use self::exercise::{Case, Exercise, Grade, Program, Role, Scenario, SqlValue};
use self::keys::RecordIndex;
use self::listed::Lists;

/// An entry of a collection.
#[derive(Debug, Clone)]
pub struct Record {
    /// The record's key within its collection.
    pub slug: Arc<str>,
    /// The part of its page's path that stands for the slug: the slug, or nothing for the index of its
    /// collection's folder.
    pub(crate) path: Arc<str>,
    /// The path of its file below the collection's folder, as it is written but without its ending. For an
    /// index file it is the folder's path with a slash at its end, or empty for the collection's own folder.
    pub(crate) file: Arc<str>,
    /// The record's title.
    pub title: Arc<str>,
    /// A value for each field of the collection, in the same order.
    pub values: Vec<Value>,
    /// The text of a Markdown file, without the heading that is the title.
    pub body: Option<Arc<Markdown>>,
    /// The id of the title's heading; links to it lead to the top of the record's page.
    pub top: Option<String>,
    /// The file of the record.
    pub source: Source,
    /// The start of the record in its file.
    pub place: Place,
    /// The exercise in the record; none if it is not an exercise.
    pub exercise: Option<Arc<Exercise>>,
    /// Old paths that lead to its page.
    pub redirect_from: Vec<Spanned<String>>,
    /// The phrases by which other texts mention the record.
    pub phrases: Vec<Spanned<String>>,
    /// True if mentions of other records in its texts become links.
    pub links_mentions: bool,
    /// The records that it refers to, also in lists and tables.
    pub references: Vec<RecordId>,
    /// The id of all keys by which the record is found.
    pub(crate) keyed: Id,
    /// The id of the slug and the title.
    pub name: Id,
    /// The id of the facts that every record has: its slug, its title, its place, and whether it is sound.
    pub(crate) facts: Id,
    /// True if the record has no errors. A field with an error is [`Value::None`].
    pub sound: bool,
}

/// All records of a site.
#[derive(Debug, Default)]
pub struct Records {
    rows: Vec<Vec<Kept<Record>>>,
    catalog: Kept<Catalog>,
    /// For each collection, the indexes from field values to records.
    indexes: Vec<Kept<RecordIndex>>,
}

impl Records {
    /// Checks every document against its collection. Unchanged records are used again.
    pub(crate) fn check(
        schema: &Kept<Schema>,
        documents: &Documents,
        inputs: &Inputs,
        previous: &Self,
    ) -> (Self, Diagnostics) {
        let (entries, mut diagnostics) = gather::gather(schema, documents, inputs.today);
        let mut entries = gather::unique(schema, entries, &mut diagnostics);
        let (lists, found) = Lists::read(schema, documents, inputs, &entries);
        diagnostics.extend(found);
        for entry in &mut entries {
            entry.given.listed = lists.listed(entry);
            if entry.given.matter.takes_days() {
                entry.given.changed = inputs.history.days.get(&entry.source.path).copied();
            }
        }
        let mut drafts = Vec::new();
        if inputs.drafts == Drafts::Exclude {
            drafts.extend(entries.extract_if(.., |entry| entry.held.is_some()));
        }
        let entries = sort::sorted(schema, &lists, entries);
        let partial = documents.partial().filter_map(|name| gather::collection_of(schema, name)).collect();
        let catalog = Catalog::of(schema, &entries, &drafts, partial, &previous.catalog);
        let rows = check::check_all(schema, &catalog, &entries, &documents.syntax, previous);
        diagnostics.extend(rows.iter().flatten().flat_map(|record| record.diagnostics.iter().cloned()));
        let indexes = schema.collections.iter().zip(&rows).enumerate().map(|(id, (collection, records))| {
            RecordIndex::of(CollectionId(id), collection, records, &catalog, previous.indexes.get(id))
        });
        let indexes = indexes.collect();
        let records = Self { rows, catalog, indexes };
        constraint::unique_fields(schema, &records, &mut diagnostics);
        (records, diagnostics)
    }

    /// Lists all records, collection by collection.
    pub fn iter(&self) -> impl Iterator<Item = (RecordId, &Kept<Record>)> {
        self.rows.iter().enumerate().flat_map(|(collection, rows)| {
            let collection = CollectionId(collection);
            rows.iter().enumerate().map(move |(row, record)| (RecordId { collection, row }, record))
        })
    }

    /// Returns the records of a collection, in its order.
    pub fn of(&self, collection: CollectionId) -> &[Kept<Record>] {
        self.rows.get(collection.0).map_or(&[], Vec::as_slice)
    }

    /// Finds a record by its slug.
    pub fn by_slug(&self, collection: CollectionId, slug: &str) -> Option<RecordId> {
        self.catalog.by_slug(collection, slug)
    }

    /// Finds the rows of a collection whose field is or contains a key, in their order; none if the field has
    /// no index.
    ///
    /// A record is found by its slug, any other value by its text.
    pub fn by_key(&self, collection: CollectionId, field: usize, key: &str) -> Option<&[u32]> {
        self.indexes.get(collection.0)?.by_field(field, key)
    }

    /// Finds the rows of a collection that refer to a record in any field, in their order.
    pub fn referring(&self, collection: CollectionId, to: RecordId) -> &[u32] {
        self.indexes.get(collection.0).map_or(&[], |index| index.referring(to))
    }

    /// Hashes all records.
    pub(crate) fn id(&self) -> Id {
        Id::of_all(self.rows.iter().flatten().map(|record| record.id))
    }

    /// Returns the slugs and files of all records.
    pub(crate) fn catalog(&self) -> &Kept<Catalog> {
        &self.catalog
    }

    /// Returns true if the content file with this name should hold records.
    pub(crate) fn are_in(schema: &Schema, name: &str) -> bool {
        !matches!(gather::holds(schema, name), gather::FileContents::Nothing)
    }

    /// Finds the records of a content file.
    pub fn by_file(&self, path: &str) -> &[RecordId] {
        self.catalog.by_file(path)
    }

    /// Returns true if all records could be read and have no errors.
    pub fn sound(&self) -> bool {
        !self.lack_some() && self.iter().all(|(_, record)| record.sound)
    }

    /// Returns true if records may be missing because their files could not be read.
    pub fn lack_some(&self) -> bool {
        self.catalog.is_partial()
    }
}

impl std::ops::Index<RecordId> for Records {
    type Output = Kept<Record>;

    fn index(&self, id: RecordId) -> &Kept<Record> {
        &self.rows[id.collection.0][id.row]
    }
}

/// Lists the records that values refer to, also in lists and tables.
fn references(values: &[Value]) -> Vec<RecordId> {
    let mut found = Vec::new();
    let mut left: Vec<_> = values.iter().collect();
    while let Some(value) = left.pop() {
        match value {
            Value::Reference(id) => found.push(*id),
            Value::List(values) | Value::Table(values) => left.extend(values),
            _ => {}
        }
    }
    found
}
