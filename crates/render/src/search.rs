//! The data from which a browser finds pages: all titles in one file, the words of all texts in several.

mod titles;
mod text;
mod part;

use std::sync::Arc;

use rayon::prelude::*;
use sitegen_model::{CollectionId, Findable, Id, Kept, Model, RecordId, RelationId, Route, Target};
use sitegen_parser::Diagnostics;

use crate::build::Build;
use crate::texts::Texts;

use self::text::Words;

/// The words of every record whose text can be found, by collection and row.
#[derive(Debug, Default)]
pub(crate) struct Search {
    words: Vec<Vec<Kept<Words>>>,
    /// The records of the pages by whose texts they can be found, each with its page's number.
    texts: Vec<(usize, RecordId)>,
}

/// A page that can be found.
struct Entry<'a> {
    /// Its place among all of them, from 0.
    number: usize,
    route: &'a Route,
    findable: Findable,
}

impl Search {
    /// Finds the words of records of which they were not found before.
    pub(crate) fn read(model: &Model, texts: &Texts, previous: &Self) -> Self {
        let collections = (0..model.schema.collections.len()).map(CollectionId);
        let words = collections.map(|collection| {
            let records = if has_text(model, collection) { model.records.of(collection) } else { &[] };
            let rows = (0..records.len()).into_par_iter();
            rows.map(|row| {
                let id = RecordId { collection, row };
                let known = previous.of(id);
                let from = text::depends_on(id, model, texts);
                Kept::or_make(known, from, || (text::words_of(id, model, texts), Diagnostics::new()))
            })
            .collect()
        });
        let texts = entries(model).into_iter().filter(|entry| entry.findable == Findable::Text);
        let texts = texts.filter_map(|entry| Some((entry.number, model.record_of(entry.route)?)));
        Self { words: words.collect(), texts: texts.collect() }
    }

    fn of(&self, id: RecordId) -> Option<&Kept<Words>> {
        self.words.get(id.collection.0)?.get(id.row)
    }

    /// The id of all of them.
    fn id(&self) -> Id {
        Id::of_all(self.words.iter().flatten().map(|words| words.from))
    }
}

/// Whether the texts of a collection's records can be found.
fn has_text(model: &Model, collection: CollectionId) -> bool {
    let Some(searched) = model.routes.searched() else { return false };
    let is_of = |from: Option<RelationId>| from == Some(RelationId::Collection(collection));
    let mut families = model.schema.families.iter().enumerate();
    families
        .any(|(id, family)| is_of(family.from) && searched.of(sitegen_model::FamilyId(id)) == Findable::Text)
}

impl Build {
    /// The file of all titles.
    pub(crate) fn titles(&self) -> Vec<u8> {
        titles::write(&self.model, &entries(&self.model), self.search.id())
    }

    /// A file of words.
    pub(crate) fn words(&self, part: usize) -> Vec<u8> {
        let parts = self.model.routes.searched().map_or(1, |searched| searched.parts);
        let texts = self.search.texts.iter();
        let texts = texts.filter_map(|(number, record)| Some((*number, &**self.search.of(*record)?)));
        part::write(texts, self.search.texts.len(), part, parts)
    }
}

/// All pages that can be found, in the order of routes.
fn entries(model: &Model) -> Vec<Entry<'_>> {
    let Some(searched) = model.routes.searched() else { return Vec::new() };
    let found = model.routes.iter().map(|route| (route, searched.of_route(route)));
    let found = found.filter(|(_, findable)| *findable != Findable::Nothing).enumerate();
    found.map(|(number, (route, findable))| Entry { number, route, findable }).collect()
}

impl Entry<'_> {
    fn title(&self) -> &Arc<str> {
        match &self.route.target {
            Target::Page { title, .. } => title,
            _ => &self.route.url,
        }
    }
}
