//! Reads front matter in YAML 1.2, with a span on every key and value: one document whose root is a mapping.
//!
//! Plain scalars have the types of the core schema. Their text can be read at their spans: a field that the
//! site declares as a string takes the author's `1.10`, not a number.

mod alias;
mod place;
mod problem;
mod read;
mod scalar;

use granit_parser::{ErrorKind, Options, ScanError, options};

use crate::excerpt::Excerpt;
use crate::table::MAX_DEPTH;
use crate::{Diagnostic, Diagnostics, Source, Span, Table, errors};

/// A reason why reading ends early.
enum Stop {
    /// The text is no YAML.
    Scan(ScanError),
    /// The text is YAML, but not what front matter can be.
    Said(Diagnostic),
}

/// Reads the part `span` of a file as YAML. Spans are those of the file.
///
/// Reading ends at the first problem, with the values read until then.
pub(crate) fn read(source: &Source, span: Span) -> (Table, Diagnostics) {
    read_as(source, span, YamlRoot::Table)
}

/// Reads the part `span` of a file of data as YAML. A list stands in the table that is returned, without a
/// name.
pub(crate) fn read_data(source: &Source, span: Span) -> (Table, Diagnostics) {
    read_as(source, span, YamlRoot::Any)
}

/// The value that a document can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum YamlRoot {
    Table,
    /// A table or a list.
    Any,
}

fn read_as(source: &Source, span: Span, root: YamlRoot) -> (Table, Diagnostics) {
    let excerpt = Excerpt::new(source, span);
    let (table, mut diagnostics, stop) = read::read(&excerpt, options(true), root);
    match stop {
        None => {}
        Some(Stop::Said(problem)) => diagnostics.push(problem),
        Some(Stop::Scan(error)) => match again(&excerpt, &error, root) {
            Some(lenient) => return lenient,
            None => diagnostics.push(problem::diagnose(&excerpt, &error)),
        },
    }
    (table, diagnostics)
}

/// Reads a text again without the rule that lines within brackets or quotation marks must be indented, and
/// warns, because other readers do not mind such lines.
fn again(excerpt: &Excerpt<'_>, error: &ScanError, root: YamlRoot) -> Option<(Table, Diagnostics)> {
    let is_in_brackets = *error.kind() == ErrorKind::InvalidIndentation;
    if !is_in_brackets && *error.kind() != ErrorKind::InvalidQuotedScalarIndent {
        return None;
    }
    let line = place::line(excerpt.text, place::offset(excerpt.text, error));
    let (table, mut diagnostics, stop) = read::read(excerpt, options(false), root);
    diagnostics.push(match stop {
        None if !place::is_key(&excerpt.text[line.clone()]) => {
            errors::yaml_not_indented(excerpt.place(&line))
        }
        // Without this rule, the library tells which bracket is not closed.
        Some(Stop::Scan(error)) if is_in_brackets => problem::diagnose(excerpt, &error),
        _ => return None,
    });
    Some((table, diagnostics))
}

fn options(strict_indentation: bool) -> Options {
    options! {
        strict_indentation: strict_indentation,
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}
