//! The facts about a route, as data.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde::Serialize;
use sitegen_model::{FamilyId, Model, RecordId, RelationId, Route, Shows, Sitemap, Target, Tells, Unlisted};
use sitegen_parser::Place;
use sitegen_render::{Build, Explanation, FieldRead, Question, TemplateUse, Used};

use crate::list::unindexed_row;
use crate::reason::DescribedRows;
use crate::report::Places;
use crate::site::LoadedSite;

/// The number of records, fields or pages to name. Further ones are only counted.
pub(super) const NAMED: usize = 20;

/// The number of rows of an answer to name.
pub(super) const ROWS_NAMED: usize = 3;

/// The number of places to name at which a field is read.
pub(super) const PLACES_NAMED: usize = 2;

/// A route with its sources and the pages that link to it.
#[derive(Serialize)]
pub(super) struct Account {
    pub url: String,
    #[serde(flatten)]
    pub what: RouteFacts,
    pub linked_by: Vec<String>,
    /// A remark on files of built-in themes, which authors do not find in their folder.
    #[serde(skip)]
    pub carried: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum RouteFacts {
    Page(Box<Page>),
    Redirect { to: String, place: String },
    Card { of: String },
    Asset { name: String, path: String },
    File { path: String },
    Search { place: String },
    Twin { of: String },
    Sitemap { family: Option<String>, pages: usize, place: String },
    Redirects { redirects: usize, place: String },
    Headers { headers: usize, place: String },
}

/// A page and what made it.
#[derive(Serialize)]
pub(super) struct Page {
    pub title: String,
    pub family: String,
    pub family_place: String,
    pub row: Option<SourceRow>,
    pub templates: Vec<UsedTemplate>,
    pub indexed: bool,
    pub index_if: Option<String>,
    /// The reason why it is not indexed regardless of `index_if`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted: Option<&'static str>,
    /// The values in `index_if`.
    pub index_values: Option<String>,
    pub records: Vec<Named>,
    pub asks: Vec<Ask>,
    pub evaluates: Vec<String>,
    pub reads: Vec<ReadField>,
    pub assets: Vec<Named>,
    pub links: Vec<String>,
}

/// The row that a page shows, or the first of the rows that it lists.
#[derive(Serialize)]
pub(super) struct SourceRow {
    pub relation: String,
    pub values: String,
    pub place: String,
}

/// A template that took part in making a page.
#[derive(Serialize)]
pub(super) struct UsedTemplate {
    pub name: String,
    pub path: String,
    #[serde(flatten)]
    pub role: TemplateRole,
}

/// The part of a template in making a page.
#[derive(Serialize)]
#[serde(tag = "part", content = "components", rename_all = "lowercase")]
pub(super) enum TemplateRole {
    Page,
    Parent,
    Include,
    /// It declares these components, which were called.
    Components(Vec<String>),
}

/// Something with a name and the place that it is from, which is empty for a collection.
#[derive(Serialize)]
pub(super) struct Named {
    pub name: String,
    pub place: String,
}

/// A field that templates read.
#[derive(Serialize)]
pub(super) struct ReadField {
    /// The relation, `page` or `site`, and the field: `companies.name`.
    pub field: String,
    /// The places at which they read it, with lines and columns.
    pub places: Vec<String>,
}

/// A question that the templates asked.
#[derive(Serialize)]
pub(super) struct Ask {
    pub relation: String,
    pub by: BTreeMap<String, String>,
    /// The columns of the key, in order.
    #[serde(skip)]
    pub columns: Vec<String>,
    pub rows: usize,
    /// The places of the first rows: records, lines of data files, or the query.
    pub places: Vec<String>,
    /// The collections and datasets that a query reads, directly or through other queries.
    pub reads: Vec<Named>,
}

impl Account {
    pub(super) fn of(route: &Route, build: &Build, site: &LoadedSite, linked_by: Vec<String>) -> Self {
        let mut author = Author { model: &build.model, places: Places::new(&site.inputs) };
        let what = author.what(route, build);
        let carried = site.carried(what.files().into_iter());
        Self { url: route.url.to_string(), what, linked_by, carried }
    }

    pub(super) fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let json = serde_json::to_string_pretty(self).expect("texts and numbers are JSON");
        writeln!(out, "{json}")
    }
}

impl RouteFacts {
    /// Returns the files that are named, as far as they may be of themes.
    fn files(&self) -> Vec<&str> {
        match self {
            Self::Page(page) => {
                let templates = page.templates.iter().map(|template| template.path.as_str());
                templates.chain([page.family_place.as_str()]).collect()
            }
            Self::Asset { path, .. } | Self::File { path } => vec![path],
            Self::Redirect { place, .. }
            | Self::Search { place }
            | Self::Sitemap { place, .. }
            | Self::Redirects { place, .. }
            | Self::Headers { place, .. } => vec![place],
            Self::Card { .. } | Self::Twin { .. } => Vec::new(),
        }
    }
}

/// Collects the facts about a route.
struct Author<'a> {
    model: &'a Model,
    places: Places<'a>,
}

impl Author<'_> {
    fn what(&mut self, route: &Route, build: &Build) -> RouteFacts {
        match &route.target {
            Target::Redirect { to, fragment } => {
                RouteFacts::Redirect { to: format!("{to}{fragment}"), place: self.places.name(&route.place) }
            }
            Target::Card { of } => RouteFacts::Card { of: of.to_string() },
            Target::Asset { name, path, .. } => {
                RouteFacts::Asset { name: name.to_string(), path: path.to_string() }
            }
            Target::File { path, .. } => RouteFacts::File { path: path.to_string() },
            Target::Search(_) => RouteFacts::Search { place: self.places.name(&route.place) },
            Target::Twin { of } => RouteFacts::Twin { of: of.to_string() },
            Target::Sitemap(file) => self.sitemap(file, &route.place),
            Target::ForHost { tells: Tells::Headers, .. } => {
                let headers = self.model.schema.reach.headers.as_ref();
                let headers = headers.map_or(0, |headers| headers.lines().count());
                RouteFacts::Headers { headers, place: self.places.name(&route.place) }
            }
            Target::ForHost { .. } => RouteFacts::Redirects {
                redirects: self.model.routes.redirects().count(),
                place: self.places.name(&route.place),
            },
            Target::Page { family: id, shows, title, indexed } => {
                let family = &self.model.schema[*id];
                let explained = sitegen_render::explain(build, route);
                let (pages, files) = self.targets(&explained);
                RouteFacts::Page(Box::new(Page {
                    title: title.to_string(),
                    family: family.name.clone(),
                    family_place: self.places.name(&family.place),
                    row: family.from.and_then(|relation| self.row(relation, shows)),
                    templates: explained.templates.into_iter().map(template).collect(),
                    indexed: *indexed,
                    index_if: family.index_if.as_ref().map(|condition| condition.text.clone()),
                    index_values: self.index_values(*id, shows),
                    unlisted: route.unlisted(&self.model.schema).map(Unlisted::describe),
                    records: family.from.map_or_else(Vec::new, |relation| self.records(relation, shows)),
                    asks: explained.questions.iter().map(|question| self.ask(question)).collect(),
                    evaluates: explained.evaluated.iter().map(|place| self.places.name(place)).collect(),
                    reads: self.reads_of(&explained.reads),
                    assets: files,
                    links: pages,
                }))
            }
        }
    }

    /// Describes a file of the sitemap.
    fn sitemap(&mut self, file: &Sitemap, place: &Place) -> RouteFacts {
        let routes = &self.model.routes;
        let (family, pages) = match file {
            Sitemap::Index => (None, routes.iter().filter(|route| route.is_indexed()).count()),
            Sitemap::Part { family, pages } => {
                let listed = routes.listed(*family, pages.clone());
                (Some(self.model.schema[*family].name.clone()), listed.count())
            }
        };
        RouteFacts::Sitemap { family, pages, place: self.places.name(place) }
    }

    /// Returns the pages and the files that a page links to.
    fn targets(&mut self, explained: &Explanation) -> (Vec<String>, Vec<Named>) {
        let (mut pages, mut files) = (Vec::new(), Vec::new());
        for target in explained.links.iter().filter_map(|url| self.model.routes.by_url(url)) {
            match target.target {
                Target::Page { .. } | Target::Redirect { .. } => pages.push(target.url.to_string()),
                _ => {
                    files.push(self.named(target.url.to_string(), &target.place));
                }
            }
        }
        (pages, files)
    }

    /// Returns the values that decide whether a page is indexed.
    fn index_values(&self, id: FamilyId, shows: &Shows) -> Option<String> {
        let family = &self.model.schema[id];
        let row = unindexed_row(self.model, id, shows).or_else(|| first_row(shows))?;
        Some(DescribedRows::new(self.model, family.from?).reason(family.index_if.as_ref()?, row))
    }

    fn named(&mut self, name: String, place: &Place) -> Named {
        Named { name, place: self.places.name(place) }
    }

    fn row(&mut self, relation: RelationId, shows: &Shows) -> Option<SourceRow> {
        let first = first_row(shows)?;
        let values = match (shows, relation) {
            (Shows::Part(part), _) => {
                format!("{} of {} rows, on page {}", part.rows.len(), part.total, part.number)
            }
            (_, RelationId::Collection(collection)) => {
                self.model.records.of(collection)[first].slug.to_string()
            }
            _ => DescribedRows::new(self.model, relation).row(first),
        };
        let place = self.place(relation, first);
        let relation = self.model.schema.relation_name(relation).to_owned();
        Some(SourceRow { relation, values, place })
    }

    /// Returns the place of a row: in its record or data file, or the query that returns it.
    fn place(&mut self, relation: RelationId, row: usize) -> String {
        let place = match relation {
            RelationId::Collection(collection) => self.model.records.of(collection)[row].place.clone(),
            _ => self.model.relations.place(relation, row, &self.model.schema),
        };
        self.places.name(&place)
    }

    /// Returns the records that the page's row or record refers to.
    fn records(&mut self, relation: RelationId, shows: &Shows) -> Vec<Named> {
        let Shows::Row(row) = *shows else { return Vec::new() };
        let mut found: Vec<RecordId> = match (relation, self.model.relations.rows(relation)) {
            (RelationId::Collection(collection), _) => {
                self.model.records.of(collection)[row].references.clone()
            }
            (_, Some(relation)) => relation.rows.row(row).filter_map(reference).collect(),
            (_, None) => Vec::new(),
        };
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|id| self.record(id)).collect()
    }

    fn record(&mut self, id: RecordId) -> Named {
        let record = &self.model.records[id];
        let name = format!("{}/{}", self.model.schema[id.collection].name, record.slug);
        self.named(name, &record.place)
    }

    fn ask(&mut self, question: &Question) -> Ask {
        let Question { relation, by, rows } = question;
        let mut places: Vec<String> = Vec::new();
        for row in rows.iter().take(ROWS_NAMED) {
            let place = self.place(*relation, *row);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Ask {
            relation: self.model.schema.relation_name(*relation).to_owned(),
            by: by.iter().cloned().collect(),
            columns: by.iter().map(|(column, _)| column.clone()).collect(),
            rows: rows.len(),
            places,
            reads: self.reads(*relation),
        }
    }

    /// Groups the places at which templates read fields by these.
    fn reads_of(&mut self, found: &BTreeSet<FieldRead>) -> Vec<ReadField> {
        let mut reads: Vec<ReadField> = Vec::new();
        for FieldRead { of, field, place } in found {
            let field = format!("{of}.{field}");
            let place = self.places.exact(place);
            match reads.last_mut().filter(|last| last.field == field) {
                Some(last) => last.places.push(place),
                None => reads.push(ReadField { field, places: vec![place] }),
            }
        }
        reads
    }

    /// Returns the collections and datasets that a query reads, directly or through other queries.
    fn reads(&mut self, relation: RelationId) -> Vec<Named> {
        let mut left = vec![relation];
        let mut found = Vec::new();
        while let Some(next) = left.pop() {
            match next {
                RelationId::Query(id) => left.extend(self.model.schema[id].reads.relations()),
                other if other != relation && !found.contains(&other) => found.push(other),
                _ => {}
            }
        }
        found.sort_unstable();
        found.into_iter().map(|id| self.source(id)).collect()
    }

    /// Names a collection, or a dataset with its file.
    fn source(&self, relation: RelationId) -> Named {
        let name = self.model.schema.relation_name(relation).to_owned();
        let place = match relation {
            RelationId::Collection(_) => String::new(),
            _ if self.model.relations.count(relation, &self.model.records) == 0 => String::new(),
            _ => self.model.relations.place(relation, 0, &self.model.schema).path.to_string(),
        };
        Named { name, place }
    }
}

fn reference(scalar: sitegen_model::Scalar) -> Option<RecordId> {
    match scalar {
        sitegen_model::Scalar::Reference(id) => Some(id),
        _ => None,
    }
}

fn first_row(shows: &Shows) -> Option<usize> {
    match shows {
        Shows::Nothing => None,
        Shows::Row(row) => Some(*row),
        Shows::Part(part) => part.rows.first().copied(),
    }
}

fn template(used: Used) -> UsedTemplate {
    let role = match used.part {
        TemplateUse::Page => TemplateRole::Page,
        TemplateUse::Parent => TemplateRole::Parent,
        TemplateUse::Include => TemplateRole::Include,
        TemplateUse::Components(components) => TemplateRole::Components(components),
    };
    UsedTemplate { name: used.name, path: used.path.to_string(), role }
}
