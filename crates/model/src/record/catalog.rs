//! The catalog of all slugs and files, known before any value is checked, so that references are resolved at
//! once.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{Date, Diagnostics, composed};

use super::gather::UncheckedRecord;
use crate::ground::{By, CollectionId, Id, Kept, RecordId};
use crate::read::{Content, INDEXES};
use crate::schema::Schema;

/// The slugs and files of all records.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    /// For each collection, the record or draft of each slug.
    slugs: Vec<HashMap<Arc<str>, SlugState>>,
    files: HashMap<Arc<str>, Vec<RecordId>>,
    /// The records that are held back, by file: their collection and slug, and the reason.
    held: HashMap<Arc<str>, (CollectionId, Arc<str>, HoldReason)>,
    /// The collections of which some records could not be read.
    partial: BTreeSet<CollectionId>,
    /// For each collection, the slugs of its records in their order.
    rows: Vec<Vec<Arc<str>>>,
    /// For each collection, the id of its slugs in their order.
    orders: Vec<Id>,
}

/// The state of the record with a slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlugState {
    Record(RecordId),
    /// The record is not part of this build.
    Held(HoldReason),
    /// The record may be one of those that could not be read.
    Unread,
}

/// The reason why a record is not part of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum HoldReason {
    /// The author marks the record as a draft.
    Draft,
    /// The record is to be published on a later day.
    Until(Date),
}

/// The number of names that one thread hashes at a time.
const CHUNK: usize = 512;

impl Catalog {
    /// Builds the catalog of records in their order, and of drafts.
    pub(super) fn of(
        schema: &Schema,
        entries: &[UncheckedRecord],
        drafts: &[UncheckedRecord],
        partial: BTreeSet<CollectionId>,
        previous: &Kept<Self>,
    ) -> Kept<Self> {
        let some = |entries: &[UncheckedRecord]| {
            Id::of_all(
                entries.iter().map(|entry| (entry.collection, &*entry.slug, &*entry.source.path, entry.held)),
            )
        };
        let names = |entries: &[UncheckedRecord]| entries.par_chunks(CHUNK).map(some).collect::<Vec<_>>();
        let collections = schema.collections.len();
        let (entries, drafts) = (By(Id::of(&names(entries)), entries), By(Id::of(&names(drafts)), drafts));
        let inputs = (collections, entries, drafts, partial);
        Kept::or_make(Some(previous), inputs, |(collections, By(_, entries), By(_, drafts), partial)| {
            let mut catalog = Self { partial, ..Self::default() };
            catalog.slugs.resize_with(collections, HashMap::new);
            catalog.rows.resize_with(collections, Vec::new);
            catalog.add_drafts(drafts);
            catalog.add(entries);
            catalog.orders = catalog.orders();
            (catalog, Diagnostics::new())
        })
    }

    fn add_drafts(&mut self, drafts: &[UncheckedRecord]) {
        for UncheckedRecord { collection, slug, source, held, .. } in drafts {
            let Some(held) = *held else { continue };
            self.slugs[collection.0].insert(Arc::clone(slug), SlugState::Held(held));
            self.held.insert(Arc::clone(&source.path), (*collection, Arc::clone(slug), held));
        }
    }

    fn add(&mut self, entries: &[UncheckedRecord]) {
        for UncheckedRecord { collection, slug, source, .. } in entries {
            let rows = &mut self.rows[collection.0];
            let id = RecordId { collection: *collection, row: rows.len() };
            rows.push(Arc::clone(slug));
            self.slugs[collection.0].insert(Arc::clone(slug), SlugState::Record(id));
            self.files.entry(Arc::clone(&source.path)).or_default().push(id);
        }
    }

    fn orders(&self) -> Vec<Id> {
        let order = |collection: CollectionId| {
            let drafts: BTreeSet<_> = self.held.values().filter(|(of, ..)| *of == collection).collect();
            Id::of(&(&self.rows[collection.0], drafts, self.partial.contains(&collection)))
        };
        (0..self.slugs.len()).map(CollectionId).map(order).collect()
    }

    pub(crate) fn standing(&self, collection: CollectionId, slug: &str) -> Option<SlugState> {
        let unread = self.partial.contains(&collection).then_some(SlugState::Unread);
        self.slugs.get(collection.0)?.get(&*composed(slug)).copied().or(unread)
    }

    /// Returns true if some records could not be read.
    pub(crate) fn is_partial(&self) -> bool {
        !self.partial.is_empty()
    }

    /// Returns true if some records of a collection could not be read.
    pub(crate) fn lacks_some_of(&self, collection: CollectionId) -> bool {
        self.partial.contains(&collection)
    }

    pub(crate) fn slug(&self, id: RecordId) -> Option<&str> {
        self.rows.get(id.collection.0)?.get(id.row).map(|slug| &**slug)
    }

    pub(crate) fn by_slug(&self, collection: CollectionId, slug: &str) -> Option<RecordId> {
        match self.standing(collection, slug)? {
            SlugState::Record(id) => Some(id),
            SlugState::Held(_) | SlugState::Unread => None,
        }
    }

    /// Lists the files that hold records.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|path| &**path)
    }

    pub(crate) fn by_file(&self, path: &str) -> &[RecordId] {
        self.files.get(path).map_or(&[], Vec::as_slice)
    }

    /// Finds the record of a file that is held back, with the reason.
    pub(crate) fn held(&self, path: &str) -> Option<&(CollectionId, Arc<str>, HoldReason)> {
        self.held.get(path)
    }

    /// Finds the draft with which a file that is no record is held back: the nearest folder above it that is
    /// a record's, if that record is a draft.
    pub(crate) fn withheld(
        &self,
        path: &str,
        (schema, content): (&Schema, &Content),
    ) -> Option<&(CollectionId, Arc<str>, HoldReason)> {
        if self.held.is_empty() {
            return None;
        }
        folders(path, schema, content).find_map(|(folder, _)| self.of_folder(folder)).flatten()
    }

    /// Finds the record of a folder: `Some(Some(_))` if it is a draft, `Some(None)` if it is published,
    /// `None` if there is none.
    #[expect(
        clippy::option_option,
        reason = "a folder of a record ends the search, whether that is a draft or not"
    )]
    fn of_folder(&self, folder: &str) -> Option<Option<&(CollectionId, Arc<str>, HoldReason)>> {
        const OTHERS: [&str; 5] = ["/index.toml", "/_index.toml", ".md", ".markdown", ".toml"];
        let indexes = INDEXES.iter().map(|index| format!("{folder}/{index}"));
        indexes.chain(OTHERS.iter().map(|other| format!("{folder}{other}"))).find_map(|path| {
            let draft = self.held.get(&*path);
            (draft.is_some() || self.files.contains_key(&*path)).then_some(draft)
        })
    }

    /// Returns the id of a collection's slugs in their order. While it is the same, each row is the same
    /// record.
    pub(crate) fn order(&self, collection: CollectionId) -> Id {
        self.orders[collection.0]
    }
}

/// Lists the folders above a content file, the nearest first, each with the file's path from there. A
/// collection's own folder ends the list, because it is not a record's.
pub(crate) fn folders<'p>(
    path: &'p str,
    schema: &Schema,
    content: &Content,
) -> impl Iterator<Item = (&'p str, &'p str)> {
    let folders = path.rmatch_indices('/').map(|(at, _)| (&path[..at], &path[at + 1..]));
    let is_records = |name: &str| !name.is_empty() && schema.of_folder(name).is_none();
    folders.take_while(move |(folder, _)| content.name(folder).is_some_and(|name| is_records(&name)))
}
