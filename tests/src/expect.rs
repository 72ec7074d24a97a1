//! Formats the results of a site as the expectations of a case.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use sitegen_parser::{Diagnostic, Place, Severity};

use crate::{BuildOutcome, Expectation};

/// The texts of files, by their paths.
type FileTexts = BTreeMap<Arc<str>, Arc<str>>;

/// Returns expectations that the outcome meets, for the same subjects, and for diagnostics if there are any.
pub(crate) fn met(expectations: &[Expectation], outcome: &BuildOutcome) -> Vec<Expectation> {
    let is_diagnostics = |subject: &str| subject == "diagnostics";
    let subjects = expectations.iter().map(|expectation| expectation.subject.as_str());
    let subjects = subjects.filter(|subject| !is_diagnostics(subject));
    let mut met: Vec<_> = subjects.map(|subject| expectation(subject, &of(subject, outcome))).collect();
    if !outcome.diagnostics.is_empty() {
        let diagnostics: Vec<_> =
            outcome.diagnostics.iter().map(|found| plain(found, &outcome.texts)).collect();
        met.push(expectation("diagnostics", &diagnostics.join("\n")));
    }
    met
}

fn expectation(subject: &str, text: &str) -> Expectation {
    Expectation { subject: subject.to_owned(), text: text.trim_matches('\n').to_owned() }
}

fn of(subject: &str, outcome: &BuildOutcome) -> String {
    if subject == "files" {
        return outcome.files.keys().cloned().collect::<Vec<_>>().join("\n");
    }
    if subject == "unchecked" {
        return outcome.unchecked.join("\n");
    }
    match outcome.files.get(subject.trim_start_matches('/')) {
        Some(bytes) => String::from_utf8(bytes.clone())
            .unwrap_or_else(|_| format!("({} bytes that are no text)", bytes.len())),
        None => "(no such file)".to_owned(),
    }
}

/// Formats a diagnostic on one line, and each of its notes and hints on another.
fn plain(diagnostic: &Diagnostic, texts: &FileTexts) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut text = format!("{severity}[{}]", diagnostic.code);
    if let Some(place) = &diagnostic.place {
        let _ = write!(text, " {}", position(place, texts));
    }
    let _ = writeln!(text, ": {}", diagnostic.message);
    if let Some(marked) = diagnostic.place.as_ref().and_then(|place| marked(place, texts)) {
        let _ = writeln!(text, "  text: {marked}");
    }
    let mut line = |name: &str, said: &str| {
        let _ = writeln!(text, "  {name}: {}", said.replace('\n', "\n    "));
    };
    if let Some(label) = &diagnostic.label {
        line("label", label);
    }
    for related in &diagnostic.related {
        line(&format!("related {}", position(&related.place, texts)), &related.label);
    }
    if let Some(note) = &diagnostic.note {
        line("note", note);
    }
    if let Some(help) = &diagnostic.help {
        line("help", help);
    }
    text
}

/// Returns the text of the file that a place is in; none if the place is the whole file.
fn text(place: &Place, texts: &FileTexts) -> Option<Arc<str>> {
    if *place == Place::file(&place.path) { None } else { texts.get(&place.path).cloned() }
}

fn position(place: &Place, texts: &FileTexts) -> String {
    let Some(text) = text(place, texts) else { return place.path.to_string() };
    let before = text.get(..place.start).unwrap_or_else(|| panic!("{place:?} is not in the file"));
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{}:{line}:{column}", place.path)
}

/// Returns the text that a place marks, shortened in the middle.
fn marked(place: &Place, texts: &FileTexts) -> Option<String> {
    const ENDS: usize = 40;
    let text = text(place, texts)?;
    let text = text.get(place.start..place.end).unwrap_or_else(|| panic!("{place:?} is not in the file"));
    let chars: Vec<char> = text.chars().collect();
    let shown = match chars.len() {
        0 => return None,
        length if length <= 2 * ENDS => text.to_owned(),
        length => [&chars[..ENDS], &['…'], &chars[length - ENDS..]].concat().iter().collect(),
    };
    Some(shown.replace('\n', "⏎"))
}
