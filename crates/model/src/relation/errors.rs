//! The diagnostics of answers to queries.

use sitegen_parser::{Code, Diagnostic, Place, Severity};

use crate::ground::Given;

pub(crate) use crate::dataset::errors::rows;
pub(crate) use crate::ground::errors::wrong_cell;
pub(crate) use crate::record::errors::unknown_reference;

pub(crate) fn several_rows<'a>(
    query: &str,
    key: impl Iterator<Item = &'a str>,
    count: usize,
    shown: impl Iterator<Item = String>,
    others: usize,
    place: Place,
) -> Diagnostic {
    let key: Vec<_> = key.map(|column| format!("\"{column}\"")).collect();
    let message = format!("{count} rows of \"{query}\" have the same {}", key.join(", "));
    let rows: Vec<_> = shown.collect();
    let more = match others {
        0 => String::new(),
        1 => ", and one more key has several".to_owned(),
        others => format!(", and {others} more keys have several"),
    };
    Diagnostic::error(Code::SeveralRows, message)
        .at(place)
        .note(format!("{}{more}", rows.join(" and ")))
        .help("group by the key, or remove `one = true`")
}

pub(crate) fn objection(severity: Severity, message: &str, place: Place, declared: &Place) -> Diagnostic {
    let diagnostic = match severity {
        Severity::Error => Diagnostic::error(Code::Objection, message),
        Severity::Warning => Diagnostic::warning(Code::Objection, message),
    };
    diagnostic.at(place).related(declared.clone(), "this query finds it")
}

/// Describes a row in a few words: `company = "amazon", offers = 208`.
pub(crate) fn describe_row<'a>(values: impl Iterator<Item = (&'a str, &'a Given<'a>)>) -> String {
    const SHOWN: usize = 6;
    let mut cells: Vec<_> =
        values.take(SHOWN + 1).map(|(name, value)| format!("{name} = {}", shown(value))).collect();
    let more = if cells.len() > SHOWN { ", …" } else { "" };
    cells.truncate(SHOWN);
    format!("({}{more})", cells.join(", "))
}

/// Formats a value as in SQL, shortened if it is long.
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
