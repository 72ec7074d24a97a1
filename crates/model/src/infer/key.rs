//! Chooses the column that identifies the rows of a data file.

use super::Inferred;
use super::name::is_id;
use crate::schema::Kind;

/// The number of first columns among which the key must be if no column is named like an id.
const FIRST: usize = 3;

/// Declares the key, and keeps `unique` only for the key and for columns that are named like ids.
pub(super) fn declare(found: &mut Inferred) {
    let can_be = |column: &super::Inference| column.unique && matches!(column.kind, Kind::String | Kind::Int);
    let columns = || found.columns.iter().enumerate().filter(|(_, column)| can_be(column));
    let called = columns().find(|(_, column)| is_id(&column.name));
    let first = columns().find(|(at, column)| *at < FIRST && matches!(column.kind, Kind::String));
    found.key = called.or(first).map(|(at, _)| at);
    let key = found.key;
    if let Some(key) = key {
        found.columns[key].min = None;
    }
    for (at, column) in found.columns.iter_mut().enumerate() {
        let is_declared = Some(at) == key || is_id(&column.name);
        column.unique &= is_declared && matches!(column.kind, Kind::String | Kind::Int | Kind::Url);
    }
}
