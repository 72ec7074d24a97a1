//! Tells references without a definition from brackets that are text.

use crate::{Severity, Span};

/// Finds the `[^label]`s in a text for which the library found no footnote.
///
/// Brackets with a backslash, such as `[^\s]`, are a set of characters in a regular expression.
pub(super) fn footnotes(text: &str) -> impl Iterator<Item = Span> {
    text.match_indices("[^").filter_map(|(start, opening)| {
        let label = &text[start + opening.len()..];
        let length = label.find(['[', ']', '\\', '\n', '\r'])?;
        let is_label = label[..length].contains(char::is_alphanumeric) && label[length..].starts_with(']');
        let is_reference = is_label && !text[..start].ends_with('\\');
        is_reference.then_some(start..start + opening.len() + length + 1)
    })
}

/// Returns the `[^label]` that a footnote begins with.
pub(super) fn definition(text: &str, footnote: &Span) -> Span {
    footnote.start..footnote.start + text[footnote.clone()].find("]:").map_or(0, |end| end + 1)
}

/// Returns a warning instead of an error for a label with markup or signs in it, because brackets may be
/// meant.
pub(super) fn severity(label: &str) -> Severity {
    let is_plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || "-_.:/'’".contains(c);
    if label.chars().all(is_plain) { Severity::Error } else { Severity::Warning }
}

/// Returns true if `[text][label]` is meant as a link, rather than as two brackets: `a[i][j]`, `[0][1]`.
pub(super) fn is_meant(text: &str, link: &Span, label: &str) -> bool {
    let before = text[..link.start].chars().next_back();
    let is_index = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ']' | ')' | '\\'));
    !is_index && label.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_no_references() {
        let found = |text: &'static str| footnotes(text).map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(
            found("a[^1], [^no-te] and [^a \"b\"] [^] [^+] [^\\w] \\[^x] [^y"),
            ["[^1]", "[^no-te]", "[^a \"b\"]"]
        );
        assert!(is_meant("see [a][b]", &(4..10), "b"));
        assert!(!is_meant("arr[i][j]", &(3..9), "j"));
        assert!(!is_meant("[0][1]", &(0..6), "1"));
    }
}
