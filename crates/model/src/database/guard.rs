//! Limits on queries: they may only read tables, call pure functions and take a bounded number of steps.

use std::sync::mpsc::Sender;

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;

use super::{IN_RANGE, MAX_TEXT, Read};

/// Functions whose results depend on more than the data, besides those whose names begin with `sqlite_` or
/// `fts`.
const IMPURE: [&str; 11] = [
    "random",
    "randomblob",
    "current_date",
    "current_time",
    "current_timestamp",
    "load_extension",
    "changes",
    "total_changes",
    "last_insert_rowid",
    "rtreecheck",
    "rtreedepth",
];

/// The longest pattern of `like` and `glob`, because their time grows with the number of wildcards.
const MAX_PATTERN: i32 = 1_000;

/// The most steps of SQLite's virtual machine that a query can take: some seconds, and more for more rows.
const MAX_STEPS: usize = 300_000_000;
const MAX_STEPS_A_ROW: usize = 1_000;

/// The number of steps between two calls of the counter.
const STEPS_AT_ONCE: i32 = 1_000_000;

const TAKEN: &str = "an open connection takes its hooks";

/// Allows only reading from now on, and sends every column that is read to `read`.
pub(super) fn watch(connection: &mut Connection, read: Sender<Read>) {
    let judge = move |context: AuthContext<'_>| match context.action {
        AuthAction::Read { table_name, .. } if is_internal(table_name) => Authorization::Deny,
        AuthAction::Read { table_name, column_name } => {
            // The receiver may be gone; then nobody needs to know the column.
            let _unheard = read.send((table_name.to_owned(), column_name.to_owned()));
            Authorization::Allow
        }
        AuthAction::Function { function_name } if is_impure(function_name) => Authorization::Deny,
        AuthAction::Select | AuthAction::Function { .. } | AuthAction::Recursive => Authorization::Allow,
        _ => Authorization::Deny,
    };
    connection.authorizer(Some(judge)).expect(TAKEN);
    let longest = i32::try_from(MAX_TEXT).expect(IN_RANGE);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, longest).expect(IN_RANGE);
    connection.set_limit(Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, MAX_PATTERN).expect(IN_RANGE);
}

/// Allows everything from now on, for the changes that the database itself makes.
pub(super) fn trust(connection: &mut Connection) {
    connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>).expect(TAKEN);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, i32::MAX).expect(IN_RANGE);
}

/// Sets the limit on steps for the next query, by the number of rows in the tables. SQLite interrupts the
/// query there.
pub(super) fn limit(connection: &mut Connection, rows: usize) {
    let most = MAX_STEPS + rows * MAX_STEPS_A_ROW;
    let mut left = most / STEPS_AT_ONCE.unsigned_abs() as usize;
    let count = move || {
        left = left.saturating_sub(1);
        left == 0
    };
    connection.progress_handler(STEPS_AT_ONCE, Some(count)).expect(TAKEN);
}

fn is_internal(table: &str) -> bool {
    table.starts_with("sqlite_") || table.starts_with("pragma_") || table == "dbstat"
}

fn is_impure(function: &str) -> bool {
    IMPURE.contains(&function) || function.starts_with("sqlite_") || function.starts_with("fts")
}
