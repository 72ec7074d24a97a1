//! `sitegen list`: lists the pages, records, links and redirects of a site.

mod links;

use std::collections::HashSet;
use std::sync::Arc;

use sitegen_model::{FamilyId, Model, RecordId, RelationId, Route, Shows, Target};
use sitegen_render::{Build, Output};

use crate::args::{Common, List, SheetFormat, SiteArgs};
use crate::build;
use crate::console::Console;
use crate::errors::{Exit, Failure};
use crate::know;
use crate::reason::DescribedRows;
use crate::report::{Consequence, Places};
use crate::sheet::{OutputCell, Sheet};
use crate::site::LoadedSite;

pub(crate) use self::links::{LinkFilter, links};

/// The pages that visitors reach without a link: the home page, and the page that hosts show for missing
/// ones.
const REACHED: [&str; 2] = ["/", "/404.html"];

/// Lists the parts of a site.
///
/// # Errors
///
/// The site's folder is missing.
pub(crate) fn list(
    common: &Common,
    args: &SiteArgs,
    list: List,
    format: SheetFormat,
    console: &Console,
) -> Result<Exit, Failure> {
    if list == List::Orphans {
        return orphans(common, args, format, console);
    }
    let (site, model, exit) = know::model(common, args, console)?;
    if model.is_whole() {
        let sheet = match list {
            List::Records => records(&model, &site),
            List::Noindex => noindex(&model),
            List::Redirects => redirects(&model),
            List::Pages | List::Orphans | List::Links => pages(&model, |_| true),
        };
        sheet.print(format, console)?;
    }
    Ok(exit)
}

fn pages(model: &Model, wanted: impl Fn(&Route) -> bool) -> Sheet<'_> {
    let row = |route| {
        let (url, title, family) = page(model, route)?;
        wanted(route).then(|| [url, title, family].map(|text| OutputCell::Text(text.into())).to_vec())
    };
    let rows = model.routes.iter().filter_map(row).collect();
    Sheet::of_cells(&["url", "title", "family"], rows)
}

/// Returns a page's URL, title and family.
fn page<'a>(model: &'a Model, route: &'a Route) -> Option<(&'a str, &'a str, &'a str)> {
    match &route.target {
        Target::Page { title, family, .. } => Some((&route.url, title, &model.schema[*family].name)),
        _ => None,
    }
}

fn records<'a>(model: &'a Model, site: &LoadedSite) -> Sheet<'a> {
    let mut places = Places::new(&site.inputs);
    let row = |(id, record): (RecordId, &'a sitegen_model::Kept<sitegen_model::Record>)| {
        let name = format!("{}/{}", model.schema[id.collection].name, record.slug);
        let routes = &model.routes;
        let url = routes.of_record(id).map(|page| format!("{}{}", page.url, routes.fragment_of(id)));
        vec![
            OutputCell::Text(name.into()),
            OutputCell::Text((&*record.title).into()),
            OutputCell::Text(places.name(&record.place).into()),
            OutputCell::text(url),
        ]
    };
    let rows = model.records.iter().map(row).collect();
    Sheet::of_cells(&["record", "title", "file", "url"], rows)
}

fn noindex(model: &Model) -> Sheet<'_> {
    let mut words: Option<(RelationId, DescribedRows)> = None;
    let mut rows = Vec::new();
    for route in model.routes.iter() {
        let Target::Page { family: id, indexed: false, shows, .. } = &route.target else { continue };
        let family = &model.schema[*id];
        let condition = family.index_if.as_ref();
        let mut values = route.unlisted(&model.schema).map(|unlisted| unlisted.describe().to_owned());
        if let (Some(condition), Some(relation), Some(row)) =
            (condition, family.from, unindexed_row(model, *id, shows))
        {
            if words.as_ref().is_none_or(|(known, _)| *known != relation) {
                words = Some((relation, DescribedRows::new(model, relation)));
            }
            values = words.as_ref().map(|(_, words)| words.reason(condition, row));
        }
        rows.push(vec![
            OutputCell::Text((&*route.url).into()),
            OutputCell::Text(family.name.as_str().into()),
            OutputCell::text(condition.map(|condition| condition.text.as_str())),
            OutputCell::text(values),
        ]);
    }
    Sheet::of_cells(&["url", "family", "index_if", "values"], rows)
}

/// Finds the first row of a page for which its family's condition does not hold.
pub(crate) fn unindexed_row(model: &Model, family: FamilyId, shows: &Shows) -> Option<usize> {
    let gates = model.relations.gates(family);
    match shows {
        Shows::Nothing => None,
        Shows::Row(row) => Some(*row),
        Shows::Part(part) => part.rows.iter().copied().find(|row| !gates.indexes(*row)),
    }
}

fn redirects(model: &Model) -> Sheet<'_> {
    let row = |route: &'_ Route| match &route.target {
        Target::Redirect { to, fragment } => Some(
            [route.url.to_string(), format!("{to}{fragment}")]
                .map(|path| OutputCell::Text(path.into()))
                .to_vec(),
        ),
        _ => None,
    };
    let rows = model.routes.iter().filter_map(row).collect();
    Sheet::of_cells(&["from", "to"], rows)
}

/// Lists pages to which no other page links. Everything is rendered for this, because templates make links,
/// too.
fn orphans(
    common: &Common,
    args: &SiteArgs,
    format: SheetFormat,
    console: &Console,
) -> Result<Exit, Failure> {
    let site = know::read(common, args, console)?;
    let build = know::build(&site, console);
    let take = |mut linked: HashSet<Arc<str>>, route: &Route, output: Output| {
        linked.extend(linked_pages(&build, route, &output));
        Ok(linked)
    };
    let both = |mut linked: HashSet<Arc<str>>, others: HashSet<Arc<str>>| {
        linked.extend(others);
        linked
    };
    let (linked, conclusion) = build::render(&build, console, take, both)?;
    let exit = know::conclude(&site, &build.model, &conclusion, Consequence::None, console);
    if build.model.is_whole() {
        // Visitors reach other files than HTML by name, so they need no link.
        let is_orphan = |route: &Route| {
            route.is_html() && !linked.contains(&route.url) && !REACHED.contains(&&*route.url)
        };
        pages(&build.model, is_orphan).print(format, console)?;
    }
    Ok(exit)
}

/// Returns the routes to which a page links, and the targets of those that redirect.
pub(crate) fn linked_pages(build: &Build, route: &Route, output: &Output) -> Vec<Arc<str>> {
    if !matches!(route.target, Target::Page { .. }) {
        return Vec::new();
    }
    let mut linked: Vec<_> = sitegen_render::links(build, route, output).into_iter().collect();
    let onward = linked.iter().filter_map(|url| match &build.model.routes.by_url(url)?.target {
        Target::Redirect { to, .. } if *to != route.url => Some(Arc::clone(to)),
        _ => None,
    });
    let onward: Vec<_> = onward.collect();
    linked.extend(onward);
    linked
}
