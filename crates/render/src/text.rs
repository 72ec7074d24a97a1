//! The Markdown of all records as HTML, each piece rendered once.

mod errors;
pub(crate) mod field;
pub(crate) mod highlight;
pub(crate) mod html;
mod math;
pub(crate) mod written;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_model::{CollectionId, Id, Kept, Model, Record, RecordId, Value as Known};
use sitegen_parser::{Diagnostic, Diagnostics, Event, Markdown, Tag};
use tera::{Tera, Value};

use crate::text::html::{
    Anchor, Codes, Elsewhere, Renderer, called_component, component_of_code, declared_components, is_built_in,
};
use crate::value::pieces::{Pieces, RenderedMarkdown};

/// The Markdown of every record as HTML, by collection and row.
#[derive(Debug, Default)]
pub(crate) struct RecordTexts {
    rows: Vec<Vec<Kept<RecordHtml>>>,
    /// The id of all titles that links could take.
    titles: Id,
    /// The id of the names of declared components.
    shown: Id,
    /// The id of the phrases that could become links.
    vocabulary: Id,
}

/// The Markdown of a record as HTML.
#[derive(Debug, Default)]
pub(crate) struct RecordHtml {
    /// The id of the record.
    record: Id,
    /// The id of the parts of the site that the HTML depends on, besides titles.
    seen: Id,
    /// True if the HTML depends on the whole site and not only on its links, because the record calls
    /// components of templates or names assets.
    sees_site: bool,
    /// The records whose titles links have taken.
    named: Vec<RecordId>,
    /// The id of its mentions.
    mentions: Id,
    pieces: Vec<(Arc<Markdown>, RenderedMarkdown)>,
    /// The places on pages that its links lead to.
    anchors: Vec<Anchor>,
    /// The links that the site does not check.
    elsewhere: Vec<Elsewhere>,
    codes: Codes,
}

impl RecordTexts {
    /// Returns true if any Markdown depends on the whole site, for example through a component of a template.
    pub(crate) fn see_site(model: &Model, tera: &Tera, previous: &Self) -> bool {
        let shown = declared_components(tera);
        let same = previous.shown == Id::of(&shown);
        model
            .records
            .iter()
            .any(|(id, record)| sees_site(record, &shown, previous.written(id).filter(|_| same)))
    }

    /// Renders all records, and reuses those whose inputs are the same as before. `components` is the id of
    /// the templates that Markdown can call.
    pub(crate) fn render(model: &Model, renderer: &Renderer, components: Id, previous: &Self) -> Self {
        let titles = Id::of_all(model.records.iter().map(|(_, record)| record.name));
        let world = Id::of(&(model.id, components));
        let components = declared_components(&renderer.tera);
        let shown = Id::of(&components);
        let (same_titles, same_shown) = (titles == previous.titles, shown == previous.shown);
        let links = Id::of(&(model.links, shown));
        let vocabulary = model.vocabulary.id;
        let same_phrases = vocabulary == previous.vocabulary;
        let unchanged = Unchanged { titles: same_titles, shown: same_shown, phrases: same_phrases };
        let record_renderer =
            RecordRenderer { model, renderer, previous, components, world, links, unchanged };
        let collections = (0..model.schema.collections.len()).map(CollectionId);
        let rows = collections.map(|collection| {
            let records = model.records.of(collection).par_iter().enumerate();
            records.map(|(row, record)| record_renderer.text(RecordId { collection, row }, record)).collect()
        });
        Self { rows: rows.collect(), titles, shown, vocabulary }
    }

    fn written(&self, id: RecordId) -> Option<&Kept<RecordHtml>> {
        self.rows.get(id.collection.0)?.get(id.row)
    }

    /// Returns the HTML of a record.
    pub(crate) fn of(&self, id: RecordId) -> Pieces<'_> {
        self.written(id)
            .map(|written| Pieces { from: written.from, pieces: &written.pieces })
            .unwrap_or_default()
    }

    /// Lists the problems of all texts.
    pub(crate) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.rows.iter().flatten().flat_map(|written| written.diagnostics.iter())
    }

    /// Lists the places on pages that links in Markdown lead to.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = &Anchor> {
        self.rows.iter().flatten().flat_map(|written| &written.anchors)
    }

    /// Lists the links in Markdown that the site does not check.
    pub(crate) fn elsewhere(&self) -> impl Iterator<Item = &Elsewhere> {
        self.rows.iter().flatten().flat_map(|written| &written.elsewhere)
    }
}

/// The inputs by which texts are rendered or reused.
struct RecordRenderer<'a> {
    model: &'a Model,
    renderer: &'a Renderer,
    previous: &'a RecordTexts,
    /// The components that templates declare.
    components: BTreeSet<&'a str>,
    /// The id of everything that components can see.
    world: Id,
    /// The id of everything that other Markdown can see.
    links: Id,
    unchanged: Unchanged,
}

/// The parts of a site that are the same as before.
#[derive(Clone, Copy)]
struct Unchanged {
    /// The titles of all records.
    titles: bool,
    /// The names of declared components.
    shown: bool,
    /// The phrases that lead to records.
    phrases: bool,
}

impl RecordRenderer<'_> {
    fn text(&self, id: RecordId, record: &Kept<Record>) -> Kept<RecordHtml> {
        // A text with problems is not reused, because their suggestions may depend on more.
        let known = self.previous.written(id).filter(|known| known.diagnostics.is_empty());
        let sees_site = sees_site(record, &self.components, known.filter(|_| self.unchanged.shown));
        let seen = if sees_site { self.world } else { self.links };
        let from =
            |named: &[RecordId], mentions: Id| Id::of(&(record.id, seen, names(named, self.model), mentions));
        let same = known.filter(|known| known.record == record.id && known.seen == seen);
        let same =
            same.filter(|known| self.unchanged.titles || known.from == from(&known.named, known.mentions));
        let same =
            same.filter(|known| self.unchanged.phrases || known.mentions == mentions(id, record, self.model));
        same.cloned().unwrap_or_else(|| {
            let coloured = self.previous.written(id).map(|written| &written.codes);
            let (written, found) = write(id, record, self.renderer, coloured.unwrap_or(&Codes::new()));
            let written = RecordHtml { seen, sees_site, ..written };
            Kept::new(from(&written.named, written.mentions), (written, found))
        })
    }
}

/// Returns the id of the names of records, without those of records that no longer exist.
fn names(records: &[RecordId], model: &Model) -> Id {
    let name = |id: &RecordId| model.records.of(id.collection).get(id.row).map(|record| record.name);
    Id::of_all(records.iter().map(name))
}

/// Returns the id of the mentions in a record's texts.
fn mentions(id: RecordId, record: &Record, model: &Model) -> Id {
    Id::of_all(markdown_of(record).into_iter().map(|piece| model.mentions(id, piece)))
}

fn write(
    id: RecordId,
    record: &Kept<Record>,
    renderer: &Renderer,
    coloured: &Codes,
) -> (RecordHtml, Diagnostics) {
    let mut written = RecordHtml { record: record.id, ..RecordHtml::default() };
    let mut diagnostics = Diagnostics::new();
    // Highlighted code is passed on to later pieces, because an exercise's programs stand in its body and on
    // their own.
    let mut coloured = coloured.clone();
    let mut mentioned = Vec::new();
    for (index, piece) in markdown_of(record).into_iter().enumerate() {
        let name = if piece.footnotes.is_empty() { String::new() } else { name(id, record, index, renderer) };
        let mentions = renderer.model.mentions(id, piece);
        let linked = mentions.link(piece);
        let rendered = renderer.render_again(&linked, &record.source.path, &name, Some(id), &coloured);
        mentioned.push(mentions);
        let text = RenderedMarkdown { html: Value::safe_string(&rendered.html), toc: rendered.toc };
        written.pieces.push((Arc::clone(piece), text));
        written.anchors.extend(rendered.anchors);
        written.elsewhere.extend(rendered.elsewhere);
        written.named.extend(rendered.named);
        coloured.extend(rendered.codes.iter().map(|(id, html)| (*id, Arc::clone(html))));
        written.codes.extend(rendered.codes);
        diagnostics.extend(rendered.diagnostics);
    }
    written.mentions = Id::of_all(mentioned);
    (written, diagnostics)
}

/// Returns the name of a record's piece, unique on the site: `notes/a`, or `notes.summary/a` for a field,
/// with a number for later pieces of a list or table.
fn name(id: RecordId, record: &Record, index: usize, renderer: &Renderer) -> String {
    let collection = &renderer.model.schema[id.collection];
    let mut name = collection.name.clone();
    if let Some(mut index) = index.checked_sub(usize::from(record.body.is_some())) {
        for (field, value) in collection.fields.iter().zip(&record.values) {
            let pieces = markdown_in(std::slice::from_ref(value)).len();
            if index < pieces {
                let _ = write!(name, ".{}", field.name);
                if index > 0 {
                    let _ = write!(name, ".{index}");
                }
                break;
            }
            index -= pieces;
        }
    }
    format!("{name}/{}", record.slug)
}

fn sees_site(record: &Kept<Record>, components: &BTreeSet<&str>, known: Option<&Kept<RecordHtml>>) -> bool {
    match known.filter(|known| known.record == record.id) {
        Some(known) => known.sees_site,
        None => markdown_of(record)
            .into_iter()
            .flat_map(|piece| &piece.events)
            .any(|event| is_of_site(&event.value, components)),
    }
}

/// Returns true if the HTML of an event depends on more of the site than its links.
pub(crate) fn is_of_site(event: &Event, components: &BTreeSet<&str>) -> bool {
    match event {
        // A built-in alert depends on nothing else, unless a template declares a component of its name.
        Event::Component(call) | Event::Start(Tag::Component(call)) => {
            !is_built_in(call) || components.contains(call.name.value.as_str())
        }
        Event::Start(Tag::CodeBlock(info)) => {
            component_of_code(info, |name| components.contains(name)).is_some()
        }
        // An asset can be named by a path, a whole URL, or a path relative to another page.
        Event::Start(Tag::Link { to, .. } | Tag::Image { to, .. }) => to.contains("assets/"),
        _ => false,
    }
}

/// Lists the Markdown of a record: the body, then the fields in their order, then the parts of an exercise.
pub(crate) fn markdown_of(record: &Record) -> Vec<&Arc<Markdown>> {
    let exercise = record.exercise.iter().flat_map(|exercise| {
        let code = exercise.programs.iter().map(|program| &program.code);
        [&exercise.prompt, &exercise.rest].into_iter().chain(code)
    });
    written_in(record).chain(exercise).collect()
}

/// Lists the Markdown that an author wrote: the body, then the fields. The parts of an exercise are in its
/// body.
pub(crate) fn written_in(record: &Record) -> impl Iterator<Item = &Arc<Markdown>> {
    record.body.iter().chain(markdown_in(&record.values))
}

fn markdown_in(values: &[Known]) -> Vec<&Arc<Markdown>> {
    let mut found = Vec::new();
    let mut left: Vec<_> = values.iter().rev().collect();
    while let Some(value) = left.pop() {
        match value {
            Known::Markdown(markdown) => found.push(markdown),
            Known::List(values) | Known::Table(values) => left.extend(values.iter().rev()),
            _ => {}
        }
    }
    found
}

/// Lists the components that a text calls.
pub(crate) fn called_components(markdown: &Markdown, tera: &Tera) -> Vec<String> {
    let exists = |name: &str| tera.contains_component(name);
    markdown.events.iter().filter_map(|event| called_component(&event.value, &exists)).collect()
}
