//! Diagnostics as annotations of a GitHub workflow.

use std::path::Path;

use sitegen_parser::{Diagnostic, Severity};

use super::group::{Group, spot};
use super::text::Texts;
use crate::errors::Failure;

/// The number of errors, and of warnings, that GitHub shows of a step.
const SHOWN: usize = 10;

/// Prints as many causes as annotations as GitHub shows, and the others as lines of the log.
pub(super) fn report(groups: &[Group], texts: &Texts, root: &Path, put: &mut dyn FnMut(&str)) {
    let mut shown = [0; 2];
    for group in groups {
        let count = &mut shown[usize::from(group.first.severity == Severity::Warning)];
        *count += 1;
        if *count <= SHOWN {
            put(&render(group.first, group.more(texts).as_deref(), texts, root));
        } else {
            put(&line(group, texts));
        }
    }
}

/// Formats a cause as a line that GitHub cannot take for a command.
fn line(group: &Group, texts: &Texts) -> String {
    let Diagnostic { place, code, message, .. } = group.first;
    let place = place.as_ref().map(|place| format!("{}: ", spot(place, texts))).unwrap_or_default();
    let severity = severity(group.first);
    let more = group.more(texts).map(|more| format!(" ({more})")).unwrap_or_default();
    let line: String = format!("{severity}[{code}]: {place}{message}{more}")
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    format!("{line}\n")
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Formats a diagnostic as a workflow command. Paths are relative to the working directory of the program.
pub(super) fn render(diagnostic: &Diagnostic, more: Option<&str>, texts: &Texts, root: &Path) -> String {
    let command = severity(diagnostic);
    let properties = properties(diagnostic, texts, root);
    let properties: Vec<_> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    let (note, help) = (diagnostic.note.as_deref(), diagnostic.help.as_deref());
    let text = text(&diagnostic.message, &[("note", note), ("note", more), ("help", help)]);
    format!("::{command} {}::{}\n", properties.join(","), message(&text))
}

/// Formats the reason why a command was not carried out as a workflow command.
pub(super) fn failure(failure: &Failure) -> String {
    let text = text(&failure.message, &[("help", failure.help.as_deref())]);
    format!("::error::{}\n", message(&text))
}

fn properties(diagnostic: &Diagnostic, texts: &Texts, root: &Path) -> Vec<(&'static str, String)> {
    let mut properties = Vec::new();
    if let Some(place) = &diagnostic.place {
        let root = root.strip_prefix(".").unwrap_or(root);
        properties.push(("file", root.join(&*place.path).to_string_lossy().replace('\\', "/")));
        if let Some(position) = texts.position(place) {
            properties.push(("line", position.line.to_string()));
            properties.push(("endLine", position.end_line.to_string()));
            properties.push(("col", position.column.to_string()));
            properties.push(("endColumn", position.end_column.to_string()));
        }
    }
    properties.push(("title", diagnostic.code.to_string()));
    properties
}

/// Joins a message and its notes, each on a line of its own.
fn text(message: &str, lines: &[(&str, Option<&str>)]) -> String {
    let mut text = message.to_owned();
    for (name, line) in lines {
        if let Some(line) = line {
            text = format!("{text}\n{name}: {line}");
        }
    }
    text
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use sitegen_parser::{Code, Place};

    use super::*;

    #[test]
    fn what_would_end_a_property_or_a_command_is_escaped() {
        let diagnostic = Diagnostic::error(Code::RawHtml, "100%\n::error::b")
            .at(Place::file(&"a,b:c.md".into()))
            .help("1\r\n2");
        assert_eq!(
            render(&diagnostic, None, &Texts::default(), Path::new("./site")),
            "::error file=site/a%2Cb%3Ac.md,title=raw-html::100%25%0A::error::b%0Ahelp: 1%0D%0A2\n",
        );
    }
}
