//! A case file's text, in its sections.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A case, as written.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its file.
    pub path: PathBuf,
    /// What it specifies.
    pub sentence: String,
    /// The text up to the first expectation.
    pub before: String,
    /// The site: `=== header` and a text each.
    pub sections: Vec<Section>,
    /// What must come of it.
    pub expectations: Vec<Expectation>,
    /// Why something else comes of it as yet; none of a case that holds.
    pub expected_to_fail: Option<String>,
}

/// A part of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What follows `=== `.
    pub header: String,
    /// The lines below it, each with its line ending.
    pub text: String,
}

/// A part of what must come of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// What follows `>>> `: `files`, `diagnostics`, `unchecked` or the path of an output file.
    pub subject: String,
    /// The lines below it, without the last line ending.
    pub text: String,
}

const SECTION: &str = "=== ";
const EXPECTATION: &str = ">>> ";
const EXPECTED_TO_FAIL: &str = "--expected-to-fail: ";

impl Case {
    /// Reads a case file.
    ///
    /// # Errors
    ///
    /// What is wrong with its form.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        Self::parse(path, &text)
    }

    pub(crate) fn parse(path: &Path, text: &str) -> Result<Self, String> {
        let (before, after) = text.split_at(start_of_expectations(text));
        let (sentence, sections) = split(before, SECTION);
        let sentence = sentence.trim().to_owned();
        if !sentence.ends_with('.') {
            return Err("a case begins with the sentence that it specifies".to_owned());
        }
        let (marks, sections): (Vec<_>, Vec<_>) =
            sections.into_iter().partition(|(header, _)| header.starts_with(EXPECTED_TO_FAIL));
        let reason = marks.first().and_then(|(header, _)| header.strip_prefix(EXPECTED_TO_FAIL));
        let section = |(header, text): (&str, &str)| Section {
            header: header.to_owned(),
            text: with_one_line_ending(text),
        };
        let expectation = |(subject, text): (&str, &str)| Expectation {
            subject: subject.to_owned(),
            text: text.trim_matches('\n').to_owned(),
        };
        Ok(Self {
            path: path.to_owned(),
            sentence,
            before: before.to_owned(),
            sections: sections.into_iter().map(section).collect(),
            expectations: split(after, EXPECTATION).1.into_iter().map(expectation).collect(),
            expected_to_fail: reason.map(str::to_owned),
        })
    }

    /// The case's text with other expectations.
    pub fn with(&self, expectations: &[Expectation]) -> String {
        let mut text = format!("{}\n", self.before.trim_end_matches('\n'));
        for Expectation { subject, text: expected } in expectations {
            let _ = writeln!(text, "\n{EXPECTATION}{subject}");
            if !expected.is_empty() {
                let _ = writeln!(text, "{expected}");
            }
        }
        text
    }
}

fn start_of_expectations(text: &str) -> usize {
    text.find(&format!("\n{EXPECTATION}")).map_or(text.len(), |at| at + 1)
}

/// What stands before the first header, then the headers and what stands below each.
fn split<'t>(text: &'t str, mark: &str) -> (&'t str, Vec<(&'t str, &'t str)>) {
    let newline_mark = format!("\n{mark}");
    let (head, rest) = match text.strip_prefix(mark) {
        Some(rest) => ("", Some(rest)),
        None => text.split_once(&newline_mark).map_or((text, None), |(head, rest)| (head, Some(rest))),
    };
    let parts = rest.into_iter().flat_map(|rest| rest.split(&newline_mark));
    (head, parts.map(|part| part.split_once('\n').unwrap_or((part, ""))).collect())
}

/// Blank lines between sections belong to none.
fn with_one_line_ending(text: &str) -> String {
    let text = text.trim_end_matches('\n');
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}
