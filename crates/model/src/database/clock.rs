//! SQL's functions of time, which answer what they are asked about a given time and refuse the present.
//!
//! What an expression such as `'n' || 'ow'` gives is known when it is asked, so the functions themselves refuse: each is
//! ours, looks at what it is given, and lets SQLite's own answer on a connection to nothing.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Error, Result, params_from_iter};

/// SQLite's functions of time, and which of their arguments are times; without these they mean the present.
const FUNCTIONS: [(&str, &[usize]); 7] = [
    ("date", &[0]),
    ("time", &[0]),
    ("datetime", &[0]),
    ("julianday", &[0]),
    ("unixepoch", &[0]),
    ("strftime", &[1]),
    ("timediff", &[0, 1]),
];

/// What the message of an error begins with that is about the present; the function's name follows.
pub(super) const ASKED: &str = "asks for the time: ";

/// What means the present where a time stands. The last two mean parts of a second elsewhere.
const PRESENT: [&str; 3] = ["now", "subsec", "subsecond"];

/// What means the time zone of the computer, behind a time.
const ZONE: [&str; 2] = ["localtime", "utc"];

/// Puts functions of ours in the place of SQLite's.
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

/// Whether SQLite takes an argument for the present or the time zone: up to a NUL, in capitals or not.
fn means_present(value: ValueRef<'_>, index: usize, times: &[usize]) -> bool {
    let (ValueRef::Text(text) | ValueRef::Blob(text)) = value else { return false };
    let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
    let words = match times.contains(&index) {
        true => &PRESENT[..],
        false if times.iter().all(|time| *time < index) => &ZONE[..],
        // A format.
        false => &[],
    };
    words.iter().any(|word| text.eq_ignore_ascii_case(word.as_bytes()))
}
