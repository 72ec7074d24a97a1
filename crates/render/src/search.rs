//! The data from which a browser finds pages: all titles in one file, headings in another, the words of all texts in several.

mod titles;
mod headings;
mod text;
mod part;

use std::sync::Arc;

use rayon::prelude::*;
use sitegen_model::{
    By, CollectionId, FamilyId, Findable, Id, Kept, Model, RecordId, RelationId, Route, Target,
};
use sitegen_parser::Diagnostics;

use crate::text::RecordTexts;

use self::text::{BLOCK, InvertedIndex};

/// The words of every record whose text can be found.
#[derive(Debug, Default)]
pub(crate) struct SearchData {
    /// The words, by collection and by block of records.
    blocks: Vec<Vec<Kept<InvertedIndex>>>,
    /// The pages that show the records of blocks, in the order of pages.
    shown: Vec<BlockPages>,
}

/// The pages of a family that show the records of a block.
#[derive(Debug)]
struct BlockPages {
    collection: CollectionId,
    block: usize,
    /// For each record, the number of its page; none if it has no page, or none that can be found.
    pages: [Option<u32>; BLOCK],
}

/// A page that can be found.
struct FindablePage<'a> {
    /// Its number among all of them, from 0.
    number: usize,
    route: &'a Route,
    findable: Findable,
}

impl SearchData {
    /// Finds the words of all records, and reuses those of blocks that are the same as before.
    pub(crate) fn read(model: &Model, texts: &RecordTexts, previous: &Self) -> Self {
        let collections = (0..model.schema.collections.len()).map(CollectionId);
        let blocks = collections.map(|collection| {
            let rows = if has_text(model, collection) { model.records.of(collection).len() } else { 0 };
            let ids: Vec<_> = (0..rows).map(|row| RecordId { collection, row }).collect();
            let known = previous.blocks.get(collection.0).map_or(&[][..], Vec::as_slice);
            let blocks = ids.par_chunks(BLOCK).enumerate();
            blocks.map(|(number, block)| read_block(block, model, texts, known.get(number))).collect()
        });
        Self { blocks: blocks.collect(), shown: shown(model) }
    }

    /// Returns the id of all words.
    fn id(&self) -> Id {
        Id::of_all(self.blocks.iter().flatten().map(|words| words.content))
    }

    /// Writes the file of all titles.
    pub(crate) fn titles(&self, model: &Model) -> Vec<u8> {
        titles::write(model, &entries(model), self.id()).to_string().into_bytes()
    }

    /// Writes the file of headings. `html` renders a page.
    pub(crate) fn headings(&self, model: &Model, html: impl Fn(&Route) -> String + Sync) -> Vec<u8> {
        let entries = entries(model);
        let titles = titles::write(model, &entries, self.id());
        headings::write(&entries, &titles["version"], html).to_string().into_bytes()
    }

    /// Writes a file of words.
    pub(crate) fn words(&self, model: &Model, part: usize) -> Vec<u8> {
        let parts = model.routes.searched().map_or(1, |searched| searched.parts);
        let blocks =
            self.shown.iter().map(|shown| (&*self.blocks[shown.collection.0][shown.block], &shown.pages));
        part::write(&blocks.collect::<Vec<_>>(), part, parts)
    }
}

fn read_block(
    block: &[RecordId],
    model: &Model,
    texts: &RecordTexts,
    known: Option<&Kept<InvertedIndex>>,
) -> Kept<InvertedIndex> {
    let from = Id::of_all(block.iter().map(|id| text::depends_on(*id, model, texts)));
    Kept::or_make(known, By(from, (block, model, texts)), |By(_, (block, model, texts))| {
        (text::words_of(block, model, texts), Diagnostics::new())
    })
}

/// Finds the pages that show the records of blocks.
fn shown(model: &Model) -> Vec<BlockPages> {
    let mut all: Vec<BlockPages> = Vec::new();
    let mut family = None;
    for FindablePage { number, route, findable } in entries(model) {
        let Some(RecordId { collection, row }) = model.record_of(route) else { continue };
        if findable != Findable::Text {
            continue;
        }
        let block = row / BLOCK;
        let same = all.last().is_some_and(|last| (last.collection, last.block) == (collection, block));
        if !same || family != family_of(route) {
            family = family_of(route);
            all.push(BlockPages { collection, block, pages: [None; BLOCK] });
        }
        all.last_mut().expect("there is one").pages[row % BLOCK] = u32::try_from(number).ok();
    }
    all
}

fn family_of(route: &Route) -> Option<FamilyId> {
    match route.target {
        Target::Page { family, .. } => Some(family),
        _ => None,
    }
}

/// Returns true if the texts of a collection's records can be found.
fn has_text(model: &Model, collection: CollectionId) -> bool {
    let Some(searched) = model.routes.searched() else { return false };
    let is_of = |from: Option<RelationId>| from == Some(RelationId::Collection(collection));
    let mut families = model.schema.families.iter().enumerate();
    families.any(|(id, family)| is_of(family.from) && searched.of(FamilyId(id)) == Findable::Text)
}

/// Lists all pages that can be found, in the order of routes.
fn entries(model: &Model) -> Vec<FindablePage<'_>> {
    let Some(searched) = model.routes.searched() else { return Vec::new() };
    let found = model.routes.iter().map(|route| (route, searched.of_route(route)));
    let found = found.filter(|(_, findable)| *findable != Findable::Nothing).enumerate();
    found.map(|(number, (route, findable))| FindablePage { number, route, findable }).collect()
}

impl FindablePage<'_> {
    fn title(&self) -> &Arc<str> {
        match &self.route.target {
            Target::Page { title, .. } => title,
            _ => &self.route.url,
        }
    }
}
