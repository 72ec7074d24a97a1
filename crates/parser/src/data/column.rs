//! The names of columns, as headers and callers write them.

use std::borrow::Cow;

use super::ColumnRef;
use crate::composed;

/// Trims a name: white space around it, and byte order marks, which stay within a file if files are joined.
pub(super) fn name(written: &str) -> Cow<'_, str> {
    composed(written.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}'))
}

/// Lists the names of the wanted columns, with none for a column that is wanted by its place.
pub(super) fn names(wanted: &[ColumnRef]) -> Vec<Option<String>> {
    let named = |wanted: &ColumnRef| match wanted {
        ColumnRef::Named(wanted) => Some(name(wanted).into_owned()),
        ColumnRef::At(_) => None,
    };
    wanted.iter().map(named).collect()
}

/// Returns the offset behind the byte order mark.
pub(super) fn start(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}

/// The name of a column that holds the key of each row, in files whose rows have keys.
pub(super) const KEY: &str = "@key";
