//! Rows in the words of diagnostics.

use sitegen_parser::Diagnostic;

use crate::ground::Given;

/// A row in a few words: `company = "amazon", offers = 208`.
pub(crate) fn describe_row<'a>(values: impl Iterator<Item = (&'a str, &'a Given<'a>)>) -> String {
    const SHOWN: usize = 6;
    let mut cells: Vec<_> =
        values.take(SHOWN + 1).map(|(name, value)| format!("{name} = {}", shown(value))).collect();
    let more = if cells.len() > SHOWN { ", …" } else { "" };
    cells.truncate(SHOWN);
    format!("({}{more})", cells.join(", "))
}

/// A value as SQL writes it, if it is short.
pub(crate) fn shown(value: &Given) -> String {
    const LONGEST: usize = 60;
    match value {
        Given::Null | Given::Reference(_) => "NULL".to_owned(),
        Given::Bool(value) => value.to_string(),
        Given::Int(value) => value.to_string(),
        Given::Float(value) => value.to_string(),
        Given::Text(text) if text.chars().count() > LONGEST => {
            format!("\"{}…\"", text.chars().take(LONGEST).collect::<String>())
        }
        Given::Text(text) => format!("\"{text}\""),
    }
}

/// A problem of a row that so many others have as well.
/// What differs between two rows may be left out of URLs, as the signs of `C++` and `C#` are.
pub(crate) fn equal_in_urls(problem: Diagnostic) -> Diagnostic {
    problem.help(
        "URLs leave signs and case out; put a column into the path that tells the rows apart by letters and digits",
    )
}

pub(crate) fn with_more(problem: Diagnostic, others: usize) -> Diagnostic {
    let note = problem.note.clone().unwrap_or_default();
    match others {
        0 => problem,
        1 => problem.note(format!("{note} and one row more")),
        others => problem.note(format!("{note} and {others} rows more")),
    }
}

/// A number of rows in words.
pub(crate) fn rows(count: usize) -> String {
    format!("{count} row{}", if count == 1 { "" } else { "s" })
}
