//! Reads headings, which get their ids later.

use super::EventConverter;
use crate::markdown::heading::PendingHeading;
use crate::markdown::{Event, Tag, text};
use crate::{Span, Spanned};

impl EventConverter<'_> {
    /// Begins a heading.
    pub(super) fn heading(&mut self, level: u8, range: &Span) {
        if self.writer.has_room() {
            let event = self.writer.events.len();
            self.headings.push(PendingHeading {
                event,
                level,
                id: None,
                text: String::new(),
                written: Vec::new(),
                named: None,
            });
        }
        self.writer.start(Tag::Heading { level, id: String::new() }, range);
    }

    /// Ends a heading.
    pub(super) fn end_heading(&mut self) {
        if self.writer.has_room()
            && let Some(heading) = self.headings.last_mut()
        {
            let events = &self.writer.events[heading.event..];
            heading.text = if self.syntax.html { text::plain(events) } else { text::with_html(events) };
            let mut named = text::naming(events, heading.event, &heading.written);
            // A component at the end of a heading adds nothing to its id, nor does the space before it.
            if let [.., Spanned { value: Event::Component(_), .. }, _] = events {
                named.truncate(named.trim_end().len());
            }
            heading.named = Some(named);
        }
    }

    /// Keeps the written form of text that is shown differently, because an id must not depend on a site's
    /// settings.
    pub(super) fn keep_written(&mut self, text: &str) {
        let next = self.writer.events.len();
        if let Some(heading) = self.headings.last_mut().filter(|heading| heading.named.is_none()) {
            heading.written.push((next, text.to_owned()));
        }
    }
}
