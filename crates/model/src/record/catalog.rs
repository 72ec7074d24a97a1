//! Which records there are: what stands behind each slug and in each file, before anything is known of their values.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{Diagnostics, composed};

use super::RecordId;
use super::gather::Entry;
use crate::kept::{Id, Kept};
use crate::schema::{CollectionId, Schema};

/// Which records there are.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    /// For each collection, what stands behind each slug.
    slugs: Vec<HashMap<Arc<str>, Standing>>,
    files: HashMap<Arc<str>, Vec<RecordId>>,
    /// The files of drafts, and what they would be.
    drafts: HashMap<Arc<str>, (CollectionId, Arc<str>)>,
    /// Collections of which some records could not be read.
    partial: BTreeSet<CollectionId>,
    /// For each collection, the slugs of its records in their order.
    rows: Vec<Vec<Arc<str>>>,
    /// For each collection, the id of its slugs in their order.
    orders: Vec<Id>,
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

/// How many names are hashed by one thread at a time.
const CHUNK: usize = 512;

impl Catalog {
    /// The catalog of records in their order, and of drafts.
    pub(super) fn of(
        schema: &Kept<Schema>,
        entries: &[Entry],
        drafts: &[Entry],
        partial: BTreeSet<CollectionId>,
        previous: &Kept<Self>,
    ) -> Kept<Self> {
        let some = |entries: &[Entry]| {
            Id::of_all(entries.iter().map(|entry| (entry.collection, &*entry.slug, &*entry.source.path)))
        };
        let names = |entries: &[Entry]| entries.par_chunks(CHUNK).map(some).collect::<Vec<_>>();
        let from = Id::of(&(schema.from, names(entries), names(drafts), &partial));
        Kept::or_make(Some(previous), from, || {
            let mut catalog = Self { partial, ..Self::default() };
            catalog.slugs.resize_with(schema.collections.len(), HashMap::new);
            catalog.rows.resize_with(schema.collections.len(), Vec::new);
            catalog.add_drafts(drafts);
            catalog.add(entries);
            catalog.orders = catalog.orders();
            (catalog, Diagnostics::new())
        })
    }

    fn add_drafts(&mut self, drafts: &[Entry]) {
        for Entry { collection, slug, source, .. } in drafts {
            self.slugs[collection.0].insert(Arc::clone(slug), Standing::Draft);
            self.drafts.insert(Arc::clone(&source.path), (*collection, Arc::clone(slug)));
        }
    }

    fn add(&mut self, entries: &[Entry]) {
        for Entry { collection, slug, source, .. } in entries {
            let rows = &mut self.rows[collection.0];
            let id = RecordId { collection: *collection, row: rows.len() };
            rows.push(Arc::clone(slug));
            self.slugs[collection.0].insert(Arc::clone(slug), Standing::Record(id));
            self.files.entry(Arc::clone(&source.path)).or_default().push(id);
        }
    }

    fn orders(&self) -> Vec<Id> {
        let order = |collection: CollectionId| {
            let drafts: BTreeSet<_> = self.drafts.values().filter(|(of, _)| *of == collection).collect();
            Id::of(&(&self.rows[collection.0], drafts, self.partial.contains(&collection)))
        };
        (0..self.slugs.len()).map(CollectionId).map(order).collect()
    }

    pub(crate) fn standing(&self, collection: CollectionId, slug: &str) -> Option<Standing> {
        let unread = self.partial.contains(&collection).then_some(Standing::Unread);
        self.slugs.get(collection.0)?.get(&*composed(slug)).copied().or(unread)
    }

    pub(crate) fn slug(&self, id: RecordId) -> Option<&str> {
        self.rows.get(id.collection.0)?.get(id.row).map(|slug| &**slug)
    }

    pub(crate) fn by_slug(&self, collection: CollectionId, slug: &str) -> Option<RecordId> {
        match self.standing(collection, slug)? {
            Standing::Record(id) => Some(id),
            Standing::Draft | Standing::Unread => None,
        }
    }

    pub(crate) fn slugs_of(&self, collection: CollectionId) -> impl Iterator<Item = &str> {
        let mut slugs: Vec<_> = self.slugs[collection.0].keys().map(|slug| &**slug).collect();
        slugs.sort_unstable();
        slugs.into_iter()
    }

    pub(crate) fn by_file(&self, path: &str) -> &[RecordId] {
        self.files.get(path).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn draft(&self, path: &str) -> Option<&(CollectionId, Arc<str>)> {
        self.drafts.get(path)
    }

    /// The draft whose fate a file shares that is no record: that of the nearest folder above it that is a record's.
    pub(crate) fn withheld(&self, path: &str) -> Option<&(CollectionId, Arc<str>)> {
        if self.drafts.is_empty() {
            return None;
        }
        folders(path).find_map(|(folder, _)| self.of_folder(folder)).flatten()
    }

    /// The draft that a folder is; nothing in it if its record is none, and nothing if it is no record's.
    #[expect(
        clippy::option_option,
        reason = "a folder of a record ends the search, whether that is a draft or not"
    )]
    fn of_folder(&self, folder: &str) -> Option<Option<&(CollectionId, Arc<str>)>> {
        const FILES: [&str; 7] =
            ["/index.md", "/_index.md", "/README.md", "/index.toml", "/_index.toml", ".md", ".toml"];
        FILES.iter().find_map(|file| {
            let path = format!("{folder}{file}");
            let draft = self.drafts.get(&*path);
            (draft.is_some() || self.files.contains_key(&*path)).then_some(draft)
        })
    }

    /// The id of a collection's slugs in their order: as long as it is the same, each slug means the same record.
    pub(crate) fn order(&self, collection: CollectionId) -> Id {
        self.orders[collection.0]
    }
}

/// The folders above a content file, the nearest first, and its path from each. A collection's own is not among them,
/// since it is no record's.
pub(crate) fn folders(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let folders = path.rmatch_indices('/').map(|(at, _)| (&path[..at], &path[at + 1..]));
    folders.filter(|(folder, _)| folder.matches('/').count() > 1)
}
