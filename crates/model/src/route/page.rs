//! Plans the pages of each family.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;
use sitegen_parser::{Code, Diagnostic, Diagnostics, Place};

use super::html::has_odd_ending;
use super::{ListPage, Route, RouteInputs, Shows, Target, Unlisted, errors};
use crate::ground::{CollectionId, FamilyId, Id, RecordId, RelationId, Reserved, url};
use crate::relation::column_id;
use crate::relation::fill::{RowSource, fill_path, fill_text};
use crate::schema::{self, Family, Kind, Pagination, PathStep, Pattern};

/// The page of a row, before its path is compared with those of other pages.
struct RowPage {
    url: String,
    title: String,
    row: Option<usize>,
    indexed: bool,
    /// A warning about its path.
    warning: Option<Diagnostic>,
}

/// A row that cannot have a page, with the reason, unless that is reported elsewhere.
struct UnfitRow {
    row: Option<usize>,
    problem: Option<Diagnostic>,
    /// The path that the page would have, if it is known.
    url: Option<String>,
}

/// The planned pages of a family.
#[derive(Debug, Default)]
pub(super) struct Planned {
    pub pages: Arc<Vec<Route>>,
    /// The paths of pages that are not published.
    pub unpublished: Vec<Arc<str>>,
    /// The paths of pages that cannot be made for a reason that is reported.
    pub unfit: BTreeSet<Arc<str>>,
    /// True if there may be more such pages, at unknown paths.
    pub incomplete: bool,
}

/// Plans the pages of a family.
pub(super) fn plan(id: FamilyId, site: &RouteInputs) -> (Planned, Diagnostics) {
    let family = &site.schema[id];
    let planner = Planner { id, family, site };
    let mut diagnostics = Diagnostics::new();
    let mut unfit = Vec::new();
    let (published, hidden) = planner.pages(&mut unfit, &mut diagnostics);
    let incomplete = unfit.iter().any(|unfit| unfit.url.is_none()) || planner.lacks_rows();
    let unfit = unfit.into_iter().filter_map(|unfit| unfit.url.map(Arc::from)).collect();
    let unpublished = hidden.into_iter().map(|page| Arc::from(page.url)).collect();
    let pages = match &family.paginate {
        Some(pagination) => planner.paginate(published, pagination, &mut diagnostics),
        None => published.into_iter().map(|page| planner.route(page)).collect(),
    };
    (Planned { pages: Arc::new(pages), unpublished, unfit, incomplete }, diagnostics)
}

/// Hashes, for each collection, the facts about its records that pages can depend on besides fields.
pub(super) fn facts(site: &RouteInputs) -> Vec<Id> {
    let facts = |collection| Id::of_all(site.records.of(collection).iter().map(|record| record.facts));
    (0..site.schema.collections.len()).map(CollectionId).map(facts).collect()
}

/// Hashes all that the pages of a family depend on.
pub(super) fn depends_on(id: FamilyId, site: &RouteInputs, facts: &[Id]) -> Id {
    let family = &site.schema[id];
    let mut ids = vec![
        site.schema.id,
        Id::of(&site.config.title),
        site.relations.gates(id).id,
        Id::of(&site.relations.whole),
    ];
    if let Some(relation) = family.from {
        ids.push(Id::of(&site.relations.count(relation, site.records)));
        for pattern in family.paths().chain(&family.title) {
            put_in(pattern, relation, site, facts, &mut ids);
        }
        match relation {
            RelationId::Collection(collection) => {
                ids.extend([facts[collection.0], site.records.catalog().order(collection)]);
            }
            // The id of the dataset covers the places of its rows in the file. Rows may also lack values of
            // records that could not be read.
            RelationId::Dataset(dataset) => {
                ids.push(site.relations.dataset(dataset).id);
                ids.push(Id::of(&site.records.sound()));
            }
            RelationId::Query(_) => {}
        }
    }
    Id::of(&(id, ids))
}

/// Hashes the descriptions and days of change of a family's pages.
pub(super) fn said_depends_on(id: FamilyId, site: &RouteInputs, facts: &[Id]) -> Id {
    let family = &site.schema[id];
    let mut ids = vec![site.schema.id];
    if let Some(relation) = family.from {
        for pattern in family.updated.iter().chain(&family.description) {
            put_in(pattern, relation, site, facts, &mut ids);
        }
    }
    Id::of(&ids)
}

/// Adds the ids of the values that are filled into a pattern.
pub(super) fn put_in(
    pattern: &Pattern,
    relation: RelationId,
    site: &RouteInputs,
    facts: &[Id],
    ids: &mut Vec<Id>,
) {
    let columns = site.schema.columns(relation);
    for part in &pattern.parts {
        if let schema::Part::Column { column, steps, .. } = part {
            ids.extend(site.relations.rows(relation).map(|rows| rows.column_id(*column)));
            follow(columns[*column].kind.as_ref(), steps, site, facts, ids);
        }
    }
}

/// Adds the ids of all that the steps from a reference depend on.
fn follow(kind: Option<&Kind>, steps: &[PathStep], site: &RouteInputs, facts: &[Id], ids: &mut Vec<Id>) {
    let mut kind = kind;
    for step in steps {
        let Some(Kind::Reference(collection)) = kind else { return };
        ids.push(facts[collection.0]);
        if let PathStep::Field(field) = step {
            let declared = &site.schema[*collection];
            let column = declared.table_columns().len() - declared.fields.len() + field;
            ids.push(column_id(*collection, column, site.schema, site.records));
            kind = Some(&declared.fields[*field].kind);
        }
    }
}

/// Returns the family and row of a route's page, unless the row is a record.
pub(super) fn row_of(route: &Route, site: &RouteInputs) -> Option<(FamilyId, usize)> {
    let Target::Page { family, shows: Shows::Row(row), .. } = &route.target else { return None };
    match site.schema[*family].from? {
        RelationId::Collection(_) => None,
        _ => Some((*family, *row)),
    }
}

/// Describes a row in a few words.
pub(super) fn describe_row(family: FamilyId, row: usize, site: &RouteInputs) -> String {
    let relation = site.schema[family].from;
    relation.map_or_else(String::new, |relation| {
        site.relations.describe_row(relation, row, site.schema, site.records)
    })
}

/// Plans the pages of one family.
struct Planner<'a> {
    id: FamilyId,
    family: &'a Family,
    site: &'a RouteInputs<'a>,
}

impl Planner<'_> {
    /// Plans the published and the unpublished pages, in the order of rows.
    fn pages(
        &self,
        unfit: &mut Vec<UnfitRow>,
        diagnostics: &mut Diagnostics,
    ) -> (Vec<RowPage>, Vec<RowPage>) {
        let rows: Vec<_> = match self.family.from {
            None => vec![None],
            Some(relation) => (0..self.site.relations.count(relation, self.site.records)).map(Some).collect(),
        };
        let pages: Vec<_> = rows.into_par_iter().map(|row| self.page(row)).collect();
        let gates = self.site.relations.gates(self.id);
        let (mut published, mut hidden) = (Vec::new(), Vec::new());
        let mut problems = RowProblems::default();
        for page in pages {
            match page {
                Ok(mut page) if gates.publishes(page.row.unwrap_or(0)) => {
                    if let Some(warning) = page.warning.take() {
                        problems.add(self, page.row, warning);
                    }
                    published.push(page);
                }
                Ok(page) => hidden.push(page),
                Err(mut page) => {
                    if let Some(problem) = page.problem.take()
                        && gates.publishes(page.row.unwrap_or(0))
                    {
                        problems.add(self, page.row, problem);
                    }
                    unfit.push(page);
                }
            }
        }
        diagnostics.extend(problems.report());
        (published, hidden)
    }

    /// Returns true if rows may be missing because files could not be read or queries not be answered.
    fn lacks_rows(&self) -> bool {
        match self.family.from {
            Some(RelationId::Collection(collection)) => self.site.records.catalog().lacks_some_of(collection),
            Some(_) => !self.site.relations.whole,
            None => false,
        }
    }

    fn source(&self) -> Option<RowSource<'_>> {
        let (relations, records) = (self.site.relations, self.site.records);
        self.family.from.map(|relation| RowSource { relation, relations, records })
    }

    fn page(&self, row: Option<usize>) -> Result<RowPage, UnfitRow> {
        let found = self
            .family
            .rather
            .iter()
            .find_map(|rather| Some((rather, fill_path(rather, row, self.source()).ok()?)));
        let pattern = found.as_ref().map_or(&self.family.path, |(pattern, _)| pattern);
        let missing = |pattern: &Pattern, column: &str, what: &str, url: Option<&String>| {
            // A missing value may follow from a reported problem: of the record itself, or of the record that
            // a row refers to.
            let records = self.site.records;
            let sound = self.record(row).map_or_else(|| records.sound(), |id| records[id].sound);
            let problem = sound.then(|| self.missing_value(row, column, what, pattern));
            UnfitRow { row, problem, url: url.cloned() }
        };
        let url = match found {
            Some((_, url)) => url,
            None => fill_path(pattern, row, self.source())
                .map_err(|column| missing(pattern, column, "path", None))?,
        };
        if let Some(objection) = url::objection(&url) {
            let problem = errors::invalid_path(&url, objection, &self.place(row), &pattern.place);
            return Err(UnfitRow { row, problem: Some(problem), url: Some(url) });
        }
        if let Some(reserved) = Reserved::of(&url).filter(|reserved| !pattern.says(reserved.name)) {
            let problem = errors::reserved_path(&url, reserved, self.place(row));
            return Err(UnfitRow { row, problem: Some(problem), url: Some(url) });
        }
        let title = match &self.family.title {
            Some(title) => fill_text(title, row, self.source())
                .map_err(|column| missing(title, column, "title", Some(&url)))?,
            None => match self.record(row) {
                Some(id) => self.site.records[id].title.to_string(),
                None => self.site.config.title.clone(),
            },
        };
        let indexed = self.site.relations.gates(self.id).indexes(row.unwrap_or(0)) && self.may_list(&url);
        let warning = has_odd_ending(&url, pattern, &self.family.template)
            .then(|| errors::odd_ending(&url, &self.place(row), &pattern.place));
        Ok(RowPage { url, title, row, indexed, warning })
    }

    fn may_list(&self, url: &str) -> bool {
        Unlisted::of(url, self.site.schema).is_none()
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
            (None, Some(relation), Some(row)) => self.site.relations.place(relation, row, self.site.schema),
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

    fn route(&self, RowPage { url, title, row, indexed, .. }: RowPage) -> Route {
        let shows = row.map_or(Shows::Nothing, Shows::Row);
        let target = Target::Page { family: self.id, shows, title: title.into(), indexed };
        Route { url: url.into(), target, place: self.place(row) }
    }

    /// Combines pages with the same path into lists, and splits each list into pages of at most `by` rows.
    fn paginate(
        &self,
        pages: Vec<RowPage>,
        pagination: &Pagination,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Route> {
        let mut lists: IndexMap<String, Vec<RowPage>> = IndexMap::new();
        for page in pages {
            lists.entry(page.url.clone()).or_default().push(page);
        }
        if lists.is_empty() && pagination.empty.is_some() {
            return self.empty_list(diagnostics).into_iter().collect();
        }
        let size = pagination.by.get();
        lists.into_iter().flat_map(|(url, list)| self.parts(&url, &list, size)).collect()
    }

    /// Plans the pages of one list.
    fn parts(&self, url: &str, list: &[RowPage], size: usize) -> Vec<Route> {
        let count = list.len().div_ceil(size);
        let part_url =
            |part| if part == 0 { Arc::from(url) } else { format!("{url}page/{}/", part + 1).into() };
        let parts: Arc<[Arc<str>]> = (0..count).map(part_url).collect();
        let title: Arc<str> = list[0].title.as_str().into();
        let route = |(index, chunk): (usize, &[RowPage])| {
            let rows = chunk.iter().filter_map(|page| page.row).collect();
            let part = ListPage { rows, number: index + 1, parts: Arc::clone(&parts), total: list.len() };
            self.part(part, Arc::clone(&title), chunk.iter().all(|page| page.indexed))
        };
        list.chunks(size).enumerate().map(route).collect()
    }

    /// Plans the page of a list without rows. Its path and title have no placeholders.
    fn empty_list(&self, diagnostics: &mut Diagnostics) -> Option<Route> {
        let url: Arc<str> = fill_path(&self.family.path, None, None).unwrap_or_default().into();
        if let Some(objection) = url::objection(&url) {
            let place = &self.family.path.place;
            diagnostics.push(errors::invalid_path(&url, objection, &self.family.place, place));
            return None;
        }
        let title = self.family.title.as_ref().map_or_else(
            || self.site.config.title.clone(),
            |title| fill_text(title, None, None).unwrap_or_default(),
        );
        let indexed = self.may_list(&url);
        let part = ListPage { rows: Vec::new(), number: 1, parts: Arc::new([url]), total: 0 };
        Some(self.part(part, title.into(), indexed))
    }

    fn part(&self, part: ListPage, title: Arc<str>, indexed: bool) -> Route {
        let url = Arc::clone(&part.parts[part.number - 1]);
        let shows = Shows::Part(Arc::new(part));
        let target = Target::Page { family: self.id, shows, title, indexed };
        Route { url, target, place: self.family.place.clone() }
    }
}

/// The problems of a family's pages. For rows that are not records, the first of each kind is reported and
/// the others are counted, because one mistake causes many.
#[derive(Default)]
struct RowProblems {
    records: Vec<Diagnostic>,
    rows: BTreeMap<Code, (Diagnostic, usize)>,
}

impl RowProblems {
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
