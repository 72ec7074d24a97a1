//! Relations as templates ask them: rows by a key, looked up and never searched.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_model::{CollectionId, Key, Model, RecordId, RelationId};
use tera::Value;

use crate::value::Values;
use crate::value::row::RowSet;

/// All relations of a site, by name.
#[derive(Debug, Default)]
pub(crate) struct RelationViews(BTreeMap<String, RelationView>);

/// A relation, by the type of its rows.
#[derive(Debug)]
pub(crate) enum RelationView {
    /// Records of a collection.
    Records(Collected),
    /// Rows of a dataset or a query.
    Rows(RowSet),
}

/// The records of a collection.
#[derive(Debug)]
pub(crate) struct Collected {
    pub id: CollectionId,
    /// All records as one list.
    pub rows: Value,
    /// The values of single records.
    values: Arc<Values>,
}

impl RelationViews {
    /// Makes the relations, and reuses the rows whose inputs are the same as before.
    pub(crate) fn new(model: &Model, values: &Arc<Values>, previous: &Self) -> Self {
        let relations = model.schema.relations().map(|id| {
            let name = model.schema.relation_name(id);
            let table = |key: &Key| {
                let known = previous.get(name).and_then(|known| match known {
                    RelationView::Rows(table) => Some(table),
                    RelationView::Records(_) => None,
                });
                RelationView::Rows(RowSet::new(model, id, key.clone(), values, known))
            };
            let relation = match id {
                RelationId::Collection(id) => RelationView::Records(Collected::new(model, id, values)),
                RelationId::Dataset(dataset) => table(&model.schema[dataset].by),
                RelationId::Query(query) => table(&model.schema[query].by),
            };
            (name.to_owned(), relation)
        });
        Self(relations.collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&RelationView> {
        self.0.get(name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Lists the collections, in the order of their names.
    pub(crate) fn collections(&self) -> impl Iterator<Item = &Collected> {
        self.0.values().filter_map(|relation| match relation {
            RelationView::Records(records) => Some(records),
            RelationView::Rows(_) => None,
        })
    }
}

impl Collected {
    fn new(model: &Model, id: CollectionId, values: &Arc<Values>) -> Self {
        let rows = 0..model.records.of(id).len();
        let rows = rows.map(|row| values.whole(RecordId { collection: id, row }).clone());
        Self { id, rows: rows.collect::<Vec<_>>().into(), values: Arc::clone(values) }
    }

    /// Returns the value of a record.
    pub(crate) fn row(&self, row: usize) -> &Value {
        self.values.whole(RecordId { collection: self.id, row })
    }
}
