//! Reads a case file into its sections and expectations.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A case, as written.
#[derive(Debug, Clone)]
pub struct SuiteCase {
    /// Its file.
    pub path: PathBuf,
    /// The sentence that the case specifies.
    pub sentence: String,
    /// The text up to the first expectation.
    pub before: String,
    /// The site: `=== header` and a text each.
    pub sections: Vec<Section>,
    /// The expected results of the site.
    pub expectations: Vec<Expectation>,
    /// The reason for which the case is expected to fail as yet; none of a case that holds.
    pub expected_to_fail: Option<String>,
}

/// A part of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The text after `=== `.
    pub header: String,
    /// The lines below it, each with its line ending.
    pub text: String,
}

/// An expected result of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The text after `>>> `: `files`, `diagnostics`, `unchecked` or the path of an output file.
    pub subject: String,
    /// The lines below it, without the last line ending.
    pub text: String,
}

const SECTION: &str = "=== ";
const EXPECTATION: &str = ">>> ";
const EXPECTED_TO_FAIL: &str = "--expected-to-fail: ";

impl SuiteCase {
    /// Reads a case file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no case.
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

    /// Returns the case's text with other expectations.
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

/// Splits a text into the part before the first header, then each header with the part below it.
fn split<'t>(text: &'t str, mark: &str) -> (&'t str, Vec<(&'t str, &'t str)>) {
    let newline_mark = format!("\n{mark}");
    let (head, rest) = match text.strip_prefix(mark) {
        Some(rest) => ("", Some(rest)),
        None => text.split_once(&newline_mark).map_or((text, None), |(head, rest)| (head, Some(rest))),
    };
    let parts = rest.into_iter().flat_map(|rest| rest.split(&newline_mark));
    (head, parts.map(|part| part.split_once('\n').unwrap_or((part, ""))).collect())
}

/// Removes blank lines at the end of a section, because they only separate sections.
fn with_one_line_ending(text: &str) -> String {
    let text = text.trim_end_matches('\n');
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}
