//! References that lead nowhere, told from brackets that mean nothing.

use crate::Span;

/// The `[^label]`s in a text that the library found no footnote for.
pub(super) fn footnotes(text: &str) -> impl Iterator<Item = Span> {
    text.match_indices("[^").filter_map(|(start, opening)| {
        let label = &text[start + opening.len()..];
        let length = label.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'))?;
        let is_reference = length > 0 && label[length..].starts_with(']') && !text[..start].ends_with('\\');
        is_reference.then_some(start..start + opening.len() + length + 1)
    })
}

/// Whether `[text][label]` is meant as a link, rather than as two brackets: `a[i][j]`, `[0][1]`.
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
        assert_eq!(found("a[^1], [^no-te] and [^ x] [^] [^a b] \\[^x] [^y"), ["[^1]", "[^no-te]"]);
        assert!(is_meant("see [a][b]", &(4..10), "b"));
        assert!(!is_meant("arr[i][j]", &(3..9), "j"));
        assert!(!is_meant("[0][1]", &(0..6), "1"));
    }
}
