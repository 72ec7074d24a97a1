//! The names of columns.

use std::borrow::Cow;

use crate::composed;

/// A name without white space around it, nor the byte order marks that joined files leave within.
pub(super) fn name(written: &str) -> Cow<'_, str> {
    composed(written.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}'))
}

/// The names of the columns that are wanted.
pub(super) fn names(wanted: &[&str]) -> Vec<String> {
    wanted.iter().map(|wanted| name(wanted).into_owned()).collect()
}

/// A file's text begins behind its byte order mark.
pub(super) fn start(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}
