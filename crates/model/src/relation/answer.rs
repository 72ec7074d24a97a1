//! Converts SQLite's answers to rows with the types of a query's columns.

use std::collections::BTreeMap;

use sitegen_parser::{Diagnostic, Diagnostics, Place};

use super::errors;
use crate::database::{Builder, Database, QueryRefusal, Rows};
use crate::ground::{Given, RelationId};
use crate::record::Records;
use crate::schema::{Column, Condition, Kind, Query, Schema, refused};

/// Runs a query and reads its answer.
pub(super) fn ask(
    query: &Query,
    over: usize,
    schema: &Schema,
    records: &Records,
    database: &mut Database,
) -> (Rows, Diagnostics) {
    let mut problems = ColumnProblems { query, schema, found: BTreeMap::new() };
    let sql = &query.source.text;
    let answer = read_answer(sql, over, &query.columns, records, database, |column, values| {
        problems.add(column, &values[column], values);
        Given::Null
    });
    let mut diagnostics: Diagnostics = problems.report().collect();
    let rows = answer.unwrap_or_else(|refusal| {
        diagnostics.push(refused(schema, &query.source, &refusal, 0));
        Builder::new(query.columns.len()).finish()
    });
    (rows, diagnostics)
}

/// Runs SQL over tables with so many rows in all, and reads the answer as rows of these columns. `misfit`
/// returns the replacement for a value that does not have its column's type.
///
/// # Errors
///
/// The query is refused, or takes too long, or its answer is too large.
pub(crate) fn read_answer(
    sql: &str,
    over: usize,
    columns: &[Column],
    records: &Records,
    database: &mut Database,
    mut misfit: impl for<'v> FnMut(usize, &[Given<'v>]) -> Given<'v>,
) -> Result<Rows, QueryRefusal> {
    let mut rows = Builder::new(columns.len());
    database.ask(sql, over, |values| {
        for (position, (value, column)) in values.iter().zip(columns).enumerate() {
            match typed(value, column.kind.as_ref(), records) {
                Some(typed) => rows.push(&typed),
                None => rows.push(&misfit(position, values)),
            }
        }
        rows.bytes()
    })?;
    Ok(rows.finish())
}

/// Evaluates a condition for each row. If it is refused, which is reported, it holds for no row.
pub(super) fn hold(
    condition: &Condition,
    from: Option<RelationId>,
    over: usize,
    schema: &Schema,
    database: &mut Database,
) -> (Vec<bool>, Diagnostics) {
    let table = from.map(|relation| schema.relation_name(relation));
    let mut holds = Vec::new();
    let asked = database.ask(&condition.question(table), over, |values| {
        holds.push(match values.first() {
            Some(Given::Int(value)) => *value != 0,
            Some(Given::Float(value)) => *value != 0.0,
            _ => false,
        });
        holds.len()
    });
    let problem = asked.err().map(|refusal| condition.refused(schema, &refusal));
    (holds, Diagnostics::from_iter(problem))
}

/// Converts a value to its column's type; none if that is not possible.
fn typed<'v>(value: &Given<'v>, kind: Option<&Kind>, records: &Records) -> Option<Given<'v>> {
    if matches!(value, Given::Float(number) if !number.is_finite()) {
        return None;
    }
    let Some(kind) = kind else { return Some(value.clone()) };
    match value {
        Given::Null => Some(Given::Null),
        value => kind.rules().read_answer(value, &|target, slug| records.by_slug(target, slug)),
    }
}

/// The values that do not have their column's type: the first of each column, and their number.
struct ColumnProblems<'a> {
    query: &'a Query,
    schema: &'a Schema,
    found: BTreeMap<usize, (Diagnostic, usize)>,
}

impl ColumnProblems<'_> {
    fn add(&mut self, column: usize, value: &Given, row: &[Given]) {
        if let Some((_, rows)) = self.found.get_mut(&column) {
            *rows += 1;
            return;
        }
        let problem = self.problem(&self.query.columns[column], value);
        let shown = self.query.columns.iter().zip(row).map(|(column, value)| (column.name.as_str(), value));
        self.found.insert(column, (problem.note(errors::describe_row(shown)), 1));
    }

    fn problem(&self, column: &Column, value: &Given) -> Diagnostic {
        let place = Place::file(&self.query.source.path);
        match (&column.kind, value) {
            (Some(Kind::Reference(target)), Given::Text(slug)) => {
                errors::unknown_reference(&self.schema[*target], slug, place)
            }
            (_, Given::Float(number)) if !number.is_finite() => {
                errors::wrong_cell(&column.name, "a finite number", "too large for one", place)
            }
            (Some(kind), _) => {
                let expected = kind.expectation(self.schema);
                errors::wrong_cell(&column.name, &expected, &errors::shown(value), place)
            }
            (None, _) => errors::wrong_cell(&column.name, "a value", &errors::shown(value), place),
        }
    }

    fn report(self) -> impl Iterator<Item = Diagnostic> {
        self.found.into_values().map(|(problem, rows)| match rows {
            1 => problem,
            rows => {
                let note = problem.note.clone().unwrap_or_default();
                problem.note(format!("in {}, such as {note}", errors::rows(rows)))
            }
        })
    }
}
