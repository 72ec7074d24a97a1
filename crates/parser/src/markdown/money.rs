//! Dollars that are no formulas' marks.
//!
//! The Markdown library would take `$167K to $279K` or what stands between two names of variables for a formula, and
//! tear code apart for it. So the dollars that are text are hidden from it behind a character that the text does not hold.

mod pairs;

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event as Step, Options, Tag as Element};

/// A text without the dollars that are text. All offsets stay as they are.
pub(super) struct Hidden<'t> {
    pub(super) text: Cow<'t, str>,
    /// What stands for the dollars, if there are any.
    sign: Option<char>,
}

/// Hides the dollars that are text, if there can be formulas.
pub(super) fn hide(text: &str, options: Options) -> Hidden<'_> {
    let is_needed = options.contains(Options::ENABLE_MATH) && text.contains('$');
    let dollars = if is_needed { pairs::text_dollars(text, options) } else { Vec::new() };
    // Control characters mean nothing in Markdown.
    let sign = ('\u{1}'..='\u{8}').find(|sign| !text.contains(*sign));
    let Some(sign) = sign.filter(|_| !dollars.is_empty()) else {
        return Hidden { text: Cow::Borrowed(text), sign: None };
    };
    let mut hidden = String::with_capacity(text.len());
    let mut end = 0;
    for at in dollars {
        hidden.push_str(&text[end..at]);
        hidden.push(sign);
        end = at + 1;
    }
    hidden.push_str(&text[end..]);
    Hidden { text: Cow::Owned(hidden), sign: Some(sign) }
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
