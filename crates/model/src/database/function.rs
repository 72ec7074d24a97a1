//! SQL functions that are added to SQLite's own, and the collation `site`.
//!
//! SQLite has those of mathematics only if a flag is set when it is compiled, which `cargo install` does not do.

mod count;
mod maths;
mod percentile;
mod read;
mod spread;
mod text;

use std::sync::Arc;

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};

use crate::ground::TextOrder;

use self::count::{AnyValue, Mode};
use self::percentile::Percentile;
use self::spread::Spread;

pub(super) use self::percentile::TOO_MUCH_WORK;

/// The start of the message of an error whose place is a call; the function's name and the message follow.
pub(super) const CALL: &str = "in a call: ";

const PURE: FunctionFlags = FunctionFlags::SQLITE_UTF8.union(FunctionFlags::SQLITE_DETERMINISTIC);

/// Registers the functions, the aggregates and the collation `site`.
pub(super) fn register(connection: &Connection, order: &Arc<TextOrder>) -> Result<()> {
    connection.create_window_function("median", 1, PURE, Percentile)?;
    connection.create_window_function("percentile_cont", 2, PURE, Percentile)?;
    connection.create_window_function("mode", 1, PURE, Mode)?;
    connection.create_aggregate_function("any_value", 1, PURE, AnyValue)?;
    for spread in [Spread::OF_SAMPLE, Spread::OF_ALL] {
        connection.create_window_function(spread.name, 1, PURE, spread)?;
    }
    maths::register(connection)?;
    read::register(connection)?;
    text::register(connection, order)?;
    let order = Arc::clone(order);
    connection.create_collation("site", move |a, b| order.compare(a, b))
}

/// Makes the error of a call.
fn refuse(function: &str, why: impl std::fmt::Display) -> Error {
    Error::UserFunctionError(format!("{CALL}{function} {why}").into())
}

/// Returns the first argument as a number, if there is one. `takers` are named in the error that it is none.
fn number(context: &Context<'_>, takers: &str) -> Result<Option<f64>> {
    match context.get_raw(0) {
        ValueRef::Null => Ok(None),
        #[expect(
            clippy::cast_precision_loss,
            reason = "amounts beyond 2^53 lose digits that no statistic shows"
        )]
        ValueRef::Integer(value) => Ok(Some(value as f64)),
        ValueRef::Real(value) => Ok(Some(value)),
        ValueRef::Text(_) | ValueRef::Blob(_) => {
            Err(Error::UserFunctionError(format!("{takers} take numbers").into()))
        }
    }
}
