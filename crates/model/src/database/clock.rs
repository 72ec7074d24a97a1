//! Guards SQL's functions of date and time: they compute with given times and refuse the current time.
//!
//! The arguments are only known when the query runs (`'n' || 'ow'`), so a check of its text is not enough.
//! Each function is replaced by one of ours that checks its arguments and then asks SQLite's own on an empty
//! connection.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Error, Result, params_from_iter};

/// SQLite's functions of date and time, with the positions of the arguments that are times. Without these
/// arguments, they mean the present.
const FUNCTIONS: [(&str, &[usize]); 7] = [
    ("date", &[0]),
    ("time", &[0]),
    ("datetime", &[0]),
    ("julianday", &[0]),
    ("unixepoch", &[0]),
    ("strftime", &[1]),
    ("timediff", &[0, 1]),
];

/// The start of the message of an error about the present; the function's name follows.
pub(super) const ASKED: &str = "asks for the time: ";

/// Words that mean the present when they are given as a time. In other places, the last two ask for fractions
/// of a second.
const PRESENT: [&str; 3] = ["now", "subsec", "subsecond"];

/// Modifiers that depend on the computer's time zone.
const ZONE: [&str; 2] = ["localtime", "utc"];

/// Replaces SQLite's functions by ours.
pub(super) fn register(connection: &Connection) -> Result<()> {
    let pure = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    for (name, times) in FUNCTIONS {
        let own = Connection::open_in_memory()?;
        let answer = move |context: &Context<'_>| answer(name, times, context, &own);
        connection.create_scalar_function(name, -1, pure, answer)?;
    }
    Ok(())
}

fn answer(name: &str, times: &[usize], context: &Context<'_>, own: &Connection) -> Result<Value> {
    let given: Vec<_> = (0..context.len()).map(|index| context.get_raw(index)).collect();
    let is_missing = times.iter().any(|time| *time >= given.len());
    if is_missing || given.iter().enumerate().any(|(index, value)| means_present(*value, index, times)) {
        return Err(Error::UserFunctionError(format!("{ASKED}{name}").into()));
    }
    let places = vec!["?"; given.len()].join(", ");
    let values = given.into_iter().map(Value::try_from).collect::<std::result::Result<Vec<_>, _>>();
    let values = values.map_err(|error| Error::UserFunctionError(error.into()))?;
    let mut asked = own.prepare(&format!("select {name}({places})"))?;
    asked.query_row(params_from_iter(values), |row| row.get(0))
}

/// Returns true if SQLite reads an argument as the present or the time zone. Like SQLite, it ignores case and
/// all that follows a NUL.
fn means_present(value: ValueRef<'_>, index: usize, times: &[usize]) -> bool {
    let (ValueRef::Text(text) | ValueRef::Blob(text)) = value else { return false };
    let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
    let words = match times.contains(&index) {
        true => &PRESENT[..],
        false if times.iter().all(|time| *time < index) => &ZONE[..],
        // The argument of `strftime` that is a format.
        false => &[],
    };
    words.iter().any(|word| text.eq_ignore_ascii_case(word.as_bytes()))
}
