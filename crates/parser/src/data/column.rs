//! The names of columns.

use std::borrow::Cow;

use super::Wanted;
use crate::composed;

/// A name without white space around it, nor the byte order marks that joined files leave within.
pub(super) fn name(written: &str) -> Cow<'_, str> {
    composed(written.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}'))
}

/// The names of the columns that are wanted; none of one that is wanted by its place.
pub(super) fn names(wanted: &[Wanted]) -> Vec<Option<String>> {
    let named = |wanted: &Wanted| match wanted {
        Wanted::Named(wanted) => Some(name(wanted).into_owned()),
        Wanted::At(_) => None,
    };
    wanted.iter().map(named).collect()
}

/// A file's text begins behind its byte order mark.
pub(super) fn start(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}
