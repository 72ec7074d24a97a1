//! Resolves wiki links: `[[name]]` means a record by its slug, the name of its file, or its title.

use std::collections::HashMap;

use sitegen_parser::{Among, Diagnostic, Diagnostics, Extension, Place, heading_id, loose, slugify};

use super::{Link, Model, errors};
use crate::ground::{By, CollectionId, Id, Kept, RecordId};
use crate::read::{Config, documents};
use crate::record::{HoldReason, Records, SlugState};
use crate::schema::Schema;

/// The names by which wiki links refer to records; none if no text may have wiki links.
#[derive(Debug, Default)]
pub(crate) struct WikiNames {
    /// The records with each name, which is folded for comparison.
    known: HashMap<String, Vec<(Rank, RecordId)>>,
}

/// The kinds of names of a record, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Slug,
    File,
    Title,
}

/// Splits a wiki link into the name and the heading on its page; none if a link is not a wiki link.
pub(crate) fn parts(to: &str) -> Option<(&str, &str)> {
    let inner = to.strip_prefix("[[")?.strip_suffix("]]")?;
    let (name, heading) = inner.split_once('#').unwrap_or((inner, ""));
    Some((name.trim(), heading.trim()))
}

impl WikiNames {
    /// Collects the names of all records, if texts may have wiki links.
    pub(crate) fn kept(
        config: &Config,
        schema: &Schema,
        records: &Records,
        previous: &Kept<Self>,
    ) -> Kept<Self> {
        if !config.markdown.syntax.has(Extension::WikiLinks) {
            return Kept::default();
        }
        let titles = Id::of_all(records.iter().map(|(_, record)| record.name));
        // Names depend on nothing else of the declarations.
        let names = Id::of_all(schema.collections.iter().map(|collection| &collection.name));
        let seen = (By(names, schema), By(Id::of(&(records.catalog().id, titles)), records));
        Kept::or_make(Some(previous), seen, |(By(_, schema), By(_, records))| {
            (Self::of(schema, records), Diagnostics::new())
        })
    }

    fn of(schema: &Schema, records: &Records) -> Self {
        let mut names = Self::default();
        for (id, record) in records.iter() {
            names.add(&record.slug, Rank::Slug, id);
            names.add(&format!("{}/{}", schema[id.collection].name, record.slug), Rank::Slug, id);
            if let [_] = records.by_file(&record.source.path) {
                let stem = documents::stem(&record.source.path);
                let starts = stem.match_indices('/').map(|(slash, _)| slash + 1);
                for start in std::iter::once(0).chain(starts) {
                    names.add(&stem[start..], Rank::File, id);
                }
            }
            names.add(&record.title, Rank::Title, id);
        }
        names
    }

    fn add(&mut self, name: &str, rank: Rank, id: RecordId) {
        let same = self.known.entry(loose(name)).or_default();
        // Names are added from the best kind on, so a name counts as the first kind that it is.
        if same.iter().all(|(_, other)| *other != id) {
            same.push((rank, id));
        }
    }

    /// Lists all names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    /// Finds the records that a name means in a text of a collection: those of the collection before others,
    /// then by the best kind of name.
    fn find(&self, name: &str, own: Option<CollectionId>) -> Vec<RecordId> {
        let name = name.strip_suffix(".md").unwrap_or(name);
        let same = self.known.get(&loose(name)).map_or(&[][..], Vec::as_slice);
        let order = |(rank, id): &(Rank, RecordId)| (Some(id.collection) != own, *rank);
        let best = same.iter().map(order).min();
        same.iter().filter(|found| Some(order(found)) == best).map(|(_, id)| *id).collect()
    }
}

impl Model {
    /// Resolves a wiki link in a file.
    ///
    /// # Errors
    ///
    /// `broken-link`, `ambiguous-link`, `reference-to-draft`, `no-page`.
    pub(crate) fn wiki_link(
        &self,
        to: &str,
        (name, heading): (&str, &str),
        place: &Place,
    ) -> Result<Link, Diagnostic> {
        let suffix = if heading.is_empty() { String::new() } else { format!("#{}", heading_id(heading)) };
        if name.is_empty() {
            let fragment = suffix.trim_start_matches('#').to_owned();
            return Ok(Link::Here { fragment, href: suffix });
        }
        let own = self.records.by_file(&place.path).first().map(|id| id.collection);
        match self.wiki.find(name, own).as_slice() {
            [id] => self.page_of(*id, &suffix, place),
            [] => self.no_record(to, name, place),
            several => {
                let keys = several
                    .iter()
                    .map(|id| format!("[[{}/{}]]", self.schema[id.collection].name, self.records[*id].slug));
                Err(errors::ambiguous_link(to, &keys.collect::<Vec<_>>(), place.clone()))
            }
        }
    }

    /// Reports that no record has a name, unless it may be in a file that could not be read.
    fn no_record(&self, to: &str, name: &str, place: &Place) -> Result<Link, Diagnostic> {
        let slug = slugify(name);
        let catalog = self.records.catalog();
        if catalog.is_partial() {
            return Ok(Link::Nowhere);
        }
        let collections = (0..self.schema.collections.len()).map(CollectionId);
        let held = |collection| match catalog.standing(collection, &slug) {
            Some(SlugState::Held(held)) => Some((collection, held)),
            _ => None,
        };
        let draft: Option<(CollectionId, HoldReason)> = collections.into_iter().find_map(held);
        Err(match draft {
            Some((collection, held)) => {
                errors::reference_to_draft(&self.schema[collection].singular, &slug, held, place.clone())
            }
            None => errors::broken_link(to, Among::Wiki, name, place.clone()),
        })
    }
}
