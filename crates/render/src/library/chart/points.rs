//! The function that makes points of rows, `points(rows=…, figures=…)`: the checked figures of a chart, with
//! the names that belong to them.

use std::collections::BTreeMap;

use sitegen_model::Words;
use tera::value::Key;
use tera::{Kwargs, Map, TeraResult, Value};

use super::axis::is_drawn;
use super::columns::{cell, expect_column, rows, text, url};
use crate::library::argument::optional;
use crate::library::errors;

/// The most series of a chart. More cannot be told apart.
const MOST_SERIES: usize = 6;

/// Columns by their roles in a chart, such as `{"y": "median"}`; `None` if a role is given an empty text.
type RoleColumns<'a> = Vec<(&'a str, Option<&'a str>)>;

/// The points of a chart, and the groups and series that they belong to.
#[derive(Default)]
struct Points {
    all: Vec<Value>,
    groups: PointGroups,
    series: PointGroups,
    left_out: usize,
}

/// Points by the name of their group, in the order in which the first of each stands.
#[derive(Default)]
struct PointGroups {
    numbers: BTreeMap<String, usize>,
    members: Vec<(String, Vec<Value>)>,
}

impl PointGroups {
    /// Returns the number of a group, from 0.
    fn number(&mut self, name: &str) -> usize {
        if let Some(known) = self.numbers.get(name) {
            return *known;
        }
        self.numbers.insert(name.to_owned(), self.members.len());
        self.members.push((name.to_owned(), Vec::new()));
        self.members.len() - 1
    }

    fn into_value(self) -> Value {
        let group = |(number, (name, points)): (usize, (String, Vec<Value>))| {
            let mut map = Map::new();
            map.insert("name".into(), name.into());
            map.insert("nth".into(), (number + 1).into());
            map.insert("points".into(), points.into());
            Value::from(map)
        };
        let numbered = self.members.into_iter().enumerate();
        numbered.filter(|(_, (_, points))| !points.is_empty()).map(group).collect::<Vec<_>>().into()
    }
}

/// Makes points of rows. `figures` and `optional` name the columns of numbers, `texts` those of labels,
/// `values` those of what an axis shows, `series` the one by which points belong together. A row that lacks
/// one of the figures or values is left out and counted.
pub(super) fn points(args: &Kwargs, words: &Words) -> TeraResult<Value> {
    let rows = rows(args)?;
    let columns = |name| -> TeraResult<RoleColumns> { Ok(pairs(optional::<&Value>(args, name)?)) };
    let asked = PointColumns {
        figures: columns("figures")?,
        optional: columns("optional")?,
        texts: columns("texts")?,
        values: columns("values")?,
        series: optional::<&str>(args, "series")?.unwrap_or_default(),
    };
    for column in asked.all() {
        expect_column(rows, column)?;
    }
    let mut points = Points::default();
    for (number, row) in rows.iter().enumerate() {
        asked.add(row, number + 1, words, &mut points)?;
    }
    if points.series.members.len() > MOST_SERIES {
        return Err(errors::carry(&errors::too_many_series(points.series.members.len(), MOST_SERIES)));
    }
    let mut map = Map::new();
    map.insert("left_out".into(), points.left_out.into());
    map.insert("of".into(), rows.len().into());
    map.insert("points".into(), points.all.into());
    map.insert("groups".into(), points.groups.into_value());
    map.insert("series".into(), points.series.into_value());
    Ok(map.into())
}

fn pairs(columns: Option<&Value>) -> RoleColumns<'_> {
    let columns = columns.and_then(Value::as_map).into_iter().flat_map(Map::iter);
    columns.filter_map(|(name, column)| Some((name.as_str()?, column.as_str().and_then(given)))).collect()
}

/// Returns a column's name, unless it is empty.
fn given(column: &str) -> Option<&str> {
    Some(column).filter(|column| !column.is_empty())
}

/// The columns that a chart asks of each row.
struct PointColumns<'a> {
    figures: RoleColumns<'a>,
    optional: RoleColumns<'a>,
    texts: RoleColumns<'a>,
    values: RoleColumns<'a>,
    series: &'a str,
}

impl<'a> PointColumns<'a> {
    fn all(&self) -> impl Iterator<Item = &'a str> {
        let columns = [&self.figures, &self.optional, &self.texts, &self.values];
        let columns = columns.into_iter().flatten().filter_map(|(_, column)| *column);
        columns.chain(given(self.series)).collect::<Vec<_>>().into_iter()
    }

    fn add(&self, row: &Value, number: usize, words: &Words, points: &mut Points) -> TeraResult<()> {
        let mut map = Map::new();
        let cell_of = |column: Option<&'a str>| column.and_then(|column| cell(row, column));
        let mut needed = self.figures.iter().chain(&self.values).filter(|(_, column)| column.is_some());
        let is_whole = needed.all(|(_, column)| cell_of(*column).is_some());
        for (name, column) in self.figures.iter().chain(&self.optional) {
            map.insert(
                key(name),
                column.map_or_else(|| Ok(Value::none()), |column| figure(row, column, number))?,
            );
        }
        for (name, column) in &self.values {
            map.insert(key(name), cell_of(*column).map_or_else(Value::none, |value| scalar(value, words)));
        }
        for (name, column) in &self.texts {
            map.insert(
                key(name),
                cell_of(*column).map(|value| text(value, words)).unwrap_or_default().into(),
            );
        }
        let named =
            self.texts.iter().find(|(name, _)| *name == "name").and_then(|(_, column)| cell_of(*column));
        map.insert("url".into(), url(named, row));
        let series = given(self.series)
            .and_then(|column| cell(row, column))
            .map(|value| text(value, words))
            .unwrap_or_default();
        let nth = points.series.number(&series);
        map.insert("series".into(), series.into());
        map.insert("nth".into(), (nth + 1).into());
        map.insert("row".into(), row.clone());
        let name = map.get(&Key::Str("name")).and_then(Value::as_str).unwrap_or_default();
        // A row that is left out counts for the order of the groups all the same.
        let group = points.groups.number(name);
        if !is_whole {
            points.left_out += 1;
            return Ok(());
        }
        let point = Value::from(map);
        points.groups.members[group].1.push(point.clone());
        points.series.members[nth].1.push(point.clone());
        points.all.push(point);
        Ok(())
    }
}

fn key(name: &str) -> Key<'static> {
    name.to_owned().into()
}

/// Returns the number in a column; none if the row has nothing there.
fn figure(row: &Value, column: &str, number: usize) -> TeraResult<Value> {
    let Some(value) = cell(row, column) else { return Ok(Value::none()) };
    if value.is_number() && value.as_f64().is_some_and(is_drawn) {
        return Ok(value.clone());
    }
    let what = format!("row {number} of \"{column}\"");
    Err(errors::carry(&errors::not_a_figure(&what, &value.to_string())))
}

/// Returns a value of an axis: a number or a text as it is, anything else in words.
fn scalar(value: &Value, words: &Words) -> Value {
    if value.is_number() || value.is_string() { value.clone() } else { text(value, words).into() }
}
