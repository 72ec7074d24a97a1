//! The diagnostics of charts.

use sitegen_parser::{Code, Diagnostic};

pub(crate) fn no_rows() -> Diagnostic {
    Diagnostic::error(Code::InvalidChart, "a chart is drawn from a list of rows, and this is none")
        .help("give it `rows={rows(from=\"…\")}`, or the name of a relation: `from=\"…\"`")
}

pub(crate) fn unknown_column(name: &str, nearest: Option<&str>) -> Diagnostic {
    Diagnostic::error(Code::InvalidChart, format!("the rows have no column \"{name}\"")).suggest(nearest)
}

pub(crate) fn not_a_figure(what: &str, value: &str) -> Diagnostic {
    let shown: String = value.chars().take(40).collect();
    let drawn = if shown.parse::<f64>().is_ok() { "numbers up to 1e300" } else { "numbers" };
    Diagnostic::error(Code::InvalidChart, format!("{what} is \"{shown}\", and a chart draws {drawn}"))
}

pub(crate) fn unknown_format(name: &str, known: &[&str]) -> Diagnostic {
    let known = known.join(", ");
    Diagnostic::error(Code::InvalidChart, format!("figures have no format \"{name}\""))
        .help(format!("the formats are {known}, and the codes of currencies, such as EUR"))
}

pub(crate) fn too_many_series(count: usize, most: usize) -> Diagnostic {
    let message = format!("these are {count} series, and nobody tells more than {most} apart");
    Diagnostic::error(Code::InvalidChart, message).help("draw those that matter, or a chart for each")
}

pub(crate) fn mixed_axis() -> Diagnostic {
    Diagnostic::error(Code::InvalidChart, "numbers and texts have no axis in common")
}

pub(crate) fn no_axis() -> Diagnostic {
    Diagnostic::error(Code::InvalidChart, "a place is on an axis, as the function \"axis\" gives it")
}

pub(crate) fn off_axis(value: &str) -> Diagnostic {
    let shown: String = value.chars().take(40).collect();
    Diagnostic::error(Code::InvalidChart, format!("\"{shown}\" has no place on this axis"))
}
