//! Records that are parts of pages: where each of them is.

use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sitegen_parser::{Diagnostic, Diagnostics};

use super::page::{Planned, put_in};
use super::pages::Pages;
use super::{Route, Routes, Site, Target, errors};
use crate::ground::{By, CollectionId, Id, Kept, RecordId, RelationId};
use crate::relation::fill::{Source, fill_path};
use crate::schema::Anchored;

/// Where records are that have no pages of their own, by collection and row.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    places: BTreeMap<CollectionId, Vec<Option<Anchor>>>,
}

/// A place on a page.
#[derive(Debug)]
struct Anchor {
    /// The page's path.
    page: Arc<str>,
    /// The place as it stands in a URL, from its `#` on.
    fragment: Arc<str>,
}

/// What a fragment escapes: all that the URL standard's fragment set does, `%` and `#` themselves.
const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'`');

impl Anchors {
    /// Finds them, unless neither pages nor what the places are made of changed.
    pub(super) fn plan(
        site: &Site,
        facts: &[Id],
        (pages, families): (&Kept<Pages>, &[Kept<Planned>]),
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
        // What is wrong shows where records stand.
        Kept::or_make(previous.without_problems(), seen, |(By(_, site), By(_, pages), By(_, families))| {
            Finder { site, pages, families }.find_all()
        })
    }

    /// What leads to a record from elsewhere.
    pub(super) fn destination(&self, record: RecordId, pages: &Pages) -> Option<Target> {
        let (to, fragment) = match self.get(record) {
            Some(anchor) => (&anchor.page, Arc::clone(&anchor.fragment)),
            None => (&pages.of_record(record)?.url, "".into()),
        };
        Some(Target::Redirect { to: Arc::clone(to), fragment })
    }

    fn get(&self, record: RecordId) -> Option<&Anchor> {
        self.places.get(&record.collection)?.get(record.row)?.as_ref()
    }
}

/// The collections whose records are parts of pages.
fn anchored<'a>(site: &'a Site) -> impl Iterator<Item = (CollectionId, &'a Anchored)> {
    let collections = site.schema.collections.iter().enumerate();
    collections.filter_map(|(id, collection)| Some((CollectionId(id), collection.anchored.as_ref()?)))
}

struct Finder<'a> {
    site: &'a Site<'a>,
    pages: &'a Pages,
    families: &'a [Kept<Planned>],
}

impl Finder<'_> {
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

    /// Where a record is; none if its page is not published, or is not there for a reason that is reported.
    fn find(&self, id: RecordId, anchored: &Anchored) -> Result<Option<Anchor>, Diagnostic> {
        let Site { records, relations, .. } = *self.site;
        let source = Source { relation: RelationId::Collection(id.collection), relations, records };
        let filled = |pattern| fill_path(pattern, Some(id.row), Some(source));
        let (page, fragment) = match (filled(&anchored.page), filled(&anchored.id)) {
            (Ok(page), Ok(fragment)) => (page, fragment),
            // A record with a reported problem may lack the value because of it.
            _ if !records[id].sound => return Ok(None),
            (Err(column), _) | (_, Err(column)) => return Err(self.lacks(id, column, anchored)),
        };
        if let Some(route) = self.pages.by_url(&page).filter(|route| route.is_html()) {
            let fragment = format!("#{}", utf8_percent_encode(&fragment, FRAGMENT)).into();
            return Ok(Some(Anchor { page: Arc::clone(&route.url), fragment }));
        }
        if self.pages.is_unpublished(&page) || self.may_be_missing(&page) {
            return Ok(None);
        }
        Err(self.leads_nowhere(id, &page, anchored))
    }

    /// Whether a page is not there for a reason that is reported.
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
        // What is the same for all records is wrong where it is declared.
        let place = if anchored.page.text().is_some() { anchored.place() } else { &record.place };
        errors::no_page_of_parts(&anchored.declared(), page, place, anchored.place())
    }
}

impl Routes {
    /// The page that shows a record: that of the first family made from its collection, or the one that it is part of.
    pub fn of_record(&self, record: RecordId) -> Option<&Route> {
        match self.anchors.get(record) {
            Some(anchor) => self.pages.by_url(&anchor.page),
            None => self.pages.of_record(record),
        }
    }

    /// The records that are parts of pages: the path of the page, and the place on it as it stands in a URL, from the `#` on.
    pub fn parts(&self) -> impl Iterator<Item = (RecordId, &Arc<str>, &str)> {
        self.anchors.places.iter().flat_map(|(collection, places)| {
            let places = places.iter().enumerate();
            places.filter_map(|(row, place)| {
                let id = RecordId { collection: *collection, row };
                place.as_ref().map(|place| (id, &place.page, &*place.fragment))
            })
        })
    }

    /// Where on its page a record is, as it stands in a URL, from the `#` on; empty if the page is its own.
    pub fn fragment_of(&self, record: RecordId) -> &str {
        self.anchors.get(record).map_or("", |anchor| &anchor.fragment)
    }
}
