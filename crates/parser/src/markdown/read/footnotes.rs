//! Reads definitions of footnotes, and picks the events to show when all footnotes are known.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::EventConverter;
use crate::markdown::footnote::{self, Footnotes};
use crate::markdown::{Attributes, Event, reference};
use crate::{Span, Spanned, errors};

impl EventConverter<'_> {
    pub(super) fn define_footnote(&mut self, label: &str, range: &Span) -> String {
        let key = footnote::key(label);
        let span = reference::definition(self.excerpt.text, range);
        match self.footnotes.entry(key.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(span);
            }
            Entry::Occupied(first) => {
                let (place, first) = (self.excerpt.place(&span), self.excerpt.place(first.get()));
                self.writer.diagnostics.push(errors::duplicate_footnote(place, label, first));
            }
        }
        key
    }

    /// Reports the footnotes that nothing refers to, and drops the headings in them.
    pub(super) fn unused_footnotes(&mut self, footnotes: &Footnotes) {
        let shown: BTreeSet<&String> = footnotes.shown.iter().collect();
        for (_, span) in self.footnotes.iter().filter(|(key, _)| !shown.contains(key)) {
            let written = &self.excerpt.text[span.clone()];
            self.writer.diagnostics.push(errors::unused_footnote(self.excerpt.place(span), written));
        }
        let (mut unused, mut end) = (footnotes.unused.iter().peekable(), 0);
        self.headings.retain(|heading| {
            while let Some(note) = unused.next_if(|note| note.start <= heading.event) {
                end = end.max(note.end);
            }
            heading.event >= end
        });
    }
}

/// Assembles the events that are shown, each behind its author's attributes.
pub(super) fn assembled(
    events: Vec<Spanned<Event>>,
    footnotes: &Footnotes,
    mut attributes: BTreeMap<usize, Attributes>,
) -> Vec<Spanned<Event>> {
    if footnotes.unused.is_empty() && footnotes.emptied.is_empty() && attributes.is_empty() {
        return events;
    }
    let mut assembled = Vec::with_capacity(events.len() + attributes.len());
    for (index, event) in footnotes.shown_of(events) {
        let can_have = matches!(event.value, Event::Start(_) | Event::Code(_));
        if let Some(given) = attributes.remove(&index).filter(|_| can_have) {
            assembled.push(Spanned { value: Event::Attributes(given), span: event.span.clone() });
        }
        assembled.push(event);
    }
    assembled
}
