//! Finds the signs around `==marked==`, `~lowered~` and `^raised^` text, for which the Markdown library has
//! other rules.
//!
//! Signs of marked text follow the rules of strong text. Lowered and raised text may stand within a word and
//! holds no white space, because `~/a ~/b` and `a ^ b` are text.

use std::borrow::Cow;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag as Element, TagEnd};

use super::{Extension, Syntax, Tag, autolink};
use crate::Span;

/// A sign that begins or ends marked, lowered or raised text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Delimiter {
    /// The bytes of the sign.
    pub(super) span: Span,
    pub(super) script: Script,
    pub(super) opens: bool,
}

/// The kind of text between two signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Marked,
    Lowered,
    Raised,
}

impl Script {
    pub(super) fn tag(self) -> Tag {
        match self {
            Self::Marked => Tag::Mark,
            Self::Lowered => Tag::Subscript,
            Self::Raised => Tag::Superscript,
        }
    }

    /// Returns the kind of text for a run of equal signs, if the site's syntax has it.
    fn of(sign: u8, length: usize, syntax: &Syntax) -> Option<Self> {
        let (script, extension) = match (sign, length) {
            (b'=', 2) => (Self::Marked, Extension::Mark),
            (b'~', 1) => (Self::Lowered, Extension::Subscript),
            (b'^', 1) => (Self::Raised, Extension::Superscript),
            _ => return None,
        };
        syntax.has(extension).then_some(script)
    }
}

/// Finds the delimiters in a text, in order. Each opening one has its closing one, and pairs nest.
pub(super) fn find(text: &str, options: Options, syntax: &Syntax) -> Vec<Delimiter> {
    let is_possible = |(extension, sign): (Extension, &str)| syntax.has(extension) && text.contains(sign);
    let signs = [(Extension::Mark, "=="), (Extension::Subscript, "~"), (Extension::Superscript, "^")];
    if !signs.into_iter().any(is_possible) {
        return Vec::new();
    }
    let has_subscript = syntax.has(Extension::Subscript);
    let options = if has_subscript { options - Options::ENABLE_STRIKETHROUGH } else { options };
    let mut matcher =
        SignMatcher { text, syntax, found: Vec::new(), open: vec![Vec::new()], run: 0..0, verbatim: 0 };
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        matcher.event(&event, span);
    }
    matcher.end_run();
    matcher.found.sort_unstable_by_key(|delimiter| delimiter.span.start);
    matcher.found
}

/// Replaces the tildes of lowered text, because the library would take them for its own signs.
pub(super) fn hide<'t>(text: &'t str, delimiters: &[Delimiter]) -> Cow<'t, str> {
    let mut hidden = Cow::Borrowed(text);
    for delimiter in delimiters.iter().filter(|delimiter| delimiter.script == Script::Lowered) {
        hidden.to_mut().replace_range(delimiter.span.clone(), "=");
    }
    hidden
}

struct SignMatcher<'t> {
    text: &'t str,
    syntax: &'t Syntax,
    found: Vec<Delimiter>,
    /// The signs that may open something, by the element that they stand in, innermost last.
    open: Vec<Vec<(Script, Span)>>,
    /// The run of text that is being gathered.
    run: Span,
    /// The number of open elements in which signs have no meaning.
    verbatim: usize,
}

impl SignMatcher<'_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Text(text) if self.verbatim == 0 && self.text[span.clone()] == **text => {
                if span.start != self.run.end {
                    self.end_run();
                    self.run.start = span.start;
                }
                self.run.end = span.end;
            }
            Event::Start(element) => {
                self.end_run();
                self.open.push(Vec::new());
                self.verbatim += usize::from(is_verbatim(element) || self.verbatim > 0);
            }
            Event::End(end) => {
                self.end_run();
                self.open.pop();
                self.verbatim = self.verbatim.saturating_sub(1);
                if !matches!(end, TagEnd::Link | TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong) {
                    self.open.iter_mut().for_each(Vec::clear);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                self.end_run();
                self.end_scripts();
            }
            _ => self.end_run(),
        }
    }

    fn end_run(&mut self) {
        let run = std::mem::replace(&mut self.run, 0..0);
        let text = &self.text[run.clone()];
        if !text.contains(['=', '~', '^']) {
            if text.contains(char::is_whitespace) {
                self.end_scripts();
            }
            return;
        }
        let urls: Vec<_> = autolink::find(text).collect();
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            let length = bytes[at..].iter().take_while(|byte| **byte == bytes[at]).count();
            if bytes[at].is_ascii_whitespace() {
                self.end_scripts();
            } else if let Some(script) = Script::of(bytes[at], length, self.syntax)
                && !urls.iter().any(|url| url.contains(&at))
            {
                self.sign(script, run.start + at..run.start + at + length);
            }
            at += length;
        }
    }

    fn sign(&mut self, script: Script, span: Span) {
        let before = self.text[..span.start].chars().next_back();
        let after = self.text[span.end..].chars().next();
        let is_escaped =
            self.text[..span.start].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        let is_within_word = script != Script::Marked;
        let flanks = |near: Option<char>, far: Option<char>| {
            let is_sign = |c: char| !c.is_alphanumeric();
            near.is_some_and(|near| !near.is_whitespace() && (is_within_word || !is_sign(near)))
                || !is_within_word
                    && near.is_some_and(|near| !near.is_whitespace() && is_sign(near))
                    && far.is_none_or(is_sign)
        };
        let Some(open) = self.open.last_mut().filter(|_| !is_escaped) else { return };
        let opened = open.iter().rposition(|(other, _)| *other == script);
        match opened {
            Some(index) if flanks(before, after) && open[index].1.end < span.start => {
                let (_, opening) = open[index].clone();
                open.truncate(index);
                self.found.push(Delimiter { span: opening, script, opens: true });
                self.found.push(Delimiter { span, script, opens: false });
            }
            _ if flanks(after, before) => open.push((script, span)),
            _ => {}
        }
    }

    /// Forgets the opening signs of lowered and raised text, which cannot hold white space.
    fn end_scripts(&mut self) {
        for open in &mut self.open {
            open.retain(|(script, _)| *script == Script::Marked);
        }
    }
}

fn is_verbatim(element: &Element<'_>) -> bool {
    matches!(
        element,
        Element::CodeBlock(_) | Element::Link { link_type: LinkType::Autolink | LinkType::Email, .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text with brackets for the signs.
    fn bracketed(text: &str) -> String {
        let syntax = Syntax::with([Extension::Mark, Extension::Subscript, Extension::Superscript]);
        let mut shown = text.to_owned();
        for Delimiter { span, opens, .. } in
            find(text, Options::ENABLE_STRIKETHROUGH, &syntax).into_iter().rev()
        {
            shown.replace_range(span, if opens { "<" } else { ">" });
        }
        shown
    }

    #[test]
    fn signs_stand_around_text() {
        for (text, shown) in [
            ("a ==b c== d", "a <b c> d"),
            ("H~2~O, x^2^ and 1^st^", "H<2>O, x<2> and 1<st>"),
            ("*==a==* ==*b*== ==a `==` b==", "*<a>* <*b*> <a `==` b>"),
            ("==a ^b^ c~d~==", "<a <b> c<d>>"),
            ("==a\nb==", "<a\nb>"),
        ] {
            assert_eq!(bracketed(text), shown);
        }
    }

    #[test]
    fn other_signs_are_text() {
        for text in [
            "a == b == c, x==1, ====a====",
            "~/a ~/b, ~~struck~~, a ~ b",
            "x^2 + y^2, a ^ b",
            "*a ==b* c==",
            "`==a==` https://a.org/?x==1&y==2 <https://a.org/~b~>",
            "\\==a== \\~b~ \\^c^",
            "==a\n\nb==",
            "    ==code==",
            "== a==, ====, ~~, ^^",
        ] {
            assert_eq!(bracketed(text), text);
        }
    }
}
