//! Gives headings their ids.

mod id;

pub use self::id::id;

use std::collections::{BTreeMap, BTreeSet};

use super::{Event, Heading, Markdown, Tag};
use crate::excerpt::Excerpt;
use crate::{Diagnostics, Span, errors};

/// A heading that was read but has no id yet.
#[derive(Debug)]
pub(super) struct PendingHeading {
    /// The index of its event.
    pub(super) event: usize,
    pub(super) level: u8,
    /// The author's id and its place.
    pub(super) id: Option<(String, Span)>,
    pub(super) text: String,
    /// For each text event in the heading that differs from the written text: its index and the written text.
    pub(super) written: Vec<(usize, String)>,
    /// The text of which its id is made; none as long as the heading is open.
    pub(super) named: Option<String>,
}

/// The id of a heading for whose text GitHub makes none.
const UNNAMED: &str = "section";

/// Gives every heading its id: the author's, or else one made of the text, different from those of other
/// headings and from the `others` that the author gave.
pub(super) fn identify(
    markdown: &mut Markdown,
    pending: Vec<PendingHeading>,
    others: &[(String, Span)],
    excerpt: &Excerpt<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut events = Vec::with_capacity(pending.len());
    let mut ids = Ids::new(&pending, others, excerpt, diagnostics);
    let mut given = BTreeSet::new();
    for PendingHeading { event, level, id, text, named, .. } in pending {
        let id = match id {
            Some((id, _)) if given.insert(id.clone()) => id,
            // A repeated id was reported in `Ids::new`, so it only has to become unique.
            Some((id, _)) => ids.make(&id),
            None => ids.make(&self::id::id(named.as_deref().unwrap_or_default())),
        };
        markdown.headings.push(Heading { level, id, text });
        events.push(event);
    }
    // These come last, because ids made of texts take precedence.
    for heading in markdown.headings.iter_mut().filter(|heading| heading.id.is_empty()) {
        heading.id = ids.make(UNNAMED);
    }
    for (event, heading) in events.into_iter().zip(&markdown.headings) {
        if let Event::Start(Tag::Heading { id, .. }) = &mut markdown.events[event].value {
            id.clone_from(&heading.id);
        }
    }
}

/// The ids that are taken, each with the number that was last added to it.
struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// Takes the author's ids, and reports those given twice.
    fn new(
        pending: &[PendingHeading],
        others: &[(String, Span)],
        excerpt: &Excerpt<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut places: BTreeMap<&str, &Span> = BTreeMap::new();
        for (id, span) in pending.iter().filter_map(|heading| heading.id.as_ref()).chain(others) {
            match places.get(id.as_str()) {
                Some(first) => {
                    diagnostics.push(errors::duplicate_id(excerpt.place(span), id, excerpt.place(first)));
                }
                None => {
                    places.insert(id, span);
                }
            }
        }
        Self(places.keys().map(|id| ((*id).to_owned(), 0)).collect())
    }

    /// Returns an id that is not taken: the wanted one, or else one with the next number behind it, as GitHub
    /// counts.
    fn make(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        while self.0.contains_key(&id) {
            let number = self.0.entry(wanted.to_owned()).or_default();
            *number += 1;
            id = format!("{wanted}-{number}");
        }
        self.0.insert(id.clone(), 0);
        id
    }
}
