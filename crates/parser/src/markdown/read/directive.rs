//! Reads lines of colons: directives and their titles.

use std::collections::VecDeque;

use pulldown_cmark::{Event as Step, Parser, Tag as Element, TagEnd};

use super::EventConverter;
use crate::excerpt::Excerpt;
use crate::markdown::component::{Fence, Opening, Opens};
use crate::markdown::delimiter::{self, Delimiter};
use crate::markdown::{Event, Tag, component, money};
use crate::{Span, errors};

impl EventConverter<'_> {
    /// Writes a thematic break, or the line of colons that is hidden in it.
    pub(super) fn rule(&mut self, range: &Span) {
        let hidden = if self.hides_tag(range) { self.next_tag(range) } else { None };
        match hidden {
            Some(placed) => self.component(placed),
            None => self.writer.push(Event::Rule, range),
        }
    }

    pub(super) fn fence(&mut self, fence: Fence, range: &Span) {
        match fence.opens {
            Opens::Nothing => self.writer.end_directive(fence.colons, range),
            Opens::Component(opening) if self.writer.end_named_directive(&opening, range) => {}
            Opens::Component(Opening { call, title }) => {
                self.writer.start_directive(fence.colons, Some(call), range);
                if let Some(title) = title {
                    self.title(&title);
                }
            }
            Opens::Closed(fault) => {
                let place = self.excerpt.place(&fault.span);
                self.writer.diagnostics.push(errors::invalid_directive(place, fault.message));
            }
            Opens::Fault(fault) => {
                let place = self.excerpt.place(&fault.span);
                self.writer.diagnostics.push(errors::invalid_directive(place, fault.message));
                self.writer.start_directive(fence.colons, None, range);
            }
        }
    }

    /// Reads a title as the text of one line.
    fn title(&mut self, range: &Span) {
        let text = &self.excerpt.text[range.clone()];
        self.writer.start(Tag::Title, range);
        if let Some(tag) = component_in(self.excerpt, range) {
            self.writer.diagnostics.push(errors::component_in_title(self.excerpt.place(&tag)));
        }
        let amounts = money::hide(text, self.options);
        let delimiters = delimiter::find(&amounts.text, self.options, self.syntax);
        let line = delimiter::hide(&amounts.text, &delimiters);
        let steps = Parser::new_ext(&line, self.options).into_offset_iter();
        let steps: Vec<_> = steps.map(|(step, at)| (amounts.show(step, &at), at)).collect();
        match steps.as_slice() {
            [(Step::Start(Element::Paragraph), _), line @ .., (Step::End(TagEnd::Paragraph), _)]
                if !line.iter().any(|(step, _)| matches!(step, Step::End(TagEnd::Paragraph))) =>
            {
                let later = std::mem::replace(&mut self.delimiters, moved(delimiters, range.start));
                for (step, at) in line {
                    self.read(step.clone(), range.start + at.start..range.start + at.end, None);
                }
                self.flush();
                self.delimiters = later;
            }
            _ => self.writer.push(Event::Text(text.to_owned()), range),
        }
        self.writer.end(range);
    }
}

/// Moves the delimiters of a text to the offset at which the text begins.
fn moved(delimiters: Vec<Delimiter>, start: usize) -> VecDeque<Delimiter> {
    let span = |span: Span| start + span.start..start + span.end;
    delimiters.into_iter().map(|found| Delimiter { span: span(found.span), ..found }).collect()
}

/// Finds the first tag of a component in a range.
fn component_in(excerpt: &Excerpt<'_>, range: &Span) -> Option<Span> {
    let braces = excerpt.text[range.clone()].match_indices("{{").map(|(at, _)| range.start + at);
    braces.take(1).find_map(|start| match component::read(excerpt, start..range.end)? {
        Ok((_, end)) => Some(start..end),
        Err(fault) => Some(fault.span),
    })
}
