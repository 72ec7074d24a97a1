//! Relations with their rows: datasets loaded, queries asked, conditions on pages answered.

mod answer;
mod index;
mod table;

use std::collections::BTreeSet;

use sitegen_parser::{Diagnostics, Place, Source};

use crate::database::Database;
use crate::inputs::Inputs;
use crate::record::Records;
use crate::rows::Rows;
use crate::schema::{Column, Condition, DatasetId, FamilyId, QueryId, RelationId, Schema};
use crate::{dataset, errors};

pub(crate) use self::answer::read_answer;
pub use self::index::Index;
pub(crate) use self::table::records_as_rows;

/// The rows of datasets and queries, and which rows of any relation have pages.
#[derive(Debug, Default)]
pub struct Relations {
    datasets: Vec<Relation>,
    queries: Vec<Relation>,
    gates: Vec<Gates>,
    /// Whether everything was loaded and answered, so that rows that are not there are really missing.
    pub(crate) whole: bool,
    /// The texts of data files that were packed or in another encoding, if diagnostics may need them.
    pub(crate) sources: Vec<Source>,
}

/// The rows of a dataset or a query.
#[derive(Debug, Default)]
pub struct Relation {
    /// Its rows, in the order of the file or the answer.
    pub rows: Rows,
    /// Where rows are by the relation's key.
    pub by: Index,
    /// Where each row of a dataset is in its file.
    spans: Vec<(u32, u32)>,
}

/// What the conditions of a family say of each row. An empty list stands for a condition that is not there.
#[derive(Debug, Default)]
pub struct Gates {
    publish: Vec<bool>,
    index: Vec<bool>,
}

impl Relations {
    /// Relations without rows.
    pub(crate) fn empty(schema: &Schema) -> Self {
        Self {
            datasets: schema.datasets.iter().map(|_| Relation::default()).collect(),
            queries: schema.queries.iter().map(|_| Relation::default()).collect(),
            gates: schema.families.iter().map(|_| Gates::default()).collect(),
            ..Self::default()
        }
    }

    /// Loads every dataset and asks every question, each once.
    pub(crate) fn ask(schema: &Schema, records: &Records, inputs: &Inputs) -> (Self, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let mut relations = Self::default();
        for dataset in &schema.datasets {
            let (loaded, found) = dataset::load(dataset, schema, records, inputs);
            diagnostics.extend(found);
            relations.sources.extend(loaded.source);
            relations.datasets.push(Relation::new(loaded.rows, &dataset.by, loaded.spans));
        }
        // A file that no dataset is read from may be one that another misspells.
        if !diagnostics.has_errors() {
            diagnostics.extend(dataset::unused(schema, inputs));
        }
        // What questions to data answer that could not be loaded is no news.
        if diagnostics.has_errors() || !records.sound() {
            let whole = !diagnostics.has_errors() && schema.questions() == 0;
            let datasets = relations.datasets;
            return (
                Self { datasets, whole, sources: relations.sources, ..Self::empty(schema) },
                diagnostics,
            );
        }
        let mut database = schema.open_database();
        let read = schema.read_relations();
        for id in read.iter().filter(|id| !matches!(id, RelationId::Query(_))) {
            relations.fill_table(*id, schema, records, &mut database);
        }
        for (index, query) in schema.queries.iter().enumerate() {
            let answer = answer::ask(query, schema, records, &mut database, &mut diagnostics);
            let relation = Relation::new(answer, &query.by, Vec::new());
            diagnostics.extend(index::refuse_several(query, &relation, |row| {
                describe_row(&query.columns, &relation.rows, row, records)
            }));
            relations.queries.push(relation);
            let id = RelationId::Query(QueryId(index));
            if read.contains(&id) {
                relations.fill_table(id, schema, records, &mut database);
            }
        }
        let gates = schema.families.iter().map(|family| {
            let mut answer = |condition: &Option<Condition>| match condition {
                Some(condition) => {
                    answer::hold(condition, family.from, schema, &mut database, &mut diagnostics)
                }
                None => Vec::new(),
            };
            Gates { publish: answer(&family.publish_if), index: answer(&family.index_if) }
        });
        relations.gates = gates.collect();
        relations.whole = !diagnostics.has_errors();
        (relations, diagnostics)
    }

    /// Fills the table of a relation.
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

    /// A dataset with its rows.
    pub fn dataset(&self, id: DatasetId) -> &Relation {
        &self.datasets[id.0]
    }

    /// A query with its rows.
    pub fn query(&self, id: QueryId) -> &Relation {
        &self.queries[id.0]
    }

    /// What the conditions of a family say.
    pub fn gates(&self, family: FamilyId) -> &Gates {
        &self.gates[family.0]
    }

    /// The rows of a relation that is not a collection.
    pub fn rows(&self, id: RelationId) -> Option<&Relation> {
        match id {
            RelationId::Collection(_) => None,
            RelationId::Dataset(id) => Some(self.dataset(id)),
            RelationId::Query(id) => Some(self.query(id)),
        }
    }

    /// How many rows a relation has.
    pub fn count(&self, id: RelationId, records: &Records) -> usize {
        match id {
            RelationId::Collection(id) => records.of(id).len(),
            _ => self.rows(id).map_or(0, |relation| relation.rows.len()),
        }
    }

    /// A row of a dataset or a query in a few words, for diagnostics.
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

    /// Where a row stands: the record, the row of the file, or the query that answers with it.
    pub fn place(&self, id: RelationId, row: usize, schema: &Schema, inputs: &Inputs) -> Place {
        match id {
            RelationId::Dataset(id) => {
                let (start, end) = self.dataset(id).spans[row];
                let path = dataset::find(&schema[id], inputs).map(|(path, _)| path);
                let span = start as usize..end as usize;
                path.map_or_else(|| schema[id].place.clone(), |path| Place::new(path, &span))
            }
            other => schema.relation_place(other),
        }
    }
}

impl Relation {
    fn new(rows: Rows, by: &crate::schema::Key, spans: Vec<(u32, u32)>) -> Self {
        Self { by: Index::new(&rows, &by.columns), rows, spans }
    }
}

fn describe_row(columns: &[Column], rows: &Rows, row: usize, records: &Records) -> String {
    let values: Vec<_> = rows.row(row).map(|value| table::scalar(value, records)).collect();
    errors::describe_row(columns.iter().map(|column| column.name.as_str()).zip(&values))
}

impl Gates {
    /// Whether a row has a page.
    pub fn publishes(&self, row: usize) -> bool {
        self.publish.get(row).copied().unwrap_or(true)
    }

    /// Whether search engines may list a row's page.
    pub fn indexes(&self, row: usize) -> bool {
        self.index.get(row).copied().unwrap_or(true)
    }

    /// How many rows have no page.
    pub fn unpublished(&self) -> usize {
        self.publish.iter().filter(|holds| !**holds).count()
    }
}

impl Schema {
    fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.families.iter().flat_map(|family| [&family.publish_if, &family.index_if]).flatten()
    }

    /// How many questions there are to the data.
    fn questions(&self) -> usize {
        self.queries.len() + self.conditions().count()
    }

    /// The relations that queries and conditions read.
    fn read_relations(&self) -> BTreeSet<RelationId> {
        let queries = self.queries.iter().flat_map(|query| &query.reads);
        let conditions = self.conditions().flat_map(|condition| &condition.reads);
        queries.chain(conditions).copied().collect()
    }
}
