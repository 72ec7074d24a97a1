//! Pages of the server itself, for paths with nothing to show.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hyper::StatusCode;
use sitegen_model::{Model, Route, Target};
use sitegen_render::Findings;

use crate::report::{self, ProblemSummary};

use super::media;
use super::path::RequestPath;
use super::payload::Payload;
use super::state::{Resource, Version};

/// The style sheet of these pages.
pub(super) const STYLE: &str = include_str!("own.css");

/// The number of suggested pages.
const NEAR: usize = 8;

/// Makes the page for a path at which the site has nothing.
pub(super) fn not_found(version: &Version, path: &RequestPath) -> Resource {
    let model = &version.build.model;
    let local = version.local(path).unwrap_or(path.as_str());
    let mut html = String::new();
    let reason = if model.routes.is_unpublished(local) {
        "A page would be here, but its family's <code>publish_if</code> does not hold for it. <code>sitegen plan</code> \
         says why."
    } else {
        "The site has nothing at"
    };
    let _infallible = write!(html, "<p>{reason} <code>{}</code></p>", escape(path.as_str()));
    let near = near(model, local);
    if !near.is_empty() {
        let _infallible = write!(html, "<h2>Did you mean</h2>{}", list(version, &near));
    }
    html.push_str(&families(version));
    if let Some(own) = model.routes.by_url("/404.html") {
        let _infallible =
            write!(html, "<p>Visitors will see {}.</p>", link(version, own, "the site’s own page for this"));
    }
    page(StatusCode::NOT_FOUND, "Nothing is here", &html)
}

/// Makes the page for a site with errors that had no good version yet.
pub(super) fn trouble(version: &Version, findings: Findings) -> Resource {
    let mut html = "<p>Once this is mended, the page appears by itself.</p>".to_owned();
    let problems = sitegen_render::conclude(&version.build, findings).diagnostics;
    let find = |path: &str| version.build.model.text(&version.site.inputs, path);
    for ProblemSummary { text, .. } in report::accounts(&problems, report::MOST, &find) {
        let _infallible = write!(html, "<pre>{}</pre>", escape(&text));
    }
    page(StatusCode::INTERNAL_SERVER_ERROR, "The site has errors", &html)
}

/// Makes the page for a file that was deleted since it was read.
pub(super) fn vanished() -> Resource {
    let html = "<p>The file was here a moment ago.</p>";
    Resource { stale: true, ..page(StatusCode::NOT_FOUND, "Nothing is here", html) }
}

/// Makes the page for a bug in sitegen.
pub(super) fn bug() -> Resource {
    let html = "<p>This is a bug in sitegen. What happened is said in the terminal.</p>";
    page(StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made", html)
}

fn page(status: StatusCode, title: &str, html: &str) -> Resource {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<link rel=\"stylesheet\" href=\"/.sitegen/own.css\">\n\
         <h1>{title}</h1>\n{html}\n"
    );
    Resource {
        status,
        media: media::HTML,
        content: Payload::Bytes(html.into_bytes()),
        own: true,
        stale: false,
    }
}

/// Finds pages that could have been meant: the one with the most similar path, and those in the same folder.
fn near<'a>(model: &'a Model, path: &str) -> Vec<&'a Route> {
    let nearest = model.nearest_url(path).and_then(|url| model.routes.by_url(url));
    let mut near: Vec<_> = nearest.into_iter().collect();
    let parents = path.trim_end_matches('/').rmatch_indices('/').map(|(at, _)| &path[..=at]);
    for parent in parents.filter(|parent| *parent != "/") {
        let pages = model.routes.iter().filter(|route| matches!(route.target, Target::Page { .. }));
        for route in pages.filter(|route| route.url.starts_with(parent)) {
            if near.len() == NEAR {
                return near;
            }
            if near.iter().all(|known| known.url != route.url) {
                near.push(route);
            }
        }
    }
    near
}

fn list(version: &Version, routes: &[&Route]) -> String {
    let items = routes.iter().map(|route| format!("<li>{}", link(version, route, &route.url)));
    format!("<ul>{}</ul>", items.collect::<String>())
}

/// Lists the families of pages with the number of pages and the first page of each.
fn families(version: &Version) -> String {
    let model = &version.build.model;
    let mut counts: BTreeMap<_, (usize, &Route)> = BTreeMap::new();
    for route in model.routes.iter() {
        if let Target::Page { family, .. } = &route.target {
            counts.entry(family.0).or_insert((0, route)).0 += 1;
        }
    }
    let rows = counts.iter().map(|(family, (count, first))| {
        let name = escape(&model.schema.families[*family].name);
        format!("<tr><td>{name}<td>{count}<td>{}", link(version, first, &first.url))
    });
    let rows: String = rows.collect();
    if rows.is_empty() {
        return rows;
    }
    format!("<h2>Pages</h2><table><tr><th>family<th>pages<th>such as{rows}</table>")
}

fn link(version: &Version, route: &Route, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(&version.href(&route.url)), escape(text))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
