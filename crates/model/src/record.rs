//! Records: documents checked against their collections, with every reference resolved.

mod gather;
mod check;
mod constraint;
mod value;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sitegen_parser::{Diagnostics, Markdown, Place, Source, Spanned};

use crate::documents::Documents;
use crate::inputs::{Drafts, Inputs};
use crate::schema::{CollectionId, Schema};

pub use self::value::Value;

/// A record's place in [`Records`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// Its collection.
    pub collection: CollectionId,
    /// Its place in the collection's order.
    pub row: usize,
}

/// An entry of a collection.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its key within the collection.
    pub slug: Arc<str>,
    /// What it is called.
    pub title: Arc<str>,
    /// A value for each field of the collection, in the same order.
    pub values: Vec<Value>,
    /// The text of a Markdown file.
    pub body: Option<Arc<Markdown>>,
    /// The file that it is from.
    pub source: Source,
    /// Where it begins in the file.
    pub place: Place,
    /// Paths that lead to its page.
    pub redirect_from: Vec<Spanned<String>>,
    /// Whether nothing is wrong with it. What is wrong stands as [`Value::None`].
    pub sound: bool,
}

/// All records of a site.
#[derive(Debug, Default)]
pub struct Records {
    rows: Vec<Vec<Record>>,
    slugs: HashMap<(CollectionId, Arc<str>), Standing>,
    files: HashMap<Arc<str>, Vec<RecordId>>,
    /// The files of drafts, and what they would be.
    drafts: HashMap<Arc<str>, (CollectionId, Arc<str>)>,
    /// Collections of which some records could not be read.
    partial: HashSet<CollectionId>,
}

/// What stands behind a slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Record(RecordId),
    /// A record that is not part of this build.
    Draft,
    /// Perhaps one of the records that could not be read.
    Unread,
}

impl Records {
    /// Checks every document against its collection.
    pub fn check(schema: &Schema, documents: &Documents, inputs: &Inputs) -> (Self, Diagnostics) {
        let (entries, mut diagnostics) = gather::gather(schema, documents);
        let mut slugs = HashMap::new();
        let mut drafts = HashMap::new();
        let mut entries = gather::unique(schema, entries, &mut diagnostics);
        if inputs.drafts == Drafts::Exclude {
            for draft in entries.extract_if(.., |entry| entry.draft) {
                slugs.insert((draft.collection, Arc::clone(&draft.slug)), Standing::Draft);
                drafts.insert(Arc::clone(&draft.source.path), (draft.collection, draft.slug));
            }
        }
        gather::sort(schema, &mut entries);
        let mut counts = vec![0; schema.collections.len()];
        for entry in &entries {
            let count = &mut counts[entry.collection.0];
            let id = RecordId { collection: entry.collection, row: *count };
            slugs.insert((entry.collection, Arc::clone(&entry.slug)), Standing::Record(id));
            *count += 1;
        }
        let partial = documents.partial().filter_map(|path| gather::collection_of(schema, path)).collect();
        let mut records = Self { rows: Vec::new(), slugs, drafts, partial, ..Self::default() };
        records.rows = check::check_all(schema, &records, &entries, &mut diagnostics);
        records.index();
        constraint::unique_fields(schema, &records, &mut diagnostics);
        (records, diagnostics)
    }

    fn index(&mut self) {
        let mut files: HashMap<_, Vec<_>> = HashMap::new();
        for (id, record) in self.iter() {
            files.entry(Arc::clone(&record.source.path)).or_default().push(id);
        }
        self.files = files;
    }

    /// All records, collection by collection.
    pub fn iter(&self) -> impl Iterator<Item = (RecordId, &Record)> {
        self.rows.iter().enumerate().flat_map(|(collection, rows)| {
            let collection = CollectionId(collection);
            rows.iter().enumerate().map(move |(row, record)| (RecordId { collection, row }, record))
        })
    }

    /// The records of a collection, in its order.
    pub fn of(&self, collection: CollectionId) -> &[Record] {
        self.rows.get(collection.0).map_or(&[], Vec::as_slice)
    }

    /// The record of a slug.
    pub fn by_slug(&self, collection: CollectionId, slug: &str) -> Option<RecordId> {
        match self.standing(collection, slug)? {
            Standing::Record(id) => Some(id),
            Standing::Draft | Standing::Unread => None,
        }
    }

    pub(crate) fn standing(&self, collection: CollectionId, slug: &str) -> Option<Standing> {
        let unread = self.partial.contains(&collection).then_some(Standing::Unread);
        self.slugs.get(&(collection, Arc::from(slug))).copied().or(unread)
    }

    pub(crate) fn slugs_of(&self, collection: CollectionId) -> impl Iterator<Item = &str> {
        let mut slugs: Vec<_> = self.slugs.keys().filter(|(of, _)| *of == collection).collect();
        slugs.sort();
        slugs.into_iter().map(|(_, slug)| &**slug)
    }

    /// The records of a content file.
    pub fn by_file(&self, path: &str) -> &[RecordId] {
        self.files.get(path).map_or(&[], Vec::as_slice)
    }

    /// What a content file would be if it were not a draft.
    pub(crate) fn draft(&self, path: &str) -> Option<&(CollectionId, Arc<str>)> {
        self.drafts.get(path)
    }

    /// Whether nothing is wrong with any record.
    pub fn sound(&self) -> bool {
        self.iter().all(|(_, record)| record.sound)
    }
}

impl std::ops::Index<RecordId> for Records {
    type Output = Record;

    fn index(&self, id: RecordId) -> &Record {
        &self.rows[id.collection.0][id.row]
    }
}

impl Record {
    /// The records that it refers to, also from lists and tables.
    pub fn references(&self) -> Vec<RecordId> {
        let mut found = Vec::new();
        let mut left: Vec<_> = self.values.iter().collect();
        while let Some(value) = left.pop() {
            match value {
                Value::Reference(id) => found.push(*id),
                Value::List(values) | Value::Table(values) => left.extend(values),
                _ => {}
            }
        }
        found
    }
}
