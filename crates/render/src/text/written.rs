//! The links that stand in the Markdown of records.

use sitegen_model::{Model, RecordId};
use sitegen_parser::{Event, Place, Tag};

use crate::text::written_in;

/// A link or an image in Markdown.
#[derive(Debug)]
pub struct WrittenLink<'m> {
    /// The record whose text it is in.
    pub record: RecordId,
    /// The target as it is written.
    pub to: &'m str,
    /// The place of the target.
    pub place: Place,
}

/// Lists the links in the Markdown of all records, in the order of records and texts.
pub fn written_links(model: &Model) -> impl Iterator<Item = WrittenLink<'_>> {
    model.records.iter().flat_map(|(id, record)| {
        let events = written_in(record).flat_map(|markdown| &markdown.events);
        events.filter_map(move |event| match &event.value {
            Event::Start(Tag::Link { to, .. } | Tag::Image { to, .. }) if !to.is_empty() => {
                Some(WrittenLink { record: id, to, place: Place::new(&record.source.path, &event.span) })
            }
            _ => None,
        })
    })
}
