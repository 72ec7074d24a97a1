//! Records that are parts of pages of others: at which place on which page, as a collection declares it.

use sitegen_parser::{Diagnostics, Place, composed};

use super::pattern::{Columns, Pattern};
use super::{Collection, Column, Kind, errors};
use crate::ground::CollectionId;

/// The places of a collection's records that have no pages of their own: each is an id on some page.
#[derive(Debug, Hash)]
pub struct Anchored {
    /// The path of the page.
    pub(crate) page: Pattern,
    /// The id on it.
    pub(crate) id: Pattern,
}

impl Anchored {
    /// Returns the place of the declaration.
    pub fn place(&self) -> &Place {
        &self.page.place
    }

    /// The place as it is declared: `/glossary/#{term.slug}`.
    pub fn declared(&self) -> String {
        format!("{}#{}", self.page, self.id)
    }
}

/// Reads where the records of one of the collections are.
pub(super) fn read(
    url: &str,
    place: &Place,
    of: CollectionId,
    collections: &[Collection],
    diagnostics: &mut Diagnostics,
) -> Option<Anchored> {
    let row = [Column {
        name: collections[of.0].singular.clone(),
        kind: Some(Kind::Reference(of)),
        optional: Some(false),
    }];
    let columns = Columns { collections, row: Some(&row) };
    let url = composed(url);
    let (page, id) = url.split_once('#').unwrap_or((&url, ""));
    let mut pattern = |text: &str| Pattern::parse(text, place.clone(), &columns, diagnostics);
    let (page, id) = (pattern(page)?, pattern(id)?);
    // One place for all records would be none of theirs.
    if id.text().is_some() || id.parts.is_empty() {
        diagnostics.push(errors::no_place_of_records(&url, &collections[of.0].singular, place.clone()));
        return None;
    }
    Some(Anchored { page, id })
}
