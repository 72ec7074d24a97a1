//! The pages of each family.

use std::collections::{BTreeMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;
use sitegen_parser::{Diagnostic, Diagnostics, Place, slugify};

use super::fill::{Source, as_title, fill};
use super::{Part, Route, Shows, Site, Target};
use crate::record::RecordId;
use crate::schema::{Family, FamilyId, Pattern, RelationId};
use crate::{errors, url};

/// A row's page before it is known whether it has it alone.
struct Page {
    url: String,
    title: String,
    row: Option<usize>,
    indexed: bool,
}

/// A row that cannot have a page, and why, unless that is reported elsewhere.
struct Unfit {
    row: Option<usize>,
    problem: Option<Diagnostic>,
}

/// All pages, and the paths of those that are not published.
pub(super) fn pages(site: &Site, diagnostics: &mut Diagnostics) -> (Vec<Route>, HashSet<Arc<str>>) {
    let mut routes = Vec::new();
    let mut unpublished = HashSet::new();
    for (index, family) in site.schema.families.iter().enumerate() {
        let planner = Planner { id: FamilyId(index), family, site };
        let (published, hidden) = planner.pages(diagnostics);
        unpublished.extend(hidden.into_iter().map(|page| Arc::from(page.url)));
        match family.paginate {
            Some(size) => planner.paginate(published, size, &mut routes),
            None => routes.extend(published.into_iter().map(|page| planner.route(page))),
        }
    }
    (routes, unpublished)
}

/// The row that a route's page is made from, unless it is a record, and its family.
pub(super) fn row_of(route: &Route, site: &Site) -> Option<(FamilyId, usize)> {
    let Target::Page { family, shows: Shows::Row(row), .. } = &route.target else { return None };
    match site.schema[*family].from? {
        RelationId::Collection(_) => None,
        _ => Some((*family, *row)),
    }
}

/// A row in a few words.
pub(super) fn describe_row(family: FamilyId, row: usize, site: &Site) -> String {
    let relation = site.schema[family].from;
    relation.map_or_else(String::new, |relation| {
        site.relations.describe_row(relation, row, site.schema, site.records)
    })
}

/// Plans the pages of one family.
struct Planner<'a> {
    id: FamilyId,
    family: &'a Family,
    site: &'a Site<'a>,
}

impl Planner<'_> {
    /// The published pages and the others, in the order of rows.
    fn pages(&self, diagnostics: &mut Diagnostics) -> (Vec<Page>, Vec<Page>) {
        let rows: Vec<_> = match self.family.from {
            None => vec![None],
            Some(relation) => (0..self.site.relations.count(relation, self.site.records)).map(Some).collect(),
        };
        let pages: Vec<_> = rows.into_par_iter().map(|row| self.page(row)).collect();
        let gates = self.site.relations.gates(self.id);
        let (mut published, mut hidden) = (Vec::new(), Vec::new());
        let mut problems = Problems::default();
        for page in pages {
            match page {
                Ok(page) if gates.publishes(page.row.unwrap_or(0)) => published.push(page),
                Ok(page) => hidden.push(page),
                Err(Unfit { row, problem: Some(problem) }) if gates.publishes(row.unwrap_or(0)) => {
                    problems.add(self, row, problem);
                }
                Err(_) => {}
            }
        }
        diagnostics.extend(problems.report());
        (published, hidden)
    }

    fn source(&self) -> Option<Source<'_>> {
        let (relations, records) = (self.site.relations, self.site.records);
        self.family.from.map(|relation| Source { relation, relations, records })
    }

    fn page(&self, row: Option<usize>) -> Result<Page, Unfit> {
        let pattern = &self.family.path;
        let missing = |pattern: &Pattern, column: &str, what: &str| {
            // A record with a reported problem may lack the value because of it.
            let sound = self.record(row).is_none_or(|id| self.site.records[id].sound);
            Unfit { row, problem: sound.then(|| self.missing_value(row, column, what, pattern)) }
        };
        let url =
            fill(pattern, row, self.source(), slugify).map_err(|column| missing(pattern, column, "path"))?;
        if let Some(objection) = url::objection(&url) {
            let problem = errors::invalid_path(&url, objection, &self.place(row), &pattern.place);
            return Err(Unfit { row, problem: Some(problem) });
        }
        let title = match &self.family.title {
            Some(title) => {
                fill(title, row, self.source(), as_title).map_err(|column| missing(title, column, "title"))?
            }
            None => match self.record(row) {
                Some(id) => self.site.records[id].title.to_string(),
                None => self.site.config.title.clone(),
            },
        };
        let indexed = self.site.relations.gates(self.id).indexes(row.unwrap_or(0));
        Ok(Page { url, title, row, indexed })
    }

    fn record(&self, row: Option<usize>) -> Option<RecordId> {
        match self.family.from? {
            RelationId::Collection(collection) => Some(RecordId { collection, row: row? }),
            _ => None,
        }
    }

    fn place(&self, row: Option<usize>) -> Place {
        match (self.record(row), self.family.from, row) {
            (Some(id), ..) => self.site.records[id].place.clone(),
            (None, Some(relation), Some(row)) => {
                self.site.relations.place(relation, row, self.site.schema, self.site.inputs)
            }
            _ => self.family.place.clone(),
        }
    }

    fn missing_value(&self, row: Option<usize>, column: &str, what: &str, pattern: &Pattern) -> Diagnostic {
        let place = self.place(row);
        let who = match self.record(row) {
            Some(id) => format!("\"{}\"", self.site.records[id].slug),
            None => "a row".to_owned(),
        };
        errors::missing_path_value(what, &self.family.name, column, &who, &place, &pattern.place)
    }

    fn route(&self, Page { url, title, row, indexed }: Page) -> Route {
        let shows = row.map_or(Shows::Nothing, Shows::Row);
        let target = Target::Page { family: self.id, shows, title: title.into(), indexed };
        Route { url: url.into(), target, place: self.place(row) }
    }

    /// Pages of so many rows each, from those that have the same path.
    fn paginate(&self, pages: Vec<Page>, size: NonZeroUsize, routes: &mut Vec<Route>) {
        let mut lists: IndexMap<String, Vec<Page>> = IndexMap::new();
        for page in pages {
            lists.entry(page.url.clone()).or_default().push(page);
        }
        for (url, list) in lists {
            let count = list.len().div_ceil(size.get());
            let part_url =
                |part| if part == 0 { Arc::from(&*url) } else { format!("{url}page/{}/", part + 1).into() };
            let parts: Arc<[Arc<str>]> = (0..count).map(part_url).collect();
            let title: Arc<str> = list[0].title.as_str().into();
            for (index, chunk) in list.chunks(size.get()).enumerate() {
                let rows = chunk.iter().filter_map(|page| page.row).collect();
                let part = Part { rows, number: index + 1, parts: Arc::clone(&parts), total: list.len() };
                let target = Target::Page {
                    family: self.id,
                    shows: Shows::Part(Arc::new(part)),
                    title: Arc::clone(&title),
                    indexed: chunk.iter().all(|page| page.indexed),
                };
                let place = self.family.place.clone();
                routes.push(Route { url: Arc::clone(&parts[index]), target, place });
            }
        }
    }
}

/// What is wrong with the pages of a family. Of rows that are not records, the first of each kind is reported and the
/// others are counted, since one mistake makes many.
#[derive(Default)]
struct Problems {
    records: Vec<Diagnostic>,
    rows: BTreeMap<&'static str, (Diagnostic, usize)>,
}

impl Problems {
    fn add(&mut self, planner: &Planner, row: Option<usize>, problem: Diagnostic) {
        match row {
            Some(row) if planner.record(Some(row)).is_none() => {
                let (_, count) = self
                    .rows
                    .entry(problem.code)
                    .or_insert_with(|| (problem.note(describe_row(planner.id, row, planner.site)), 0));
                *count += 1;
            }
            _ => self.records.push(problem),
        }
    }

    fn report(self) -> impl Iterator<Item = Diagnostic> {
        let rows = self.rows.into_values().map(|(problem, count)| errors::with_more(problem, count - 1));
        self.records.into_iter().chain(rows)
    }
}
