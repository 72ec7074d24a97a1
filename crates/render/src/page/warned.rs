//! What the Markdown warns of that templates read while a page is rendered.
//!
//! A filter of Tera's can answer or fail, and nothing else. So the first warning fails the page, which is then rendered
//! once more by templates that tell what they read. A page without warnings pays nothing for that.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use sitegen_model::Route;
use sitegen_parser::{Diagnostic, Diagnostics, Place, Severity, Source, Spanned};
use tera::{Tera, TeraResult};

use crate::build::Build;
use crate::ground::errors::{Unheard, unheard_of};
use crate::library::Prose;
use crate::library::asked::Asked;
use crate::page::findings::{Findings, Pages, merge};

/// A text whose Markdown warns of something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Warned {
    pub text: String,
    /// The template of the pages that show it.
    pub template: Arc<str>,
    /// Where the filter stands that reads it: known of the first such text on a page.
    pub filter: Option<Place>,
}

impl Build {
    /// Renders by templates, and finds what the Markdown warns of that they read.
    pub(crate) fn hear(
        &self,
        route: &Route,
        tera: &Tera,
        findings: &mut Findings,
        render: impl Fn(&Tera) -> TeraResult<String>,
    ) -> TeraResult<String> {
        let rendered = render(tera);
        let Some((unheard, error)) =
            rendered.as_ref().err().and_then(|error| Some((unheard_of(error)?, error)))
        else {
            return rendered;
        };
        let mut filter = self.sources.raised(error).filter(|_| unheard == Unheard::Text);
        let template = self.template(route);
        let (tera, _prose, heard) = self.listening();
        let rendered = render(&tera);
        let mut texts = HashSet::new();
        for asked in heard.try_iter() {
            let pages = Pages::one(&route.url);
            match asked {
                Asked::Warning(problem) => {
                    findings.problems.insert(problem, pages);
                }
                Asked::Text(text) if texts.insert(text.clone()) => {
                    let warned = Warned { text, template: Arc::clone(&template), filter: filter.take() };
                    findings.warned.insert(warned, pages);
                }
                Asked::Text(_) | Asked::Question(_) | Asked::Evaluation(_) => {}
            }
        }
        rendered
    }

    /// What Markdown warns of in texts that templates gave it: where a text stands in a content file, or else at a filter
    /// that reads such texts.
    pub(crate) fn warnings(
        &self,
        warned: &BTreeMap<Warned, Pages>,
        problems: &mut BTreeMap<Diagnostic, Pages>,
    ) -> Diagnostics {
        let Some(prose) = self.prose.as_ref().filter(|_| !warned.is_empty()) else {
            return Diagnostics::new();
        };
        let written = self.written(warned);
        let (known, elsewhere): (Vec<_>, Vec<_>) =
            warned.iter().partition(|(warned, _)| written.contains_key(warned.text.as_str()));
        for (Warned { text, .. }, pages) in known {
            let (source, value) = &written[text.as_str()];
            merge(
                problems,
                warnings_of(prose, source, value).map(|problem| (problem, pages.clone())).collect(),
            );
        }
        let filters = Filters::of(elsewhere.iter().map(|(warned, _)| *warned));
        let mut found: BTreeMap<Diagnostic, BTreeMap<&str, Pages>> = BTreeMap::new();
        for (warned, pages) in elsewhere {
            let place = filters.of_text(warned).or_else(|| self.sources.file(&warned.template));
            let nowhere = Source { path: "".into(), text: "".into() };
            for problem in warnings_of(prose, &nowhere, &Spanned { value: &warned.text, span: 0..0 }) {
                let problem = Diagnostic { place: place.clone(), related: Vec::new(), ..problem };
                let texts = found.entry(problem).or_default();
                merge(texts, BTreeMap::from([(warned.text.as_str(), pages.clone())]));
            }
        }
        found.into_iter().map(|(problem, texts)| problem.note(describe(&texts))).collect()
    }

    /// Where texts stand in content files, the first place of each.
    fn written<'a>(
        &'a self,
        warned: &BTreeMap<Warned, Pages>,
    ) -> HashMap<&'a str, (&'a Source, Spanned<&'a str>)> {
        let wanted: HashSet<&str> = warned.keys().map(|warned| warned.text.as_str()).collect();
        let mut written = HashMap::new();
        for (source, text) in self.documents.texts().filter(|(_, text)| wanted.contains(text.value)) {
            written.entry(text.value).or_insert((source, text));
        }
        written
    }
}

fn warnings_of(prose: &Prose, source: &Source, value: &Spanned<&str>) -> impl Iterator<Item = Diagnostic> {
    let (_, problems) = prose.renderer.read(source, value, None);
    problems.into_iter().filter(|problem| problem.severity == Severity::Warning)
}

/// Where the filters stand that read texts.
struct Filters<'a> {
    texts: BTreeMap<&'a str, &'a Place>,
    /// For each template, one of them.
    templates: BTreeMap<&'a str, &'a Place>,
}

impl<'a> Filters<'a> {
    fn of(warned: impl Iterator<Item = &'a Warned>) -> Self {
        let mut filters = Self { texts: BTreeMap::new(), templates: BTreeMap::new() };
        for Warned { text, template, filter } in warned {
            if let Some(filter) = filter {
                filters.texts.entry(text).or_insert(filter);
                filters.templates.entry(template).or_insert(filter);
            }
        }
        filters
    }

    /// The filter that reads a text; if that is not known, one that reads another text of such pages.
    fn of_text(&self, warned: &Warned) -> Option<Place> {
        let filter = self.texts.get(warned.text.as_str()).or_else(|| self.templates.get(&*warned.template));
        filter.map(|place| (*place).clone())
    }
}

/// How much of a text is said, in characters.
const SAID: usize = 40;

/// In which texts something is warned of, such as `in "See [[x]]." on /a/`.
fn describe(texts: &BTreeMap<&str, Pages>) -> String {
    let Some((text, pages)) = texts.first_key_value() else { return String::new() };
    let text = text.trim();
    let said: String = text.lines().next().unwrap_or_default().chars().take(SAID).collect();
    let more = if said.len() < text.len() { "…" } else { "" };
    let pages = pages.describe();
    match texts.len() - 1 {
        0 => format!("in \"{said}{more}\" {pages}"),
        1 => format!("in \"{said}{more}\" {pages}, and in one other text"),
        others => format!("in \"{said}{more}\" {pages}, and in {others} other texts"),
    }
}
