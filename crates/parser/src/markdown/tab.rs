//! Replaces tabs that the Markdown library does not take for white space.
//!
//! A tab behind a closing fence would make the rest of the text code, and a tab in the line below the head of
//! a table would make it no table. Only the library sees spaces instead; code keeps its tabs.

use std::borrow::Cow;

use crate::Span;

/// Replaces each such tab by a space, because offsets must stay as they are.
pub(super) fn as_spaces(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') {
        return text.into();
    }
    let mut spaced = Cow::Borrowed(text);
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        if let Some(part) = line.contains('\t').then(|| misread(line)).flatten() {
            let spaces = line[part.clone()].replace('\t', " ");
            spaced.to_mut().replace_range(start + part.start..start + part.end, &spaces);
        }
        start += line.len();
    }
    spaced
}

/// Finds the part of a line in which the library misreads tabs.
fn misread(line: &str) -> Option<Span> {
    let end = line.trim_end().len();
    let start = end - line[..end].trim_start_matches([' ', '\t', '>']).len();
    let marks = &line[start..end];
    let is_fence = |mark| marks.len() >= 3 && marks.trim_matches(mark).is_empty();
    if is_fence('`') || is_fence('~') || marks.starts_with('#') && marks.ends_with('#') {
        return Some(end..line.len());
    }
    // A hyphen and a tab begin a list, not a table.
    let is_delimiters = marks.contains('|')
        && marks.contains('-')
        && !marks.starts_with("-\t")
        && marks.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
    is_delimiters.then_some(start..line.len())
}

#[cfg(test)]
mod tests {
    use super::as_spaces;

    #[test]
    fn only_misread_tabs_are_spaces() {
        for (text, spaced) in [
            ("> ```\t\r\n", "> ``` \r\n"),
            ("\t~~~\t\t\na\t\n", "\t~~~  \na\t\n"),
            ("#\ta #\t", "#\ta # "),
            ("|\t-\t|:-:\t|\na\t|\tb", "| - |:-: |\na\t|\tb"),
            ("-\t|---\t|", "-\t|---\t|"),
            ("`a`\t\t\n``\t", "`a`\t\t\n``\t"),
        ] {
            assert_eq!(as_spaces(text), spaced);
        }
    }
}
