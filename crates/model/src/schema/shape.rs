//! The relations as questions see them: tables with typed columns and keys.

use sitegen_parser::{Place, Span};

use super::{Key, Kind, Schema};
use crate::ground::{CollectionId, RelationId};
use crate::question::{Analysis, Domain, QuestionScope, Share, TableShape, analyze};

impl Schema {
    /// Analyzes a question that SQLite has prepared. `place` says where a part of it stands.
    pub(super) fn analyze(&self, sql: &str, place: &dyn Fn(&Span) -> Place) -> Analysis {
        let table = |name: &str| self.relation(name).map(|relation| self.shape(relation));
        let record = |collection: CollectionId| self[collection].name.clone();
        analyze(sql, QuestionScope { table: &table, record: &record, place })
    }

    fn shape(&self, relation: RelationId) -> TableShape {
        match relation {
            RelationId::Collection(id) => {
                let collection = &self[id];
                let columns = collection.table_columns().into_iter();
                let columns = columns.map(|(name, kind)| (name.to_owned(), domain(kind)));
                let mut columns: Vec<_> = columns.collect();
                columns[0].1 = Domain::Slug(id);
                let computed = columns.len() - collection.fields.len();
                let unique =
                    collection.fields.iter().enumerate().filter(|(_, field)| field.constraints.unique);
                let unique = unique.map(|(field, _)| vec![computed + field]);
                TableShape { columns, keys: std::iter::once(vec![0]).chain(unique).collect() }
            }
            RelationId::Dataset(id) => {
                let dataset = &self[id];
                let fields = dataset.fields.iter().map(|column| &column.field);
                let columns =
                    fields.clone().map(|field| (field.name.clone(), domain(Some(&field.kind)))).collect();
                let unique = fields.enumerate().filter(|(_, field)| field.constraints.unique);
                let mut keys: Vec<_> = unique.map(|(field, _)| vec![field]).collect();
                keys.extend(Some(dataset.unique.clone()).filter(|key| !key.is_empty()));
                keys.extend(declared(&dataset.by));
                TableShape { columns, keys }
            }
            RelationId::Query(id) => {
                let query = &self[id];
                let columns = query.columns.iter();
                let columns =
                    columns.map(|column| (column.name.clone(), domain(column.kind.as_ref()))).collect();
                TableShape { columns, keys: query.keys.iter().cloned().chain(declared(&query.by)).collect() }
            }
        }
    }

    /// Returns the share of all questions that is known before they are asked.
    pub fn understood(&self) -> Share {
        let queries = self.queries.iter().map(|query| query.seen);
        queries.chain(self.conditions().map(|condition| condition.seen)).sum()
    }
}

/// The columns of a key that at most one row has.
fn declared(key: &Key) -> Option<Vec<usize>> {
    (key.one && !key.columns.is_empty()).then(|| key.columns.clone())
}

/// The type of a column's values in SQL.
fn domain(kind: Option<&Kind>) -> Domain {
    match kind {
        None | Some(Kind::Any) => Domain::Unknown,
        Some(Kind::String | Kind::Markdown | Kind::Template) => Domain::Text,
        Some(Kind::Int) => Domain::Int,
        Some(Kind::Float) => Domain::Float,
        Some(Kind::Bool) => Domain::Bool,
        Some(Kind::Date) => Domain::Date,
        Some(Kind::Datetime) => Domain::Datetime,
        Some(Kind::Duration) => Domain::Duration,
        Some(Kind::Url) => Domain::Url,
        Some(Kind::Path) => Domain::Path,
        Some(Kind::Enum(words)) => Domain::Choice(words.clone()),
        Some(Kind::Reference(target)) => Domain::Record(*target),
        Some(Kind::List(item)) => Domain::List(Box::new(domain(Some(item)))),
        Some(Kind::Table(fields)) => {
            let fields = fields.iter().map(|field| (field.name.clone(), domain(Some(&field.kind))));
            Domain::Table(fields.collect())
        }
    }
}

/// The type of a column of an answer, by what its term can be; none if values say their own.
pub(super) fn kind(domain: &Domain) -> Option<Kind> {
    Some(match domain {
        // A comparison stays the number 0 or 1, with which templates may calculate.
        Domain::Unknown | Domain::Null | Domain::Number | Domain::Truth | Domain::Table(_) => return None,
        Domain::Int => Kind::Int,
        Domain::Float => Kind::Float,
        Domain::Bool => Kind::Bool,
        Domain::Duration => Kind::Duration,
        Domain::Text | Domain::Digits | Domain::Slug(_) => Kind::String,
        Domain::Date => Kind::Date,
        Domain::Datetime => Kind::Datetime,
        Domain::Url => Kind::Url,
        Domain::Path => Kind::Path,
        Domain::Choice(words) => Kind::Enum(words.clone()),
        Domain::Record(target) => Kind::Reference(*target),
        Domain::List(item) => Kind::List(Box::new(kind(item)?)),
    })
}
