//! What a question may do: read the tables, with a bound on its steps.

use std::sync::mpsc::Sender;

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;

use super::{IN_RANGE, MAX_TEXT, Read};

/// Functions that do not depend on the data alone. So do not those whose names begin with `sqlite_` or `fts`.
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

/// The longest pattern of `like` and `glob`: what they take grows with the wildcards in it.
const MAX_PATTERN: i32 = 1_000;

/// The most steps of SQLite's virtual machine that a question can take: some seconds, and more for more data.
const MAX_STEPS: usize = 300_000_000;
const MAX_STEPS_A_ROW: usize = 1_000;

/// How often steps are counted.
const STEPS_AT_ONCE: i32 = 1_000_000;

const TAKEN: &str = "an open connection takes its hooks";

/// From now on, only reading is allowed, and `read` is told of every column that is.
pub(super) fn watch(connection: &mut Connection, read: Sender<Read>) {
    let judge = move |context: AuthContext<'_>| match context.action {
        AuthAction::Read { table_name, .. } if is_internal(table_name) => Authorization::Deny,
        AuthAction::Read { table_name, column_name } => {
            // Nobody listens once the question is understood.
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

/// From now on, everything is allowed.
pub(super) fn trust(connection: &mut Connection) {
    connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>).expect(TAKEN);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, i32::MAX).expect(IN_RANGE);
}

/// Counts the steps of the next question to tables of so many rows, which is interrupted if it takes too many.
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
