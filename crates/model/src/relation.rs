//! The rows of all relations: loads datasets, runs queries and evaluates the conditions of page families.

mod answer;
mod ask;
pub(crate) mod fill;
mod index;
mod object;
mod table;
pub(crate) mod errors;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{Diagnostics, Place, Source};

use crate::database::{Database, Rows};
use crate::dataset;
use crate::ground::{DatasetId, FamilyId, Id, Kept, QueryId, RelationId};
use crate::read::{File, Inputs};
use crate::record::Records;
use crate::schema::{Column, Key, Kind, Schema};

use self::ask::Asker;
pub(crate) use self::ask::WantedRelations;
pub(crate) use self::object::objections;

pub(crate) use self::answer::read_answer;
pub use self::index::KeyIndex;
pub(crate) use self::table::{column_id, records_as_rows};

/// The rows of datasets and queries, and the answers to the conditions of page families.
#[derive(Debug, Default)]
pub struct Relations {
    datasets: Vec<Kept<Relation>>,
    queries: Vec<Kept<Relation>>,
    gates: Vec<Kept<Gates>>,
    /// The files that datasets are read from, with their ids.
    files: HashMap<Arc<str>, (File, Id)>,
    /// True if everything was loaded and answered, so that a missing row is really missing.
    pub(crate) whole: bool,
}

/// The rows of a dataset or a query.
#[derive(Debug, Default)]
pub struct Relation {
    /// The rows, in the order of the file or the answer.
    pub rows: Rows,
    /// The index from keys to rows.
    pub by: KeyIndex,
    /// The ids of its columns.
    columns: Vec<Id>,
    /// For a dataset, the span of each row in its file.
    spans: Vec<(u32, u32)>,
    /// The text of a data file that was packed or in another encoding, for diagnostics.
    sources: Vec<Source>,
    /// Each file that rows are from, with the number of its first row.
    files: Vec<(usize, Arc<str>)>,
}

/// The conditions of a page family, evaluated for each row. An empty list stands for a condition that is not
/// declared.
#[derive(Debug, Default)]
pub struct Gates {
    publish: Vec<bool>,
    index: Vec<bool>,
}

impl Relations {
    /// Creates relations without rows.
    pub(crate) fn empty(schema: &Schema) -> Self {
        Self {
            datasets: schema.datasets.iter().map(|_| Kept::default()).collect(),
            queries: schema.queries.iter().map(|_| Kept::default()).collect(),
            gates: schema.families.iter().map(|_| Kept::default()).collect(),
            ..Self::default()
        }
    }

    /// Loads the datasets, runs the queries and evaluates the conditions that are wanted, each only if its inputs
    /// changed.
    pub(crate) fn ask(
        schema: &Kept<Schema>,
        records: &Records,
        inputs: &Inputs,
        wanted: &WantedRelations,
        previous: &Self,
    ) -> (Self, Diagnostics) {
        Asker::new(schema, records, inputs, previous).ask(wanted)
    }

    /// Fills the table of a relation in the database.
    pub(crate) fn fill_table(
        &self,
        id: RelationId,
        schema: &Schema,
        records: &Records,
        database: &mut Database,
    ) {
        match id {
            RelationId::Collection(id) => table::fill_collection(id, schema, records, database),
            RelationId::Dataset(id) => {
                let width = schema[id].fields.len();
                table::fill(&schema[id].name, width, &self.datasets[id.0].rows, records, database);
            }
            RelationId::Query(id) => {
                let width = schema[id].columns.len();
                table::fill(&schema[id].name, width, &self.queries[id.0].rows, records, database);
            }
        }
    }

    /// Returns a dataset with its rows.
    pub fn dataset(&self, id: DatasetId) -> &Kept<Relation> {
        &self.datasets[id.0]
    }

    /// Returns a query with its rows.
    pub fn query(&self, id: QueryId) -> &Kept<Relation> {
        &self.queries[id.0]
    }

    /// Returns the evaluated conditions of a family.
    pub fn gates(&self, family: FamilyId) -> &Kept<Gates> {
        &self.gates[family.0]
    }

    /// Returns the rows of a relation; none if it is a collection.
    pub fn rows(&self, id: RelationId) -> Option<&Kept<Relation>> {
        match id {
            RelationId::Collection(_) => None,
            RelationId::Dataset(id) => Some(self.dataset(id)),
            RelationId::Query(id) => Some(self.query(id)),
        }
    }

    /// Returns the number of rows of a relation.
    pub fn count(&self, id: RelationId, records: &Records) -> usize {
        match id {
            RelationId::Collection(id) => records.of(id).len(),
            _ => self.rows(id).map_or(0, |relation| relation.rows.len()),
        }
    }

    /// Hashes all rows and conditions.
    pub(crate) fn id(&self) -> Id {
        let relations = self.datasets.iter().chain(&self.queries).map(|relation| relation.id);
        Id::of_all(relations.chain(self.gates.iter().map(|gates| gates.id)))
    }

    /// Returns the text of a data file, if the file's bytes are not that text.
    pub(crate) fn text(&self, path: &str) -> Option<&Arc<str>> {
        let mut sources = self.datasets.iter().flat_map(|dataset| &dataset.sources);
        sources.find(|source| &*source.path == path).map(|source| &source.text)
    }

    /// Describes a row of a dataset or a query in a few words, for diagnostics.
    pub(crate) fn describe_row(
        &self,
        id: RelationId,
        row: usize,
        schema: &Schema,
        records: &Records,
    ) -> String {
        let rows = self.rows(id).map(|relation| &relation.rows);
        rows.map_or_else(String::new, |rows| describe_row(&schema.columns(id), rows, row, records))
    }

    /// Returns the place of a row: the record, the row in the file, or the query with the row.
    pub fn place(&self, id: RelationId, row: usize, schema: &Schema) -> Place {
        match id {
            RelationId::Dataset(id) => {
                let relation = self.dataset(id);
                let place = dataset::place(&relation.files, &relation.spans, row);
                place.unwrap_or_else(|| schema[id].place.clone())
            }
            other => schema.relation_place(other),
        }
    }
}

impl Relation {
    fn new(rows: Rows, columns: &[Column], by: &Key, records: &Records) -> Self {
        let id = |(place, column): (usize, &Column)| match column.kind {
            // A row number of a collection means the same record only while the collection has the same
            // slugs.
            Some(Kind::Reference(target)) => {
                Id::of(&(rows.column_id(place), records.catalog().order(target)))
            }
            _ => rows.column_id(place),
        };
        let columns = columns.par_iter().enumerate().map(id).collect();
        Self { by: KeyIndex::new(&rows, &by.columns), rows, columns, ..Self::default() }
    }

    /// Returns the id of a column's values; a relation that could not be answered has none.
    pub(crate) fn column_id(&self, column: usize) -> Id {
        self.columns.get(column).copied().unwrap_or_default()
    }
}

fn describe_row(columns: &[Column], rows: &Rows, row: usize, records: &Records) -> String {
    let values: Vec<_> = rows.row(row).map(|value| table::scalar(value, records)).collect();
    errors::describe_row(columns.iter().map(|column| column.name.as_str()).zip(&values))
}

impl Gates {
    /// Returns true if a row has a page.
    pub fn publishes(&self, row: usize) -> bool {
        self.publish.get(row).copied().unwrap_or(true)
    }

    /// Returns true if search engines may list a row's page.
    pub fn indexes(&self, row: usize) -> bool {
        self.index.get(row).copied().unwrap_or(true)
    }

    /// Counts the rows that have no page.
    pub fn unpublished(&self) -> usize {
        self.publish.iter().filter(|holds| !**holds).count()
    }
}
