//! A page: its template with its data.

mod check;
mod destination;
mod errors;
pub(crate) mod findings;
mod mention;
mod warned;

use std::sync::Arc;

use sitegen_model::{Part, RecordId, RelationId, Route, Shows, Target};
use sitegen_parser::{Diagnostic, XmlFault};
use tera::{Context, Map, Tera, Value};

use crate::build::{Build, Output, Rendered};
use crate::ground::bounded::{Bounded, is_full};
use crate::ground::xml::{self, is_xml};
use crate::page::findings::{Findings, Pages};
use crate::templates::Origin;
use crate::value::listing;
use crate::value::relation::Relation;
use crate::value::row::Table;

/// What a template makes of data.
pub(crate) fn bounded(tera: &Tera, template: &str, context: &Context) -> tera::TeraResult<String> {
    let mut text = Bounded::default();
    tera.render_to(template, context, &mut text)?;
    Ok(text.into_text())
}

impl Build {
    /// Renders a page by templates that are informed.
    pub(crate) fn page(&self, route: &Route, tera: &Tera) -> Rendered {
        let mut findings = Findings::default();
        let text = self.text(route, tera, &mut findings).unwrap_or_else(|error| {
            let problem = self.problem(&error, &self.template(route));
            findings.problems.extend(problem.map(|problem| (problem, Pages::one(&route.url))));
            findings.unrendered += 1;
            String::new()
        });
        if !self.is_certain(route) {
            findings = Findings { unrendered: findings.unrendered, ..Findings::default() };
        } else if route.is_html() {
            // What is no HTML has links of a kind of its own.
            findings.pages += 1;
            self.check_links(route, &text, &mut findings);
        } else if is_xml(&route.url) && findings.unrendered == 0 {
            self.check_xml(route, &text, &mut findings);
        }
        Rendered { output: Output::Bytes(text.into_bytes()), findings }
    }

    /// Checks that a page of XML is well-formed. What its template writes where elements cross is likely what makes them.
    fn check_xml(&self, route: &Route, xml: &str, findings: &mut Findings) {
        let Some(XmlFault { reason, ended }) = XmlFault::find(xml) else { return };
        let template = self.template(route);
        let end = ended.and_then(|ended| self.sources.find_in(&template, &format!("</{ended}>")));
        let problem = errors::malformed_xml(&reason, end.or_else(|| self.sources.file(&template)));
        findings.problems.insert(problem, Pages::one(&route.url));
    }

    /// Whether a page is known to be part of the site: not as long as nobody knows what the condition on it says.
    fn is_certain(&self, route: &Route) -> bool {
        match &route.target {
            Target::Page { family, .. } => {
                self.model.is_whole() || self.model.schema[*family].publish_if.is_none()
            }
            _ => true,
        }
    }

    /// What a page's template makes of its data.
    pub(crate) fn text(
        &self,
        route: &Route,
        tera: &Tera,
        findings: &mut Findings,
    ) -> tera::TeraResult<String> {
        let (template, context) = (self.template(route), self.context(route));
        let text = self.hear(route, tera, findings, |tera| bounded(tera, &template, &context))?;
        Ok(match () {
            () if is_xml(&route.url) => xml::published(&text),
            () if route.is_html() => mention::settled(text, &self.model.config.base_url.href(&route.url)),
            () => text,
        })
    }

    /// What it means that a page cannot be rendered; nothing if its template is not there, which is reported.
    pub(crate) fn problem(&self, error: &tera::Error, template: &str) -> Option<Diagnostic> {
        match error.kind() {
            tera::ErrorKind::TemplateNotFound(_) => None,
            _ if is_full(error) => Some(errors::page_too_large(self.sources.file(template))),
            _ => Some(self.sources.diagnose(error, Origin::Page { template })),
        }
    }

    pub(crate) fn template(&self, route: &Route) -> Arc<str> {
        match &route.target {
            Target::Page { family, .. } => Arc::clone(&self.model.schema[*family].template),
            _ => self.card_template(route).unwrap_or_default(),
        }
    }

    pub(crate) fn context(&self, route: &Route) -> Context {
        let mut context = Context::new();
        let Target::Page { family: id, shows, indexed, .. } = &route.target else { return context };
        let family = &self.model.schema[*id];
        let mut page = listing::about(&self.model, route);
        page.insert("indexed".into(), (*indexed).into());
        page.insert("description".into(), Value::from(self.model.description(route)));
        page.insert("image".into(), self.image_of(route));
        page.insert("breadcrumbs".into(), self.breadcrumbs(&route.url).into());
        page.insert("neighbours".into(), self.neighbours(route).into());
        page.insert("source".into(), self.source(family.from, shows).into());
        match (shows, family.from) {
            (Shows::Row(row), Some(relation)) => self.insert_row(relation, *row, &mut context),
            (Shows::Part(part), Some(relation)) => {
                self.insert_part(relation, part, &mut page);
                self.insert_columns(relation, part, family.path_columns(), &mut context);
            }
            _ => {}
        }
        context.insert_value("page", page.into());
        context
    }

    /// The file of the record whose page it is.
    fn source(&self, from: Option<RelationId>, shows: &Shows) -> Option<&str> {
        let (Some(RelationId::Collection(collection)), Shows::Row(row)) = (from, shows) else { return None };
        Some(&self.model.records[RecordId { collection, row: *row }].source.path)
    }

    /// A row's columns by their names; of a collection, the record under its singular name.
    fn insert_row(&self, relation: RelationId, row: usize, context: &mut Context) {
        match (relation, self.table(relation)) {
            (RelationId::Collection(collection), _) => {
                let singular = self.model.schema[collection].singular.clone();
                context.insert_value(singular, self.shown.values.whole(RecordId { collection, row }).clone());
            }
            (_, Some(table)) => {
                for (column, declared) in table.columns.iter().enumerate() {
                    context.insert_value(declared.name.clone(), table.value(&self.model, row, column));
                }
            }
            (_, None) => {}
        }
    }

    /// What a page of a long list shows, and where the others are.
    fn insert_part(&self, relation: RelationId, part: &Part, page: &mut Map) {
        let href = |index: Option<usize>| {
            let url = index.and_then(|index| part.parts.get(index));
            Value::from(url.map(|url| self.model.config.base_url.href(url)))
        };
        let rows = part.rows.iter().map(|row| match (relation, self.table(relation)) {
            (RelationId::Collection(collection), _) => {
                self.shown.values.whole(RecordId { collection, row: *row }).clone()
            }
            (_, Some(table)) => table.row(&self.model, *row),
            (_, None) => Value::none(),
        });
        page.insert("rows".into(), rows.collect::<Vec<_>>().into());
        page.insert("number".into(), part.number.into());
        page.insert("total".into(), part.total.into());
        page.insert("first".into(), href(Some(0)));
        page.insert("previous".into(), href(part.number.checked_sub(2)));
        page.insert("next".into(), href(Some(part.number)));
        page.insert("last".into(), href(part.parts.len().checked_sub(1)));
        let parts = (0..part.parts.len()).map(|index| href(Some(index)));
        page.insert("parts".into(), parts.collect::<Vec<_>>().into());
    }

    /// The columns in which the rows of a list are equal, since its path is made of them.
    fn insert_columns(
        &self,
        relation: RelationId,
        part: &Part,
        columns: impl Iterator<Item = usize>,
        context: &mut Context,
    ) {
        let (Some(table), Some(row)) = (self.table(relation), part.rows.first()) else { return };
        for column in columns {
            let name = table.columns[column].name.clone();
            context.insert_value(name, table.value(&self.model, *row, column));
        }
    }

    fn table(&self, relation: RelationId) -> Option<&Table> {
        match self.shown.relations.get(self.model.schema.relation_name(relation))? {
            Relation::Rows(table) => Some(table),
            Relation::Records(_) => None,
        }
    }

    /// The pages above a path, from the root down.
    fn breadcrumbs(&self, url: &str) -> Vec<Value> {
        let above = url.trim_end_matches('/').match_indices('/').map(|(at, _)| &url[..=at]);
        above.filter_map(|url| self.linked(self.model.routes.by_url(url)?)).collect()
    }

    /// The pages of the same family that come before and after.
    fn neighbours(&self, route: &Route) -> Map {
        let [previous, next] = self.model.routes.neighbours(route);
        let mut neighbours = Map::new();
        for (name, route) in [("previous", previous), ("next", next)] {
            neighbours.insert(name.into(), Value::from(route.and_then(|route| self.linked(route))));
        }
        neighbours
    }

    /// A page as others link to it.
    fn linked(&self, route: &Route) -> Option<Value> {
        let Target::Page { title, .. } = &route.target else { return None };
        let mut link = Map::new();
        link.insert("title".into(), Value::from(&**title));
        link.insert("url".into(), self.model.config.base_url.href(&route.url).into());
        Some(link.into())
    }
}
