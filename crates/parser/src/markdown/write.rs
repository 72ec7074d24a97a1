//! Writes events so that they balance and nest within bounds, whatever the components' tags do.

use super::{Block, Call, Event, Tag};
use crate::excerpt::Excerpt;
use crate::{Diagnostics, Span, Spanned, errors};

/// More levels than any sensible text has.
const MAX_DEPTH: usize = 100;

/// The events so far, and what is open.
pub(super) struct Writer<'e> {
    excerpt: &'e Excerpt<'e>,
    pub(super) events: Vec<Spanned<Event>>,
    open: Vec<Open>,
    /// The event that began what was closed last.
    closed: usize,
    is_too_deep: bool,
    /// How many events come before the block of HTML that began last.
    before_html: usize,
    pub(super) diagnostics: Diagnostics,
}

struct Open {
    block: Block,
    /// The name of a component and the range of its tag.
    component: Option<(Spanned<String>, Span)>,
    /// The index of the event that begins it.
    event: usize,
}

impl<'e> Writer<'e> {
    pub(super) fn new(excerpt: &'e Excerpt<'e>, diagnostics: Diagnostics) -> Self {
        let (events, open) = (Vec::new(), Vec::new());
        Self { excerpt, events, open, closed: 0, is_too_deep: false, before_html: 0, diagnostics }
    }

    /// What HTML follows does not go on with any before.
    pub(super) fn begin_html(&mut self) {
        self.before_html = self.events.len();
    }

    /// Whether an element that starts here is still written.
    pub(super) fn has_room(&self) -> bool {
        self.open.len() < MAX_DEPTH
    }

    /// Whether one of the open elements is a link or an image.
    pub(super) fn is_in_link(&self) -> bool {
        self.open.iter().rev().take(MAX_DEPTH).any(|open| matches!(open.block, Block::Link | Block::Image))
    }

    pub(super) fn is_in_code(&self) -> bool {
        self.open.last().is_some_and(|open| open.block == Block::CodeBlock)
    }

    /// The event that began the innermost open element.
    pub(super) fn innermost(&self) -> Option<usize> {
        self.open.last().map(|open| open.event)
    }

    /// The event that began what was closed last.
    pub(super) fn closed(&self) -> usize {
        self.closed
    }

    /// The open elements but components, outermost first, by the events that began them.
    pub(super) fn open_elements(&self) -> impl Iterator<Item = (usize, Block)> {
        self.open.iter().filter(|open| open.component.is_none()).map(|open| (open.event, open.block))
    }

    /// The element that ends just before the innermost open one begins, if it can have attributes.
    pub(super) fn closed_before_innermost(&self) -> Option<usize> {
        let before = self.events.len().checked_sub(2)?;
        match self.events[before].value {
            Event::End(Block::Component | Block::FootnoteDefinition | Block::CodeBlock) => None,
            Event::End(_) => Some(self.closed),
            _ => None,
        }
    }

    /// Takes the innermost open element back, in which nothing stands.
    pub(super) fn retract(&mut self) {
        self.open.pop();
        self.take_back();
    }

    /// Takes the last event back.
    pub(super) fn take_back(&mut self) {
        self.events.pop();
        self.before_html = self.before_html.min(self.events.len());
    }

    /// Writes what is no tag. HTML that follows HTML goes on with it.
    pub(super) fn push(&mut self, event: Event, range: &Span) {
        if self.open.len() > MAX_DEPTH {
            return;
        }
        let end = self.excerpt.span(range).end;
        let begun = &mut self.events[self.before_html..];
        match (begun.last_mut(), event) {
            (Some(Spanned { value: Event::Html(before), span }), Event::Html(html)) => {
                before.push_str(&html);
                span.end = end;
            }
            (_, event) => self.write(event, range),
        }
    }

    pub(super) fn start(&mut self, tag: Tag, range: &Span) {
        self.open(tag, range, None);
    }

    /// Ends the innermost element that is no component, and before that, what its author left open within.
    pub(super) fn end(&mut self, range: &Span) {
        let inner = self.open.iter().rev().take_while(|open| open.component.is_some()).count();
        self.end_unclosed(inner, None);
        self.close(range);
    }

    pub(super) fn start_component(&mut self, call: Call, range: &Span) {
        let component = Some((call.name.clone(), range.clone()));
        self.open(Tag::Component(call), range, component);
    }

    /// Ends the component of this name, if one is open in the innermost element.
    pub(super) fn end_component(&mut self, name: &Spanned<String>, range: &Span) {
        let mut components = self.open.iter().rev().take(MAX_DEPTH).map_while(|open| open.component.as_ref());
        match components.position(|(open, _)| open.value == name.value) {
            Some(inner) => {
                self.end_unclosed(inner, Some((name, range)));
                self.close(range);
            }
            None => self.diagnostics.push(errors::unopened_component(self.excerpt.place(range), &name.value)),
        }
    }

    /// Ends whatever is open.
    pub(super) fn finish(mut self) -> (Vec<Spanned<Event>>, Diagnostics) {
        self.end_unclosed(self.open.len(), None);
        (self.events, self.diagnostics)
    }

    fn open(&mut self, tag: Tag, range: &Span, component: Option<(Spanned<String>, Span)>) {
        let block = tag.block();
        let event = self.events.len();
        if self.has_room() {
            self.write(Event::Start(tag), range);
        } else if !self.is_too_deep {
            self.is_too_deep = true;
            self.diagnostics.push(errors::markdown_too_deep(self.excerpt.place(range), MAX_DEPTH));
        }
        self.open.push(Open { block, component, event });
    }

    fn close(&mut self, range: &Span) {
        if let Some(open) = self.open.pop()
            && self.has_room()
        {
            self.closed = open.event;
            self.write(Event::End(open.block), range);
        }
    }

    /// Ends the innermost `count` components, which lack their closing tags.
    fn end_unclosed(&mut self, count: usize, closing: Option<(&Spanned<String>, &Span)>) {
        for _ in 0..count {
            let Some((name, range)) = self.open.last().and_then(|open| open.component.clone()) else {
                return;
            };
            let closing = closing.map(|(name, range)| (name.value.as_str(), self.excerpt.place(range)));
            let place = self.excerpt.place(&range);
            self.diagnostics.push(errors::unclosed_component(place, &name.value, closing));
            self.close(&(range.end..range.end));
        }
    }

    fn write(&mut self, event: Event, range: &Span) {
        self.events.push(self.excerpt.spanned(event, range));
    }
}
