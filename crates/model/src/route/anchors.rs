//! Places of records that have no pages of their own but are parts of pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sitegen_parser::{Diagnostic, Diagnostics};

use super::page::{Planned, put_in};
use super::pages::PageIndex;
use super::{Route, RouteInputs, Routes, Target, errors};
use crate::ground::{By, CollectionId, Id, Kept, RecordId, RelationId};
use crate::relation::fill::{RowSource, fill_path};
use crate::schema::Anchored;

/// The places of such records, by collection and row.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    places: BTreeMap<CollectionId, Vec<Option<PageAnchor>>>,
}

/// A place on a page.
#[derive(Debug)]
struct PageAnchor {
    /// The page's path.
    page: Arc<str>,
    /// The fragment for URLs, with its `#`.
    fragment: Arc<str>,
}

/// The characters that are escaped in a fragment: the URL standard's fragment set, `%` and `#`.
const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'`');

impl Anchors {
    /// Finds all places, unless the pages and the values in the places are unchanged.
    pub(super) fn plan(
        site: &RouteInputs,
        facts: &[Id],
        (pages, families): (&Kept<PageIndex>, &[Kept<Planned>]),
        previous: &Kept<Self>,
    ) -> Kept<Self> {
        let mut ids = Vec::new();
        for (collection, anchored) in anchored(site) {
            let relation = RelationId::Collection(collection);
            ids.push(facts[collection.0]);
            put_in(&anchored.page, relation, site, facts, &mut ids);
            put_in(&anchored.id, relation, site, facts, &mut ids);
        }
        if ids.is_empty() {
            return Kept::default();
        }
        let lacking = Id::of_all(families.iter().map(|planned| (&planned.unfit, planned.incomplete)));
        let seen =
            (By(site.schema.id, site), By(pages.paths, &**pages), By(Id::of(&(lacking, ids)), families));
        // Problems show places that are not part of the id, so a result with problems is made again.
        Kept::or_make(previous.without_problems(), seen, |(By(_, site), By(_, pages), By(_, families))| {
            AnchorResolver { site, pages, families }.find_all()
        })
    }

    /// Returns the target of a redirect to a record.
    pub(super) fn destination(&self, record: RecordId, pages: &PageIndex) -> Option<Target> {
        let (to, fragment) = match self.get(record) {
            Some(anchor) => (&anchor.page, Arc::clone(&anchor.fragment)),
            None => (&pages.of_record(record)?.url, "".into()),
        };
        Some(Target::Redirect { to: Arc::clone(to), fragment })
    }

    fn get(&self, record: RecordId) -> Option<&PageAnchor> {
        self.places.get(&record.collection)?.get(record.row)?.as_ref()
    }
}

/// Lists the collections whose records are parts of pages.
fn anchored<'a>(site: &'a RouteInputs) -> impl Iterator<Item = (CollectionId, &'a Anchored)> {
    let collections = site.schema.collections.iter().enumerate();
    collections.filter_map(|(id, collection)| Some((CollectionId(id), collection.anchored.as_ref()?)))
}

struct AnchorResolver<'a> {
    site: &'a RouteInputs<'a>,
    pages: &'a PageIndex,
    families: &'a [Kept<Planned>],
}

impl AnchorResolver<'_> {
    fn find_all(&self) -> (Anchors, Diagnostics) {
        let (mut anchors, mut diagnostics) = (Anchors::default(), Diagnostics::new());
        for (collection, anchored) in anchored(self.site) {
            let rows = 0..self.site.records.of(collection).len();
            let found = rows.map(|row| self.find(RecordId { collection, row }, anchored));
            let mut places = Vec::new();
            for found in found {
                match found {
                    Ok(place) => places.push(place),
                    Err(problem) => {
                        places.push(None);
                        diagnostics.push(problem);
                    }
                }
            }
            anchors.places.insert(collection, places);
        }
        (anchors, diagnostics)
    }

    /// Finds the place of a record; none if its page is not published, or is missing for a reason that is
    /// reported.
    fn find(&self, id: RecordId, anchored: &Anchored) -> Result<Option<PageAnchor>, Diagnostic> {
        let RouteInputs { records, relations, .. } = *self.site;
        let source = RowSource { relation: RelationId::Collection(id.collection), relations, records };
        let filled = |pattern| fill_path(pattern, Some(id.row), Some(source));
        let (page, fragment) = match (filled(&anchored.page), filled(&anchored.id)) {
            (Ok(page), Ok(fragment)) => (page, fragment),
            // A missing value may follow from another problem of the record, which is reported.
            _ if !records[id].sound => return Ok(None),
            (Err(column), _) | (_, Err(column)) => return Err(self.lacks(id, column, anchored)),
        };
        if let Some(route) = self.pages.by_url(&page).filter(|route| route.is_html()) {
            let fragment = format!("#{}", utf8_percent_encode(&fragment, FRAGMENT)).into();
            return Ok(Some(PageAnchor { page: Arc::clone(&route.url), fragment }));
        }
        if self.pages.is_unpublished(&page) || self.may_be_missing(&page) {
            return Ok(None);
        }
        Err(self.leads_nowhere(id, &page, anchored))
    }

    /// Returns true if a page may be missing for a reason that is reported.
    fn may_be_missing(&self, path: &str) -> bool {
        let mut families = self.site.schema.families.iter().zip(self.families);
        families.any(|(family, planned)| {
            planned.unfit.contains(path) || planned.incomplete && family.admits(path)
        })
    }

    fn lacks(&self, id: RecordId, column: &str, anchored: &Anchored) -> Diagnostic {
        let (collection, record) = (&self.site.schema[id.collection], &self.site.records[id]);
        errors::missing_place_value(&collection.name, column, &record.slug, &record.place, anchored.place())
    }

    fn leads_nowhere(&self, id: RecordId, page: &str, anchored: &Anchored) -> Diagnostic {
        let record = &self.site.records[id];
        // A page that is the same for all records is wrong in the declaration, not in a record.
        let place = if anchored.page.text().is_some() { anchored.place() } else { &record.place };
        errors::no_page_of_parts(&anchored.declared(), page, place, anchored.place())
    }
}

impl Routes {
    /// Finds the page that shows a record: that of the first family made from its collection, or the one that
    /// it is part of.
    pub fn of_record(&self, record: RecordId) -> Option<&Route> {
        match self.anchors.get(record) {
            Some(anchor) => self.pages.by_url(&anchor.page),
            None => self.pages.of_record(record),
        }
    }

    /// Lists the records that are parts of pages: the page's path, and the fragment for URLs with its `#`.
    pub fn parts(&self) -> impl Iterator<Item = (RecordId, &Arc<str>, &str)> {
        self.anchors.places.iter().flat_map(|(collection, places)| {
            let places = places.iter().enumerate();
            places.filter_map(|(row, place)| {
                let id = RecordId { collection: *collection, row };
                place.as_ref().map(|place| (id, &place.page, &*place.fragment))
            })
        })
    }

    /// Returns the fragment of a record on its page, with its `#`; empty if the record has a page of its own.
    pub fn fragment_of(&self, record: RecordId) -> &str {
        self.anchors.get(record).map_or("", |anchor| &anchor.fragment)
    }
}
