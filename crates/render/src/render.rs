//! The rendering of every kind of route.

mod card;
mod errors;
mod hosts;
mod redirects;
mod sitemap;
mod twin;

use std::sync::Arc;

use sitegen_model::{Route, SearchFile, Target};

use crate::build::Build;
use crate::page;
use crate::page::findings::Findings;
use crate::page::output::{Output, Rendered};

pub use self::card::draw;

/// Renders one of a site's routes.
pub fn render(build: &Build, route: &Route) -> Rendered {
    let bytes = match &route.target {
        Target::Page { .. } => return page::render(build, route, &build.tera),
        Target::Twin { of } => return twin::render(build, route, of),
        Target::Card { .. } => return card::render(build, route),
        Target::Asset { path, .. } | Target::File { path, .. } => match build.linked.get(path) {
            Some(text) => text.as_bytes().to_vec(),
            None => return found(Output::Input(Arc::clone(path))),
        },
        Target::Redirect { to, fragment } => redirects::page(build, to, fragment),
        Target::Search(SearchFile::Titles) => build.search.titles(&build.model),
        Target::Search(SearchFile::Headings) => build.search.headings(&build.model, |page| html(build, page)),
        Target::Search(SearchFile::Words(part)) => build.search.words(&build.model, *part),
        Target::ForHost { host, tells } => hosts::write(build, *host, *tells),
        Target::Sitemap(file) => sitemap::write(build, file),
    };
    found(Output::Bytes(bytes))
}

/// Makes the result of a route that needs no checks.
fn found(output: Output) -> Rendered {
    Rendered { output, findings: Findings::default() }
}

/// Renders a page's HTML for another route. Its findings are dropped, because they are reported for the page
/// itself.
fn html(build: &Build, page: &Route) -> String {
    page::text(build, page, &build.tera, &mut Findings::default()).unwrap_or_default()
}
