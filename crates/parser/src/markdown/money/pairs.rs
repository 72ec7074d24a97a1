//! Tells dollars around formulas from dollars that are text.
//!
//! Code, HTML and addresses bind tighter than dollars. A `$` opens a formula if no letter, digit or `$`
//! stands before it, and no space, digit or quotation mark behind it. The next one closes the formula if no
//! space or `"` stands before it, and no letter or digit behind it. So it is with `$$`, which may also stand
//! before a digit, and before a space if nothing else is on its line. Text that begins with two words side by
//! side, such as `$USD and EUR$`, is prose.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag as Element, TagEnd};

use crate::Span;
use crate::markdown::colon;

/// The most characters of a URL or a line that are searched.
const NEAR: usize = 1000;

/// Dollars side by side.
#[derive(Debug, Clone)]
struct DollarRun {
    span: Span,
    /// The number of pieces of code, HTML and addresses before the run.
    walls: usize,
    /// The beginning of the innermost link or image around the run.
    link: Option<usize>,
}

/// Finds the dollars that are no marks of formulas, in order.
pub(super) fn text_dollars(text: &str, options: Options) -> Vec<usize> {
    let hidden = colon::hide(text.into()).text;
    let mut matcher = DollarMatcher { text, ..DollarMatcher::default() };
    for (event, span) in Parser::new_ext(&hidden, options - Options::ENABLE_MATH).into_offset_iter() {
        matcher.event(&event, span);
    }
    matcher.end_block();
    matcher.found
}

#[derive(Default)]
struct DollarMatcher<'t> {
    text: &'t str,
    found: Vec<usize>,
    /// The runs of the current block, with the innermost brace around each.
    runs: Vec<(DollarRun, Option<usize>)>,
    braces: Vec<usize>,
    walls: usize,
    links: Vec<usize>,
    /// True within code or an address.
    is_verbatim: bool,
}

impl DollarMatcher<'_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Text(_) if !self.is_verbatim => self.text(span),
            Event::Code(_) if self.is_formula(&span) => {}
            Event::Code(_) | Event::InlineHtml(_) => self.walls += 1,
            Event::Start(Element::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                self.walls += 1;
                self.is_verbatim = true;
                self.links.push(span.start);
            }
            Event::Start(Element::Link { .. } | Element::Image { .. }) => self.links.push(span.start),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                self.is_verbatim = false;
                self.links.pop();
            }
            Event::Start(Element::Emphasis | Element::Strong | Element::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            Event::Start(element) => {
                self.end_block();
                self.is_verbatim = matches!(element, Element::CodeBlock(_));
            }
            Event::End(_) => {
                self.end_block();
                self.is_verbatim = false;
            }
            _ => {}
        }
    }

    /// Returns true if code is a formula in GitHub's form: $`x`$.
    fn is_formula(&self, code: &Span) -> bool {
        self.text[..code.start].ends_with('$') && self.text[code.end..].starts_with('$')
    }

    fn text(&mut self, span: Span) {
        for (at, byte) in self.text[span.clone()].bytes().enumerate() {
            let at = span.start + at;
            match byte {
                b'$' | b'{' | b'}' if self.is_escaped(at) => {}
                b'{' => self.braces.push(at),
                b'}' => {
                    self.braces.pop();
                }
                b'$' if is_in_url(&self.text[..at]) => {
                    self.walls += 1;
                    self.found.push(at);
                }
                b'$' => self.dollar(at),
                _ => {}
            }
        }
    }

    fn is_escaped(&self, at: usize) -> bool {
        self.text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
    }

    fn dollar(&mut self, at: usize) {
        match self.runs.last_mut().filter(|(run, _)| run.span.end == at) {
            Some((run, _)) => run.span.end += 1,
            None => {
                let run = DollarRun { span: at..at + 1, walls: self.walls, link: self.links.last().copied() };
                self.runs.push((run, self.braces.last().copied()));
            }
        }
    }

    /// Pairs the runs of a block, each with the next one within the same braces.
    fn end_block(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        let mut is_mark = vec![false; runs.len()];
        let mut open: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for (index, (run, brace)) in runs.iter().enumerate() {
            match open.remove(brace) {
                Some(opening) if is_formula(self.text, &runs[opening].0, run) => {
                    is_mark[opening] = true;
                    is_mark[index] = true;
                }
                _ => {
                    open.insert(*brace, index);
                }
            }
        }
        let texts = runs.into_iter().zip(is_mark).filter(|(_, is_mark)| !is_mark);
        self.found.extend(texts.flat_map(|((run, _), _)| run.span));
        self.found.sort_unstable();
        self.braces.clear();
    }
}

/// Returns true if a formula stands between two runs.
fn is_formula(text: &str, open: &DollarRun, close: &DollarRun) -> bool {
    let (before, inner) = (&text[..open.span.start], &text[open.span.end..close.span.start]);
    let after = &text[close.span.end..];
    let is_display = open.span.len() == 2;
    let is_tight = !inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace);
    let begins_amount = !is_display && inner.starts_with(|c: char| c.is_ascii_digit());
    // Code such as `"^$" and "$"` or `${a}/${b}` is no formula.
    let is_code = inner.starts_with(['"', '\'']) || inner.ends_with('"') || begins_alike(inner, after);
    open.span.len() == close.span.len()
        && open.span.len() <= 2
        && (open.walls, open.link) == (close.walls, close.link)
        && !before.ends_with(is_of_word)
        && !before.ends_with('$')
        && !after.starts_with(is_of_word)
        && !inner.trim().is_empty()
        && (is_tight || is_display && is_alone(before, after))
        && !begins_amount
        && !is_code
        && !begins_with_words(inner)
}

/// Returns true if a text begins with two words of two letters or more, one of them longer. In a formula,
/// letters side by side are a product, and words stand in `\text`.
fn begins_with_words(inner: &str) -> bool {
    let letters = |word: &str| word.chars().all(char::is_alphabetic).then(|| word.chars().count());
    let mut words = inner.split([' ', '\n']).map(|word| letters(word.trim_end_matches([',', '.', ';', ':'])));
    let (first, second) = (words.next().flatten(), words.next().flatten());
    matches!((first, second), (Some(first @ 2..), Some(second @ 2..)) if first.max(second) > 2)
}

/// Returns true if a character belongs to the word beside a dollar: a digit, or a letter of a script with
/// small letters. Other scripts are written without spaces.
fn is_of_word(c: char) -> bool {
    c.is_numeric() || c.is_lowercase() || c.is_uppercase()
}

fn begins_alike(inner: &str, after: &str) -> bool {
    ['(', '{'].iter().any(|bracket| inner.starts_with(*bracket) && after.starts_with(*bracket))
}

/// Returns true if no words stand on the lines before and behind a formula.
fn is_alone(before: &str, after: &str) -> bool {
    let is_of_line = |c: &char| !matches!(c, '\n' | '\r');
    let mut before = before.chars().rev().take(NEAR).take_while(is_of_line);
    let mut after = after.chars().take(NEAR).take_while(is_of_line);
    !before.any(char::is_alphabetic) && !after.any(char::is_alphanumeric)
}

/// Returns true if a text ends within a URL.
fn is_in_url(text: &str) -> bool {
    let near = text.char_indices().rev().take(NEAR).take_while(|(_, c)| !c.is_whitespace()).last();
    let word = near.map_or("", |(start, _)| &text[start..]);
    word.contains("://") || word.trim_start_matches(['(', '*', '_', '~']).starts_with("www.")
}
