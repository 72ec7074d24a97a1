//! Each route as its bytes, whatever it shows.

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

/// What is right without a look at it.
fn found(output: Output) -> Rendered {
    Rendered { output, findings: Findings::default() }
}

/// A page's HTML for other routes. What is wrong with a page is found when it is rendered for itself.
fn html(build: &Build, page: &Route) -> String {
    page::text(build, page, &build.tera, &mut Findings::default()).unwrap_or_default()
}
