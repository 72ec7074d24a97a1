//! The problems of a whole site, put together once all of its pages have been rendered.

mod errors;
mod except;
mod warned;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use sitegen_model::{NameIndex, RecordId};
use sitegen_parser::{Among, Code, Diagnostic, Diagnostics, Place, Severity, forbidden_link, unknown_scheme};

use crate::build::{Build, follows};
use crate::ground::scan::scan;
use crate::page::findings::{AffectedPages, Broken, Findings, LinkFault, PagePart, merge};
use crate::page::marked::WrittenParts;
use crate::page::output::Output;
use crate::page::{self, check};
use crate::render::render;
use crate::templates::{Literals, WrittenBy};

/// The problems of a site, and the checks that could not be made.
#[derive(Debug)]
pub struct Conclusion {
    /// The problems, sorted, each once.
    pub diagnostics: Diagnostics,
    /// Sentences about what was not checked, and why.
    pub unchecked: Vec<String>,
}

impl Conclusion {
    /// Adds problems that were found elsewhere.
    #[must_use]
    pub fn and(mut self, found: Diagnostics) -> Self {
        self.diagnostics.extend(found);
        Self { diagnostics: self.diagnostics.sorted(), ..self }
    }

    /// Turns warnings into errors, which keep the site from being published.
    #[must_use]
    pub fn strict(self) -> Self {
        let as_error = |found| Diagnostic { severity: Severity::Error, ..found };
        let diagnostics: Diagnostics = self.diagnostics.into_iter().map(as_error).collect();
        Self { diagnostics: diagnostics.sorted(), ..self }
    }
}

/// The pages that link to a place on a page, by the place's path and id.
type LinkedPlaces = BTreeMap<(Arc<str>, String), AffectedPages>;

/// The most pages that can lack a place of one name for separate reasons. If more lack it, they share one
/// reason.
const COMMON: usize = 3;

/// The links in Markdown that lead to a place on a page, by the place's path and id.
type MarkdownLinks<'a> = HashMap<(&'a str, &'a str), Vec<&'a Place>>;

/// The record that is declared to be at a place on a page, by the place's path and id.
type DeclaredPlaces<'a> = HashMap<(&'a str, &'a str), RecordId>;

/// A place on a page that is linked to and does not exist.
struct MissingPlace<'a> {
    url: &'a Arc<str>,
    fragment: &'a str,
    /// The id that was most likely meant.
    nearest: Option<String>,
}

/// Puts together all problems of a site from the findings of its routes.
pub fn conclude(build: &Build, findings: Findings) -> Conclusion {
    Conclusion { unchecked: unchecked(build, &findings), diagnostics: problems(build, findings) }
}

fn unchecked(build: &Build, findings: &Findings) -> Vec<String> {
    let mut unchecked = build.model.unchecked();
    if build.model.declared && build.compiled.templates.diagnostics.has_errors() {
        unchecked
            .push("components that Markdown calls were not checked, since templates have errors".to_owned());
    }
    match findings.unrendered {
        _ if !build.model.declared => {}
        0 => {}
        1 => unchecked.push("the links on one page were not checked, since it cannot be rendered".to_owned()),
        pages => unchecked
            .push(format!("the links on {pages} pages were not checked, since they cannot be rendered")),
    }
    unchecked
}

fn problems(build: &Build, findings: Findings) -> Diagnostics {
    let mut diagnostics = build.diagnostics.clone();
    // Problems of pages are not reported if the site's declarations have errors, because they may follow from
    // these.
    if !build.model.declared {
        return diagnostics;
    }
    let Findings { mut problems, anchors, mut broken, faults, warned, missing, pages, unrendered } = findings;
    let used = except::excepted(build, &mut broken);
    merge(&mut problems, broken_links(build, broken));
    merge(&mut problems, page_faults(build, faults));
    let mut news = broken_anchors(build, &anchors, missing, &mut problems);
    news.extend(warned::warnings(build, &warned, &mut problems));
    let problems = problems.into_iter().filter(|(problem, _)| !is_consequence(build, problem));
    news.extend(problems.map(|(problem, pages)| problem.note(pages.describe())));
    news.extend(except::unused(build, &used, pages).filter(|_| unrendered == 0));
    diagnostics.extend(build.model.told(news));
    diagnostics.sorted()
}

/// Returns true if a problem of a page follows from one that is already reported, such as a broken record, a
/// query that was not run, or two headings with one id.
fn is_consequence(build: &Build, problem: &Diagnostic) -> bool {
    match problem.code {
        _ if build.checked.diagnostics.iter().any(|known| known.meets(problem)) => true,
        Code::UnknownReference => !build.model.records.sound() || !build.model.is_whole(),
        Code::UnknownFont => build.compiled.fonts.diagnostics.has_errors(),
        Code::DuplicateId => build.diagnostics.iter().any(|known| known.code == Code::DuplicateId),
        _ => follows(problem, &build.model),
    }
}

/// Reports the links that cannot stand on pages, each where a template or a record says it.
fn broken_links(
    build: &Build,
    broken: BTreeMap<Broken, AffectedPages>,
) -> BTreeMap<Diagnostic, AffectedPages> {
    let mut problems = BTreeMap::new();
    if broken.is_empty() {
        return problems;
    }
    let wanted = broken.iter().map(|(broken, pages)| (Arc::clone(&pages.first), broken.part()));
    let written = WrittenParts::find(build, wanted);
    let literals = Literals::of(&build.sources);
    for (broken, pages) in broken {
        let literal = || literals.find(&broken.template, &broken.link);
        let said = broken.said.clone();
        let place =
            place(build, written.of(&pages.first, broken.part()), || literal().or(said), &broken.template);
        let problem = broken_link(build, broken, place);
        merge(&mut problems, problem.map(|problem| (problem, pages)).into_iter().collect());
    }
    problems
}

/// Returns the place of a part of a page: in the text of a template, or `elsewhere` if an expression printed it, or
/// else that expression.
fn place(
    build: &Build,
    written: Option<&WrittenBy>,
    elsewhere: impl FnOnce() -> Option<Place>,
    template: &str,
) -> Option<Place> {
    match written {
        Some(written) if !written.is_printed => Some(written.place.clone()),
        _ => elsewhere()
            .or_else(|| written.map(|written| written.place.clone()))
            .or_else(|| build.sources.file(template)),
    }
}

/// Reports the parts of pages that are wrong in themselves.
fn page_faults(
    build: &Build,
    faults: BTreeMap<(Arc<str>, PagePart), AffectedPages>,
) -> BTreeMap<Diagnostic, AffectedPages> {
    let wanted = faults.iter().map(|((_, part), pages)| (Arc::clone(&pages.first), part.clone()));
    let written = WrittenParts::find(build, wanted);
    let mut problems = BTreeMap::new();
    for ((template, part), pages) in faults {
        let place = place(build, written.of(&pages.first, part.clone()), || None, &template);
        let problem = match &part {
            PagePart::Id(id) => errors::duplicate_id(id, place),
            PagePart::Xml(reason) => errors::malformed_xml(reason, place),
            PagePart::Link(_) | PagePart::Anchor(..) => continue,
        };
        merge(&mut problems, BTreeMap::from([(problem, pages)]));
    }
    problems
}

/// Reports a link, unless its target may be missing because of another problem.
fn broken_link(build: &Build, broken: Broken, place: Option<Place>) -> Option<Diagnostic> {
    let Broken { link, fault, .. } = broken;
    let path = match &fault {
        LinkFault::Forbidden => return Some(forbidden_link(place, &link)),
        LinkFault::Scheme => return Some(unknown_scheme(place, &link)),
        LinkFault::Nowhere(None) => return Some(errors::broken_link(&link, Among::Names, &link, place)),
        LinkFault::Nowhere(Some(path)) => path,
    };
    let asset = path.strip_prefix("/assets/").filter(|name| build.model.routes.asset(name).is_some());
    if let Some(asset) = asset {
        return Some(errors::unpublished_name(&link, asset, place));
    }
    (!build.model.may_be_missing(path)).then(|| errors::broken_link(&link, Among::Hrefs, path, place))
}

/// Reports links to places that do not exist: at each link in Markdown, or else once for the template that
/// makes such links.
fn broken_anchors(
    build: &Build,
    linked: &LinkedPlaces,
    own: BTreeMap<(Arc<str>, String), Option<String>>,
    problems: &mut BTreeMap<Diagnostic, AffectedPages>,
) -> Diagnostics {
    let mut written = MarkdownLinks::new();
    for anchor in build.texts.anchors() {
        written.entry((&anchor.url, &anchor.fragment)).or_default().push(&anchor.place);
    }
    // If a record is not at its declared place, the record is reported instead of the links to it, because
    // these are right.
    let parts: DeclaredPlaces = parts(build).collect();
    written.extend(parts.iter().map(|(at, id)| (*at, vec![&build.model.records[*id].place])));
    // If data is missing, places may be missing from pages for that reason alone.
    if !build.model.is_whole() || written.is_empty() && linked.is_empty() && own.is_empty() {
        return Diagnostics::new();
    }
    own_anchors(build, own, &written, problems);
    missing_anchors(build, linked, (&written, &parts))
}

/// Reports links of pages to places that they lack themselves.
fn own_anchors(
    build: &Build,
    mut own: BTreeMap<(Arc<str>, String), Option<String>>,
    known: &MarkdownLinks,
    problems: &mut BTreeMap<Diagnostic, AffectedPages>,
) {
    own.retain(|(url, fragment), _| !known.contains_key(&(&**url, fragment.as_str())));
    let part = |url: &Arc<str>, fragment: &str| PagePart::Anchor(Arc::clone(url), fragment.to_owned());
    let wanted = own.keys().map(|(url, fragment)| (Arc::clone(url), part(url, fragment)));
    let places = AnchorPlaces::find(build, wanted);
    for ((url, fragment), nearest) in own {
        let place = places.of(build, &url, (&url, &fragment));
        let problem = errors::broken_anchor("the page", &fragment, nearest.as_deref(), place);
        merge(problems, BTreeMap::from([(problem, AffectedPages::one(&url))]));
    }
}

/// The places of the links to places that do not exist.
struct AnchorPlaces<'a> {
    written: WrittenParts,
    literals: Literals<'a>,
}

impl<'a> AnchorPlaces<'a> {
    fn find(build: &'a Build, wanted: impl IntoIterator<Item = (Arc<str>, PagePart)>) -> Self {
        Self { written: WrittenParts::find(build, wanted), literals: Literals::of(&build.sources) }
    }

    /// Returns the place of the link that leads from a page to a place of another page or its own.
    fn of(&self, build: &Build, page: &Arc<str>, (url, fragment): (&Arc<str>, &str)) -> Option<Place> {
        let template = page::template(build, build.model.routes.by_url(page)?);
        let written = self.written.of(page, PagePart::Anchor(Arc::clone(url), fragment.to_owned()));
        place(build, written, || self.literals.find_fragment(&template, fragment), &template)
    }
}

fn parts(build: &Build) -> impl Iterator<Item = ((&str, &str), RecordId)> {
    let parts = build.model.routes.parts();
    parts.map(|(id, page, fragment)| ((&**page, fragment.trim_start_matches('#')), id))
}

fn missing_anchors(
    build: &Build,
    linked: &LinkedPlaces,
    (written, parts): (&MarkdownLinks, &DeclaredPlaces),
) -> Diagnostics {
    let mut problems = Diagnostics::new();
    let mut made: BTreeMap<(Option<Place>, &str), Diagnostic> = BTreeMap::new();
    let missing = missing(build, linked, written);
    let mut lacking: HashMap<&str, usize> = HashMap::new();
    for missing in &missing {
        *lacking.entry(missing.fragment).or_default() += 1;
    }
    let wanted = missing.iter().filter_map(|missing| {
        let pages = linked.get(&missing.key())?;
        let (url, fragment) = missing.key();
        (!written.contains_key(&(&**missing.url, missing.fragment)))
            .then(|| (Arc::clone(&pages.first), PagePart::Anchor(url, fragment)))
    });
    let anchors = AnchorPlaces::find(build, wanted);
    let is_common = |missing: &MissingPlace| lacking[missing.fragment] > COMMON;
    for missing in &missing {
        let at = (&**missing.url, missing.fragment);
        let places = written.get(&at).map_or(&[][..], Vec::as_slice);
        problems.extend(places.iter().map(|place| {
            let problem = missing.problem(Some((*place).clone()));
            if let Some(id) = parts.get(&at) {
                return errors::not_in_its_place(problem, &build.model.schema[id.collection]);
            }
            // If so many pages lack a place, they probably lack it for one reason, so all get one cause.
            if is_common(missing) {
                problem.cause(Among::Of("pages".into()), missing.fragment)
            } else {
                problem
            }
        }));
        if places.is_empty()
            && let Some(pages) = linked.get(&missing.key())
        {
            let place = anchors.of(build, &pages.first, (missing.url, missing.fragment));
            let problem = missing.problem(place.clone()).note(pages.describe());
            made.entry((place, missing.fragment)).or_insert(problem);
        }
    }
    problems.extend(made.into_values());
    problems
}

/// Finds the linked places that do not exist, page by page. Each page is rendered once more for that, because
/// the ids of all pages would take much memory.
fn missing<'a>(
    build: &'a Build,
    linked: &'a LinkedPlaces,
    written: &'a MarkdownLinks,
) -> Vec<MissingPlace<'a>> {
    let made = linked.keys().map(|(url, fragment)| (&**url, fragment.as_str()));
    let mut by_page: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (url, fragment) in written.keys().copied().chain(made) {
        by_page.entry(url).or_default().insert(fragment);
    }
    by_page.into_iter().flat_map(|(url, fragments)| missing_on(build, url, fragments)).collect()
}

fn missing_on<'a>(build: &'a Build, url: &str, fragments: BTreeSet<&'a str>) -> Vec<MissingPlace<'a>> {
    let Some(route) = build.model.routes.by_url(url).filter(|route| route.is_html()) else {
        return Vec::new();
    };
    let Output::Bytes(bytes) = render(build, route).output else { return Vec::new() };
    // A page that fails to render is reported as such.
    if bytes.is_empty() {
        return Vec::new();
    }
    let html = String::from_utf8_lossy(&bytes);
    let scan = scan(&html);
    let is_missing = |fragment: &&str| !scan.has(fragment) && !check::is_top(build, route, fragment);
    let missing: Vec<_> = fragments.into_iter().filter(is_missing).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let places: NameIndex = scan.places().into_iter().collect();
    let missing = missing.into_iter().map(|fragment| {
        let nearest = places.nearest(fragment).map(str::to_owned);
        MissingPlace { url: &route.url, fragment, nearest }
    });
    missing.collect()
}

impl MissingPlace<'_> {
    fn key(&self) -> (Arc<str>, String) {
        (Arc::clone(self.url), self.fragment.to_owned())
    }

    fn problem(&self, place: Option<Place>) -> Diagnostic {
        errors::broken_anchor(self.url, self.fragment, self.nearest.as_deref(), place)
    }
}
