//! The reasons why SQLite refuses a query, read off SQLite's errors.

use rusqlite::{Error, ErrorCode};

use super::{MAX_TEXT, clock, function};

/// A query that was not answered, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueryRefusal {
    pub reason: Reason,
    /// The position of the error in the query, in bytes.
    pub offset: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// There is no table of this name.
    MissingTable(String),
    /// There is no column of this name.
    MissingColumn(String),
    /// The query would do more than read the data.
    Forbidden,
    /// The query asks this function for the time or the time zone.
    Clock(String),
    /// The query takes more steps than the limit for so much data.
    TooManySteps,
    /// The query takes more memory than it may.
    TooMuchMemory,
    /// The answer has more than so many rows.
    TooManyRows(usize),
    /// The answer has more than so many bytes.
    TooManyBytes(usize),
    /// A text in the answer has more than so many bytes.
    TooLong(usize),
    /// A call of this function fails, and why.
    Call(String, String),
    /// Any other error, in SQLite's words.
    Other(String),
}

impl QueryRefusal {
    pub(super) fn other(message: &str) -> Self {
        Self { reason: Reason::Other(message.to_owned()), offset: None }
    }

    pub(super) fn new(error: &Error) -> Self {
        let (message, offset) = match error {
            Error::SqlInputError { msg, offset, .. } => (msg.as_str(), usize::try_from(*offset).ok()),
            Error::SqliteFailure(code, _) if code.code == ErrorCode::OperationInterrupted => {
                return Self { reason: Reason::TooManySteps, offset: None };
            }
            Error::SqliteFailure(code, _) if code.code == ErrorCode::OutOfMemory => {
                return Self { reason: Reason::TooMuchMemory, offset: None };
            }
            Error::SqliteFailure(code, _) if code.code == ErrorCode::TooBig => {
                return Self { reason: Reason::TooLong(MAX_TEXT), offset: None };
            }
            Error::SqliteFailure(_, Some(message)) => (message.as_str(), None),
            Error::MultipleStatement => return Self::other("a query is one statement"),
            other => return Self::other(&other.to_string()),
        };
        Self { reason: Reason::of(message), offset }
    }
}

impl Reason {
    fn of(message: &str) -> Self {
        if let Some(name) = message.strip_prefix("no such table: ") {
            return Self::MissingTable(name.trim_start_matches("main.").to_owned());
        }
        if let Some(name) = message.strip_prefix("no such column: ") {
            // SQLite adds a hint after " - " whether a text in quotes was meant.
            let name = name.split(" - ").next().unwrap_or_default();
            return Self::MissingColumn(name.trim_matches('"').to_owned());
        }
        if message == function::TOO_MUCH_WORK {
            return Self::TooManySteps;
        }
        if let Some((name, why)) = message.strip_prefix(function::CALL).and_then(|call| call.split_once(' '))
        {
            return Self::Call(name.to_owned(), format!("{name} {why}"));
        }
        if let Some(function) = message.strip_prefix(clock::ASKED) {
            return Self::Clock(function.to_owned());
        }
        if let Some(function) = message.strip_prefix("not authorized to use function: current_") {
            return Self::Clock(format!("current_{function}"));
        }
        if message.starts_with("not authorized") || message.ends_with("is prohibited") {
            return Self::Forbidden;
        }
        Self::Other(message.to_owned())
    }
}
