//! `sitegen list links`: lists the links in Markdown and their targets.

use std::borrow::Cow;

use sitegen_model::{Link, Model, Target};
use sitegen_parser::scheme;
use sitegen_render::{WrittenLink, written_links};

use crate::args::{Common, SheetFormat, SiteArgs};
use crate::console::Console;
use crate::errors::{Exit, Failure};
use crate::know;
use crate::report::Places;
use crate::sheet::{OutputCell, Sheet};

/// The choice of links to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkFilter {
    /// All of them.
    All,
    /// Links that can be checked only by asking other hosts.
    External,
}

/// The target of a link.
#[derive(Debug, PartialEq, Eq)]
struct ResolvedLink {
    kind: &'static str,
    /// A path of the site, or a full URL; none if the link leads nowhere.
    url: Option<String>,
}

/// Lists links. Nothing is rendered for this.
///
/// # Errors
///
/// The site's folder is missing.
pub(crate) fn links(
    common: &Common,
    args: &SiteArgs,
    wanted: LinkFilter,
    format: SheetFormat,
    console: &Console,
) -> Result<Exit, Failure> {
    let (site, model, exit) = know::model(common, args, console)?;
    if model.is_whole() {
        let mut places = Places::new(&site.inputs);
        let rows = written_links(&model).filter_map(|link| {
            let ResolvedLink { kind, url } = destination(&model, &link);
            if wanted == LinkFilter::External && kind != EXTERNAL {
                return None;
            }
            let page = model.routes.of_record(link.record).map(|page| &*page.url);
            let (line, column) = places.position(&link.place).unzip();
            let count = |number: Option<usize>| number.map_or(OutputCell::Null, OutputCell::count);
            let file = Cow::Owned(link.place.path.to_string());
            Some(vec![
                OutputCell::text(page),
                OutputCell::Text(file),
                count(line),
                count(column),
                OutputCell::Text(link.to.into()),
                OutputCell::Text(kind.into()),
                OutputCell::text(url),
            ])
        });
        let columns = ["page", "file", "line", "column", "target", "kind", "url"];
        Sheet::of_cells(&columns, rows.collect()).print(format, console)?;
    }
    Ok(exit)
}

/// The kind of links to other sites.
const EXTERNAL: &str = "external";

fn destination(model: &Model, link: &WrittenLink) -> ResolvedLink {
    let (kind, url) = match model.resolve(link.to, &link.place) {
        Ok(Link::External) if is_of_web(link.to) => (EXTERNAL, Some(sitegen_model::external(link.to))),
        Ok(Link::External) => ("other", Some(sitegen_model::external(link.to))),
        Ok(Link::Elsewhere { exception, href }) => elsewhere(model, exception, href),
        Ok(Link::Here { href, .. }) => {
            let page = model.routes.of_record(link.record).map_or("", |page| &page.url);
            ("place", Some(format!("{page}{href}")))
        }
        Ok(Link::Route { url, suffix, .. }) => {
            let is_page =
                model.routes.by_url(&url).is_some_and(|route| matches!(route.target, Target::Page { .. }));
            (if is_page { "page" } else { "file" }, Some(format!("{url}{suffix}")))
        }
        Ok(Link::Nowhere) => ("unpublished", None),
        Err(_) => ("broken", None),
    };
    ResolvedLink { kind, url }
}

/// Describes a link that the site's configuration exempts from checks. Some exemptions are for paths that
/// others serve at the same host.
fn elsewhere(model: &Model, exception: usize, href: String) -> (&'static str, Option<String>) {
    match model.config.links.exceptions[exception].is_external() {
        true if href.starts_with('/') => (EXTERNAL, Some(format!("{}{href}", model.config.base_url.origin))),
        true => (EXTERNAL, Some(href)),
        false => ("ignored", Some(href)),
    }
}

/// Returns true if a link can be followed by asking a host.
fn is_of_web(to: &str) -> bool {
    scheme(to).is_none_or(|scheme| matches!(&*scheme, "http" | "https"))
}
