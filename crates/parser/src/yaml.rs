//! YAML 1.2 with a span on every key and value, as front matter: one document whose root is a mapping.
//!
//! Plain scalars have the types of the core schema. Their text stands at their span, for whoever wants it instead: what a
//! schema calls a string is the author's `1.10`, not a number.

mod alias;
mod place;
mod problem;
mod read;
mod scalar;

use granit_parser::{ErrorKind, Options, ScanError, options};

use crate::excerpt::Excerpt;
use crate::table::MAX_DEPTH;
use crate::{Diagnostic, Diagnostics, Source, Span, Table, errors};

/// Why reading ends early.
enum Stop {
    /// This is no YAML.
    Scan(ScanError),
    /// It is, but not what front matter can be.
    Said(Diagnostic),
}

/// Reads the part `span` of a file as YAML; spans are those of the file.
///
/// Reading ends at the first problem, with what was read until then.
pub(crate) fn read(source: &Source, span: Span) -> (Table, Diagnostics) {
    let excerpt = Excerpt::new(source, span);
    let (table, mut diagnostics, stop) = read::read(&excerpt, options(true));
    match stop {
        None => {}
        Some(Stop::Said(problem)) => diagnostics.push(problem),
        Some(Stop::Scan(error)) => match again(&excerpt, &error) {
            Some(lenient) => return lenient,
            None => diagnostics.push(problem::diagnose(&excerpt, &error)),
        },
    }
    (table, diagnostics)
}

/// What stands in brackets or quotation marks over several lines must be indented, which other readers do not mind: it is
/// read, and said.
fn again(excerpt: &Excerpt<'_>, error: &ScanError) -> Option<(Table, Diagnostics)> {
    let is_in_brackets = *error.kind() == ErrorKind::InvalidIndentation;
    if !is_in_brackets && *error.kind() != ErrorKind::InvalidQuotedScalarIndent {
        return None;
    }
    let line = place::line(excerpt.text, place::offset(excerpt.text, error));
    let (table, mut diagnostics, stop) = read::read(excerpt, options(false));
    diagnostics.push(match stop {
        None if !place::is_key(&excerpt.text[line.clone()]) => {
            errors::yaml_not_indented(excerpt.place(&line))
        }
        // Without the rule, the library knows which bracket is not closed.
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
