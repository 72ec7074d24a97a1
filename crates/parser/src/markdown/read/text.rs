//! Text, gathered until something else comes, and what is found in it.

use pulldown_cmark::{LinkType, Options};

use super::Reader;
use crate::markdown::nearmiss::Miss;
use crate::markdown::{Event, Tag, autolink, nearmiss, reference};
use crate::{Span, errors};

impl Reader<'_> {
    /// A link whose label is not defined, if one is meant.
    pub(super) fn broken_link(&mut self, kind: LinkType, span: &Span, label: &str) {
        let is_reference = matches!(kind, LinkType::Reference | LinkType::Collapsed);
        if is_reference && reference::is_meant(self.excerpt.text, span, label) {
            let place = self.excerpt.place(span);
            self.writer.diagnostics.push(errors::undefined_reference(
                place,
                label,
                reference::severity(label),
            ));
        }
    }

    /// Spaces at the end of a line break it; tabs, which the library takes for them, do not.
    pub(super) fn line_break(&self, range: &Span) -> Event {
        let written = self.excerpt.text[range.clone()].trim_end_matches(['\n', '\r']);
        if written.ends_with('\t') || written.ends_with("\t ") { Event::SoftBreak } else { Event::HardBreak }
    }

    /// Gathers text.
    pub(super) fn text(&mut self, text: &str, range: Span) {
        if self.text.is_empty() {
            self.pieces.clear();
            self.pieces.push((0, range.start));
            self.text_range = range.clone();
        } else {
            self.pieces.push((self.text.len(), range.start));
            self.text_range.end = range.end;
        }
        // Code stands in the text letter for letter, with the tabs that the library did not see.
        let is_literal = self.writer.is_in_code() && text.len() == range.len();
        self.text.push_str(if is_literal { &self.excerpt.text[range] } else { text });
    }

    /// Writes the text gathered so far, with links for its bare URLs.
    pub(super) fn flush(&mut self) {
        self.list_behind();
        let (text, range) = (std::mem::take(&mut self.text), self.text_range.clone());
        if text.is_empty() || self.writer.is_in_code() {
            return self.plain_text(&text, &range);
        }
        self.undefined_footnotes(&range);
        self.stray_lists(&text);
        self.near_misses(&text);
        self.bracketed_formulas(&range);
        if self.is_in_anchor || self.writer.is_in_link() {
            return self.plain_text(&text, &range);
        }
        let is_literal = self.excerpt.text[range.clone()] == text;
        let place = |part: &Span| {
            if is_literal { range.start + part.start..range.start + part.end } else { range.clone() }
        };
        let mut end = 0;
        for url in autolink::find(&text) {
            let before = end..url.start;
            self.plain_text(&text[before.clone()], &place(&before));
            self.autolink(&text[url.clone()], &place(&url));
            end = url.end;
        }
        self.plain_text(&text[end..], &place(&(end..text.len())));
    }

    fn plain_text(&mut self, text: &str, range: &Span) {
        if !text.is_empty() {
            self.writer.push(Event::Text(text.to_owned()), range);
        }
    }

    fn autolink(&mut self, url: &str, range: &Span) {
        let to = autolink::destination(url);
        self.writer.start(Tag::Link { to, title: String::new() }, range);
        self.plain_text(url, range);
        self.writer.end(range);
    }

    fn near_misses(&mut self, text: &str) {
        let first = match self.writer.events.last().map(|event| &event.value) {
            Some(Event::Start(Tag::Paragraph)) => nearmiss::at_start(text, false),
            Some(Event::Start(Tag::Item)) => nearmiss::at_start(text, true),
            Some(Event::SoftBreak) if self.writer.is_in_quote() => nearmiss::alert(text),
            Some(Event::FootnoteReference(_)) => nearmiss::behind_footnote(text),
            _ => None,
        };
        let is_edge = text.trim() == "$$" && self.options.contains(Options::ENABLE_MATH);
        let first = if is_edge { self.edge_of_formula() } else { nearmiss::alone(text).or(first) };
        let mut found = nearmiss::find(text);
        found.retain(|(_, span)| first.as_ref().is_none_or(|(_, first)| first.start != span.start));
        for (miss, span) in first.into_iter().chain(found) {
            if let Some(start) = self.source_of(&text[span.clone()], span.start)
                && !self.excerpt.is_escaped(start)
                && !(miss == Miss::WikiLink
                    && nearmiss::is_toml(self.excerpt.text, &(start..start + span.len())))
            {
                let place = self.excerpt.place(&(start..start + span.len()));
                self.writer.diagnostics.push(errors::near_miss(place, miss));
            }
        }
    }

    /// The first of two lines of dollars that should stand around a formula; the second says nothing new.
    fn edge_of_formula(&mut self) -> Option<(Miss, Span)> {
        self.edges += 1;
        (self.edges % 2 == 1).then_some((Miss::Formula, 0..2))
    }

    /// Tells formulas between escaped brackets, as Pandoc reads them: here they are brackets.
    fn bracketed_formulas(&mut self, range: &Span) {
        if !self.options.contains(Options::ENABLE_MATH) {
            return;
        }
        for span in nearmiss::bracketed(self.excerpt.text, range) {
            let place = self.excerpt.place(&span);
            self.writer.diagnostics.push(errors::near_miss(place, Miss::Brackets));
        }
    }

    fn undefined_footnotes(&mut self, range: &Span) {
        for found in reference::footnotes(&self.excerpt.text[range.clone()]) {
            let span = range.start + found.start..range.start + found.end;
            let written = &self.excerpt.text[span.clone()];
            let severity = reference::severity(&written[2..written.len() - 1]);
            let place = self.excerpt.place(&span);
            self.writer.diagnostics.push(errors::undefined_footnote(place, written, severity));
        }
    }
}
