//! Quotation marks, dashes and ellipses as printers set them.
//!
//! The Markdown library says what a sign becomes; here it is that of the site's language. Until text is written it stays as
//! it was written, since attributes and addresses are told from it.

use std::borrow::Cow;

use super::Quotes;
use crate::Span;

/// What stands in a text for signs in it.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// Where a sign stands, and what is shown.
    signs: Vec<(Span, &'static str)>,
    /// Whether an inner quotation mark is open.
    is_open: bool,
}

impl Typed {
    /// Takes a sign that was written at a place in the text, and is shown as the library says. `before` and `after` stand
    /// around it. Gives whether it is one.
    pub(super) fn add(
        &mut self,
        (written, shown): (&str, &str),
        at: usize,
        (before, after): (Option<char>, Option<char>),
        quotes: Quotes,
    ) -> bool {
        if !written.starts_with(['"', '\'', '-', '.']) || written == shown {
            return false;
        }
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let sign = match shown {
            "“" if is_letter(before) => "\"",
            "“" => quotes.outer[0],
            "”" => quotes.outer[1],
            "‘" => {
                self.is_open = true;
                quotes.inner[0]
            }
            "’" if self.is_open && !is_letter(after) => {
                self.is_open = false;
                quotes.inner[1]
            }
            "’" => "’",
            "–" => "–",
            "—" => "—",
            "…" => "…",
            _ => return false,
        };
        self.signs.push((at..at + written.len(), sign));
        true
    }

    /// Forgets the signs of a text that is written.
    pub(super) fn clear(&mut self) {
        self.signs.clear();
    }

    /// Moves all signs, since the beginning of the text was taken away.
    pub(super) fn shift(&mut self, length: usize) {
        self.signs.retain(|(span, _)| span.start >= length);
        for (span, _) in &mut self.signs {
            *span = span.start - length..span.end - length;
        }
    }

    /// A part of the text as it is shown.
    pub(super) fn show<'t>(&self, text: &'t str, part: &Span) -> Cow<'t, str> {
        let mut shown = Cow::Borrowed(&text[part.clone()]);
        let inside = |span: &Span| part.start <= span.start && span.end <= part.end;
        for (span, sign) in self.signs.iter().rev().filter(|(span, _)| inside(span)) {
            shown.to_mut().replace_range(span.start - part.start..span.end - part.start, sign);
        }
        shown
    }
}
