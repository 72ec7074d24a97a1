//! All that is wrong with a site, once all of its pages have been rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sitegen_model::nearest;
use sitegen_parser::{Diagnostic, Diagnostics, Place};

use crate::build::{Build, Output};
use crate::errors;
use crate::findings::{Findings, Pages};
use crate::scan::scan;

/// Places on pages that pages link to, by path and id, and the pages that do.
type Linked = BTreeMap<(Arc<str>, String), Pages>;

/// A place that is linked to and is not there.
struct Missing<'a> {
    url: &'a Arc<str>,
    fragment: &'a str,
    /// The id that was most likely meant.
    nearest: Option<String>,
}

impl Build {
    /// All that is wrong with the site, from the findings of all its routes. Sorted, each problem once.
    pub fn conclude(&self, findings: Findings) -> Diagnostics {
        let mut diagnostics = self.diagnostics.clone();
        // What pages lack of a site whose parts do not hold together is no news.
        if !self.model.sound {
            return diagnostics;
        }
        diagnostics.extend(self.missing_anchors(&findings.anchors));
        let problems = findings.problems.into_iter();
        let news = problems.filter(|(problem, _)| !self.is_consequence(problem));
        diagnostics.extend(news.map(|(problem, pages)| problem.note(pages.describe())));
        diagnostics.sorted()
    }

    /// Whether a page shows only what is reported already: of a record, or of two headings with one id.
    fn is_consequence(&self, problem: &Diagnostic) -> bool {
        match problem.code {
            "undefined-variable" | "template-error" | "unknown-reference" => !self.model.records.sound(),
            "duplicate-id" => self.diagnostics.iter().any(|known| known.code == "duplicate-id"),
            _ => false,
        }
    }

    /// The missing places that links lead to: each is reported at the links in Markdown that lead there, or else once
    /// for the template that makes such links.
    fn missing_anchors(&self, linked: &Linked) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let mut made: BTreeMap<(Option<Place>, &str), Diagnostic> = BTreeMap::new();
        let missing = self.missing(linked);
        for missing in &missing {
            let written = self.written(missing);
            if written.is_empty()
                && let Some(pages) = linked.get(&(Arc::clone(missing.url), missing.fragment.to_owned()))
            {
                let place = self.template_link(&pages.first, &format!("#{}\"", missing.fragment));
                let problem = missing.problem(place.clone()).note(pages.describe());
                made.entry((place, missing.fragment)).or_insert(problem);
            }
            problems.extend(written);
        }
        problems.extend(made.into_values());
        problems
    }

    /// The linked places that are not on their pages, page by page. Each page is rendered once more for that, so that
    /// no ids need to be held of all the others.
    fn missing<'a>(&'a self, linked: &'a Linked) -> Vec<Missing<'a>> {
        let written = self.texts.anchors().map(|anchor| (&anchor.url, anchor.fragment.as_str()));
        let made = linked.keys().map(|(url, fragment)| (url, fragment.as_str()));
        let mut by_page: BTreeMap<&Arc<str>, BTreeSet<&str>> = BTreeMap::new();
        for (url, fragment) in written.chain(made) {
            by_page.entry(url).or_default().insert(fragment);
        }
        by_page.into_iter().flat_map(|(url, fragments)| self.missing_on(url, fragments)).collect()
    }

    fn missing_on<'a>(&self, url: &'a Arc<str>, fragments: BTreeSet<&'a str>) -> Vec<Missing<'a>> {
        let Some(route) = self.model.routes.by_url(url).filter(|route| route.is_html()) else {
            return Vec::new();
        };
        let Output::Bytes(bytes) = self.render(route).output else { return Vec::new() };
        // A page that fails to render is reported as such.
        if bytes.is_empty() {
            return Vec::new();
        }
        let html = String::from_utf8_lossy(&bytes);
        let scan = scan(&html);
        let missing: Vec<_> = fragments.into_iter().filter(|fragment| !scan.has(fragment)).collect();
        let places = if missing.is_empty() { Vec::new() } else { scan.places() };
        let missing = missing.into_iter().map(|fragment| {
            let nearest = nearest(fragment, places.iter().copied()).map(str::to_owned);
            Missing { url, fragment, nearest }
        });
        missing.collect()
    }

    fn written(&self, missing: &Missing) -> Vec<Diagnostic> {
        let leads_there = self
            .texts
            .anchors()
            .filter(|anchor| anchor.url == *missing.url && anchor.fragment == missing.fragment);
        leads_there.map(|anchor| missing.problem(Some(anchor.place.clone()))).collect()
    }

    /// Where the template of a page makes a link that holds `part`.
    fn template_link(&self, page: &str, part: &str) -> Option<Place> {
        let template = self.template(self.model.routes.by_url(page)?);
        self.sources.find(&template, part).or_else(|| self.sources.file(&template))
    }
}

impl Missing<'_> {
    fn problem(&self, place: Option<Place>) -> Diagnostic {
        errors::broken_anchor(self.url, self.fragment, self.nearest.as_deref(), place)
    }
}
