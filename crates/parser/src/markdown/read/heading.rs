//! Headings, before they have their ids.

use super::Reader;
use crate::Span;
use crate::markdown::Tag;
use crate::markdown::heading::Draft;

impl Reader<'_> {
    /// Begins a heading.
    pub(super) fn heading(&mut self, level: u8, range: &Span) {
        if self.writer.has_room() {
            let event = self.writer.events.len();
            self.headings.push(Draft { event, level, id: None, text: String::new(), named: String::new() });
        }
        self.writer.start(Tag::Heading { level, id: String::new() }, range);
    }
}
