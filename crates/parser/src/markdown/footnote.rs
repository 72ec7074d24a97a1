//! Footnotes: the comparison of their labels, and the choice of those that are shown.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Block, Event, Tag};
use crate::{Spanned, caseless};

/// Reduces a label to the key by which labels are compared: white space is a single space, and letters have
/// no case.
pub(super) fn key(label: &str) -> String {
    let words: Vec<&str> = label.split_ascii_whitespace().collect();
    caseless(&words.join(" ")).into_owned()
}

/// The footnotes of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Footnotes {
    /// The keys of the footnotes that readers get to see, in the order of their first references: first those
    /// in the text, then those in the notes themselves.
    pub(super) shown: Vec<String>,
    /// The ranges of the events of all other footnotes, in order.
    pub(super) unused: Vec<Range<usize>>,
    /// The events that begin and end lists, items and quotes that hold nothing but definitions of footnotes.
    pub(super) emptied: BTreeSet<usize>,
}

impl Footnotes {
    /// Finds the footnotes in the events of a text.
    pub(super) fn of(events: &[Spanned<Event>]) -> Self {
        let found = NoteIndex::of(events);
        let mut shown: Vec<&str> = Vec::new();
        let mut known = BTreeSet::new();
        let mut next = 0;
        let mut note = None;
        loop {
            let references = found.references.get(&note).into_iter().flatten();
            shown.extend(references.filter(|label| known.insert(**label)));
            let Some(label) = shown.get(next) else { break };
            (note, next) = (Some(*label), next + 1);
        }
        let mut unused: Vec<_> =
            found.notes.into_iter().filter(|(label, _)| !known.contains(label)).collect();
        unused.sort_by_key(|(_, events)| events.start);
        let unused = unused.into_iter().map(|(_, events)| events).collect();
        Self { shown: shown.into_iter().map(str::to_owned).collect(), unused, emptied: emptied(events) }
    }
}

impl Footnotes {
    /// Iterates over the events of a text, with their indexes, leaving out unused footnotes and blocks that
    /// hold nothing but footnotes.
    pub(super) fn shown_of<T>(&self, events: Vec<T>) -> impl Iterator<Item = (usize, T)> {
        let mut unused = self.unused.iter().peekable();
        let mut end = 0;
        events.into_iter().enumerate().filter(move |(index, _)| {
            while let Some(range) = unused.next_if(|range| range.start == *index) {
                end = end.max(range.end);
            }
            *index >= end && !self.emptied.contains(index)
        })
    }
}

/// An open block that may hold nothing but footnotes.
struct Container {
    start: usize,
    has_footnote: bool,
    has_other: bool,
}

fn emptied(events: &[Spanned<Event>]) -> BTreeSet<usize> {
    let mut emptied = BTreeSet::new();
    let mut open: Vec<Container> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        match &event.value {
            Event::Start(Tag::List { .. } | Tag::Item | Tag::BlockQuote | Tag::FootnoteDefinition(_)) => {
                open.push(Container { start: index, has_footnote: false, has_other: false });
            }
            Event::End(
                block @ (Block::BulletList
                | Block::OrderedList
                | Block::Item
                | Block::BlockQuote
                | Block::FootnoteDefinition),
            ) => {
                let Some(Container { start, has_footnote, has_other }) = open.pop() else { continue };
                let is_footnote = *block == Block::FootnoteDefinition;
                let is_emptied = !is_footnote && has_footnote && !has_other;
                if is_emptied {
                    emptied.extend([start, index]);
                }
                if let Some(outer) = open.last_mut() {
                    outer.has_footnote |= is_footnote || is_emptied;
                    outer.has_other |= !is_footnote && !is_emptied;
                }
            }
            _ => {
                if let Some(container) = open.last_mut() {
                    container.has_other = true;
                }
            }
        }
    }
    emptied
}

/// The footnotes that a text defines and refers to.
#[derive(Default)]
struct NoteIndex<'e> {
    /// The references in the text itself and in each note.
    references: BTreeMap<Option<&'e str>, Vec<&'e str>>,
    notes: Vec<(&'e str, Range<usize>)>,
}

impl<'e> NoteIndex<'e> {
    fn of(events: &'e [Spanned<Event>]) -> Self {
        let mut found = Self::default();
        let mut open: Vec<(&str, usize)> = Vec::new();
        for (index, event) in events.iter().enumerate() {
            match &event.value {
                Event::Start(Tag::FootnoteDefinition(label)) => open.push((label, index)),
                Event::End(Block::FootnoteDefinition) => {
                    if let Some((label, start)) = open.pop() {
                        found.notes.push((label, start..index + 1));
                    }
                }
                Event::FootnoteReference(label) => {
                    let note = open.last().map(|(label, _)| *label);
                    found.references.entry(note).or_default().push(label);
                }
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn labels_have_no_case() {
        for (label, other) in [("A b", " a \t B "), ("ΑΓΩ", "αγω"), ("Straße", "STRASSE"), ("ς", "Σ")]
        {
            assert_eq!(key(label), key(other));
        }
        assert_ne!(key("a b"), key("ab"));
    }
}
