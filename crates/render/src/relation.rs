//! Relations as templates ask them: rows by a key, looked up and never searched.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sitegen_model::{
    Collection, CollectionId, Field, Id, Kept, Key, Kind, Model, RecordId, RelationId, Value as Known,
};
use sitegen_parser::Diagnostics;
use tera::Value;

use crate::row::Table;
use crate::value::Values;

/// All relations of a site, by name.
#[derive(Debug, Default)]
pub(crate) struct Relations(BTreeMap<String, Relation>);

/// A relation, by what its rows are.
#[derive(Debug)]
pub(crate) enum Relation {
    /// Records of a collection.
    Records(Kept<Collected>),
    /// Rows of a dataset or a query.
    Rows(Table),
}

/// The records of a collection, and where to find those with a key.
#[derive(Debug)]
pub(crate) struct Collected {
    pub rows: Value,
    by_slug: HashMap<Arc<str>, Value>,
    /// For each field that can be a key, the rows of each of its values.
    by_field: HashMap<String, HashMap<String, Value>>,
    /// The rows that refer to a record, by its collection and slug.
    referring: HashMap<(String, Arc<str>), Value>,
}

impl Relations {
    /// Takes over what was made before from the same.
    pub(crate) fn new(model: &Model, values: &Arc<Values>, previous: &Self) -> Self {
        let relations = model.schema.relations().map(|id| {
            let name = model.schema.relation_name(id);
            let known = previous.get(name);
            let table = |key: &Key| {
                let known = known.and_then(|known| match known {
                    Relation::Rows(table) => Some(table),
                    Relation::Records(_) => None,
                });
                Relation::Rows(Table::new(model, id, key.clone(), values, known))
            };
            let relation = match id {
                RelationId::Collection(id) => Relation::Records(collect(model, id, values, known)),
                RelationId::Dataset(dataset) => table(&model.schema[dataset].by),
                RelationId::Query(query) => table(&model.schema[query].by),
            };
            (name.to_owned(), relation)
        });
        Self(relations.collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Relation> {
        self.0.get(name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The rows of all relations that refer to a record.
    pub(crate) fn referring(&self, key: &(String, Arc<str>)) -> Value {
        let rows = self.0.values().filter_map(|relation| match relation {
            Relation::Records(records) => records.referring.get(key)?.as_array(),
            Relation::Rows(_) => None,
        });
        Value::from(rows.flatten().cloned().collect::<Vec<_>>())
    }
}

fn collect(model: &Model, id: CollectionId, values: &Values, known: Option<&Relation>) -> Kept<Collected> {
    let known = known.and_then(|known| match known {
        Relation::Records(records) => Some(records),
        Relation::Rows(_) => None,
    });
    let from = Id::of(&(model.schema.from, id, values.id(id)));
    Kept::or_make(known, from, || (Collected::new(model, id, &model.schema[id], values), Diagnostics::new()))
}

impl Collected {
    fn new(model: &Model, id: CollectionId, collection: &Collection, values: &Values) -> Self {
        let records = model.records.of(id);
        let whole = |row| values.whole(RecordId { collection: id, row }).clone();
        let rows: Vec<_> = (0..records.len()).map(whole).collect();
        let by_slug =
            records.iter().map(|record| Arc::clone(&record.slug)).zip(rows.iter().cloned()).collect();
        let keys = collection.fields.iter().enumerate().filter(|(_, field)| is_key(field));
        let by_field = keys.map(|(position, field)| {
            let keyed = records.iter().zip(&rows).flat_map(|(record, row)| {
                keys_of(&record.values[position], model).into_iter().map(move |key| (key, row.clone()))
            });
            (field.name.clone(), buckets(keyed))
        });
        let referring = records.iter().zip(&rows).flat_map(|(record, row)| {
            let mut targets = record.references.clone();
            targets.sort_unstable();
            targets.dedup();
            targets.into_iter().map(move |target| (record_key(model, target), row.clone()))
        });
        Self { by_slug, by_field: by_field.collect(), referring: buckets(referring), rows: rows.into() }
    }

    pub(crate) fn by_slug(&self, slug: &str) -> Option<&Value> {
        self.by_slug.get(slug)
    }

    pub(crate) fn slugs(&self) -> impl Iterator<Item = &str> {
        let mut slugs: Vec<_> = self.by_slug.keys().map(|slug| &**slug).collect();
        slugs.sort_unstable();
        slugs.into_iter()
    }

    /// The rows whose field is or contains the key; none if the field is no key.
    pub(crate) fn by_field(&self, field: &str, key: &str) -> Option<Value> {
        let rows = self.by_field.get(field)?;
        Some(rows.get(key).cloned().unwrap_or_else(|| Value::from(Vec::<Value>::new())))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let mut keys: Vec<_> = self.by_field.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys.into_iter()
    }

    pub(crate) fn referring(&self, key: &(String, Arc<str>)) -> Value {
        self.referring.get(key).cloned().unwrap_or_else(|| Value::from(Vec::<Value>::new()))
    }
}

fn record_key(model: &Model, id: RecordId) -> (String, Arc<str>) {
    (model.schema[id.collection].name.clone(), Arc::clone(&model.records[id].slug))
}

fn is_key(field: &Field) -> bool {
    let single = |kind: &Kind| {
        matches!(
            kind,
            Kind::String | Kind::Int | Kind::Bool | Kind::Enum(_) | Kind::Reference(_) | Kind::Date
        )
    };
    match &field.kind {
        Kind::List(item) => single(item),
        kind => single(kind),
    }
}

fn keys_of(value: &Known, model: &Model) -> Vec<String> {
    let items = match value {
        Known::List(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    };
    let key = |item: &Known| match item {
        Known::Reference(id) => Some(model.records[*id].slug.to_string()),
        other => other.text(),
    };
    let mut keys: Vec<_> = items.iter().filter_map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn buckets<K: std::hash::Hash + Eq>(rows: impl Iterator<Item = (K, Value)>) -> HashMap<K, Value> {
    let mut buckets: HashMap<K, Vec<Value>> = HashMap::new();
    for (key, row) in rows {
        buckets.entry(key).or_default().push(row);
    }
    buckets.into_iter().map(|(key, rows)| (key, rows.into())).collect()
}
