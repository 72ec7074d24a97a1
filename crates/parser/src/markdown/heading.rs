//! Ids for headings.

use std::collections::{BTreeMap, BTreeSet};

use super::{Event, Heading, Markdown, Tag, slugify};
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
}

/// Gives every heading its id: the author's, else one made from the text that no other heading has, nor any of the
/// `others` that the author gave ids.
pub(super) fn identify(
    markdown: &mut Markdown,
    drafts: Vec<Draft>,
    others: &[(String, Span)],
    excerpt: &Excerpt<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut ids = Ids::new(&drafts, others, excerpt, diagnostics);
    for Draft { event, level, id, text } in drafts {
        let id = id.map_or_else(|| ids.make(&text), |(id, _)| id);
        if let Event::Start(Tag::Heading { id: place, .. }) = &mut markdown.events[event].value {
            place.clone_from(&id);
        }
        markdown.headings.push(Heading { level, id, text });
    }
}

/// The ids that are taken.
struct Ids {
    taken: BTreeSet<String>,
    /// For each slug, the number to try next.
    next: BTreeMap<String, usize>,
}

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
        let taken = places.keys().map(|id| (*id).to_owned()).collect();
        Self { taken, next: BTreeMap::new() }
    }

    fn make(&mut self, text: &str) -> String {
        let mut slug = slugify(text);
        if slug.is_empty() {
            "section".clone_into(&mut slug);
        }
        if self.taken.insert(slug.clone()) {
            return slug;
        }
        let next = self.next.entry(slug.clone()).or_insert(1);
        loop {
            let id = format!("{slug}-{next}");
            *next += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}
