//! Amounts of money, which are no formulas.
//!
//! A `$` directly before a digit neither opens nor closes a formula, unless it is one of two: `$$2x$$`. The Markdown library would
//! take `$167K to $279K` for one, so such signs are hidden from it behind a character that the text does not hold.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event as Step, Tag as Element};

use super::Syntax;
use crate::excerpt::Excerpt;

/// How many characters of a URL are looked at.
const MAX_URL: usize = 1000;

/// A text without the signs of amounts. All offsets stay as they are.
pub(super) struct Hidden<'t> {
    pub(super) text: Cow<'t, str>,
    /// What stands for the signs, if there are any.
    sign: Option<char>,
}

/// Hides the signs of amounts, if there can be formulas. `text` is the excerpt's, of the same length.
pub(super) fn hide<'t>(excerpt: &Excerpt<'_>, text: &'t str, syntax: &Syntax) -> Hidden<'t> {
    let signs = text.match_indices('$').map(|(at, _)| at);
    let signs: Vec<_> = signs.filter(|at| syntax.math && is_of_amount(excerpt, *at)).collect();
    // Control characters mean nothing in Markdown.
    let sign = ('\u{1}'..='\u{8}').find(|sign| !text.contains(*sign));
    let Some(sign) = sign.filter(|_| !signs.is_empty()) else {
        return Hidden { text: Cow::Borrowed(text), sign: None };
    };
    let mut hidden = String::with_capacity(text.len());
    let mut end = 0;
    for at in signs {
        hidden.push_str(&text[end..at]);
        hidden.push(sign);
        end = at + 1;
    }
    hidden.push_str(&text[end..]);
    Hidden { text: Cow::Owned(hidden), sign: Some(sign) }
}

fn is_of_amount(excerpt: &Excerpt<'_>, at: usize) -> bool {
    let text = excerpt.text.as_bytes();
    text.get(at + 1).is_some_and(u8::is_ascii_digit)
        && (at == 0 || text[at - 1] != b'$')
        && !excerpt.is_escaped(at)
        && !is_in_url(&excerpt.text[..at])
}

/// Whether a text ends within a URL, where control characters mean something.
fn is_in_url(text: &str) -> bool {
    let near = text.char_indices().rev().take(MAX_URL).take_while(|(_, c)| !c.is_whitespace()).last();
    let word = near.map_or("", |(start, _)| &text[start..]);
    word.contains("://") || word.rsplit_once("](").is_some_and(|(_, url)| !url.contains(')'))
}

impl Hidden<'_> {
    /// A step of the library's with the signs in their places.
    pub(super) fn show<'s>(&self, step: Step<'s>) -> Step<'s> {
        let Some(sign) = self.sign else { return step };
        let show = |text: CowStr<'s>| -> CowStr<'s> {
            if text.contains(sign) { text.replace(sign, "$").into() } else { text }
        };
        match step {
            Step::Text(text) => Step::Text(show(text)),
            Step::Code(text) => Step::Code(show(text)),
            Step::Html(text) => Step::Html(show(text)),
            Step::InlineHtml(text) => Step::InlineHtml(show(text)),
            Step::InlineMath(text) => Step::InlineMath(show(text)),
            Step::DisplayMath(text) => Step::DisplayMath(show(text)),
            Step::FootnoteReference(label) => Step::FootnoteReference(show(label)),
            Step::Start(element) => Step::Start(show_element(element, show)),
            other => other,
        }
    }

    /// A text of the library's, likewise.
    pub(super) fn show_text(&self, text: &str) -> String {
        self.sign.map_or_else(|| text.to_owned(), |sign| text.replace(sign, "$"))
    }
}

fn show_element<'s>(element: Element<'s>, show: impl Fn(CowStr<'s>) -> CowStr<'s>) -> Element<'s> {
    match element {
        Element::Link { link_type, dest_url, title, id } => {
            Element::Link { link_type, dest_url: show(dest_url), title: show(title), id: show(id) }
        }
        Element::Image { link_type, dest_url, title, id } => {
            Element::Image { link_type, dest_url: show(dest_url), title: show(title), id: show(id) }
        }
        Element::Heading { level, id, classes, attrs } => Element::Heading {
            level,
            id: id.map(&show),
            classes: classes.into_iter().map(&show).collect(),
            attrs: attrs.into_iter().map(|(name, value)| (show(name), value.map(&show))).collect(),
        },
        Element::CodeBlock(CodeBlockKind::Fenced(info)) => {
            Element::CodeBlock(CodeBlockKind::Fenced(show(info)))
        }
        Element::FootnoteDefinition(label) => Element::FootnoteDefinition(show(label)),
        other => other,
    }
}
