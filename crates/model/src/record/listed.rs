//! Reads the order of a collection from a list of links (`order = "SUMMARY.md"`), with titles, parts and
//! parents.

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_parser::{Among, Block, Diagnostics, Document, Event, Place, Span, Spanned, Tag};

use super::errors;
use super::gather::UncheckedRecord;
use crate::ground::{CollectionId, url};
use crate::read::{Documents, Drafts, INDEXES, Inputs};
use crate::schema::Schema;

/// The entries of all files in their collections' lists.
#[derive(Debug, Default)]
pub(super) struct Lists(HashMap<(CollectionId, Arc<str>), ListEntry>);

/// A record's entry in a list.
#[derive(Debug, Hash)]
pub(super) struct ListEntry {
    /// The number of its link, from 1.
    pub number: i64,
    /// The text of its link, which may be empty.
    pub title: String,
    /// The heading of the part that its link is in.
    pub part: Option<String>,
    /// The slug of the record in whose item its link is nested.
    pub parent: Option<Arc<str>>,
}

/// Reads the list of one collection.
struct ListReader<'a> {
    collection: CollectionId,
    documents: &'a Documents,
    inputs: &'a Inputs,
    /// The record of each file.
    files: &'a HashMap<&'a Arc<str>, &'a UncheckedRecord<'a>>,
    diagnostics: &'a mut Diagnostics,
}

impl Lists {
    /// Reads the lists that collections name.
    pub(super) fn read(
        schema: &Schema,
        documents: &Documents,
        inputs: &Inputs,
        entries: &[UncheckedRecord],
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
                // A list that cannot be read is reported with its document.
                Some(path) => {
                    if let Some(list) = documents.get(&path) {
                        let diagnostics = &mut diagnostics;
                        let mut reader =
                            ListReader { collection, documents, inputs, files: &files, diagnostics };
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

    /// Returns a record's number in its collection's list; none if it is not there.
    pub(super) fn place(&self, entry: &UncheckedRecord) -> Option<i64> {
        self.listed(entry).map(|listed| listed.number)
    }

    /// Returns a record's entry in its collection's list.
    pub(super) fn listed(&self, entry: &UncheckedRecord) -> Option<&ListEntry> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&(entry.collection, Arc::clone(&entry.source.path)))
    }

    fn report_lacking(
        &self,
        collection: CollectionId,
        list: &Document,
        entries: &[UncheckedRecord],
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

impl ListReader<'_> {
    /// Lists the records' files that a list links to, with their entries, in its order. Links to other things
    /// are skipped.
    fn listed(&mut self, list: &Document) -> Vec<(Arc<str>, ListEntry)> {
        let events = list.body.as_ref().map_or(&[][..], |body| &body.events);
        let mut found = Vec::new();
        let mut part = None;
        // For each open item, the first record that it links to.
        let mut items: Vec<Option<Arc<str>>> = Vec::new();
        for (at, Spanned { value, span }) in events.iter().enumerate() {
            match value {
                // A heading at the start of the list is the list's own title.
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
                    found.push((file, ListEntry { number, title, part: part.clone(), parent }));
                }
                _ => {}
            }
        }
        found
    }

    /// Returns the record's file that a link leads to.
    fn linked(&mut self, to: &str, span: &Span, list: &Document) -> Option<Arc<str>> {
        let (path, _) = url::split(to);
        if path.is_empty() || url::is_external(to) {
            return None;
        }
        let file = url::decode(path).and_then(|path| url::join(&list.source.path, &path))?;
        let record = self.record(&file);
        // A document without a record has errors of its own, so the link to it is not reported, too.
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

    /// Returns the slug of a file's record, if others can be nested below it: it is in the collection, and
    /// published.
    fn slug(&self, file: &Arc<str>) -> Option<Arc<str>> {
        let entry = self.files.get(file)?;
        let is_published = entry.held.is_none() || self.inputs.drafts == Drafts::Include;
        let is_one = entry.collection == self.collection && entry.position.is_none();
        (is_one && is_published).then(|| Arc::clone(&entry.slug))
    }

    /// Finds the record's file at a path, or the index of the folder there.
    fn record(&self, path: &str) -> Option<Arc<str>> {
        let known = |path: &str| self.files.get_key_value(&Arc::from(path)).map(|(path, _)| Arc::clone(path));
        let by_name = || self.inputs.folders.paths(path).find_map(|path| known(&path));
        let indexes = || INDEXES.iter().find_map(|index| known(&format!("{path}/{index}")));
        known(path).or_else(indexes).or_else(by_name)
    }
}

/// Returns the text of the link or heading at the start of some events, without spaces around it.
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
