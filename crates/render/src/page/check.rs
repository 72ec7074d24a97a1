//! Whether the links of a rendered page lead somewhere, and its ids stand once.

use std::borrow::Cow;
use std::sync::Arc;

use sitegen_model::{Names, Route, names};
use sitegen_parser::{Place, Use, is_forbidden, is_odd_scheme};

use crate::build::Build;
use crate::ground::scan::{Scan, scan};
use crate::page::destination::Destination;
use crate::page::errors;
use crate::page::findings::{Broken, Fault, Findings, Pages};

impl Build {
    /// Checks a page of HTML.
    pub(crate) fn check_links(&self, route: &Route, html: &str, findings: &mut Findings) {
        let scan = scan(html);
        let base = self.base(route, &scan);
        for link in &scan.links {
            if is_forbidden(&link.to, link.usage) {
                self.broken(route, &link.to, Fault::Forbidden, findings);
            } else if !self.model.config.links.allows_scheme(&link.to) && !is_odd_scheme(&link.to) {
                self.broken(route, &link.to, Fault::Scheme, findings);
            } else {
                self.check_link(route, (base.as_deref(), &link.to), &scan, findings);
            }
        }
        // Browsers ignore such a base.
        if let Some(base) = scan.base.as_deref().filter(|base| is_forbidden(base, Use::Follow)) {
            self.broken(route, base, Fault::Forbidden, findings);
        }
        if !findings.missing.is_empty() {
            let places: Names = scan.places().into_iter().collect();
            for ((_, anchor), nearest) in &mut findings.missing {
                *nearest = places.nearest(anchor).map(str::to_owned);
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
            Destination::Nowhere(path) => {
                self.broken(route, link, Fault::Nowhere(path.map(Cow::into_owned)), findings);
            }
            Destination::Route(target, Some(anchor)) if target.url == route.url => {
                if !scan.has(anchor) && !self.is_top(route, anchor) {
                    findings.missing.insert((Arc::clone(&route.url), anchor.to_owned()), None);
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

    /// Whether a place on a page is the heading that is its title, and so the page's top.
    pub(crate) fn is_top(&self, route: &Route, anchor: &str) -> bool {
        let record = self.model.record_of(route).map(|id| &self.model.records[id]);
        record.and_then(|record| record.top.as_ref()).is_some_and(|top| names(anchor, |id| id == top))
    }

    fn broken(&self, route: &Route, link: &str, fault: Fault, findings: &mut Findings) {
        let said = self.in_record(route, &format!("\"{link}\""));
        let broken = Broken { template: self.template(route), link: link.to_owned(), fault, said };
        findings.broken.insert(broken, Pages::one(&route.url));
    }

    /// Where the record whose page it is says something, such as in HTML of its own.
    fn in_record(&self, route: &Route, written: &str) -> Option<Place> {
        let record = self.model.record_of(route)?;
        let source = &self.model.records[record].source;
        let start = source.text.find(written)?;
        Some(Place::new(&source.path, &(start..start + written.len())))
    }
}
