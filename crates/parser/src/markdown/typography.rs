//! Sets quotation marks, dashes and ellipses as printers do.
//!
//! The library tells what a sign becomes, and the site's language decides the quotation mark. The text keeps
//! its signs until it is written, because attributes and addresses are found in it.

use std::borrow::Cow;

use super::Quotes;
use crate::Span;

/// The signs in a text that are not shown as they are written.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// The bytes of each sign, and the sign to show.
    signs: Vec<(Span, &'static str)>,
    /// True if an inner quotation mark is open.
    is_open: bool,
}

impl Typed {
    /// Remembers a sign at a place in the text, and how the library shows it, between `before` and `after`.
    /// Returns false if it is no such sign.
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

    /// Forgets the signs of a text that was written.
    pub(super) fn clear(&mut self) {
        self.signs.clear();
    }

    /// Moves all signs, because the beginning of the text was taken away.
    pub(super) fn shift(&mut self, length: usize) {
        self.signs.retain(|(span, _)| span.start >= length);
        for (span, _) in &mut self.signs {
            *span = span.start - length..span.end - length;
        }
    }

    /// Returns a part of the text with its signs replaced.
    pub(super) fn show<'t>(&self, text: &'t str, part: &Span) -> Cow<'t, str> {
        let mut shown = Cow::Borrowed(&text[part.clone()]);
        let inside = |span: &Span| part.start <= span.start && span.end <= part.end;
        for (span, sign) in self.signs.iter().rev().filter(|(span, _)| inside(span)) {
            shown.to_mut().replace_range(span.start - part.start..span.end - part.start, sign);
        }
        shown
    }
}
