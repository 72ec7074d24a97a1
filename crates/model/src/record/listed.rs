//! The order that a list of links gives to the records of a collection: `order = "SUMMARY.md"`; and what else it says of them.

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_parser::{Among, Block, Diagnostics, Document, Event, Place, Span, Spanned, Tag};

use super::errors;
use super::gather::Entry;
use crate::ground::{CollectionId, url};
use crate::read::{Documents, Drafts, INDEXES, Inputs};
use crate::schema::Schema;

/// What files are in the lists of their collections.
#[derive(Debug, Default)]
pub(super) struct Lists(HashMap<(CollectionId, Arc<str>), Listed>);

/// What a record is in a list.
#[derive(Debug, Hash)]
pub(super) struct Listed {
    /// The place of its link, from 1.
    pub number: i64,
    /// The text of its link, which may be empty.
    pub title: String,
    /// The heading of the part in which its link stands.
    pub part: Option<String>,
    /// The slug of the record below whose link its own stands.
    pub parent: Option<Arc<str>>,
}

/// What lists are read with.
struct Reader<'a> {
    collection: CollectionId,
    documents: &'a Documents,
    inputs: &'a Inputs,
    /// A record of each file.
    files: &'a HashMap<&'a Arc<str>, &'a Entry<'a>>,
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
        let files = entries.iter().map(|entry| (&entry.source.path, entry)).collect();
        for collection in (0..schema.collections.len()).map(CollectionId) {
            let Some((name, place)) = schema.order_of(collection) else { continue };
            match inputs.folders.paths(&name).find(|path| documents.has(path)) {
                None => diagnostics.push(errors::missing_order(&name, place.clone())),
                // Why it cannot be read is reported.
                Some(path) => {
                    if let Some(list) = documents.get(&path) {
                        let diagnostics = &mut diagnostics;
                        let mut reader = Reader { collection, documents, inputs, files: &files, diagnostics };
                        for (file, listed) in reader.listed(list) {
                            lists.0.entry((collection, file)).or_insert(listed);
                        }
                        lists.report_lacking(collection, list, entries, reader.diagnostics);
                    }
                }
            }
        }
        (lists, diagnostics)
    }

    /// The place of a record in its collection's list; none if it is in none.
    pub(super) fn place(&self, entry: &Entry) -> Option<i64> {
        self.listed(entry).map(|listed| listed.number)
    }

    /// What a record is in its collection's list.
    pub(super) fn listed(&self, entry: &Entry) -> Option<&Listed> {
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
    /// The files of records that a list links to, and what they are in it, in its order. What leads elsewhere says nothing of the order.
    fn listed(&mut self, list: &Document) -> Vec<(Arc<str>, Listed)> {
        let events = list.body.as_ref().map_or(&[][..], |body| &body.events);
        let mut found = Vec::new();
        let mut part = None;
        // For each item that is open, the first record that it links to.
        let mut items: Vec<Option<Arc<str>>> = Vec::new();
        for (at, Spanned { value, span }) in events.iter().enumerate() {
            match value {
                // The heading that a list begins with is its own title.
                Event::Start(Tag::Heading { .. }) if at > 0 => part = Some(text(&events[at..])),
                Event::Rule => part = None,
                Event::Start(Tag::Item) => items.push(None),
                Event::End(Block::Item) => drop(items.pop()),
                Event::Start(Tag::Link { to, .. }) => {
                    let Some(file) = self.linked(to, span, list) else { continue };
                    let number = i64::try_from(found.len() + 1).unwrap_or(i64::MAX);
                    let above = items.len().saturating_sub(1);
                    let parent = items[..above].iter().rev().flatten().next().cloned();
                    if let Some(item @ None) = items.last_mut() {
                        *item = self.slug(&file);
                    }
                    let title = text(&events[at..]);
                    found.push((file, Listed { number, title, part: part.clone(), parent }));
                }
                _ => {}
            }
        }
        found
    }

    /// The file of a record that a link leads to.
    fn linked(&mut self, to: &str, span: &Span, list: &Document) -> Option<Arc<str>> {
        let (path, _) = url::split(to);
        if path.is_empty() || url::is_external(to) {
            return None;
        }
        let file = url::decode(path).and_then(|path| url::join(&list.source.path, &path))?;
        let record = self.record(&file);
        // What is wrong with a file that holds none is reported.
        if record.is_none() && !self.documents.has(&file) {
            let place = Place::new(&list.source.path, span);
            self.diagnostics.push(if self.inputs.site.contains_key(&*file) {
                errors::no_record(to, place)
            } else {
                errors::broken_link(to, Among::Files, &file, place)
            });
        }
        record
    }

    /// The slug of the record in a file, if others can stand below it: it is one of the collection, and published.
    fn slug(&self, file: &Arc<str>) -> Option<Arc<str>> {
        let entry = self.files.get(file)?;
        let is_published = entry.held.is_none() || self.inputs.drafts == Drafts::Include;
        let is_one = entry.collection == self.collection && entry.position.is_none();
        (is_one && is_published).then(|| Arc::clone(&entry.slug))
    }

    /// The record's file at a path, or the one that stands for the folder there.
    fn record(&self, path: &str) -> Option<Arc<str>> {
        let known = |path: &str| self.files.get_key_value(&Arc::from(path)).map(|(path, _)| Arc::clone(path));
        let by_name = || self.inputs.folders.paths(path).find_map(|path| known(&path));
        let indexes = || INDEXES.iter().find_map(|index| known(&format!("{path}/{index}")));
        known(path).or_else(indexes).or_else(by_name)
    }
}

/// The text of the link or the heading with which some events begin, without spaces around it.
fn text(events: &[Spanned<Event>]) -> String {
    let is_end = |event: &Event| matches!(event, Event::End(Block::Link | Block::Heading(_)));
    let inner = events.iter().take_while(|event| !is_end(&event.value));
    let text = inner.filter_map(|event| match &event.value {
        Event::Text(text) | Event::Code(text) => Some(text.as_str()),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    });
    text.collect::<String>().trim().to_owned()
}
