//! Templates with marks, by which a page tells which part of which template wrote each piece of it.
//!
//! A mark stands before each text and each printed expression, so what is between two marks is written by the part
//! that the first one stands for.

use sitegen_parser::{Place, Span};
use tera::Tera;

use super::{Sources, TemplateSource};
use crate::syntax::{ExprKind, TemplateNode, TreePart};

/// The characters around the number of a mark. Unicode keeps them for such uses, so no text has them.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// A part of a template that writes on pages.
#[derive(Debug, Clone)]
struct WritingPart {
    template: String,
    /// The bytes of a text, or of a printed expression.
    span: Span,
    /// The bytes of the tag around the expression; none of a text.
    tag: Option<Span>,
}

/// The parts that the marks in templates stand for, by the numbers of the marks.
pub(crate) struct Marks<'a> {
    sources: &'a Sources,
    parts: Vec<WritingPart>,
}

/// The text of a page, and the parts of templates that wrote it.
pub(crate) struct MarkedText {
    pub text: String,
    /// The offset of each piece and the number of its part.
    pieces: Vec<(usize, usize)>,
}

/// The part of a template that wrote a part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenBy {
    pub place: Place,
    /// True if all of it was printed by an expression, so that it can be written elsewhere.
    pub is_printed: bool,
}

impl<'a> Marks<'a> {
    /// Puts marks into the templates that Tera has compiled; none if Tera does not take them then.
    pub(crate) fn put(sources: &'a Sources, tera: &mut Tera) -> Option<Self> {
        let mut marks = Self { sources, parts: Vec::new() };
        let mut names: Vec<_> = tera.get_template_names().map(str::to_owned).collect();
        names.sort_unstable();
        let templates = names.into_iter().filter_map(|name| {
            let (whole, template) = sources.get(&name)?;
            let marked = marks.mark(whole, template);
            Some((name, marked))
        });
        let templates: Vec<_> = templates.collect();
        tera.add_raw_templates(templates.iter().map(|(name, text)| (name.as_str(), text.as_str()))).ok()?;
        Some(marks)
    }

    /// Returns the text of a template with marks.
    fn mark(&mut self, name: &str, template: &TemplateSource) -> String {
        let mut marked = String::with_capacity(template.text.len() * 2);
        let mut copied = 0;
        for (at, span, tag) in writing_parts(template) {
            marked.push_str(&template.text[copied..at]);
            copied = at;
            marked.extend([OPEN.into(), self.parts.len().to_string(), CLOSE.into()] as [String; 3]);
            self.parts.push(WritingPart { template: name.to_owned(), span, tag });
        }
        marked.push_str(&template.text[copied..]);
        marked
    }

    /// Returns the place of the last expression that was printed on a page, or else of the last text.
    pub(crate) fn last(&self, page: &MarkedText) -> Option<Place> {
        let mut parts = page.pieces.iter().rev().filter_map(|(_, number)| self.parts.get(*number));
        let last = parts.clone().next()?;
        let part = parts.find(|part| part.tag.is_some()).unwrap_or(last);
        Some(self.sources.get(&part.template)?.1.part(&part.span))
    }

    /// Returns the part of a template that wrote the bytes of a page.
    pub(crate) fn wrote(&self, page: &MarkedText, bytes: &Span) -> Option<WrittenBy> {
        let (first, last) = (page.piece(bytes.start)?, page.piece(bytes.end.max(bytes.start + 1) - 1)?);
        let parts =
            page.pieces[first..=last].iter().map(|(at, number)| Some((*at, self.parts.get(*number)?)));
        let parts: Vec<(usize, &WritingPart)> = parts.collect::<Option<_>>()?;
        let ((at, start), (last_at, end)) = (*parts.first()?, *parts.last()?);
        let span = match (&start.tag, &end.tag) {
            (Some(_), _) if first == last => start.span.clone(),
            (None, _) if start.template != end.template => start.behind(bytes.start - at)..start.span.end,
            (Some(tag), _) if start.template != end.template => tag.clone(),
            (from, to) => {
                let from = from.as_ref().map_or_else(|| start.behind(bytes.start - at), |tag| tag.start);
                let to = to.as_ref().map_or_else(|| end.behind(bytes.end - last_at), |tag| tag.end);
                // A loop can write a later part of a template before an earlier one.
                from..if from <= to { to } else { start.span.end }
            }
        };
        let (_, template) = self.sources.get(&start.template)?;
        let place = template.part(&with_quotes(&template.text, span));
        Some(WrittenBy { place, is_printed: parts.iter().all(|(_, part)| part.tag.is_some()) })
    }
}

impl WritingPart {
    /// Returns the offset in a template that is so far behind the begin of a text.
    fn behind(&self, distance: usize) -> usize {
        (self.span.start + distance).min(self.span.end)
    }
}

impl MarkedText {
    /// Returns the index of the piece that has a byte.
    fn piece(&self, offset: usize) -> Option<usize> {
        self.pieces.partition_point(|(start, _)| *start <= offset).checked_sub(1)
    }

    /// Takes the marks out of a text.
    pub(crate) fn read(marked: &str) -> Self {
        let mut read = Self { text: String::with_capacity(marked.len()), pieces: Vec::new() };
        let mut rest = marked;
        while let Some((before, number, after)) = mark(rest) {
            read.text.push_str(before);
            read.pieces.push((read.text.len(), number));
            rest = after;
        }
        read.text.push_str(rest);
        read
    }
}

/// Finds the next mark: the text before it, its number, and the text after it.
fn mark(text: &str) -> Option<(&str, usize, &str)> {
    let (before, mark) = text.split_once(OPEN)?;
    let (number, after) = mark.split_once(CLOSE)?;
    Some((before, number.parse().ok()?, after))
}

/// Lists the parts of a template that write on pages, in the order of the text: the offset of the mark, the bytes of
/// the text or expression, and those of the tag around an expression.
fn writing_parts(template: &TemplateSource) -> Vec<(usize, Span, Option<Span>)> {
    let parts = template.tree.walk().filter_map(|part| match part {
        // A mark in space would be lost where a template extends another one, and shown nowhere else.
        TreePart::Node(TemplateNode::Text(span)) if !template.text[span.clone()].trim().is_empty() => {
            Some((span.start, span.clone(), None))
        }
        // The parts of a component write for themselves.
        TreePart::Node(TemplateNode::Print(value)) if !matches!(value.kind, ExprKind::Component(_)) => {
            let tag = template.tag_around(value.span.start)?;
            Some((before_tag(&template.text, &tag), value.span.clone(), Some(tag)))
        }
        _ => None,
    });
    let mut parts: Vec<_> = parts.collect();
    parts.sort_by_key(|(at, ..)| *at);
    parts
}

impl TemplateSource {
    /// Returns the bytes of the tag that an offset is in.
    pub(super) fn tag_around(&self, offset: usize) -> Option<Span> {
        let tags = &self.tree.tags;
        let after = tags.partition_point(|tag| tag.span.start <= offset);
        Some(tags.get(after.checked_sub(1)?)?.span.clone())
    }
}

/// Returns the offset of a mark before a tag: before the space that the tag removes.
fn before_tag(text: &str, tag: &Span) -> usize {
    let before = &text[..tag.start];
    if text[tag.start..].starts_with("{{-") { before.trim_end().len() } else { before.len() }
}

/// Adds the quotation marks around a part of a text, if there are any.
fn with_quotes(text: &str, span: Span) -> Span {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let is_quoted = ['"', '\''].iter().any(|quote| before.ends_with(*quote) && after.starts_with(*quote));
    if is_quoted { span.start - 1..span.end + 1 } else { span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let read = MarkedText::read("a\u{fdd0}0\u{fdd1}b\u{fdd0}1\u{fdd1}\u{fdd0}2\u{fdd1}c");
        assert_eq!((read.text.as_str(), read.pieces), ("abc", vec![(1, 0), (2, 1), (2, 2)]));
        // A mark that a template has cut stays, so that the text is not that of the page.
        assert_eq!(MarkedText::read("a\u{fdd0}1").text, "a\u{fdd0}1");
    }

    #[test]
    fn marks_stand_where_they_remove_no_space() {
        let text = "<p>\n  {{- a -}}\n {{ b }} {{<c />}}{% if d -%} {{- e }}{% endif %}</p>";
        let path = std::sync::Arc::from("a.html");
        let (template, found) = TemplateSource::of_file(path, text.into());
        assert!(found.is_empty(), "{found:?}");
        let mut marked = text.to_owned();
        for (at, ..) in writing_parts(&template).into_iter().rev() {
            marked.insert(at, '^');
        }
        assert_eq!(marked, "^<p>^\n  {{- a -}}\n ^{{ b }} {{<c />}}{% if d -%}^ {{- e }}{% endif %}^</p>");
    }
}
