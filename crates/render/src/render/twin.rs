//! Pages as Markdown: the main part of their HTML, for readers that want text.
//!
//! A twin is made from HTML, because part of a page's text is in its template and not in any record's
//! Markdown. The tree is pruned before it is converted. Its depth is checked before it is parsed, because the
//! rules of HTML take quadratic time.

mod depth;
mod markdown;
mod tree;

use sitegen_model::{BaseUrl, Route, Target, external, is_external, relative};

use crate::build::Build;
use crate::ground::escape::escape_markdown;
use crate::ground::xml;
use crate::page;
use crate::page::findings::{AffectedPages, Findings};
use crate::page::output::{Output, Rendered};
use crate::render::errors;

/// Renders the main part of a page as Markdown; the file is empty if the page cannot be rendered.
pub(crate) fn render(build: &Build, twin: &Route, of: &str) -> Rendered {
    let mut findings = Findings::default();
    let page = build.model.routes.by_url(of);
    let text = page.and_then(|page| {
        // The findings are dropped, because they are reported for the page itself.
        let html = page::text(build, page, &build.tera, &mut Findings::default()).ok()?;
        if depth::is_too_deep(&html) {
            let problem = errors::too_deep_for_markdown(
                depth::MAX_DEPTH,
                build.sources.file(&page::template(build, page)),
            );
            findings.problems.insert(problem, AffectedPages::one(&twin.url));
            return None;
        }
        Some(markdown(build, page, &xml::without_forbidden(&html)))
    });
    Rendered { output: Output::Bytes(text.unwrap_or_default().into_bytes()), findings }
}

fn markdown(build: &Build, page: &Route, html: &str) -> String {
    let Target::Page { title, .. } = &page.target else { return String::new() };
    let base = &build.model.config.base_url;
    let (title, text) = markdown::of(html, title, &|link| absolute(link, page, base));
    let end = if text.is_empty() { "" } else { "\n" };
    let title = escape_markdown(&title);
    let url = base.absolute(&page.url);
    let source = build.model.words.say("twin.source", None, &[("page", &format!("<{url}>"))]);
    format!("# {title}\n\n{source}\n{end}{text}{end}")
}

/// Makes a whole URL of a page's link, without characters that mean something in Markdown.
fn absolute(link: &str, page: &Route, base: &BaseUrl) -> String {
    external(&whole(link, page, base))
}

fn whole(link: &str, page: &Route, base: &BaseUrl) -> String {
    if is_external(link) {
        return link.to_owned();
    }
    let (path, suffix) = link.split_at(link.find(['?', '#']).unwrap_or(link.len()));
    if path.is_empty() {
        return format!("{}{suffix}", base.absolute(&page.url));
    }
    if path.starts_with('/') {
        return format!("{}{link}", base.origin);
    }
    let path = relative(&base.href(&page.url), path).unwrap_or_else(|| "/".to_owned());
    format!("{}{path}{suffix}", base.origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitegen_model::Route;
    use sitegen_parser::Place;

    #[test]
    fn links_become_whole_urls() {
        let base = BaseUrl::parse("https://example.com/docs").expect("is a URL");
        let target = Target::Redirect { to: "".into(), fragment: "".into() };
        let page = Route { url: "/a/b/".into(), target, place: Place::file(&"".into()) };
        for (link, whole) in [
            ("#x", "https://example.com/docs/a/b/#x"),
            ("/docs/c/?q=a/b", "https://example.com/docs/c/?q=a/b"),
            ("../c/#y", "https://example.com/docs/a/c/#y"),
            ("d.html", "https://example.com/docs/a/b/d.html"),
            ("https://other.example/", "https://other.example/"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            ("d <e>\\", "https://example.com/docs/a/b/d%20%3Ce%3E%5C"),
        ] {
            assert_eq!(absolute(link, &page, &base), whole);
        }
    }
}
