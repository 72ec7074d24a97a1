//! Records: documents checked against their collections, with every reference resolved.

mod naming;
mod foreign;
mod gather;
mod listed;
mod sort;
mod catalog;
mod check;
mod constraint;
mod exercise;
mod given;
mod keys;
pub(crate) mod errors;

use std::sync::Arc;

use sitegen_parser::{Diagnostics, Markdown, Place, Source, Spanned};

use crate::ground::{CollectionId, Id, Kept, RecordId, Value};
use crate::read::{Documents, Drafts, Inputs};
use crate::schema::Schema;

pub(crate) use self::catalog::{Catalog, Held, Standing, folders};
pub use self::exercise::{Case, Exercise, Given, Grade, Program, Role, SqlValue};
use self::keys::Keys;
use self::listed::Lists;

/// An entry of a collection.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its key within the collection.
    pub slug: Arc<str>,
    /// What stands for its slug in paths of pages: the same, but nothing for the record that stands for its collection's folder.
    pub(crate) path: Arc<str>,
    /// The path of its file below the collection's folder, without its ending, as it is written; that of a record that stands for
    /// its folder ends in a slash, and is empty for the collection's own.
    pub(crate) file: Arc<str>,
    /// What it is called.
    pub title: Arc<str>,
    /// A value for each field of the collection, in the same order.
    pub values: Vec<Value>,
    /// The text of a Markdown file, without the heading that is the record's title.
    pub body: Option<Arc<Markdown>>,
    /// The id of that heading: what leads to it leads to the top of the record's page.
    pub top: Option<String>,
    /// The file that it is from.
    pub source: Source,
    /// Where it begins in the file.
    pub place: Place,
    /// What readers solve in it; none if it is no exercise.
    pub exercise: Option<Arc<Exercise>>,
    /// Paths that lead to its page.
    pub redirect_from: Vec<Spanned<String>>,
    /// The phrases by which texts mention it.
    pub phrases: Vec<Spanned<String>>,
    /// Whether mentions of others in its texts become links.
    pub links_mentions: bool,
    /// The records that it refers to, also from lists and tables.
    pub references: Vec<RecordId>,
    /// The id of all that it can be looked up by.
    pub(crate) keyed: Id,
    /// The id of its slug and its title.
    pub name: Id,
    /// The id of what is known of every record: its slug, its title, where it is, and whether it is sound.
    pub(crate) facts: Id,
    /// Whether nothing is wrong with it. What is wrong stands as [`Value::None`].
    pub sound: bool,
}

/// All records of a site.
#[derive(Debug, Default)]
pub struct Records {
    rows: Vec<Vec<Kept<Record>>>,
    catalog: Kept<Catalog>,
    /// For each collection, where its records are by what they hold.
    keys: Vec<Kept<Keys>>,
}

impl Records {
    /// Checks every document against its collection, unless that was done before.
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
        let keys = schema.collections.iter().zip(&rows).enumerate().map(|(id, (collection, records))| {
            Keys::of(CollectionId(id), collection, records, &catalog, previous.keys.get(id))
        });
        let keys = keys.collect();
        let records = Self { rows, catalog, keys };
        constraint::unique_fields(schema, &records, &mut diagnostics);
        (records, diagnostics)
    }

    /// All records, collection by collection.
    pub fn iter(&self) -> impl Iterator<Item = (RecordId, &Kept<Record>)> {
        self.rows.iter().enumerate().flat_map(|(collection, rows)| {
            let collection = CollectionId(collection);
            rows.iter().enumerate().map(move |(row, record)| (RecordId { collection, row }, record))
        })
    }

    /// The records of a collection, in its order.
    pub fn of(&self, collection: CollectionId) -> &[Kept<Record>] {
        self.rows.get(collection.0).map_or(&[], Vec::as_slice)
    }

    /// The record of a slug.
    pub fn by_slug(&self, collection: CollectionId, slug: &str) -> Option<RecordId> {
        self.catalog.by_slug(collection, slug)
    }

    /// The rows of a collection whose field is or contains a key, in their order; none if the field is no key.
    ///
    /// The key of a record is its slug, that of any other value its text.
    pub fn by_key(&self, collection: CollectionId, field: usize, key: &str) -> Option<&[u32]> {
        self.keys.get(collection.0)?.by_field(field, key)
    }

    /// The rows of a collection that refer to a record in any field, in their order.
    pub fn referring(&self, collection: CollectionId, to: RecordId) -> &[u32] {
        self.keys.get(collection.0).map_or(&[], |keys| keys.referring(to))
    }

    /// The id of all of them.
    pub(crate) fn id(&self) -> Id {
        Id::of_all(self.rows.iter().flatten().map(|record| record.id))
    }

    /// Which records there are.
    pub(crate) fn catalog(&self) -> &Kept<Catalog> {
        &self.catalog
    }

    /// Whether a content file is to hold records, by its name.
    pub(crate) fn are_in(schema: &Schema, name: &str) -> bool {
        !matches!(gather::holds(schema, name), gather::Holds::Nothing)
    }

    /// The records of a content file.
    pub fn by_file(&self, path: &str) -> &[RecordId] {
        self.catalog.by_file(path)
    }

    /// Whether nothing is wrong with any record, and none could not be read.
    pub fn sound(&self) -> bool {
        !self.lack_some() && self.iter().all(|(_, record)| record.sound)
    }

    /// Whether there may be more records, in files that could not be read.
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

/// The records that values refer to, also in lists and tables.
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
