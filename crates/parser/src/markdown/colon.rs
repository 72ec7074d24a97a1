//! Hides colons at the beginnings of lines from the Markdown library, because it takes each for the mark of a
//! definition, even in `:smile:` below a paragraph. A true mark is a colon and a space.

use std::borrow::Cow;

use super::stand_in::{self, Hidden};

/// Characters that can replace a colon, best first: punctuation without meaning in Markdown, because the
/// characters around an emphasis decide what is emphasized, and else characters that nobody writes.
const STAND_INS: &str = ";,?%@\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{e}\u{f}\u{10}\u{11}\u{12}\u{13}\u{14}";

/// Hides the colons that begin lines without being marks of definitions.
pub(super) fn hide(text: Cow<'_, str>) -> Hidden<'_> {
    let colons = colons(&text);
    stand_in::hide(text, ":", &colons, STAND_INS.chars())
}

fn colons(text: &str) -> Vec<usize> {
    let begins_line = |colon: usize| {
        let before = text[..colon].trim_end_matches([' ', '\t', '>']);
        before.is_empty() || before.ends_with(['\n', '\r'])
    };
    let rest_of_line = |colon: usize| {
        let rest = &text[colon + 1..];
        rest.find(['\n', '\r']).map_or(rest, |end| &rest[..end])
    };
    let colons = text.match_indices(':').map(|(colon, _)| colon);
    colons.filter(|colon| begins_line(*colon) && is_text(rest_of_line(*colon))).collect()
}

/// Returns true if the rest of a line shows that its colon is neither the mark of a definition nor part of
/// the line below a table's head.
fn is_text(rest: &str) -> bool {
    let is_rule = |c: char| matches!(c, '-' | ':' | '|' | ' ' | '\t' | '\r' | '\n');
    let is_below_head = rest.contains('-') && rest.chars().all(is_rule);
    !is_below_head && !rest.starts_with([' ', '\t'])
}
