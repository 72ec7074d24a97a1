//! Hides colons at the beginnings of lines from the Markdown library, which takes any of them for the mark of a
//! definition: `:smile:` below a paragraph is text. The mark is a colon and a space.

use pulldown_cmark::{CowStr, Event as Step, Tag as Element};

use crate::Span;

/// A text whose colons are hidden, and the character in their place.
pub(super) struct Hidden {
    pub(super) text: String,
    stand_in: Option<char>,
}

/// What may stand for a colon, best first: no mark of Markdown's, and a sign as colons are, since what is emphasised
/// depends on the signs around. Else it is a character that nobody writes.
const STAND_INS: &str = ";,?%@\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{e}\u{f}\u{10}\u{11}\u{12}\u{13}\u{14}";

/// Hides the colons that begin lines and are no marks of definitions. All offsets stay as they are.
pub(super) fn hide(text: String) -> Hidden {
    let found = colons(&text);
    let mut unused = STAND_INS.chars().filter(|stand_in| !text.contains(*stand_in));
    let Some(stand_in) = found.first().and_then(|_| unused.next()) else {
        return Hidden { text, stand_in: None };
    };
    let mut hidden = String::with_capacity(text.len());
    let mut end = 0;
    for colon in found {
        hidden.push_str(&text[end..colon]);
        hidden.push(stand_in);
        end = colon + 1;
    }
    hidden.push_str(&text[end..]);
    Hidden { text: hidden, stand_in: Some(stand_in) }
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

/// Whether what follows a colon makes it neither the mark of a definition nor part of the line below a table's head.
fn is_text(rest: &str) -> bool {
    let is_rule = |c: char| matches!(c, '-' | ':' | '|' | ' ' | '\t' | '\r' | '\n');
    let is_below_head = rest.contains('-') && rest.chars().all(is_rule);
    !is_below_head && !rest.starts_with([' ', '\t'])
}

impl Hidden {
    /// A step of the library as its author wrote it.
    pub(super) fn uncover<'s>(&self, step: Step<'s>, range: &Span) -> Step<'s> {
        let Some(stand_in) = self.stand_in else { return step };
        let restore = |text: CowStr<'s>| {
            if text.contains(stand_in) { text.replace(stand_in, ":").into() } else { text }
        };
        match step {
            // An entity may mean the character that stands in.
            Step::Text(text) if self.text[range.clone()].starts_with('&') => Step::Text(text),
            Step::Text(text) => Step::Text(restore(text)),
            Step::Code(text) => Step::Code(restore(text)),
            Step::Html(text) => Step::Html(restore(text)),
            Step::InlineHtml(text) => Step::InlineHtml(restore(text)),
            Step::InlineMath(text) => Step::InlineMath(restore(text)),
            Step::DisplayMath(text) => Step::DisplayMath(restore(text)),
            Step::Start(Element::Link { link_type, dest_url, title, id }) => {
                let (dest_url, title) = (restore(dest_url), restore(title));
                Step::Start(Element::Link { link_type, dest_url, title, id })
            }
            Step::Start(Element::Image { link_type, dest_url, title, id }) => {
                let (dest_url, title) = (restore(dest_url), restore(title));
                Step::Start(Element::Image { link_type, dest_url, title, id })
            }
            step => step,
        }
    }
}
