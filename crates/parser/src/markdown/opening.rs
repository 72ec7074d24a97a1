//! Finds the heading with which a text begins, and removes it.

use super::{Block, Event, Heading, Markdown, Tag};
use crate::{Span, Spanned};

impl Markdown {
    /// Returns the heading with which the text begins, but for comments, and its place.
    pub fn opening(&self) -> Option<(&Heading, &Span)> {
        let (start, _) = self.opening_events()?;
        Some((self.headings.first()?, &self.events[start].span))
    }

    /// Copies the text without that heading.
    #[must_use]
    pub fn without_opening(&self) -> Self {
        let Some((start, end)) = self.opening_events() else { return self.clone() };
        let attributes = start.checked_sub(1).filter(|at| is_attributes(&self.events[*at].value));
        let before = &self.events[..attributes.unwrap_or(start)];
        Self {
            events: [before, &self.events[end + 1..]].concat(),
            headings: self.headings[1..].to_vec(),
            footnotes: self.footnotes.clone(),
        }
    }

    /// Returns the indexes of the events that begin and end that heading.
    fn opening_events(&self) -> Option<(usize, usize)> {
        let is_before = |event: &Spanned<Event>| is_attributes(&event.value) || is_comment(&event.value);
        let start = self.events.iter().position(|event| !is_before(event))?;
        let Event::Start(Tag::Heading { level, .. }) = self.events[start].value else { return None };
        let is_end = |event: &Spanned<Event>| event.value == Event::End(Block::Heading(level));
        let end = start + self.events[start..].iter().position(is_end)?;
        // A heading with a reference to a footnote stays, because the footnote would be lost with it.
        let is_reference = |event: &Spanned<Event>| matches!(event.value, Event::FootnoteReference(_));
        (!self.events[start..end].iter().any(is_reference)).then_some((start, end))
    }
}

fn is_attributes(event: &Event) -> bool {
    matches!(event, Event::Attributes(_))
}

fn is_comment(event: &Event) -> bool {
    match event {
        Event::Html(html) => {
            let html = html.trim();
            html.is_empty() || html.starts_with("<!--") && html.find("-->") == Some(html.len() - 3)
        }
        _ => false,
    }
}
