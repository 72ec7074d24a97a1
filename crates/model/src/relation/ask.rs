//! Loads datasets, runs queries and evaluates conditions, each only if its inputs changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sitegen_parser::Diagnostics;

use super::{Gates, Relation, Relations, answer, describe_row, index, table};
use crate::database::Database;
use crate::dataset;
use crate::ground::{By, DatasetId, Id, Kept, QueryId, RelationId};
use crate::read::{File, Inputs};
use crate::record::Records;
use crate::schema::{Column, Condition, Family, Kind, Reads, Schema};

/// The relations whose rows are wanted.
pub(crate) enum WantedRelations {
    /// All of them, and the conditions of page families.
    All,
    /// These, and no conditions.
    These(BTreeSet<RelationId>),
}

impl WantedRelations {
    /// The relations that some are answered from, and these themselves.
    pub(crate) fn behind(schema: &Schema, wanted: impl IntoIterator<Item = RelationId>) -> Self {
        let mut left: Vec<_> = wanted.into_iter().collect();
        let mut found = BTreeSet::new();
        while let Some(relation) = left.pop() {
            if let (true, RelationId::Query(id)) = (found.insert(relation), relation) {
                left.extend(schema[id].reads.relations());
            }
        }
        Self::These(found)
    }

    fn has(&self, relation: RelationId) -> bool {
        match self {
            Self::All => true,
            Self::These(relations) => relations.contains(&relation),
        }
    }
}

/// Answers all queries and conditions of one build.
pub(super) struct Asker<'a> {
    schema: &'a Kept<Schema>,
    records: &'a Records,
    inputs: &'a Inputs,
    previous: &'a Relations,
    known: Relations,
    /// The database with the tables that were needed so far; none before the first query.
    database: Option<Database>,
    filled: BTreeSet<RelationId>,
    /// The ids of columns of collections that were needed so far.
    columns: BTreeMap<(RelationId, usize), Id>,
}

impl<'a> Asker<'a> {
    pub(super) fn new(
        schema: &'a Kept<Schema>,
        records: &'a Records,
        inputs: &'a Inputs,
        previous: &'a Relations,
    ) -> Self {
        Self {
            schema,
            records,
            inputs,
            previous,
            known: Relations::default(),
            database: None,
            filled: BTreeSet::new(),
            columns: BTreeMap::new(),
        }
    }

    /// Loads datasets, runs queries and evaluates conditions, each once and only if it is wanted.
    pub(super) fn ask(mut self, wanted: &WantedRelations) -> (Relations, Diagnostics) {
        let mut diagnostics = self.load(wanted);
        let is_all = matches!(wanted, WantedRelations::All);
        // A data file that no dataset uses is reported only without other errors, because a misspelled name
        // may cause both.
        if !diagnostics.has_errors() && is_all {
            diagnostics.extend(dataset::unused(self.schema, self.inputs));
        }
        // Queries over incomplete data are not run, because their errors would only follow from those of the
        // data.
        if diagnostics.has_errors() || !self.records.sound() {
            let whole = !diagnostics.has_errors() && self.schema.questions() == 0;
            let Relations { datasets, files, .. } = self.known;
            return (Relations { datasets, files, whole, ..Relations::empty(self.schema) }, diagnostics);
        }
        for id in (0..self.schema.queries.len()).map(QueryId) {
            let is_wanted = wanted.has(RelationId::Query(id));
            let answer = if is_wanted { self.query(id) } else { Kept::default() };
            diagnostics.extend(answer.diagnostics.iter().cloned());
            self.known.queries.push(answer);
        }
        for (index, family) in self.schema.families.iter().enumerate() {
            let gates = if is_all { self.gates(index, family) } else { Kept::default() };
            diagnostics.extend(gates.diagnostics.iter().cloned());
            self.known.gates.push(gates);
        }
        self.known.whole = !diagnostics.has_errors();
        (self.known, diagnostics)
    }

    fn load(&mut self, wanted: &WantedRelations) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        for id in (0..self.schema.datasets.len()).map(DatasetId) {
            if !wanted.has(RelationId::Dataset(id)) {
                self.known.datasets.push(Kept::default());
                continue;
            }
            let dataset = &self.schema[id];
            let found = dataset::find_all(dataset, self.inputs);
            let found = found.into_iter().map(|found| (found.path, found.file));
            let mut read: Vec<_> = found.map(|(path, file)| self.file(path, file)).collect();
            if read.is_empty() {
                let unread = dataset::find_unread(dataset, self.inputs);
                read.extend(unread.map(|(path, file)| self.file(path, file)));
            }
            let files = dataset::data_files(self.inputs).collect::<Vec<_>>();
            let names = dataset::names_id(dataset, self.schema, self.records);
            let schema: &Schema = self.schema;
            let seen = (
                By(Id::of(&(id, dataset)), (schema, id)),
                By(names, self.records),
                By(Id::of(&(read, files)), self.inputs),
            );
            let known = self.previous.datasets.get(id.0);
            let loaded =
                Kept::or_make(known, seen, |(By(_, (schema, id)), By(_, records), By(_, inputs))| {
                    load(id, schema, records, inputs)
                });
            diagnostics.extend(loaded.diagnostics.iter().cloned());
            self.known.datasets.push(loaded);
        }
        diagnostics
    }

    /// Hashes the names and columns of the tables that a query reads.
    fn tables(&self, reads: &Reads) -> Id {
        let tables = reads.relations().map(|relation| match relation {
            RelationId::Collection(id) => Id::of(&self.schema[id]),
            RelationId::Dataset(id) => Id::of(&self.schema[id]),
            RelationId::Query(id) => Id::of(&(&self.schema[id].name, &self.schema[id].columns)),
        });
        // The order of texts is part of it, because queries sort and compare by it.
        Id::of(&(&*self.schema.order, tables.collect::<Vec<_>>()))
    }

    /// Returns the id of a file. The file is hashed only if it changed.
    fn file(&mut self, path: &Arc<str>, file: &File) -> Id {
        let known = self.previous.files.get(path).filter(|(known, _)| known.is_same(file));
        let id = known.map_or_else(|| Id::of(&(path, file)), |(_, id)| *id);
        self.known.files.insert(Arc::clone(path), (file.clone(), id));
        id
    }

    fn query(&mut self, id: QueryId) -> Kept<Relation> {
        let schema = self.schema;
        let query = &schema[id];
        let slugs: Vec<_> = query.columns.iter().filter_map(|column| self.slugs(column)).collect();
        let from = Id::of(&((id, query), self.tables(&query.reads), self.content(&query.reads), slugs));
        let previous = self.previous;
        Kept::or_make(previous.queries.get(id.0), By(from, (query, self)), |By(_, (query, asker))| {
            let over = asker.fill(&query.reads);
            let (schema, records) = (asker.schema, asker.records);
            let database = asker.database.as_mut().expect("it is open once tables are filled");
            let (rows, mut found) = answer::ask(query, over, schema, records, database);
            let relation = Relation::new(rows, &query.columns, &query.by, records);
            found.extend(index::refuse_several(query, &relation, |row| {
                describe_row(&query.columns, &relation.rows, row, records)
            }));
            (relation, found)
        })
    }

    fn gates(&mut self, index: usize, family: &Family) -> Kept<Gates> {
        let conditions = [&family.publish_if, &family.index_if];
        let content = conditions.map(|condition| {
            let reads = &condition.as_ref()?.reads;
            Some((self.tables(reads), self.content(reads)))
        });
        let from = Id::of(&(index, family.from, conditions, content));
        let previous = self.previous;
        Kept::or_make(previous.gates.get(index), By(from, (family, self)), |By(_, (family, asker))| {
            let mut found = Diagnostics::new();
            let [publish, index] = [&family.publish_if, &family.index_if].map(|condition| {
                let (holds, problems) =
                    condition.as_ref().map(|condition| asker.hold(condition, family)).unwrap_or_default();
                found.extend(problems);
                holds
            });
            (Gates { publish, index }, found)
        })
    }

    fn hold(&mut self, condition: &Condition, family: &Family) -> (Vec<bool>, Diagnostics) {
        let over = self.fill(&condition.reads);
        let database = self.database.as_mut().expect("it is open once tables are filled");
        answer::hold(condition, family.from, over, self.schema, database)
    }

    /// Hashes the values that a query sees in the relations that it reads.
    fn content(&mut self, reads: &Reads) -> Id {
        let relations = reads.iter().map(|(relation, columns)| {
            let columns: Vec<_> = columns.iter().map(|column| self.column(relation, *column)).collect();
            (relation, self.known.count(relation, self.records), columns)
        });
        Id::of_all(relations.collect::<Vec<_>>())
    }

    fn column(&mut self, relation: RelationId, column: usize) -> Id {
        match (relation, self.known.rows(relation)) {
            (_, Some(rows)) => rows.column_id(column),
            (RelationId::Collection(collection), None) => {
                let make = || table::column_id(collection, column, self.schema, self.records);
                *self.columns.entry((relation, column)).or_insert_with(make)
            }
            (_, None) => Id::default(),
        }
    }

    fn slugs(&self, column: &Column) -> Option<Id> {
        match column.kind {
            Some(Kind::Reference(target)) => Some(self.records.catalog().order(target)),
            _ => None,
        }
    }

    /// Fills the tables that a query reads, and returns the number of their rows.
    fn fill(&mut self, reads: &Reads) -> usize {
        let database = self.database.get_or_insert_with(|| self.schema.open_database());
        for relation in reads.relations() {
            if self.filled.insert(relation) {
                self.known.fill_table(relation, self.schema, self.records, database);
            }
        }
        reads.relations().map(|relation| self.known.count(relation, self.records)).sum()
    }
}

/// Loads a dataset.
fn load(id: DatasetId, schema: &Schema, records: &Records, inputs: &Inputs) -> (Relation, Diagnostics) {
    let dataset = &schema[id];
    let (loaded, found) = dataset::load(dataset, schema, records, inputs);
    let columns = schema.columns(RelationId::Dataset(id));
    let mut relation = Relation::new(loaded.rows, &columns, &dataset.by, records);
    (relation.spans, relation.sources, relation.files) = (loaded.spans, loaded.sources, loaded.files);
    (relation, found)
}
