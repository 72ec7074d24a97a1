//! Diagnostics for programs: a JSON object on each line.

use serde::Serialize;
use sitegen_parser::{Diagnostic, Place, Severity};

use super::text::{LineSpan, Texts};
use crate::errors::Failure;

#[derive(Default, Serialize)]
struct JsonProblem<'a> {
    /// None if this is the reason why a command was not carried out.
    code: Option<&'a str>,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    label: Option<&'a str>,
    related: Vec<Related<'a>>,
    note: Option<&'a str>,
    help: Option<&'a str>,
    /// The number of the cause. Problems with the same number have the same cause.
    cause: Option<usize>,
}

#[derive(Serialize)]
struct Related<'a> {
    label: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

/// A place. Line and column are left out for a file as a whole.
#[derive(Default, Serialize)]
struct JsonPlace<'a> {
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// Formats a diagnostic with the number of its cause as a line.
pub(super) fn render(diagnostic: &Diagnostic, cause: usize, texts: &Texts) -> String {
    let related = diagnostic.related.iter();
    let problem = JsonProblem {
        code: Some(diagnostic.code.name()),
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &diagnostic.message,
        place: diagnostic.place.as_ref().map(|place| location(place, texts)).unwrap_or_default(),
        label: diagnostic.label.as_deref(),
        related: related
            .map(|note| Related { label: &note.label, place: location(&note.place, texts) })
            .collect(),
        note: diagnostic.note.as_deref(),
        help: diagnostic.help.as_deref(),
        cause: Some(cause),
    };
    line(&problem)
}

/// Formats the reason why a command was not carried out as a line.
pub(super) fn failure(failure: &Failure) -> String {
    let help = failure.help.as_deref();
    line(&JsonProblem { severity: "error", message: &failure.message, help, ..JsonProblem::default() })
}

fn line(problem: &JsonProblem) -> String {
    let line = serde_json::to_string(problem).expect("strings and numbers are JSON");
    format!("{line}\n")
}

/// Formats a remark as a line with the severity `note`, a message and nothing else.
pub(super) fn remark(message: &str) -> String {
    format!("{}\n", serde_json::json!({ "severity": "note", "message": message }))
}

fn location<'a>(place: &'a Place, texts: &Texts) -> JsonPlace<'a> {
    let path = Some(&*place.path);
    match texts.position(place) {
        None => JsonPlace { path, ..JsonPlace::default() },
        Some(LineSpan { line, column, end_line, end_column }) => JsonPlace {
            path,
            line: Some(line),
            column: Some(column),
            end_line: Some(end_line),
            end_column: Some(end_column),
        },
    }
}

#[cfg(test)]
mod tests {
    use sitegen_parser::Code;

    use super::*;

    #[test]
    fn a_diagnostic_is_one_line() {
        let diagnostic = Diagnostic::warning(Code::RawHtml, "two\nlines").at(Place::file(&"a.md".into()));
        assert_eq!(
            render(&diagnostic, 1, &Texts::default()),
            "{\"code\":\"raw-html\",\"severity\":\"warning\",\"message\":\"two\\nlines\",\"path\":\"a.md\",\"line\":null,\
             \"column\":null,\"end_line\":null,\"end_column\":null,\"label\":null,\"related\":[],\"note\":null,\
             \"help\":null,\"cause\":1}\n",
        );
    }
}
