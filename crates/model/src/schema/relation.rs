//! Relations: whatever has rows. A collection is what authors write, a dataset what they load, a query what they ask.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sitegen_parser::{Diagnostics, Place};

use super::{Collection, Field, Kind, Schema, errors};
use crate::database::{Affinity, Answered, Database, Description};
use crate::ground::{CollectionId, DatasetId, QueryId, RelationId};

/// A column of a relation.
#[derive(Debug, Clone, Hash)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The type of its values; none if a query computes them without a declared type, so each value has its
    /// own.
    pub kind: Option<Kind>,
    /// True if a row may lack a value, false if none does; none if that is not known, because SQL answers null
    /// whatever is declared.
    pub optional: Option<bool>,
}

impl Column {
    /// Returns the affinity by which its values compare in SQL.
    pub(super) fn affinity(&self) -> Affinity {
        affinity(self.kind.as_ref())
    }
}

/// Returns the affinity by which values of a type compare in SQL. Without a type, each value has its own.
fn affinity(kind: Option<&Kind>) -> Affinity {
    kind.map_or(Affinity::Each, |kind| kind.rules().affinity())
}

/// The columns by which rows are looked up.
#[derive(Debug, Clone, Default, Hash)]
pub struct Key {
    /// The places of the columns, of which any can be asked for.
    pub columns: Vec<usize>,
    /// True if at most one row has a key.
    pub one: bool,
}

/// The relations that a question reads, each with the places of the read columns in its table. If no column
/// of a relation is read, only its rows are counted.
#[derive(Debug, Clone, Default, Hash)]
pub struct Reads(BTreeMap<RelationId, BTreeSet<usize>>);

impl Reads {
    /// The relations.
    pub fn relations(&self) -> impl Iterator<Item = RelationId> {
        self.0.keys().copied()
    }

    /// The relations, and of each the places of its columns.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (RelationId, &BTreeSet<usize>)> {
        self.0.iter().map(|(relation, columns)| (*relation, columns))
    }

    /// Also the rows of this relation.
    #[must_use]
    pub(crate) fn and_rows(mut self, relation: Option<RelationId>) -> Self {
        self.0.extend(
            relation.filter(|relation| !self.0.contains_key(relation)).map(|id| (id, BTreeSet::new())),
        );
        self
    }
}

/// The most columns of a key: rows are indexed by every choice of them.
pub(super) const MAX_KEY: usize = 4;

impl Schema {
    /// Every relation: collections, datasets, queries.
    pub fn relations(&self) -> impl Iterator<Item = RelationId> + use<> {
        let collections = (0..self.collections.len()).map(|id| RelationId::Collection(CollectionId(id)));
        let datasets = (0..self.datasets.len()).map(|id| RelationId::Dataset(DatasetId(id)));
        let queries = (0..self.queries.len()).map(|id| RelationId::Query(QueryId(id)));
        collections.chain(datasets).chain(queries)
    }

    /// A relation by its name. SQL does not tell capitals from small letters, so neither does this.
    pub fn relation(&self, name: &str) -> Option<RelationId> {
        self.relations().find(|id| self.relation_name(*id).eq_ignore_ascii_case(name))
    }

    /// A relation's name.
    pub fn relation_name(&self, id: RelationId) -> &str {
        match id {
            RelationId::Collection(id) => &self[id].name,
            RelationId::Dataset(id) => &self[id].name,
            RelationId::Query(id) => &self[id].name,
        }
    }

    /// Returns the key by which rows of a dataset or a query are looked up; a collection has none, since its records are
    /// looked up by fields.
    pub fn key(&self, id: RelationId) -> Option<&Key> {
        match id {
            RelationId::Collection(_) => None,
            RelationId::Dataset(id) => Some(&self[id].by),
            RelationId::Query(id) => Some(&self[id].by),
        }
    }

    /// Returns the place of a relation's declaration; for a query, its file.
    pub fn relation_place(&self, id: RelationId) -> Place {
        match id {
            RelationId::Collection(id) => self[id].place.clone(),
            RelationId::Dataset(id) => self[id].place.clone(),
            RelationId::Query(id) => Place::file(&self[id].source.path),
        }
    }

    pub(crate) fn relation_names(&self) -> impl Iterator<Item = &str> {
        self.relations().map(|id| self.relation_name(id))
    }

    /// The columns that pages made from a relation have: those of its rows, and of a collection the record itself.
    pub fn columns(&self, id: RelationId) -> Vec<Column> {
        match id {
            RelationId::Collection(id) => {
                let kind = Some(Kind::Reference(id));
                vec![Column { name: self[id].singular.clone(), kind, optional: Some(false) }]
            }
            RelationId::Dataset(id) => {
                let fields = self[id].fields.iter().map(|column| &column.field);
                let column = |field: &Field| Column {
                    name: field.name.clone(),
                    kind: Some(field.kind.clone()),
                    optional: Some(field.optional && field.default.is_none()),
                };
                fields.map(column).collect()
            }
            RelationId::Query(id) => self[id].columns.clone(),
        }
    }

    /// Returns the relations and columns that a question reads, given its description by SQLite.
    pub(crate) fn reads(&self, description: &Description) -> Reads {
        let mut reads: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (table, column) in &description.reads {
            if let Some(relation) = self.relation(table) {
                let columns = reads.entry(relation).or_default();
                columns.extend(self.place_in_table(relation, column));
            }
        }
        Reads(reads)
    }

    /// Returns the place of a column in a relation's table.
    fn place_in_table(&self, relation: RelationId, column: &str) -> Option<usize> {
        let is_it = |name: &str| name.eq_ignore_ascii_case(column);
        match relation {
            RelationId::Collection(id) => self[id].table_columns().iter().position(|(name, _)| is_it(name)),
            RelationId::Dataset(id) => self[id].fields.iter().position(|column| is_it(&column.field.name)),
            RelationId::Query(id) => self[id].columns.iter().position(|column| is_it(&column.name)),
        }
    }

    /// The names that SQL can give to columns.
    pub(crate) fn column_names(&self) -> impl Iterator<Item = &str> {
        let fields = self.collections.iter().flat_map(|collection| &collection.fields);
        let columns = self.datasets.iter().flat_map(|dataset| &dataset.fields).map(|column| &column.field);
        let answers = self.queries.iter().flat_map(|query| &query.columns).map(|column| column.name.as_str());
        fields.chain(columns).map(|field| field.name.as_str()).chain(["slug", "title"]).chain(answers)
    }

    /// Returns the type of an answer's column, if its values come straight from a column of a table.
    pub(crate) fn traced(&self, answered: &Answered) -> Option<Kind> {
        let (table, column) = answered.origin.as_ref()?;
        self.kind_of(table, column, &answered.name)
    }

    /// Returns the type of a table's column that a query answers under the name `answered`.
    ///
    /// A record's slug under another name is the record.
    fn kind_of(&self, table: &str, column: &str, answered: &str) -> Option<Kind> {
        let named = |field: &&Field| field.name == column;
        match self.relation(table)? {
            RelationId::Collection(id) if column == "slug" && answered != "slug" => Some(Kind::Reference(id)),
            RelationId::Collection(id) => match &self[id].fields.iter().find(named)?.kind {
                // SQL sees the text as it was written, which is not yet HTML.
                Kind::Markdown | Kind::Template => Some(Kind::String),
                kind => Some(kind.clone()),
            },
            RelationId::Dataset(id) => {
                let mut fields = self[id].fields.iter().map(|column| &column.field);
                fields.find(named).map(|field| field.kind.clone())
            }
            RelationId::Query(id) => self[id].columns.iter().find(|known| known.name == column)?.kind.clone(),
        }
    }

    /// Makes an empty table for every collection and dataset.
    pub(crate) fn create_tables(&self, database: &mut Database) {
        for collection in &self.collections {
            let columns = collection.table_columns();
            database.create(&collection.name, columns.iter().map(|(name, kind)| (*name, affinity(*kind))));
            database.index(&collection.name, "slug");
        }
        for dataset in &self.datasets {
            let fields = dataset.fields.iter().map(|column| &column.field);
            database.create(
                &dataset.name,
                fields.map(|field| (field.name.as_str(), field.kind.rules().affinity())),
            );
        }
    }

    /// A database with an empty table for every relation.
    pub(crate) fn open_database(&self) -> Database {
        let mut database = Database::open(&self.order);
        self.create_tables(&mut database);
        for query in &self.queries {
            let columns = query.columns.iter();
            database.create(&query.name, columns.map(|column| (column.name.as_str(), column.affinity())));
        }
        database
    }

    /// Reports relations, and columns of one, that SQL could not tell from one another.
    pub(super) fn refuse_equal_names(&self, diagnostics: &mut Diagnostics) {
        let relations = self.relations().map(|id| (self.relation_name(id), self.relation_place(id)));
        refuse_equal("relation", relations, diagnostics);
        let place = |field: &Field| field.place.clone();
        for collection in &self.collections {
            let computed: Vec<_> = collection.computed_columns().collect();
            let is_computed =
                |field: &Field| computed.iter().any(|name| name.eq_ignore_ascii_case(&field.name));
            let (taken, free): (Vec<_>, Vec<_>) =
                collection.fields.iter().partition(|field| is_computed(field));
            let reserved =
                taken.into_iter().map(|field| errors::reserved_name("field", &field.name, place(field)));
            diagnostics.extend(reserved);
            let fields = free.into_iter().map(|field| (field.name.as_str(), place(field)));
            refuse_equal("field", fields, diagnostics);
            refuse_wide(&collection.name, collection.table_columns().len(), &collection.place, diagnostics);
        }
        for dataset in &self.datasets {
            let fields = dataset.fields.iter().map(|column| &column.field);
            refuse_equal("field", fields.map(|field| (field.name.as_str(), place(field))), diagnostics);
            refuse_wide(&dataset.name, dataset.fields.len(), &dataset.place, diagnostics);
        }
    }
}

/// The most columns of a relation: SQLite has no tables of more than twice as many.
pub(crate) const MAX_COLUMNS: usize = 1_000;

fn refuse_wide(name: &str, columns: usize, place: &Place, diagnostics: &mut Diagnostics) {
    if columns > MAX_COLUMNS {
        diagnostics.push(errors::too_many_columns(name, columns, MAX_COLUMNS, place.clone()));
    }
}

fn refuse_equal<'a>(
    what: &str,
    names: impl Iterator<Item = (&'a str, Place)>,
    diagnostics: &mut Diagnostics,
) {
    let mut known: HashMap<String, Place> = HashMap::new();
    for (name, place) in names {
        let key = name.to_ascii_lowercase();
        if is_reserved(name) {
            diagnostics.push(errors::reserved_name(what, name, place));
        } else if let Some(other) = known.get(&key) {
            diagnostics.push(errors::equal_names(what, name, place, other));
        } else {
            known.insert(key, place);
        }
    }
}

/// Returns true if SQL cannot have a table or column of this name.
pub(crate) fn is_reserved(name: &str) -> bool {
    let key = name.to_ascii_lowercase();
    key.is_empty()
        || key.contains('\0')
        || ["json_each", "json_tree"].contains(&key.as_str())
        || ["_rowid_", "sqlite_", "pragma_"].iter().any(|start| key.starts_with(start))
}

impl Collection {
    /// The columns of its table: `slug`, `title`, and one for each field.
    pub(crate) fn table_columns(&self) -> Vec<(&str, Option<&Kind>)> {
        let computed = self.computed_columns().map(|name| (name, Some(&Kind::String)));
        computed.chain(self.fields.iter().map(|field| (field.name.as_str(), Some(&field.kind)))).collect()
    }

    /// Those of its columns that are no fields.
    fn computed_columns(&self) -> impl Iterator<Item = &'static str> {
        let own_title = self.field("title").is_some();
        ["slug", "title"].into_iter().filter(move |name| *name == "slug" || !own_title)
    }
}
