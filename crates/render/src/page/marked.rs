//! The places at which templates write parts of pages: a page is rendered once more by templates with marks.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_model::Route;
use sitegen_parser::{Place, Span, XmlFault};
use tera::Tera;

use super::destination::{self, Destination};
use super::findings::{Findings, PagePart};
use super::listen::listening;
use crate::build::Build;
use crate::ground::bounded::Bounded;
use crate::ground::scan::{PageLink, Scan, scan};
use crate::templates::{MarkedText, Marks, WrittenBy};

/// The most pages that are rendered for this. The problems of further ones are shown without such places.
const MOST_PAGES: usize = 1_000;

/// The places of parts of pages.
#[derive(Debug, Default)]
pub(crate) struct WrittenParts(HashMap<(Arc<str>, PagePart), WrittenBy>);

impl WrittenParts {
    /// Finds the places at which templates write parts of pages, which are known by their paths.
    pub(crate) fn find(build: &Build, wanted: impl IntoIterator<Item = (Arc<str>, PagePart)>) -> Self {
        let mut pages: BTreeMap<Arc<str>, BTreeSet<PagePart>> = BTreeMap::new();
        for (page, part) in wanted {
            pages.entry(page).or_default().insert(part);
        }
        if pages.is_empty() {
            return Self::default();
        }
        // The templates report to nobody, but warnings about Markdown do not fail them.
        let (mut tera, ..) = listening(build);
        let Some(marks) = Marks::put(&build.sources, &mut tera) else { return Self::default() };
        let pages: Vec<_> = pages.into_iter().take(MOST_PAGES).collect();
        let found = pages.into_par_iter().flat_map_iter(|(page, parts)| {
            let route = build.model.routes.by_url(&page);
            let found = route.map(|route| on_page(build, route, (&tera, &marks), &parts)).unwrap_or_default();
            found.into_iter().map(move |(part, written)| ((Arc::clone(&page), part), written))
        });
        Self(found.collect())
    }

    /// Returns the place of a part of a page; none if it was not found.
    pub(crate) fn of(&self, page: &Arc<str>, part: PagePart) -> Option<&WrittenBy> {
        self.0.get(&(Arc::clone(page), part))
    }
}

fn on_page(
    build: &Build,
    route: &Route,
    (tera, marks): (&Tera, &Marks),
    parts: &BTreeSet<PagePart>,
) -> Vec<(PagePart, WrittenBy)> {
    let Some(page) = marked(build, route, tera) else { return Vec::new() };
    let scan = scan(&page.text);
    let base = destination::base(build, route, &scan);
    let written = parts.iter().filter_map(|part| {
        let bytes = match part {
            PagePart::Link(to) => link(&page.text, &scan, to),
            PagePart::Anchor(url, fragment) => {
                let leads = |link: &&PageLink| match destination::follow(build, base.as_deref(), &link.to) {
                    Destination::Route(to, Some(anchor)) => to.url == *url && anchor == fragment,
                    _ => false,
                };
                scan.links.iter().find(leads).and_then(|link| bytes_of(&page.text, link.written))
            }
            PagePart::Id(_) => match &scan.duplicate {
                Some(Cow::Borrowed(id)) => bytes_of(&page.text, id),
                _ => None,
            },
            PagePart::Xml(_) => XmlFault::find(&page.text).map(|fault| tag_at(&page.text, fault.offset)),
        };
        Some((part.clone(), marks.wrote(&page, &bytes?)?))
    });
    written.collect()
}

/// Returns the place of the part that was written when a page, or a card of it, was full.
pub(super) fn overflow(build: &Build, route: &Route, template: &str) -> Option<Place> {
    let (mut tera, ..) = listening(build);
    let marks = Marks::put(&build.sources, &mut tera)?;
    let mut text = Bounded::default();
    let context = super::context(build, route);
    // It fails as the page did, because marks only add to the text.
    let _full = tera.render_to(template, &context, &mut text);
    let page = MarkedText::read(&text.into_text());
    marks.last(&page)
}

/// Renders a page by marked templates; none if the marks change the page, as they do where a template compares or
/// cuts text that it has put together.
fn marked(build: &Build, route: &Route, tera: &Tera) -> Option<MarkedText> {
    let (template, context) = (super::template(build, route), super::context(build, route));
    let page = MarkedText::read(&super::bounded(tera, &build.budgets, &template, &context).ok()?);
    let known = super::text(build, route, &build.tera, &mut Findings::default()).ok()?;
    (super::published(build, route, page.text.clone()) == known).then_some(page)
}

fn link(page: &str, scan: &Scan, to: &str) -> Option<Span> {
    let base = match &scan.base {
        Some(Cow::Borrowed(base)) if *base == to => Some(*base),
        _ => None,
    };
    let link = scan.links.iter().find(|link| link.to == to).map(|link| link.written);
    bytes_of(page, link.or(base)?)
}

/// Returns the bytes of the tag at an offset; they are empty if there is none.
fn tag_at(xml: &str, offset: usize) -> Span {
    let tag = xml.get(offset..).filter(|rest| rest.starts_with('<')).and_then(|tag| tag.find('>'));
    offset..tag.map_or(offset, |end| offset + end + 1)
}

/// Returns the bytes of a part of a text; none if it is a part of another text.
fn bytes_of(text: &str, part: &str) -> Option<Span> {
    let start = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    (start + part.len() <= text.len()).then_some(start..start + part.len())
}
