//! Hides the tags of components from the Markdown library, as HTML of the same length.
//!
//! All offsets stay as they are. A tag alone on its line becomes a comment, because that is a block of its
//! own and ends any paragraph. A tag within a line becomes an HTML tag after a brace, because that begins no
//! block. A line of colons becomes a thematic break, because that ends a paragraph, too, but may be as short
//! as the line.

use std::borrow::Cow;
use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag as Element};

use super::colon;
use super::component::{self, CallTag, Fence, MalformedTag, Opens};
use super::shortcode::STAND_IN;
use super::stand_in::Hidden;
use super::unended::is_opaque;
use super::write::MAX_DEPTH;
use crate::excerpt::Excerpt;
use crate::{Diagnostics, Span, errors};

/// A tag and its place in the text.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) span: Span,
    pub(super) tag: CallTag,
    mask: Mask,
}

/// The form of HTML or Markdown that hides a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mask {
    Comment,
    Inline,
    Break,
}

/// The most wrong tags of one line that are read, because each may cost as much time as the line is long.
const MAX_FAULTS: usize = 10;

/// Finds the tags of components outside code and comments, in order, and places the tags of shortcodes, which
/// are given by the offsets of their stand-ins. `text` is the excerpt's text as the library reads it.
pub(super) fn find(
    excerpt: &Excerpt<'_>,
    text: &str,
    options: Options,
    shortcodes: &BTreeMap<usize, CallTag>,
    diagnostics: &mut Diagnostics,
) -> Vec<Placed> {
    let mut candidates = candidates(excerpt, shortcodes);
    if candidates.is_empty() {
        return Vec::new();
    }
    let verbatim = beside(&candidates, text, options);
    candidates.retain(|candidate| !contains(&verbatim, start(candidate)));
    let mut tags = Vec::new();
    for candidate in candidates {
        match candidate {
            Ok(tag) => tags.push(tag),
            Err(fault) => {
                let place = excerpt.place(&fault.span);
                diagnostics.push(match fault.shortcode {
                    Some(name) => errors::foreign_shortcode(place, fault.message, &name),
                    None => errors::invalid_component(place, fault.message),
                });
            }
        }
    }
    dedent(excerpt.text, &mut tags);
    tags
}

/// Finds the parts of a text that are taken literally: code, comments and scripts.
pub(super) fn code(excerpt: &Excerpt<'_>, options: Options) -> Vec<Span> {
    beside(&candidates(excerpt, &BTreeMap::new()), excerpt.text, options)
}

fn beside(candidates: &[Result<Placed, MalformedTag>], text: &str, options: Options) -> Vec<Span> {
    // Colons are hidden first, because they could begin definitions, and these decide which lines are code.
    let breaks = candidates.iter().flatten().filter(|tag| tag.mask == Mask::Break);
    verbatim(&colon::hide(hidden(text, breaks)).text, options)
}

/// The most columns by which a line that closes a directive may be indented beyond its opening line, as in
/// other programs.
const MAX_INDENT: usize = 3;

/// A directive that is open where a line is read.
struct OpenDirective<'t> {
    colons: usize,
    column: usize,
    name: &'t str,
}

/// Lets closing lines of colons begin where their directives do, because programs that tidy Markdown indent
/// them as the list above.
fn dedent(text: &str, tags: &mut [Placed]) {
    let mut open: Vec<OpenDirective> = Vec::new();
    for Placed { span, tag, .. } in tags {
        let CallTag::Fence(Fence { colons, opens }) = tag else { continue };
        let line = text[..span.start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let column = span.start - line;
        let closed = match opens {
            Opens::Nothing => {
                open.retain(|open| open.column <= column);
                let closed = open.iter().rposition(|open| open.colons == *colons);
                closed.or_else(|| open.iter().rposition(|open| open.colons < *colons))
            }
            Opens::Component(opening) => {
                let is_meant = |open: &OpenDirective| {
                    open.column <= column && opening.closes().is_some_and(|name| name == open.name)
                };
                open.iter().rposition(is_meant)
            }
            Opens::Fault(_) | Opens::Closed(_) => None,
        };
        if let Some(closed) = closed {
            let opened = open[closed].column;
            open.truncate(closed);
            let is_indented = text[line + opened..span.start].bytes().all(|byte| byte == b' ');
            if is_indented && column - opened <= MAX_INDENT {
                span.start = line + opened;
            }
        } else if open.len() < MAX_DEPTH
            && let Some(name) = opens.name()
        {
            open.push(OpenDirective { colons: *colons, column, name });
        }
    }
}

/// Hides all tags, and colons that the library would take for marks.
pub(super) fn hide<'t>(text: &'t str, tags: &[Placed]) -> Hidden<'t> {
    colon::hide(hidden(text, tags.iter()))
}

fn hidden<'t, 'p>(text: &'t str, tags: impl Iterator<Item = &'p Placed>) -> Cow<'t, str> {
    let mut tags = tags.peekable();
    if tags.peek().is_none() {
        return text.into();
    }
    let mut hidden = String::with_capacity(text.len());
    let mut end = 0;
    for Placed { span, mask, .. } in tags {
        let (opening, fill, closing) = match mask {
            Mask::Comment => ("<!--", 'x', "-->"),
            Mask::Inline => ("{<", 'x', "/>"),
            Mask::Break => ("", '_', ""),
        };
        hidden.push_str(&text[end..span.start]);
        hidden.push_str(opening);
        hidden.extend(std::iter::repeat_n(fill, span.len() - opening.len() - closing.len()));
        hidden.push_str(closing);
        end = span.end;
    }
    hidden.push_str(&text[end..]);
    hidden.into()
}

fn start(candidate: &Result<Placed, MalformedTag>) -> usize {
    match candidate {
        Ok(tag) => tag.span.start,
        Err(fault) => fault.span.start,
    }
}

fn candidates(
    excerpt: &Excerpt<'_>,
    shortcodes: &BTreeMap<usize, CallTag>,
) -> Vec<Result<Placed, MalformedTag>> {
    let mut candidates = Vec::new();
    if !excerpt.text.contains('{') && !excerpt.text.contains(":::") {
        return candidates;
    }
    let mut start = 0;
    for line in excerpt.text.split_inclusive(['\n', '\r']) {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        match fence(excerpt, start..end) {
            Some(fence) => candidates.push(Ok(fence)),
            None => line_candidates(excerpt, start..end, shortcodes, &mut candidates),
        }
        start += line.len();
    }
    candidates
}

/// Finds the line of colons in a line, perhaps within quotes and lists.
fn fence(excerpt: &Excerpt<'_>, line: Span) -> Option<Placed> {
    let mut rest = &excerpt.text[line.clone()];
    while !rest.starts_with(":::") {
        let within = rest.trim_start_matches([' ', '\t', '>']);
        rest = if within.len() < rest.len() { within } else { after_list_mark(rest)? };
    }
    let start = line.end - rest.len();
    let fence = component::read_directive(excerpt, start..line.end)?;
    let span = start..start + rest.trim_end().len();
    Some(Placed { span, tag: CallTag::Fence(fence), mask: Mask::Break })
}

fn after_list_mark(line: &str) -> Option<&str> {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks: &[char] = if number.len() < line.len() { &['.', ')'] } else { &['-', '*', '+'] };
    number.strip_prefix(marks).filter(|rest| rest.starts_with([' ', '\t']))
}

fn line_candidates(
    excerpt: &Excerpt<'_>,
    line: Span,
    shortcodes: &BTreeMap<usize, CallTag>,
    candidates: &mut Vec<Result<Placed, MalformedTag>>,
) {
    let mut at = line.start;
    let mut faults = 0;
    while faults < MAX_FAULTS
        && let Some(start) = excerpt.text[at..line.end].find('{').map(|found| at + found)
    {
        if let Some(tag) = shortcodes.get(&start) {
            at = start + STAND_IN.len();
            candidates.push(place(excerpt.text, start..at, &line, tag.clone()));
            continue;
        }
        at = start + 1;
        match component::read(excerpt, start..line.end) {
            _ if excerpt.is_escaped(start) => {}
            Some(Ok((tag, end))) => {
                candidates.push(place(excerpt.text, start..end, &line, tag));
                at = end;
            }
            Some(Err(fault)) => {
                candidates.push(Err(fault));
                faults += 1;
            }
            None => {}
        }
    }
}

fn place(text: &str, span: Span, line: &Span, tag: CallTag) -> Result<Placed, MalformedTag> {
    let is_alone =
        text[line.start..span.start].trim().is_empty() && text[span.end..line.end].trim().is_empty();
    let is_block = is_alone && span.start == line.start;
    if !is_block && !matches!(tag, CallTag::Whole(_)) {
        let message = "a tag of a component with a body must be alone on its line, not indented";
        return Err(MalformedTag::new(span, message));
    }
    Ok(Placed { span, tag, mask: if is_alone { Mask::Comment } else { Mask::Inline } })
}

/// Finds the parts of a text that are taken literally: code, comments and scripts.
pub(super) fn verbatim(text: &str, options: Options) -> Vec<Span> {
    let is_verbatim = |(event, span): (Event<'_>, Span)| match event {
        Event::Start(Element::CodeBlock(_)) | Event::Code(_) => Some(span),
        Event::Start(Element::HtmlBlock) | Event::InlineHtml(_) => {
            is_opaque(&text[span.clone()]).then_some(span)
        }
        _ => None,
    };
    Parser::new_ext(text, options).into_offset_iter().filter_map(is_verbatim).collect()
}

/// Returns true if one of the spans, which are in order, contains an offset.
pub(super) fn contains(spans: &[Span], offset: usize) -> bool {
    let next = spans.partition_point(|span| span.end <= offset);
    spans.get(next).is_some_and(|span| span.start <= offset)
}
