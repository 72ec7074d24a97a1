//! Turns the rows of queries that check the site into problems of the site.

use std::sync::Arc;

use sitegen_parser::{Among, Diagnostic, Diagnostics, Place};

use super::fill::{RowSource, fill_text};
use super::{Relations, errors};
use crate::ground::{QueryId, RelationId, Scalar};
use crate::record::Records;
use crate::schema::{Objection, Query, Schema};

/// The most rows of one query that are reported. More than these have a common cause, which the first show.
const MOST: usize = 1_000;

/// Reports the problems that queries find.
pub(crate) fn objections(schema: &Schema, records: &Records, relations: &Relations) -> Diagnostics {
    let queries = schema.queries.iter().enumerate();
    let objecting = queries.filter_map(|(id, query)| Some((QueryId(id), query, query.objects.as_ref()?)));
    let found = objecting.flat_map(|(id, query, objection)| {
        let source = RowSource { relation: RelationId::Query(id), relations, records };
        let rows = relations.rows(source.relation).map_or(0, |relation| relation.rows.len());
        (0..rows.min(MOST)).map(move |row| problem(query, objection, source, row))
    });
    found.collect()
}

fn problem(query: &Query, objection: &Objection, source: RowSource, row: usize) -> Diagnostic {
    let message = fill_text(&objection.says, Some(row), Some(source))
        .unwrap_or_else(|column| format!("{} (there is no {column})", objection.says));
    let place = subject(query, source, row).unwrap_or_else(|| Place::file(&query.source.path));
    errors::objection(objection.severity, &message, place, &objection.says.place)
        .cause(Among::Of(Arc::clone(&query.source.path)), query.name.as_str())
}

/// Returns the place of the first record that a row refers to.
fn subject(query: &Query, source: RowSource, row: usize) -> Option<Place> {
    let rows = &source.relations.rows(source.relation)?.rows;
    (0..query.columns.len()).find_map(|column| match rows.get(row, column) {
        Scalar::Reference(id) => Some(source.records[id].place.clone()),
        _ => None,
    })
}
