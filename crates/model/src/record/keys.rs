//! Indexes from field values, and from referred records, to the records of a collection.

use std::collections::HashMap;

use sitegen_parser::{Diagnostics, composed};

use super::{Catalog, Record};
use crate::ground::{By, CollectionId, Id, Kept, RecordId, Value};
use crate::schema::{Collection, Field};

/// The indexes of one collection.
#[derive(Debug, Default)]
pub(crate) struct RecordIndex {
    /// For each field that has an index, the rows of each of its values.
    by_field: Vec<Option<HashMap<String, Vec<u32>>>>,
    referring: HashMap<RecordId, Vec<u32>>,
}

impl RecordIndex {
    /// Builds the indexes of a collection, unless its records have the same keys as before.
    pub(super) fn of(
        id: CollectionId,
        collection: &Collection,
        records: &[Kept<Record>],
        catalog: &Kept<Catalog>,
        previous: Option<&Kept<Self>>,
    ) -> Kept<Self> {
        let keyed = Id::of_all(records.iter().map(|record| record.keyed));
        // The collection is an input because it declares which fields have an index.
        let seen = (By(Id::of(&(id, collection)), collection), By(keyed, records), catalog.by());
        Kept::or_make(previous, seen, |(By(_, collection), By(_, records), By(_, catalog))| {
            (Self::new(collection, records, catalog), Diagnostics::new())
        })
    }

    fn new(collection: &Collection, records: &[Kept<Record>], catalog: &Catalog) -> Self {
        let by_field = collection.fields.iter().enumerate().map(|(place, field)| {
            field.is_key().then(|| buckets(records.iter().map(|record| keys(&record.values[place], catalog))))
        });
        let referring = records.iter().map(|record| {
            let mut targets = record.references.clone();
            targets.sort_unstable();
            targets.dedup();
            targets
        });
        Self { by_field: by_field.collect(), referring: buckets(referring) }
    }

    /// Finds the rows whose field is or contains a key, in their order; none if the field has no index.
    pub(super) fn by_field(&self, field: usize, key: &str) -> Option<&[u32]> {
        let rows = self.by_field.get(field)?.as_ref()?;
        Some(rows.get(&*composed(key)).map_or(&[], Vec::as_slice))
    }

    /// Finds the rows that refer to a record, in their order.
    pub(super) fn referring(&self, target: RecordId) -> &[u32] {
        self.referring.get(&target).map_or(&[], Vec::as_slice)
    }
}

/// Hashes all keys by which a record is found.
pub(super) fn id(fields: &[Field], values: &[Value], references: &[RecordId], catalog: &Catalog) -> Id {
    let keyed = fields.iter().zip(values).filter(|(field, _)| field.is_key());
    Id::of(&(keyed.map(|(_, value)| keys(value, catalog)).collect::<Vec<_>>(), references))
}

/// Lists the keys by which a value is found: a reference by the slug, anything else by its text.
fn keys(value: &Value, catalog: &Catalog) -> Vec<String> {
    let items = match value {
        Value::List(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    };
    let key = |item: &Value| match item {
        Value::Reference(id) => catalog.slug(*id).map(str::to_owned),
        other => other.text().map(|text| composed(&text).into_owned()),
    };
    let mut keys: Vec<_> = items.iter().filter_map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn buckets<K: std::hash::Hash + Eq>(rows: impl Iterator<Item = Vec<K>>) -> HashMap<K, Vec<u32>> {
    let mut buckets: HashMap<K, Vec<u32>> = HashMap::new();
    for (row, keys) in (0..).zip(rows) {
        for key in keys {
            buckets.entry(key).or_default().push(row);
        }
    }
    buckets
}
