//! The warnings about Markdown in texts that templates pass to a filter, reported once all pages are
//! rendered.

use std::collections::{BTreeMap, HashMap, HashSet};

use sitegen_parser::{Diagnostic, Diagnostics, Place, Severity, Source, Spanned};

use crate::build::Build;
use crate::library::Prose;
use crate::page::findings::{AffectedPages, Warned, merge};

/// Reports the warnings about texts that templates passed to `markdown`: at the text in a content file, or
/// else at a filter that reads such texts.
pub(crate) fn warnings(
    build: &Build,
    warned: &BTreeMap<Warned, AffectedPages>,
    problems: &mut BTreeMap<Diagnostic, AffectedPages>,
) -> Diagnostics {
    let Some(prose) = build.prose.as_ref().filter(|_| !warned.is_empty()) else {
        return Diagnostics::new();
    };
    let written = written(build, warned);
    let (known, elsewhere): (Vec<_>, Vec<_>) =
        warned.iter().partition(|(warned, _)| written.contains_key(warned.text.as_str()));
    for (Warned { text, .. }, pages) in known {
        let (source, value) = &written[text.as_str()];
        merge(problems, warnings_of(prose, source, value).map(|problem| (problem, pages.clone())).collect());
    }
    let filters = Filters::of(elsewhere.iter().map(|(warned, _)| *warned));
    let mut found: BTreeMap<Diagnostic, BTreeMap<&str, AffectedPages>> = BTreeMap::new();
    for (warned, pages) in elsewhere {
        let place = filters.of_text(warned).or_else(|| build.sources.file(&warned.template));
        let nowhere = Source { path: "".into(), text: "".into() };
        for problem in warnings_of(prose, &nowhere, &Spanned { value: &warned.text, span: 0..0 }) {
            let problem = Diagnostic { place: place.clone(), related: Vec::new(), ..problem };
            let texts = found.entry(problem).or_default();
            merge(texts, BTreeMap::from([(warned.text.as_str(), pages.clone())]));
        }
    }
    found.into_iter().map(|(problem, texts)| problem.note(describe(&texts))).collect()
}

/// Finds the first place of each text in content files.
fn written<'a>(
    build: &'a Build,
    warned: &BTreeMap<Warned, AffectedPages>,
) -> HashMap<&'a str, (&'a Source, Spanned<&'a str>)> {
    let wanted: HashSet<&str> = warned.keys().map(|warned| warned.text.as_str()).collect();
    let mut written = HashMap::new();
    for (source, text) in build.documents.texts().filter(|(_, text)| wanted.contains(text.value)) {
        written.entry(text.value).or_insert((source, text));
    }
    written
}

fn warnings_of(prose: &Prose, source: &Source, value: &Spanned<&str>) -> impl Iterator<Item = Diagnostic> {
    let (_, problems) = prose.renderer.read(source, value, None);
    problems.into_iter().filter(|problem| problem.severity == Severity::Warning)
}

/// The places of the filters that read texts.
struct Filters<'a> {
    texts: BTreeMap<&'a str, &'a Place>,
    /// For each template, the place of one such filter.
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

    /// Returns the place of the filter that read a text, or else of one that read another text for the same
    /// template.
    fn of_text(&self, warned: &Warned) -> Option<Place> {
        let filter = self.texts.get(warned.text.as_str()).or_else(|| self.templates.get(&*warned.template));
        filter.map(|place| (*place).clone())
    }
}

/// The most characters of a text that a note quotes.
const SAID: usize = 40;

/// Describes the texts that a warning is about, such as `in "See [[x]]." on /a/`.
fn describe(texts: &BTreeMap<&str, AffectedPages>) -> String {
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
