//! Columns of rows: their cells, and the function that lays out a table of them, `cells(rows=…, columns=…)`.

use sitegen_model::{Words, nearest};
use tera::value::Key;
use tera::{Kwargs, Map, TeraResult, Value};

use super::figure::Figure;
use super::time;
use crate::library::argument::{optional, required};
use crate::library::date::date;
use crate::library::errors;
use crate::value::record_key;

/// Returns the rows that a template was given.
///
/// # Errors
///
/// It is something else.
pub(super) fn rows(args: &Kwargs) -> TeraResult<&[Value]> {
    let rows = required::<&Value>(args, "rows")?;
    let rows = rows.as_array().filter(|rows| rows.iter().all(Value::is_map));
    rows.ok_or_else(|| errors::carry(&errors::no_rows()))
}

/// Returns a row's value in a column, or in a field of the record that the column refers to; none if there is
/// nothing.
pub(super) fn cell<'r>(row: &'r Value, column: &'r str) -> Option<&'r Value> {
    row.get_from_path(column).filter(|value| !value.is_none() && !value.is_undefined())
}

/// Refuses a column that no row has. A field of a referenced record passes if no row has the reference,
/// because nothing is known of it then.
pub(super) fn expect_column(rows: &[Value], column: &str) -> TeraResult<()> {
    let first = column.split('.').next().unwrap_or(column);
    let has = |row: &Value, path: &str| row.get_from_path(path).is_some();
    let is_known = rows.iter().any(|row| has(row, column))
        || rows.iter().any(|row| has(row, first)) && rows.iter().all(|row| cell(row, first).is_none());
    if rows.is_empty() || is_known {
        return Ok(());
    }
    let names = rows[0].as_map().into_iter().flat_map(Map::keys).filter_map(Key::as_str);
    Err(errors::carry(&errors::unknown_column(column, nearest(column, names))))
}

/// Returns a value in words: a record by its title, a date as the language writes it, a list item by item.
pub(super) fn text(value: &Value, words: &Words) -> String {
    if let Some(items) = value.as_array() {
        return items.iter().map(|item| text(item, words)).collect::<Vec<_>>().join(", ");
    }
    if let Some(map) = value.as_map() {
        return map.get(&Key::Str("title")).and_then(Value::as_str).unwrap_or_default().to_owned();
    }
    match value.as_str() {
        Some(day) if day.len() == 10 && time::days(day).is_some() => {
            date(day, "%-d %b %Y", words).unwrap_or_else(|_| day.to_owned())
        }
        Some(month) if month.len() == 7 && time::days(month).is_some() => {
            date(&format!("{month}-01"), "%b %Y", words).unwrap_or_else(|_| month.to_owned())
        }
        _ => value.to_string(),
    }
}

/// Returns the URL of the page that a value stands for: its own, or that of its row.
pub(super) fn url(value: Option<&Value>, row: &Value) -> Value {
    let of = value.filter(|value| value.is_map()).unwrap_or(row);
    of.get_from_path("url").filter(|url| url.is_string()).cloned().unwrap_or_else(Value::none)
}

/// A column of a table.
struct TableColumn<'a> {
    name: &'a str,
    label: String,
    kind: ColumnType,
    figure: Figure,
}

/// The type of a column's values, by which its rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ColumnType {
    Number,
    Date,
    Text,
}

impl ColumnType {
    fn of(rows: &[Value], column: &str) -> Self {
        let mut values = rows.iter().filter_map(|row| cell(row, column)).peekable();
        if values.peek().is_none() {
            return Self::Text;
        }
        let values: Vec<_> = values.collect();
        match values {
            _ if values.iter().all(|value| value.is_number()) => Self::Number,
            _ if values.iter().all(|value| value.as_str().and_then(time::days).is_some()) => Self::Date,
            _ => Self::Text,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Text => "text",
        }
    }
}

/// Lays out a table: its columns with their labels and types, and for each row the cells, each with a text, a
/// URL, and the value by which it is sorted if that is not the text.
pub(super) fn cells(args: &Kwargs, words: &Words) -> TeraResult<Value> {
    let rows = rows(args)?;
    let declared = optional::<&str>(args, "columns")?.unwrap_or_default();
    let labels = optional::<&[Value]>(args, "labels")?.unwrap_or_default();
    let mut columns = Vec::new();
    for (number, spec) in all_columns(declared, rows).into_iter().enumerate() {
        let (name, format) =
            spec.split_once(':').map_or((spec, ""), |(name, format)| (name.trim(), format.trim()));
        expect_column(rows, name)?;
        let given =
            labels.get(number).and_then(Value::as_str).map(str::trim).filter(|label| !label.is_empty());
        let label = given.map_or_else(|| label(name), str::to_owned);
        let numbers: Vec<_> = rows.iter().filter_map(|row| cell(row, name)?.as_f64()).collect();
        let figure = Figure::of(format, &numbers)?;
        columns.push(TableColumn { name, label, kind: ColumnType::of(rows, name), figure });
    }
    let shown: Vec<Value> = rows
        .iter()
        .map(|row| columns.iter().map(|column| column.cell(row, words)).collect::<Vec<_>>().into())
        .collect();
    let heads = columns.iter().map(|column| {
        let mut map = Map::new();
        map.insert("label".into(), column.label.as_str().into());
        map.insert("kind".into(), column.kind.name().into());
        Value::from(map)
    });
    let mut map = Map::new();
    map.insert("columns".into(), heads.collect::<Vec<_>>().into());
    map.insert("rows".into(), shown.into());
    Ok(map.into())
}

impl TableColumn<'_> {
    fn cell(&self, row: &Value, words: &Words) -> Value {
        let value = cell(row, self.name);
        let number = value.filter(|value| value.is_number()).and_then(Value::as_f64);
        let mut map = Map::new();
        let said = match (number, value) {
            (Some(number), _) => self.figure.exact(number, words),
            (None, Some(value)) => text(value, words),
            (None, None) => String::new(),
        };
        map.insert("text".into(), said.into());
        let target = value.filter(|value| record_key(value).is_some());
        map.insert("url".into(), target.map_or_else(Value::none, |record| url(Some(record), record)));
        let key = value.filter(|_| self.kind != ColumnType::Text);
        map.insert("value".into(), key.map_or_else(Value::none, |key| key.to_string().into()));
        map.into()
    }
}

/// Entries of every record that a table does not show unless they are declared.
const OF_RECORDS: [&str; 5] = ["slug", "collection", "url", "body", "toc"];

/// Returns the declared columns; without any, all that a table can show.
fn all_columns<'a>(declared: &'a str, rows: &'a [Value]) -> Vec<&'a str> {
    let declared: Vec<_> = items(declared).collect();
    if !declared.is_empty() {
        return declared;
    }
    let names = rows.first().and_then(Value::as_map).into_iter().flat_map(Map::keys).filter_map(Key::as_str);
    names.filter(|name| !OF_RECORDS.contains(name)).collect()
}

/// Splits a list in a text into its items.
fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// Returns a column's name as the head of a table: `base_median` as `Base median`.
fn label(name: &str) -> String {
    let name = name.rsplit('.').next().unwrap_or(name).replace('_', " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_made_of_names() {
        assert_eq!(label("base_median"), "Base median");
        assert_eq!(label("company.name"), "Name");
        assert_eq!(label(""), "");
    }

    #[test]
    fn lists_are_read_from_text() {
        assert_eq!(
            items("company, year ,, total: money").collect::<Vec<_>>(),
            ["company", "year", "total: money"]
        );
    }
}
