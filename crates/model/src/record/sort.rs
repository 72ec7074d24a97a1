//! Sorts the records of a collection: by its list, then by its sort field, then by name.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::WrittenValue;

use super::gather::UncheckedRecord;
use super::listed::Lists;
use crate::ground::order::natural;
use crate::ground::{CollectionId, TextKey};
use crate::schema::{Collection, Schema};

/// Sorts entries by collection, and within one by its list, by its sort field, then by name. Records of one
/// file keep its order.
pub(super) fn sorted<'a>(
    schema: &Schema,
    lists: &Lists,
    entries: Vec<UncheckedRecord<'a>>,
) -> Vec<UncheckedRecord<'a>> {
    let sections = Sections::of(schema, &entries);
    let mut placed: Vec<_> = entries.into_par_iter().map(|entry| (rank(schema, &entry), entry)).collect();
    placed.par_sort_by(|(rank, entry), (other_rank, other)| {
        let collection = &schema[entry.collection];
        let listed = || {
            let places = (lists.place(entry), lists.place(other));
            places.0.is_none().cmp(&places.1.is_none()).then_with(|| places.0.cmp(&places.1))
        };
        let within = || {
            if collection.sections {
                return sections.order(&entry.order, &other.order, entry.collection, schema);
            }
            let by_name = || natural(single_name(entry), single_name(other));
            order_of(rank.as_ref(), other_rank.as_ref(), collection).then_with(by_name)
        };
        let by_position = || entry.position.cmp(&other.position);
        entry.collection.cmp(&other.collection).then_with(listed).then_with(within).then_with(by_position)
    });
    placed.into_iter().map(|(_, entry)| entry).collect()
}

/// The value that an entry is sorted by.
enum SortValue<'a> {
    Text(TextKey),
    Value(Cow<'a, WrittenValue>),
}

/// Returns the value that an entry is sorted by in its collection; none if it lacks the value.
fn rank<'a>(schema: &Schema, entry: &UncheckedRecord<'a>) -> Option<SortValue<'a>> {
    let collection = &schema[entry.collection];
    let value = match entry.given.field(collection, collection.sort?.field)? {
        Cow::Borrowed(given) => Cow::Borrowed(&given.value),
        Cow::Owned(given) => Cow::Owned(given.value),
    };
    Some(match &*value {
        WrittenValue::String(text) => SortValue::Text(schema.order.key(text)),
        _ => SortValue::Value(value),
    })
}

/// Compares two entries by their sort values; those without one come last.
fn order_of(rank: Option<&SortValue>, other: Option<&SortValue>, collection: &Collection) -> Ordering {
    match (rank, other) {
        (Some(rank), Some(other)) if collection.sort.is_some_and(|sort| sort.descending) => {
            order(other, rank)
        }
        (Some(rank), Some(other)) => order(rank, other),
        (rank, other) => other.is_some().cmp(&rank.is_some()),
    }
}

/// The sort values of records in collections with sections, by name.
struct Sections<'a>(HashMap<(CollectionId, Arc<str>), SortValue<'a>>);

impl<'a> Sections<'a> {
    fn of(schema: &Schema, entries: &[UncheckedRecord<'a>]) -> Self {
        let within = entries.iter().filter(|entry| schema[entry.collection].sections);
        let ranked = |entry: &UncheckedRecord<'a>| {
            Some(((entry.collection, Arc::clone(&entry.order)), rank(schema, entry)?))
        };
        Self(within.filter_map(ranked).collect())
    }

    /// Compares two names by the first folders or files in which they differ. A folder's own record comes
    /// before the folder's other records.
    fn order(&self, name: &str, other: &str, collection: CollectionId, schema: &Schema) -> Ordering {
        let rank = |name: &str| self.0.get(&(collection, name.into()));
        if name.is_empty() || other.is_empty() {
            return name.len().cmp(&other.len());
        }
        for (end, other_end) in ends(name).zip(ends(other)) {
            let (path, other_path) = (&name[..end], &other[..other_end]);
            if path != other_path {
                let by_rank = order_of(rank(path), rank(other_path), &schema[collection]);
                return by_rank.then_with(|| natural(path, other_path));
            }
        }
        name.len().cmp(&other.len())
    }
}

/// Lists the ends of the folders in a path, and last the end of the path itself.
fn ends(path: &str) -> impl Iterator<Item = usize> {
    path.match_indices('/').map(|(at, _)| at).chain([path.len()])
}

/// Returns the sort name of a record with its own file; empty for others, which keep their file's order.
fn single_name<'e>(entry: &'e UncheckedRecord) -> &'e str {
    if entry.position.is_none() { &entry.order } else { "" }
}

/// Compares two values of one type. Values of other types are equal here, and reported when they are checked.
fn order(a: &SortValue, b: &SortValue) -> Ordering {
    let (a, b) = match (a, b) {
        (SortValue::Text(a), SortValue::Text(b)) => return a.cmp(b),
        (SortValue::Value(a), SortValue::Value(b)) => (a, b),
        _ => return Ordering::Equal,
    };
    match (&**a, &**b) {
        (WrittenValue::Int(a), WrittenValue::Int(b)) => a.cmp(b),
        (WrittenValue::Float(a), WrittenValue::Float(b)) => a.total_cmp(b),
        (WrittenValue::Date(a), WrittenValue::Date(b)) => a.cmp(b),
        (WrittenValue::Datetime(a), WrittenValue::Datetime(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}
