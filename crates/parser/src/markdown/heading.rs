//! Ids for headings.

mod id;

pub use self::id::id;

use std::collections::{BTreeMap, BTreeSet};

use super::{Event, Heading, Markdown, Tag};
use crate::excerpt::Excerpt;
use crate::{Diagnostics, Span, errors};

/// A heading that was read, before it has its id.
#[derive(Debug)]
pub(super) struct Draft {
    /// Its event's index.
    pub(super) event: usize,
    pub(super) level: u8,
    /// The author's id and where it stands.
    pub(super) id: Option<(String, Span)>,
    pub(super) text: String,
    /// The text events in it that do not say what is written, with what is.
    pub(super) written: Vec<(usize, String)>,
    /// What its id is made of; none as long as it is open.
    pub(super) named: Option<String>,
}

/// What an id is made of if GitHub makes none of the text.
const UNNAMED: &str = "section";

/// Gives every heading its id: the author's, else one made from the text that no other heading has, nor any of the
/// `others` that the author gave ids.
pub(super) fn identify(
    markdown: &mut Markdown,
    drafts: Vec<Draft>,
    others: &[(String, Span)],
    excerpt: &Excerpt<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut events = Vec::with_capacity(drafts.len());
    let mut ids = Ids::new(&drafts, others, excerpt, diagnostics);
    let mut given = BTreeSet::new();
    for Draft { event, level, id, text, named, .. } in drafts {
        let id = match id {
            Some((id, _)) if given.insert(id.clone()) => id,
            // That it is given twice is reported.
            Some((id, _)) => ids.make(&id),
            None => ids.make(&self::id::id(named.as_deref().unwrap_or_default())),
        };
        markdown.headings.push(Heading { level, id, text });
        events.push(event);
    }
    // Only now is it known which ids others have by their texts.
    for heading in markdown.headings.iter_mut().filter(|heading| heading.id.is_empty()) {
        heading.id = ids.make(UNNAMED);
    }
    for (event, heading) in events.into_iter().zip(&markdown.headings) {
        if let Event::Start(Tag::Heading { id, .. }) = &mut markdown.events[event].value {
            id.clone_from(&heading.id);
        }
    }
}

/// The ids that are taken, each with the number that the last heading of the same text has.
struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// Those that the author gave.
    fn new(
        drafts: &[Draft],
        others: &[(String, Span)],
        excerpt: &Excerpt<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut places: BTreeMap<&str, &Span> = BTreeMap::new();
        for (id, span) in drafts.iter().filter_map(|draft| draft.id.as_ref()).chain(others) {
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

    /// An id that is not taken: this one, else with the next number behind it, as GitHub counts.
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
