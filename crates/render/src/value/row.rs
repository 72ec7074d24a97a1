//! Rows of datasets and queries as templates see them.

use std::sync::Arc;

use sitegen_model::{By, Column, Id, Kept, Key, Kind, Model, RelationId, Rows, Scalar};
use sitegen_parser::Diagnostics;
use tera::value::Key as Name;
use tera::{Map, Value};

use crate::value::Values;

/// A dataset or a query, of which templates ask rows.
#[derive(Debug)]
pub(crate) struct RowSet {
    pub id: RelationId,
    pub columns: Vec<Column>,
    pub key: Key,
    names: Vec<Name<'static>>,
    values: Arc<Values>,
    /// Every row; none if there are so many that each is made when it is asked for.
    made: Option<Kept<Vec<Value>>>,
}

/// The most values of a table whose rows are made at once.
const AT_ONCE: usize = 100_000;

impl RowSet {
    pub(crate) fn new(
        model: &Model,
        id: RelationId,
        key: Key,
        values: &Arc<Values>,
        previous: Option<&Self>,
    ) -> Self {
        let columns = model.schema.columns(id);
        let names = columns.iter().map(|column| Name::from(column.name.clone())).collect();
        let mut table = Self { id, columns, key, names, values: Arc::clone(values), made: None };
        let count = rows(model, id).map_or(0, Rows::len);
        if count * table.columns.len() <= AT_ONCE {
            let from = Id::of(&(table.depends_on(model), count));
            let known = previous.and_then(|previous| previous.made.as_ref());
            let made =
                Kept::or_make(known, By(from, (count, &table, model)), |By(_, (count, table, model))| {
                    ((0..count).map(|row| table.make(model, row)).collect(), Diagnostics::new())
                });
            table.made = Some(made);
        }
        table
    }

    /// Returns the id of everything that the rows depend on: their values, the records that they name, and
    /// the paths of pages.
    fn depends_on(&self, model: &Model) -> Id {
        let kinds = self.columns.iter().filter_map(|column| column.kind.as_ref()).flat_map(Kind::with_inner);
        let targets = kinds.filter_map(|kind| match kind {
            Kind::Reference(target) => Some(self.values.id(*target)),
            _ => None,
        });
        let targets: Vec<_> = targets.collect();
        let rows = model.relations.rows(self.id).map(|relation| relation.id);
        Id::of(&(rows, targets, model.routes.pages_id(), &model.config.base_url.path))
    }

    /// Returns a row: its columns by their names, and the URL of its page if it has one.
    pub(crate) fn row(&self, model: &Model, row: usize) -> Value {
        match &self.made {
            Some(rows) => rows[row].clone(),
            None => self.make(model, row),
        }
    }

    fn make(&self, model: &Model, row: usize) -> Value {
        let mut map = Map::with_capacity(self.names.len() + 1);
        for (column, name) in self.names.iter().enumerate() {
            map.insert(name.clone(), self.value(model, row, column));
        }
        let route = model.routes.of_row(self.id, row);
        map.insert(Name::Str("url"), route.map(|route| model.config.base_url.href(&route.url)).into());
        map.into()
    }

    /// Returns a row's value in a column.
    pub(crate) fn value(&self, model: &Model, row: usize, column: usize) -> Value {
        match rows(model, self.id).map_or(Scalar::Null, |rows| rows.get(row, column)) {
            Scalar::Null => Value::none(),
            Scalar::Bool(value) => value.into(),
            Scalar::Int(value) => value.into(),
            Scalar::Float(value) => number(value),
            Scalar::Reference(id) => self.values.whole(id).clone(),
            Scalar::Text(text) => match &self.columns[column].kind {
                Some(kind) if kind.is_nested() => {
                    let json = serde_json::from_str(text).unwrap_or_default();
                    self.nested(&json, kind, model)
                }
                _ => Value::from(&**text),
            },
        }
    }

    /// Converts a value that SQL sees as JSON. It nests as deep as its type does, or the parser allows.
    fn nested(&self, json: &serde_json::Value, kind: &Kind, model: &Model) -> Value {
        match (json, kind) {
            (serde_json::Value::Array(items), Kind::List(kind)) => {
                items.iter().map(|item| self.nested(item, kind, model)).collect::<Vec<_>>().into()
            }
            (serde_json::Value::Object(entries), Kind::Table(fields)) => {
                let entry = |field: &sitegen_model::Field| {
                    let value = entries.get(&field.name).unwrap_or(&serde_json::Value::Null);
                    (Name::from(field.name.clone()), self.nested(value, &field.kind, model))
                };
                fields.iter().map(entry).collect::<Map>().into()
            }
            (serde_json::Value::Array(items), Kind::Any) => {
                items.iter().map(|item| self.nested(item, kind, model)).collect::<Vec<_>>().into()
            }
            (serde_json::Value::Object(entries), Kind::Any) => {
                let entries = entries.iter();
                entries
                    .map(|(name, value)| (Name::from(name.clone()), self.nested(value, kind, model)))
                    .collect::<Map>()
                    .into()
            }
            (serde_json::Value::String(slug), Kind::Reference(target)) => {
                model.records.by_slug(*target, slug).map(|id| self.values.whole(id).clone()).into()
            }
            (serde_json::Value::String(text), _) => Value::from(text.as_str()),
            (serde_json::Value::Bool(value), _) => (*value).into(),
            (serde_json::Value::Number(value), _) => match value.as_i64() {
                Some(value) => value.into(),
                None => value.as_f64().map(number).into(),
            },
            _ => Value::none(),
        }
    }
}

fn rows(model: &Model, id: RelationId) -> Option<&Rows> {
    model.relations.rows(id).map(|relation| &relation.rows)
}

/// Converts a number. A whole one becomes an integer, because that reads better, and SQL's medians are floats
/// even if they are whole.
pub(crate) fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and at most 2^53")]
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        (value as i64).into()
    } else {
        value.into()
    }
}
