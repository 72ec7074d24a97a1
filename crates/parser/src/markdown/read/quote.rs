//! Reads block quotes that are alerts, and paragraphs that are lists of contents.

use pulldown_cmark::{Event as Step, Tag as Element, TagEnd};

use super::EventConverter;
use crate::markdown::alert::{self, Marker};
use crate::markdown::{Event, Tag, element, nearmiss};
use crate::{Span, errors};

/// The paragraph that a marker begins, until the marker's line ends.
#[derive(Debug)]
pub(super) struct MarkerLine {
    /// The offset of the title. Everything before it was read with the marker.
    title: usize,
    has_title: bool,
    /// The number of elements that are open within the line.
    depth: usize,
}

/// Paragraphs that stand for a list of contents, in lower case.
const CONTENTS: [&str; 3] = ["[toc]", "[[toc]]", "[[_toc_]]"];

impl EventConverter<'_> {
    /// Begins a block quote, or delays it, because only its first paragraph shows if it is an alert.
    pub(super) fn block_quote(&mut self, is_alert: bool, range: Span) {
        if is_alert {
            // The library has read a marker without a title, and dropped its line.
            let mark = self.excerpt.text[range.clone()].find("[!").unwrap_or(0);
            if let Some(Ok(Marker { call, .. })) = alert::read(self.excerpt, &(range.start + mark..range.end))
            {
                return self.writer.start(Tag::Component(call), &range);
            }
        }
        self.quote = Some(range);
    }

    /// Reads the first step in a block quote. Returns true if the step needs no further handling.
    pub(super) fn first_in_quote(&mut self, step: &Step<'_>, range: &Span) -> bool {
        let Some(quote) = self.quote.take() else { return false };
        let marker = match step {
            Step::Start(Element::Paragraph) => alert::read(self.excerpt, range),
            _ => None,
        };
        match marker {
            Some(Ok(Marker { call, title })) => {
                self.writer.start(Tag::Component(call), &quote);
                let has_title = !title.is_empty();
                if has_title {
                    self.writer.start(Tag::Title, &title);
                }
                self.line = Some(MarkerLine { title: title.start, has_title, depth: 0 });
                return true;
            }
            // A file to include is reported with its text.
            Some(Err(_)) if nearmiss::is_taken(&self.excerpt.text[range.clone()]) => {}
            Some(Err(name)) => {
                let place = self.excerpt.place(&name);
                self.writer.diagnostics.push(errors::invalid_alert(place));
            }
            None => {}
        }
        self.writer.start(Tag::BlockQuote, &quote);
        false
    }

    /// Reads a step within a marker's line. Returns true if the step needs no further handling.
    pub(super) fn in_marker_line(&mut self, step: &Step<'_>, range: &Span) -> bool {
        let Some(line) = &mut self.line else { return false };
        match step {
            Step::Text(text) if range.start < line.title => {
                let start = line.title.min(range.end);
                let rest = text.get(start - range.start..).unwrap_or_default().to_owned();
                if !rest.is_empty() {
                    self.text(&rest, start..range.end);
                }
                return true;
            }
            Step::SoftBreak | Step::HardBreak if line.depth == 0 => {
                self.end_marker_line(range);
                self.writer.start(Tag::Paragraph, range);
                return true;
            }
            Step::End(TagEnd::Paragraph) => {
                self.end_marker_line(range);
                return true;
            }
            Step::Start(_) => line.depth += 1,
            Step::End(end) if element::is_within_line(*end) => line.depth = line.depth.saturating_sub(1),
            _ => {}
        }
        false
    }

    fn end_marker_line(&mut self, range: &Span) {
        self.flush();
        if self.line.take().is_some_and(|line| line.has_title) {
            self.writer.end(range);
        }
    }

    /// Begins a paragraph, or writes the list of contents that it stands for.
    pub(super) fn paragraph(&mut self, range: &Span) {
        let text = self.excerpt.text[range.clone()].trim_end();
        if CONTENTS.iter().any(|contents| text.eq_ignore_ascii_case(contents)) {
            self.writer.push(Event::Contents, &(range.start..range.start + text.len()));
            self.in_contents = true;
        } else {
            if let Some((miss, row)) = nearmiss::table(text) {
                let place = self.excerpt.place(&(range.start + row.start..range.start + row.end));
                self.writer.diagnostics.push(errors::near_miss(place, miss, ""));
            }
            self.writer.start(Tag::Paragraph, range);
        }
    }

    /// Reports a list of contents without headings to list.
    pub(super) fn empty_contents(&mut self) {
        let contents = self.writer.events.iter().find(|event| event.value == Event::Contents);
        if let Some(contents) = contents.filter(|_| self.headings.is_empty()) {
            let place = self.excerpt.place_of(&contents.span);
            self.writer.diagnostics.push(errors::nothing_to_list(place));
        }
    }
}
