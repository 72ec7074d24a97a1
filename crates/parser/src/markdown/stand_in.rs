//! Hides signs from the Markdown library behind a character that the text does not hold.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event as Step, Tag as Element};

use crate::Span;

/// A text in which some signs are hidden. All offsets stay as they are.
pub(super) struct Hidden<'t> {
    pub(super) text: Cow<'t, str>,
    /// The hidden sign and its stand-in; none if nothing is hidden.
    sign: Option<(&'static str, char)>,
}

/// Hides a sign at some offsets, in order, behind the first of the stand-ins that the text does not hold.
/// Each stand-in has the length of the sign.
pub(super) fn hide<'t>(
    text: Cow<'t, str>,
    sign: &'static str,
    offsets: &[usize],
    stand_ins: impl IntoIterator<Item = char>,
) -> Hidden<'t> {
    if offsets.is_empty() {
        return Hidden { text, sign: None };
    }
    let Some(stand_in) = stand_ins.into_iter().find(|stand_in| !text.contains(*stand_in)) else {
        return Hidden { text, sign: None };
    };
    let mut hidden = String::with_capacity(text.len());
    let mut end = 0;
    for at in offsets {
        hidden.push_str(&text[end..*at]);
        hidden.push(stand_in);
        end = at + sign.len();
    }
    hidden.push_str(&text[end..]);
    Hidden { text: hidden.into(), sign: Some((sign, stand_in)) }
}

impl Hidden<'_> {
    /// Restores the signs in a step of the library.
    pub(super) fn show<'s>(&self, step: Step<'s>, range: &Span) -> Step<'s> {
        let Some((sign, stand_in)) = self.sign else { return step };
        let show = |text: CowStr<'s>| -> CowStr<'s> {
            if text.contains(stand_in) { text.replace(stand_in, sign).into() } else { text }
        };
        match step {
            // An entity may stand for the stand-in itself.
            Step::Text(text) if self.text[range.clone()].starts_with('&') => Step::Text(text),
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

    /// Restores the signs in a text of the library.
    pub(super) fn show_text(&self, text: &str) -> String {
        self.sign.map_or_else(|| text.to_owned(), |(sign, stand_in)| text.replace(stand_in, sign))
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
        Element::CodeBlock(CodeBlockKind::Fenced(info)) => {
            Element::CodeBlock(CodeBlockKind::Fenced(show(info)))
        }
        Element::FootnoteDefinition(label) => Element::FootnoteDefinition(show(label)),
        other => other,
    }
}
