//! Resolves the names by which data refers to records: a slug, a title or an alias, in any spelling.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use sitegen_parser::{Diagnostic, Place, loose};

use super::errors;
use crate::ground::{CollectionId, Id, RecordId, Value};
use crate::record::{Record, Records, SlugState};
use crate::schema::{Collection, Dataset, Schema};

/// The field whose texts are additional names of a record.
const ALIASES: &str = "aliases";

/// The names of all records that a dataset can refer to.
pub(super) struct RecordNames(BTreeMap<CollectionId, ByName>);

/// The records of one collection by name. A slug means its record alone; other names can mean several.
#[derive(Default)]
struct ByName {
    records: HashMap<String, Vec<RecordId>>,
    /// Slugs as they are written, tried first because most data spells them exactly.
    slugs: HashMap<Arc<str>, RecordId>,
}

impl RecordNames {
    pub(super) fn new(dataset: &Dataset, schema: &Schema, records: &Records) -> Self {
        let targets = dataset.fields.iter().filter_map(|column| column.field.kind.target());
        Self(targets.map(|target| (target, ByName::new(target, schema, records))).collect())
    }

    /// Finds the record that a name means.
    ///
    /// # Errors
    ///
    /// `unknown-reference`, `ambiguous-reference`, `reference-to-draft`. If the record may be one that could
    /// not be read, there is neither a record nor an error.
    pub(super) fn find(
        &self,
        name: &str,
        target: CollectionId,
        schema: &Schema,
        records: &Records,
        place: &Place,
    ) -> Result<Option<RecordId>, Diagnostic> {
        let names = self.0.get(&target);
        if let Some(id) = names.and_then(|names| names.slugs.get(name)) {
            return Ok(Some(*id));
        }
        let singular = &schema[target].singular;
        let folded = loose(name);
        let known = names.map(|names| &names.records);
        match known.and_then(|known| known.get(&folded)).map(Vec::as_slice) {
            Some([id]) => return Ok(Some(*id)),
            Some(several) => {
                let slugs = several.iter().map(|id| &*records[*id].slug);
                return Err(errors::ambiguous_reference(singular, name, slugs, place.clone()));
            }
            None => {}
        }
        match records.catalog().standing(target, &folded) {
            Some(SlugState::Held(held)) => {
                Err(errors::reference_to_draft(singular, name, held, place.clone()))
            }
            Some(SlugState::Unread) => Ok(None),
            _ => Err(errors::unknown_reference(&schema[target], name, place.clone())),
        }
    }
}

impl ByName {
    fn new(target: CollectionId, schema: &Schema, records: &Records) -> Self {
        let mut names = Self::default();
        let rows = || records.of(target).iter().enumerate();
        let id = |row| RecordId { collection: target, row };
        for (row, record) in rows() {
            names.slugs.insert(Arc::clone(&record.slug), id(row));
            names.records.insert(loose(&record.slug), vec![id(row)]);
        }
        let slugs: HashSet<_> = names.records.keys().cloned().collect();
        for (row, record) in rows() {
            for name in further_names(record, &schema[target]) {
                let name = loose(name);
                let is_slug = slugs.contains(&name);
                let meant = names.records.entry(name).or_default();
                if !is_slug && !meant.contains(&id(row)) {
                    meant.push(id(row));
                }
            }
        }
        names
    }
}

/// Hashes all names that a dataset can use for records.
pub(crate) fn names_id(dataset: &Dataset, schema: &Schema, records: &Records) -> Id {
    let targets: BTreeSet<_> =
        dataset.fields.iter().filter_map(|column| column.field.kind.target()).collect();
    let names = targets.into_iter().map(|target| {
        let names = records.of(target).iter().map(|record| further_names(record, &schema[target]));
        // The singular is hashed because the message about an unknown name contains it.
        let called = &schema[target].singular;
        (target, called, records.catalog().order(target), Id::of_all(names))
    });
    Id::of_all(names)
}

/// Returns a record's names besides its slug: its title and its aliases.
pub(crate) fn further_names<'r>(record: &'r Record, collection: &Collection) -> Vec<&'r str> {
    let aliases = collection.field(ALIASES).map(|field| texts(&record.values[field]));
    [&*record.title].into_iter().chain(aliases.unwrap_or_default()).collect()
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::List(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}
