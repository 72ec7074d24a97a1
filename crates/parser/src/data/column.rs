//! The names of columns.

/// A name without white space around it, nor the byte order marks that joined files leave within.
pub(super) fn name(written: &str) -> &str {
    written.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}')
}

/// The names of the columns that are wanted.
pub(super) fn names(wanted: &[&str]) -> Vec<String> {
    wanted.iter().map(|wanted| name(wanted).to_owned()).collect()
}

/// A file's text begins behind its byte order mark.
pub(super) fn start(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}
