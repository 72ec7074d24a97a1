//! Checks of a rendered page: its links must lead somewhere, and its ids must be unique.

use std::borrow::Cow;
use std::sync::Arc;

use sitegen_model::{NameIndex, Route, names};
use sitegen_parser::{Place, UrlUse, is_forbidden, is_odd_scheme};

use super::destination::{self, Destination};
use super::findings::{AffectedPages, Broken, Findings, LinkFault, PagePart};
use super::template;
use crate::build::Build;
use crate::ground::scan::{Scan, scan};

/// Checks a page of HTML.
pub(crate) fn check_links(build: &Build, route: &Route, html: &str, findings: &mut Findings) {
    let scan = scan(html);
    let base = destination::base(build, route, &scan);
    for link in &scan.links {
        if is_forbidden(&link.to, link.usage) {
            broken(build, route, &link.to, LinkFault::Forbidden, findings);
        } else if !build.model.config.links.allows_scheme(&link.to) && !is_odd_scheme(&link.to) {
            broken(build, route, &link.to, LinkFault::Scheme, findings);
        } else {
            check_link(build, route, (base.as_deref(), &link.to), &scan, findings);
        }
    }
    // A forbidden base, which browsers ignore, is reported as a link is.
    if let Some(base) = scan.base.as_deref().filter(|base| is_forbidden(base, UrlUse::Follow)) {
        broken(build, route, base, LinkFault::Forbidden, findings);
    }
    if !findings.missing.is_empty() {
        let places: NameIndex = scan.places().into_iter().collect();
        for ((_, anchor), nearest) in &mut findings.missing {
            *nearest = places.nearest(anchor).map(str::to_owned);
        }
    }
    if let Some(id) = &scan.duplicate {
        findings.fault(route, template(build, route), PagePart::Id(id.to_string()));
    }
}

fn check_link(
    build: &Build,
    route: &Route,
    (base, link): (Option<&str>, &str),
    scan: &Scan,
    findings: &mut Findings,
) {
    match destination::follow(build, base, link) {
        Destination::Away | Destination::Route(_, None) => {}
        Destination::Nowhere(path) => {
            broken(build, route, link, LinkFault::Nowhere(path.map(Cow::into_owned)), findings);
        }
        Destination::Route(target, Some(anchor)) if target.url == route.url => {
            if !scan.has(anchor) && !is_top(build, route, anchor) {
                findings.missing.insert((Arc::clone(&route.url), anchor.to_owned()), None);
            }
        }
        Destination::Route(target, Some(anchor)) => {
            if target.is_html() {
                let anchor = (Arc::clone(&target.url), anchor.to_owned());
                findings.anchors.insert(anchor, AffectedPages::one(&route.url));
            }
        }
    }
}

/// Returns true if a fragment means the heading that is the page's title, and so the page's top.
pub(crate) fn is_top(build: &Build, route: &Route, anchor: &str) -> bool {
    let record = build.model.record_of(route).map(|id| &build.model.records[id]);
    record.and_then(|record| record.top.as_ref()).is_some_and(|top| names(anchor, |id| id == top))
}

fn broken(build: &Build, route: &Route, link: &str, fault: LinkFault, findings: &mut Findings) {
    let said = in_record(build, route, &format!("\"{link}\""));
    let broken = Broken { template: template(build, route), link: link.to_owned(), fault, said };
    findings.broken.insert(broken, AffectedPages::one(&route.url));
}

/// Finds a text in the source of the page's record, which can have HTML of its own.
fn in_record(build: &Build, route: &Route, written: &str) -> Option<Place> {
    let record = build.model.record_of(route)?;
    let source = &build.model.records[record].source;
    let start = source.text.find(written)?;
    Some(Place::new(&source.path, &(start..start + written.len())))
}
