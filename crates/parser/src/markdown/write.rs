//! Writes events, which balance and nest within bounds however the tags of components are placed.

use super::component::Opening;
use super::{Block, Call, Event, Tag};
use crate::excerpt::Excerpt;
use crate::{Diagnostics, Span, Spanned, errors};

/// The most levels of nesting: more than any sensible text has.
pub(super) const MAX_DEPTH: usize = 100;

/// A writer of events, which knows the open elements.
pub(super) struct EventWriter<'e> {
    excerpt: &'e Excerpt<'e>,
    pub(super) events: Vec<Spanned<Event>>,
    open: Vec<OpenElement>,
    /// The event that began the element that was closed last.
    closed: usize,
    is_too_deep: bool,
    /// The number of events before the block of HTML that began last.
    before_html: usize,
    /// The number of directives that ended before they were closed. Lines of colons that close nothing were
    /// meant for these.
    cut_short: usize,
    pub(super) diagnostics: Diagnostics,
}

struct OpenElement {
    /// The kind of the element; none if its tag could not be read.
    block: Option<Block>,
    /// The tag that opened a component, if a matching one has to close it.
    component: Option<Opened>,
    /// The index of the event that begins the element.
    event: usize,
}

/// A tag or a line of colons that opens a component.
#[derive(Debug, Clone)]
struct Opened {
    name: String,
    range: Span,
    /// The number of colons; none for a tag.
    colons: Option<usize>,
    /// True if a problem of the tag is reported already.
    is_told: bool,
}

impl<'e> EventWriter<'e> {
    pub(super) fn new(excerpt: &'e Excerpt<'e>, diagnostics: Diagnostics) -> Self {
        let (events, open) = (Vec::new(), Vec::new());
        Self {
            excerpt,
            events,
            open,
            closed: 0,
            is_too_deep: false,
            before_html: 0,
            cut_short: 0,
            diagnostics,
        }
    }

    /// Separates the HTML that follows from any HTML before.
    pub(super) fn begin_html(&mut self) {
        self.before_html = self.events.len();
    }

    /// Returns true if an element that starts here would not nest too deeply.
    pub(super) fn has_room(&self) -> bool {
        self.open.len() < MAX_DEPTH
    }

    /// Returns true if one of the open elements is a link or an image.
    pub(super) fn is_in_link(&self) -> bool {
        self.open
            .iter()
            .rev()
            .take(MAX_DEPTH)
            .any(|open| matches!(open.block, Some(Block::Link | Block::Image)))
    }

    /// Returns true if the innermost open element is a paragraph of a quote.
    pub(super) fn is_in_quote(&self) -> bool {
        matches!(
            self.open.as_slice(),
            [
                ..,
                OpenElement { block: Some(Block::BlockQuote), .. },
                OpenElement { block: Some(Block::Paragraph), .. }
            ]
        )
    }

    pub(super) fn is_in_code(&self) -> bool {
        self.open.last().is_some_and(|open| open.block == Some(Block::CodeBlock))
    }

    /// Returns the event that began the innermost open element.
    pub(super) fn innermost(&self) -> Option<usize> {
        self.open.last().map(|open| open.event)
    }

    /// Returns the event that began the element that was closed last.
    pub(super) fn closed(&self) -> usize {
        self.closed
    }

    /// Iterates over the open elements but components, outermost first, with the events that began them.
    pub(super) fn open_elements(&self) -> impl Iterator<Item = (usize, Block)> {
        let elements = self.open.iter().filter(|open| open.component.is_none());
        elements.filter_map(|open| Some((open.event, open.block?)))
    }

    /// Returns the element that ends just before the innermost open one begins, if it can have attributes.
    pub(super) fn closed_before_innermost(&self) -> Option<usize> {
        let before = self.events.len().checked_sub(2)?;
        match self.events[before].value {
            Event::End(Block::Component | Block::FootnoteDefinition | Block::CodeBlock) => None,
            Event::End(_) => Some(self.closed),
            _ => None,
        }
    }

    /// Removes the innermost open element, which is empty.
    pub(super) fn retract(&mut self) {
        self.open.pop();
        self.take_back();
    }

    /// Removes the last event.
    pub(super) fn take_back(&mut self) {
        self.events.pop();
        self.before_html = self.before_html.min(self.events.len());
    }

    /// Writes an event that is no tag. HTML that follows HTML is appended to it.
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

    /// Writes an event that is no tag, at a span of the file.
    pub(super) fn push_spanned(&mut self, event: Event, span: Span) {
        if self.open.len() <= MAX_DEPTH {
            self.events.push(Spanned { value: event, span });
        }
    }

    pub(super) fn start(&mut self, tag: Tag, range: &Span) {
        self.open(Some(tag), range, None);
    }

    /// Ends the innermost element that is no component, after the components that its author left open in it.
    pub(super) fn end(&mut self, range: &Span) {
        let inner = self.open.iter().rev().take_while(|open| open.component.is_some()).count();
        self.end_unclosed(inner, None);
        self.close(range);
    }

    pub(super) fn start_component(&mut self, call: Call, range: &Span) {
        let opened =
            Opened { name: call.name.value.clone(), range: range.clone(), colons: None, is_told: false };
        self.open(Some(Tag::Component(call)), range, Some(opened));
    }

    /// Starts the component that a line of colons calls, or an element without events if the call could not
    /// be read.
    pub(super) fn start_directive(&mut self, colons: usize, call: Option<Call>, range: &Span) {
        let name = call.as_ref().map(|call| call.name.value.clone()).unwrap_or_default();
        // A call that could not be read has its diagnostic already.
        let is_told = call.is_none();
        let opened = Opened { name, range: range.clone(), colons: Some(colons), is_told };
        self.open(call.map(Tag::Component), range, Some(opened));
    }

    /// Ends the component of this name, if one is open in the innermost element.
    pub(super) fn end_component(&mut self, name: &Spanned<String>, range: &Span) {
        let is_meant = |opened: &Opened| opened.colons.is_none() && opened.name == name.value;
        if !self.end_opened(is_meant, &format!("\"{}\"", name.value), range) {
            let place = self.excerpt.place(range);
            self.diagnostics.push(errors::unopened_component(place, &name.value));
        }
    }

    /// Ends the directive with as many colons that is open in the innermost element, or else one with fewer.
    pub(super) fn end_directive(&mut self, colons: usize, range: &Span) {
        let has = |wanted: fn(usize, usize) -> bool| {
            move |opened: &Opened| opened.colons.is_some_and(|open| wanted(open, colons))
        };
        let closing = self.excerpt.text[range.clone()].trim_start();
        if self.end_opened(has(|open, closing| open == closing), closing, range)
            || self.end_opened(has(|open, closing| open < closing), closing, range)
        {
            return;
        }
        if let Some(left) = self.cut_short.checked_sub(1) {
            self.cut_short = left;
        } else if let Some(opened) = self.open_outside(colons) {
            opened.is_told = true;
            let opening = opened.range.clone();
            self.diagnostics
                .push(errors::closing_within(self.excerpt.place(range), self.excerpt.place(&opening)));
        } else {
            self.diagnostics.push(errors::unopened_directive(self.excerpt.place(range)));
        }
    }

    /// Ends the directive that a line closes by its name, if it is open in the innermost element. Returns false
    /// if there is none.
    pub(super) fn end_named_directive(&mut self, line: &Opening, range: &Span) -> bool {
        let Some(name) = line.closes() else { return false };
        let is_meant = |opened: &Opened| opened.colons.is_some() && opened.name == name;
        let closing = self.excerpt.text[range.clone()].trim_start();
        self.end_opened(is_meant, closing, range)
    }

    /// Finds the innermost directive that a line of colons could close if the line stood outside of its list
    /// or quote.
    fn open_outside(&mut self, colons: usize) -> Option<&mut Opened> {
        let mut opened =
            self.open.iter_mut().rev().take(MAX_DEPTH).filter_map(|open| open.component.as_mut());
        opened.find(|opened| !opened.is_told && opened.colons.is_some_and(|open| open <= colons))
    }

    /// Ends the innermost component that fits the closing tag, and the components in it. Returns false if
    /// none fits.
    fn end_opened(&mut self, is_meant: impl Fn(&Opened) -> bool, closing: &str, range: &Span) -> bool {
        let mut opened = self.open.iter().rev().take(MAX_DEPTH).map_while(|open| open.component.as_ref());
        let Some(inner) = opened.position(is_meant) else { return false };
        self.end_unclosed(inner, Some((closing, range)));
        self.close(range);
        true
    }

    /// Ends all open elements.
    pub(super) fn finish(mut self) -> (Vec<Spanned<Event>>, Diagnostics) {
        self.end_unclosed(self.open.len(), None);
        (self.events, self.diagnostics)
    }

    fn open(&mut self, tag: Option<Tag>, range: &Span, component: Option<Opened>) {
        let block = tag.as_ref().map(Tag::block);
        let event = self.events.len();
        if self.has_room() {
            self.events.extend(tag.map(|tag| self.excerpt.spanned(Event::Start(tag), range)));
        } else if !self.is_too_deep {
            self.is_too_deep = true;
            self.diagnostics.push(errors::markdown_too_deep(self.excerpt.place(range), MAX_DEPTH));
        }
        self.open.push(OpenElement { block, component, event });
    }

    fn close(&mut self, range: &Span) {
        if let Some(open) = self.open.pop()
            && let Some(block) = open.block
            && self.has_room()
        {
            self.closed = open.event;
            self.write(Event::End(block), range);
        }
    }

    /// Ends the innermost `count` components, which were not closed.
    fn end_unclosed(&mut self, count: usize, closing: Option<(&str, &Span)>) {
        for _ in 0..count {
            let Some(opened) = self.open.last().and_then(|open| open.component.clone()) else {
                return;
            };
            let place = self.excerpt.place(&opened.range);
            let closing = closing.map(|(closing, range)| (closing, self.excerpt.place(range)));
            self.cut_short += usize::from(opened.colons.is_some());
            match opened.colons {
                Some(_) if opened.is_told => {}
                Some(colons) => {
                    self.diagnostics.push(errors::unclosed_directive(place, &":".repeat(colons), closing));
                    self.unmake();
                }
                None => self.diagnostics.push(errors::unclosed_component(place, &opened.name, closing)),
            }
            self.close(&(opened.range.end..opened.range.end));
        }
    }

    /// Removes the tag of the innermost open element, because the element may not have been meant.
    fn unmake(&mut self) {
        let has_event = self.open.len() <= MAX_DEPTH;
        if let Some(open) = self.open.last_mut() {
            open.block = None;
            if has_event {
                self.events[open.event].value = Event::Text(String::new());
            }
        }
    }

    fn write(&mut self, event: Event, range: &Span) {
        self.events.push(self.excerpt.spanned(event, range));
    }
}
