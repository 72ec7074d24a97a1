//! The order that a list of links gives to the records of a collection: `order = "SUMMARY.md"`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sitegen_parser::{Among, Block, Diagnostics, Document, Event, Place, Spanned, Tag};

use super::gather::Entry;
use crate::documents::Documents;
use crate::inputs::Inputs;
use crate::link::{self, INDEXES};
use crate::schema::{CollectionId, Schema};
use crate::{errors, url};

/// What files are in the lists of their collections.
#[derive(Debug, Default)]
pub(super) struct Lists(HashMap<(CollectionId, Arc<str>), Listed>);

/// What a file is in a list.
#[derive(Debug)]
struct Listed {
    place: usize,
    /// The text of the link.
    title: String,
}

/// What lists are read with.
struct Reader<'a> {
    documents: &'a Documents,
    inputs: &'a Inputs,
    /// The files of all records.
    files: &'a HashSet<&'a Arc<str>>,
    diagnostics: &'a mut Diagnostics,
}

impl Lists {
    /// Reads the lists that collections name.
    pub(super) fn read(
        schema: &Schema,
        documents: &Documents,
        inputs: &Inputs,
        entries: &[Entry],
    ) -> (Self, Diagnostics) {
        let (mut lists, mut diagnostics) = (Self::default(), Diagnostics::new());
        let declared = || schema.collections.iter().filter_map(|collection| collection.order.as_ref());
        if declared().next().is_none() {
            return (lists, diagnostics);
        }
        let files = entries.iter().map(|entry| &entry.source.path).collect();
        let mut reader = Reader { documents, inputs, files: &files, diagnostics: &mut diagnostics };
        for id in (0..schema.collections.len()).map(CollectionId) {
            let Some((name, place)) = schema.order_of(id) else { continue };
            match inputs.folders.paths(&name).find(|path| documents.has(path)) {
                None => reader.diagnostics.push(errors::missing_order(&name, place.clone())),
                // Why it cannot be read is reported.
                Some(path) => {
                    if let Some(list) = documents.get(&path) {
                        for (place, (file, title)) in reader.files(list).into_iter().enumerate() {
                            lists.0.entry((id, file)).or_insert(Listed { place, title });
                        }
                        lists.report_lacking(id, list, entries, reader.diagnostics);
                    }
                }
            }
        }
        (lists, diagnostics)
    }

    /// The place of a record in its collection's list; none if it is in none.
    pub(super) fn place(&self, entry: &Entry) -> Option<usize> {
        self.listed(entry).map(|listed| listed.place)
    }

    /// What its collection's list calls a record.
    pub(super) fn title(&self, entry: &Entry) -> Option<&str> {
        self.listed(entry).map(|listed| listed.title.trim()).filter(|title| !title.is_empty())
    }

    fn listed(&self, entry: &Entry) -> Option<&Listed> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&(entry.collection, Arc::clone(&entry.source.path)))
    }

    fn report_lacking(
        &self,
        collection: CollectionId,
        list: &Document,
        entries: &[Entry],
        diagnostics: &mut Diagnostics,
    ) {
        let own = entries.iter().filter(|entry| entry.collection == collection && entry.held.is_none());
        let mut lacking: Vec<_> = own.filter(|entry| self.place(entry).is_none()).collect();
        lacking.sort_by_key(|entry| &entry.source.path);
        if let Some(first) = lacking.first() {
            let path = &list.source.path;
            diagnostics.push(errors::unlisted_records(path, &first.source.path, lacking.len()));
        }
    }
}

impl Reader<'_> {
    /// The files of records that a list links to, and what it calls them, in its order. What leads elsewhere says nothing of the order.
    fn files(&mut self, list: &Document) -> Vec<(Arc<str>, String)> {
        let events = list.body.as_ref().map_or(&[][..], |body| &body.events);
        let links = events.iter().enumerate().filter_map(|(at, Spanned { value, span })| match value {
            Event::Start(Tag::Link { to, .. }) => Some((to.as_str(), span, at)),
            _ => None,
        });
        let mut found = Vec::new();
        for (to, span, at) in links.filter(|(to, ..)| !link::is_external(to)) {
            let (path, _) = link::split(to);
            let file = url::decode(path).and_then(|path| url::join(&list.source.path, &path));
            let Some(file) = file.filter(|_| !path.is_empty()) else { continue };
            match self.record(&file) {
                Some(record) => found.push((record, text(&events[at..]))),
                // What is wrong with a file that holds none is reported.
                None if self.documents.has(&file) => {}
                None => {
                    let place = Place::new(&list.source.path, span);
                    self.diagnostics.push(if self.inputs.site.contains_key(&*file) {
                        errors::no_record(to, place)
                    } else {
                        errors::broken_link(to, Among::Files, &file, place)
                    });
                }
            }
        }
        found
    }

    /// The record's file at a path, or the one that stands for the folder there.
    fn record(&self, path: &str) -> Option<Arc<str>> {
        let known = |path: &str| self.files.get(&Arc::from(path)).map(|path| Arc::clone(path));
        let by_name = || self.inputs.folders.paths(path).find_map(|path| known(&path));
        let indexes = || INDEXES.iter().find_map(|index| known(&format!("{path}/{index}")));
        known(path).or_else(indexes).or_else(by_name)
    }
}

/// The text of the link with which some events begin.
fn text(events: &[Spanned<Event>]) -> String {
    let inner = events.iter().take_while(|event| !matches!(event.value, Event::End(Block::Link)));
    let text = inner.filter_map(|event| match &event.value {
        Event::Text(text) | Event::Code(text) => Some(text.as_str()),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    });
    text.collect()
}
