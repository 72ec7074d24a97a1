//! Gathers text until something else comes, then finds links, abbreviations and mistakes in it.

use std::borrow::Cow;

use pulldown_cmark::{LinkType, Options};

use super::EventConverter;
use crate::markdown::delimiter::Delimiter;
use crate::markdown::nearmiss::Miss;
use crate::markdown::{Event, Extension, Tag, autolink, emoji, nearmiss, reference};
use crate::{Span, errors};

impl EventConverter<'_> {
    /// Reports a link whose label is not defined, if a link is meant.
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

    /// Returns the event for a line break. Only spaces break a line, not tabs, which the library takes for
    /// spaces.
    pub(super) fn line_break(&self, range: &Span) -> Event {
        let written = self.excerpt.text[range.clone()].trim_end_matches(['\n', '\r']);
        if written.ends_with('\t') || written.ends_with("\t ") { Event::SoftBreak } else { Event::HardBreak }
    }

    /// Gathers text, and writes what the delimiters in it begin or end.
    pub(super) fn text(&mut self, text: &str, range: Span) {
        while self.delimiters.front().is_some_and(|next| next.span.start < range.start) {
            self.delimiters.pop_front();
        }
        let is_behind = |next: &Delimiter| next.span.end > range.end || text.len() != range.len();
        if self.delimiters.front().is_none_or(is_behind) {
            return self.piece(text, range);
        }
        let mut start = range.start;
        while let Some(Delimiter { span, script, opens }) =
            self.delimiters.pop_front_if(|next| next.span.end <= range.end)
        {
            if start < span.start {
                self.piece(&self.excerpt.text[start..span.start], start..span.start);
            }
            self.flush();
            if opens {
                self.writer.start(script.tag(), &span);
            } else {
                self.writer.end(&span);
                self.behind = self.writer.has_room().then(|| (span.end, self.writer.closed()));
            }
            start = span.end;
        }
        if start < range.end {
            self.piece(&self.excerpt.text[start..range.end], start..range.end);
        }
    }

    /// Gathers text without delimiters.
    fn piece(&mut self, text: &str, range: Span) {
        if self.text.is_empty() {
            self.pieces.clear();
            self.pieces.push((0, range.start));
            self.text_range = range.clone();
        } else {
            self.pieces.push((self.text.len(), range.start));
            self.text_range.end = range.end;
        }
        // Code is taken from the file letter by letter, because the library saw spaces for its tabs.
        let is_literal = self.writer.is_in_code() && text.len() == range.len();
        let is_literal = is_literal || self.is_typed(text, &range);
        self.text.push_str(if is_literal { &self.excerpt.text[range] } else { text });
    }

    /// Returns true if the library made this text of a sign, which is remembered.
    fn is_typed(&mut self, text: &str, range: &Span) -> bool {
        let Some(quotes) = self.syntax.quotes.filter(|_| !self.writer.is_in_code()) else { return false };
        let all = self.excerpt.text;
        let around = (all[..range.start].chars().next_back(), all[range.end..].chars().next());
        self.typed.add((&all[range.clone()], text), self.text.len(), around, quotes)
    }

    /// Writes the text gathered so far, with links for its bare URLs.
    pub(super) fn flush(&mut self) {
        self.list_behind();
        let (text, range) = (std::mem::take(&mut self.text), self.text_range.clone());
        if self.writer.is_in_code() {
            return self.code_text(&text, &range);
        }
        if text.is_empty() {
            return;
        }
        self.undefined_footnotes(&range);
        self.stray_lists(&text);
        self.near_misses(&text);
        self.bracketed_formulas(&range);
        if self.is_in_anchor || self.writer.is_in_link() {
            self.shown_text(&text, 0..text.len(), &range);
        } else {
            self.linked_text(&text, &range);
        }
        self.typed.clear();
    }

    /// Writes text with links for its bare URLs.
    fn linked_text(&mut self, text: &str, range: &Span) {
        let mut end = 0;
        for url in autolink::find(text) {
            self.shown_text(text, end..url.start, range);
            let place = self.place_in(text, range, &url);
            self.autolink(&text[url.clone()], &place);
            end = url.end;
        }
        self.shown_text(text, end..text.len(), range);
    }

    /// Returns the place of a part of a text that stands at a range, or the whole range if the file differs
    /// from the text.
    pub(super) fn place_in(&self, text: &str, range: &Span, part: &Span) -> Span {
        let is_literal = self.excerpt.text[range.clone()] == *text;
        if is_literal { range.start + part.start..range.start + part.end } else { range.clone() }
    }

    /// Writes a part of a text, with abbreviations.
    fn shown_text(&mut self, text: &str, part: Span, range: &Span) {
        let abbreviations = std::mem::take(&mut self.abbreviations);
        let mut start = part.start;
        for (found, meaning) in abbreviations.find(&text[part.clone()]) {
            let found = part.start + found.start..part.start + found.end;
            let place = self.place_in(text, range, &found);
            self.plain_text(text, start..found.start, range);
            self.writer.start(Tag::Abbreviation(meaning.to_owned()), &place);
            self.literal_text(&text[found.clone()], &place);
            self.writer.end(&place);
            start = found.end;
        }
        self.plain_text(text, start..part.end, range);
        self.abbreviations = abbreviations;
    }

    fn plain_text(&mut self, text: &str, part: Span, range: &Span) {
        let place = self.place_in(text, range, &part);
        let shown = self.typed.show(text, &part);
        let shown =
            if self.syntax.has(Extension::Emoji) { emoji::show(&shown) } else { Cow::Borrowed(&*shown) };
        if *shown != text[part.clone()] {
            self.keep_written(&text[part]);
        }
        self.literal_text(&shown, &place);
    }

    pub(super) fn literal_text(&mut self, text: &str, range: &Span) {
        if !text.is_empty() {
            self.writer.push(Event::Text(text.to_owned()), range);
        }
    }

    fn autolink(&mut self, url: &str, range: &Span) {
        let to = autolink::destination(url);
        self.writer.start(Tag::Link { to, title: String::new() }, range);
        self.literal_text(url, range);
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
        let meant = |(miss, span): (Miss, Span)| Some((miss.under(self.syntax)?, span));
        for (miss, span) in first.into_iter().chain(found).filter_map(meant) {
            if let Some(start) = self.source_of(&text[span.clone()], span.start)
                && !self.excerpt.is_escaped(start)
                && !(miss == Miss::WikiLink
                    && nearmiss::is_toml(self.excerpt.text, &(start..start + span.len())))
            {
                let place = self.excerpt.place(&(start..start + span.len()));
                self.writer.diagnostics.push(errors::near_miss(place, miss, &text[span]));
            }
        }
    }

    /// Returns the near miss for the first of two lines of dollars around a formula. The second tells nothing
    /// new.
    fn edge_of_formula(&mut self) -> Option<(Miss, Span)> {
        self.edges += 1;
        (self.edges % 2 == 1).then_some((Miss::Formula, 0..2))
    }

    /// Reports formulas between escaped brackets: Pandoc reads formulas, but we read brackets.
    fn bracketed_formulas(&mut self, range: &Span) {
        if !self.options.contains(Options::ENABLE_MATH) {
            return;
        }
        for span in nearmiss::bracketed(self.excerpt.text, range) {
            let place = self.excerpt.place(&span);
            self.writer.diagnostics.push(errors::near_miss(place, Miss::Brackets, ""));
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
