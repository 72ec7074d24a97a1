//! Converts records and rows to the tables that SQL sees.

use serde_json::{Map, Value as Json};
use sitegen_parser::WrittenValue as Any;

use crate::database::{Builder, Database, Rows};
use crate::ground::{CollectionId, Given, Id, Scalar, Value};
use crate::record::{Record, Records};
use crate::schema::{Collection, Field, Kind, Schema};

/// Fills the table of a collection with its records.
pub(super) fn fill_collection(id: CollectionId, schema: &Schema, records: &Records, database: &mut Database) {
    let table = CollectionTable::new(&schema[id], records);
    let rows = records.of(id);
    database.fill(&table.collection.name, table.width(), rows.len(), |row, column| {
        table.cell(&rows[row], column)
    });
}

/// Returns the records of a collection as the rows of its table.
pub(crate) fn records_as_rows(id: CollectionId, schema: &Schema, records: &Records) -> Rows {
    let table = CollectionTable::new(&schema[id], records);
    let mut rows = Builder::new(table.width());
    for record in records.of(id) {
        for column in 0..table.width() {
            rows.push(&table.cell(record, column));
        }
    }
    rows.finish()
}

/// Hashes the values in a column of a collection's table.
pub(crate) fn column_id(id: CollectionId, column: usize, schema: &Schema, records: &Records) -> Id {
    let table = CollectionTable::new(&schema[id], records);
    Id::of_all(records.of(id).iter().map(|record| table.cell(record, column)))
}

/// A collection's table: the computed columns come first, then the fields.
struct CollectionTable<'r> {
    collection: &'r Collection,
    records: &'r Records,
    computed: usize,
}

impl<'r> CollectionTable<'r> {
    fn new(collection: &'r Collection, records: &'r Records) -> Self {
        let computed = collection.table_columns().len() - collection.fields.len();
        Self { collection, records, computed }
    }

    fn width(&self) -> usize {
        self.computed + self.collection.fields.len()
    }

    fn cell(&self, record: &'r Record, column: usize) -> Given<'r> {
        match column.checked_sub(self.computed) {
            Some(field) => value(&record.values[field], &self.collection.fields[field].kind, self.records),
            None => Given::Text(computed_column(record, column).into()),
        }
    }
}

fn computed_column(record: &Record, column: usize) -> &str {
    if column == 0 { &record.slug } else { &record.title }
}

/// Fills the table of a dataset or a query with its rows.
pub(super) fn fill(name: &str, width: usize, rows: &Rows, records: &Records, database: &mut Database) {
    database.fill(name, width, rows.len(), |row, column| scalar(rows.get(row, column), records));
}

/// Converts a row's value for SQL, which sees a reference as its slug.
pub(crate) fn scalar<'r>(scalar: Scalar<'r>, records: &'r Records) -> Given<'r> {
    match scalar {
        Scalar::Reference(id) => Given::Text((&*records[id].slug).into()),
        other => other.into(),
    }
}

fn value<'r>(value: &'r Value, kind: &Kind, records: &'r Records) -> Given<'r> {
    match value {
        Value::None => Given::Null,
        Value::Bool(value) => Given::Bool(*value),
        Value::Int(value) => Given::Int(*value),
        Value::Float(value) => Given::Float(*value),
        Value::String(text) | Value::Template(text, _) => Given::Text((&**text).into()),
        Value::Reference(id) => Given::Text((&*records[*id].slug).into()),
        Value::Markdown(_) | Value::Date(_) | Value::Datetime(_) => {
            value.text().map_or(Given::Null, |text| Given::Text(text.into()))
        }
        Value::List(_) | Value::Table(_) | Value::Any(_) => {
            Given::Text(json(value, kind, records).to_string().into())
        }
    }
}

/// Converts a list or a table to JSON. The parser bounds the depth of declared types, and so of this
/// recursion.
fn json(value: &Value, kind: &Kind, records: &Records) -> Json {
    match (value, kind) {
        (Value::Bool(value), _) => (*value).into(),
        (Value::Int(value), _) => (*value).into(),
        (Value::Float(value), _) => (*value).into(),
        (Value::Reference(id), _) => (&*records[*id].slug).into(),
        (Value::List(items), Kind::List(kind)) => {
            items.iter().map(|item| json(item, kind, records)).collect()
        }
        (Value::Table(values), Kind::Table(fields)) => table(values, fields, records).into(),
        (Value::Any(given), _) => any(given),
        _ => value.text().into(),
    }
}

/// Converts an untyped value to JSON. The parser bounds its depth.
fn any(given: &Any) -> Json {
    match given {
        Any::Bool(value) => (*value).into(),
        Any::Int(value) => (*value).into(),
        Any::Float(value) => (*value).into(),
        Any::String(text) => text.as_str().into(),
        Any::Date(date) => date.to_string().into(),
        Any::Datetime(datetime) => datetime.to_string().into(),
        Any::Array(items) => items.iter().map(|item| any(&item.value)).collect(),
        Any::Table(table) => {
            table.entries.iter().map(|entry| (entry.key.value.clone(), any(&entry.value.value))).collect()
        }
    }
}

fn table(values: &[Value], fields: &[Field], records: &Records) -> Map<String, Json> {
    let entry = |(field, value): (&Field, &Value)| (field.name.clone(), json(value, &field.kind, records));
    fields.iter().zip(values).map(entry).collect()
}
