//! The sitemap, which tells search engines the pages and the days of their last changes.

use sitegen_model::{Route, Sitemap, Target};

use crate::build::Build;
use crate::ground::escape::push_escaped;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Writes a file of the sitemap, page after page, without rendering or holding any.
pub(crate) fn write(build: &Build, file: &Sitemap) -> Vec<u8> {
    let (list, entry) = match file {
        Sitemap::Index => ("sitemapindex", "sitemap"),
        Sitemap::Part { .. } => ("urlset", "url"),
    };
    let mut xml = format!("{HEAD}<{list} xmlns=\"{NAMESPACE}\">\n");
    match file {
        Sitemap::Index => {
            for route in build.model.routes.sitemap() {
                if let Target::Sitemap(Sitemap::Part { family, pages }) = &route.target {
                    let days = build
                        .model
                        .routes
                        .listed(*family, pages.clone())
                        .filter_map(|page| build.model.updated(page));
                    push_entry(build, &mut xml, entry, route, days.max());
                }
            }
        }
        Sitemap::Part { family, pages } => {
            for page in build.model.routes.listed(*family, pages.clone()) {
                push_entry(build, &mut xml, entry, page, build.model.updated(page));
            }
        }
    }
    xml.extend(["</", list, ">\n"]);
    xml.into_bytes()
}

/// Appends an entry. A URL has no character that XML cannot hold, because it is percent-encoded.
fn push_entry(build: &Build, xml: &mut String, entry: &str, route: &Route, updated: Option<String>) {
    xml.extend(["<", entry, "><loc>"]);
    push_escaped(xml, &build.model.config.base_url.absolute(&route.url));
    xml.push_str("</loc>");
    if let Some(updated) = updated {
        xml.extend(["<lastmod>", &updated, "</lastmod>"]);
    }
    xml.extend(["</", entry, ">\n"]);
}
