//! Reads cells in quotation marks.

use std::borrow::Cow;

use crate::Span;

/// A fault of a quoted cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CellFault {
    /// Nothing closes its quotation mark.
    Unclosed,
    /// More text stands behind its closing quotation mark, at these bytes.
    Stray(Span),
}

/// Returns true if a cell begins with a quotation mark.
pub(super) fn is_quoted(written: &str) -> bool {
    written.starts_with('"')
}

/// Checks that a quoted cell is closed and ends there. White space behind it is harmless.
pub(super) fn check(written: &str) -> Result<(), CellFault> {
    let end = end(written).ok_or(CellFault::Unclosed)?;
    let rest = &written[end..];
    let stray = rest.trim();
    if stray.is_empty() {
        return Ok(());
    }
    let start = end + rest.len() - rest.trim_start().len();
    Err(CellFault::Stray(start..start + stray.len()))
}

/// Returns the text of a cell, quoted or not. A faulty cell is taken as it is written.
pub(super) fn text(written: &str) -> Cow<'_, str> {
    if !is_quoted(written) || check(written).is_err() {
        return Cow::Borrowed(written);
    }
    let end = end(written).expect("the cell was checked");
    let inner = &written[1..end - 1];
    if inner.contains('"') { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) }
}

/// Finds the end of a quoted cell, behind its closing quotation mark. Two quotation marks stand for one in
/// the text.
fn end(written: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        at += written[at..].find('"')? + 1;
        if written.as_bytes().get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{CellFault, check, text};

    #[test]
    fn quotes_are_undone() {
        for (written, expected) in [
            ("", ""),
            (" a ", " a "),
            ("a\"b\"", "a\"b\""),
            ("\"\"", ""),
            ("\"a,b\"", "a,b"),
            ("\"a\"\"b\"", "a\"b"),
            ("\"\"\"\"", "\""),
            ("\"\"\"a\"\"\" ", "\"a\""),
        ] {
            assert_eq!(text(written), expected, "{written}");
        }
    }

    #[test]
    fn faults_are_found() {
        for written in ["\"", "\"a", "\"a\"\"", "\"\"\"", "\"é,\n"] {
            assert_eq!(check(written), Err(CellFault::Unclosed), "{written}");
        }
        assert_eq!(check("\"abc\"def"), Err(CellFault::Stray(5..8)));
        assert_eq!(check("\"a\" \"b\" "), Err(CellFault::Stray(4..7)));
        assert_eq!(check("\"\"a\"\""), Err(CellFault::Stray(2..5)));
        assert_eq!(check("\"a\"\u{a0}"), Ok(()));
    }
}
