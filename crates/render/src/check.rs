//! Whether the links of a rendered page lead somewhere, and its ids stand once.

use std::sync::Arc;

use sitegen_model::Route;
use sitegen_parser::{Place, forbidden_link, is_forbidden};

use crate::build::Build;
use crate::destination::Destination;
use crate::errors;
use crate::findings::{Findings, Pages};
use crate::scan::{Scan, scan};

/// What stands around a URL in a template: most often quotation marks, in lists of URLs spaces.
const AROUND: [(&str, &str); 7] =
    [("\"", "\""), ("'", "'"), ("=", ">"), ("\"", " "), (" ", " "), (" ", "\""), ("=", "\"")];

impl Build {
    /// Checks a page of HTML.
    pub(crate) fn check_links(&self, route: &Route, html: &str, findings: &mut Findings) {
        let scan = scan(html);
        let base = self.base(route, &scan);
        for link in &scan.links {
            if is_forbidden(&link.to, link.usage) {
                let problem = forbidden_link(self.place_of(route, &link.to), &link.to);
                findings.problems.insert(problem, Pages::one(&route.url));
            } else {
                self.check_link(route, (base.as_deref(), &link.to), &scan, findings);
            }
        }
        if let Some(id) = &scan.duplicate {
            let diagnostic = errors::duplicate_id(id, self.sources.file(&self.template(route)));
            findings.problems.insert(diagnostic, Pages::one(&route.url));
        }
    }

    fn check_link(
        &self,
        route: &Route,
        (base, link): (Option<&str>, &str),
        scan: &Scan,
        findings: &mut Findings,
    ) {
        match self.follow(base, link) {
            Destination::Away | Destination::Route(_, None) => {}
            Destination::Nowhere(path) => self.broken_link(route, link, path.as_deref(), findings),
            Destination::Route(target, Some(anchor)) if target.url == route.url => {
                if !scan.has(anchor) {
                    self.broken_anchor(route, anchor, scan, findings);
                }
            }
            Destination::Route(target, Some(anchor)) => {
                if target.is_html() {
                    let anchor = (Arc::clone(&target.url), anchor.to_owned());
                    findings.anchors.insert(anchor, Pages::one(&route.url));
                }
            }
        }
    }

    fn broken_link(&self, route: &Route, link: &str, path: Option<&str>, findings: &mut Findings) {
        let place = self.place_of(route, link);
        let asset = path.and_then(|path| path.strip_prefix("/assets/"));
        let diagnostic = match asset.filter(|name| self.model.routes.asset(name).is_some()) {
            Some(name) => errors::unpublished_name(link, name, place),
            None => {
                let nearest = path.and_then(|path| self.model.nearest_url(path));
                let nearest = nearest.map(|path| self.model.config.base_url.href(path));
                errors::broken_link(link, nearest.as_deref(), place)
            }
        };
        findings.problems.insert(diagnostic, Pages::one(&route.url));
    }

    /// Where a link of a page is written: in a template, or in the record that it shows.
    fn place_of(&self, route: &Route, link: &str) -> Option<Place> {
        let template = self.template(route);
        let in_template = |(before, after)| self.sources.find(&template, &format!("{before}{link}{after}"));
        let place = in_template(AROUND[0]).or_else(|| self.in_record(route, &format!("\"{link}\"")));
        let place = place.or_else(|| AROUND[1..].iter().find_map(|around| in_template(*around)));
        place.or_else(|| self.sources.file(&template))
    }

    /// Where the record whose page it is says something, such as in HTML of its own.
    fn in_record(&self, route: &Route, written: &str) -> Option<Place> {
        let record = self.model.record_of(route)?;
        let source = &self.model.records[record].source;
        let start = source.text.find(written)?;
        Some(Place::new(&source.path, &(start..start + written.len())))
    }

    fn broken_anchor(&self, route: &Route, anchor: &str, scan: &Scan, findings: &mut Findings) {
        if self.texts.anchors().any(|known| known.url == route.url && known.fragment == anchor) {
            // A link in Markdown, which is reported where it stands.
            return;
        }
        let template = self.template(route);
        let place = self.sources.find(&template, &format!("\"#{anchor}\""));
        let place = place.or_else(|| self.sources.file(&template));
        let nearest = sitegen_model::nearest(anchor, scan.places().into_iter());
        let diagnostic = errors::broken_anchor("the page", anchor, nearest, place);
        findings.problems.insert(diagnostic, Pages::one(&route.url));
    }
}
