//! The whole program: from what was read to what can be rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sitegen_model::{Documents, Inputs, Model, Route, Target, nearest};
use sitegen_parser::{Diagnostic, Diagnostics, Place};
use tera::{Map, Tera, Value};

use crate::errors;
use crate::findings::{Findings, Pages};
use crate::highlight::{Highlighter, escape};
use crate::html::{Anchor, Renderer};
use crate::library::{self, Library, Prose};
use crate::relation::Relations;
use crate::scan::scan;
use crate::templates::{self, Sources};
use crate::texts::Texts;
use crate::value::Values;

/// A site of which any route can be rendered. It holds no rendered page.
#[derive(Default)]
pub struct Build {
    /// The site.
    pub model: Arc<Model>,
    /// What is wrong with it, as far as that is known before its pages are rendered.
    pub diagnostics: Diagnostics,
    documents: Documents,
    highlighter: Option<Arc<Highlighter>>,
    pub(crate) sources: Arc<Sources>,
    pub(crate) tera: Tera,
    pub(crate) values: Values,
    pub(crate) anchors: Vec<Anchor>,
}

/// A route, rendered.
#[derive(Debug)]
pub struct Rendered {
    /// What to write.
    pub output: Output,
    /// What was found on the way: what is wrong, and what other pages must have for this one to be right.
    pub findings: Findings,
}

/// What to write for a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of one of the inputs, by its path.
    Input(Arc<str>),
}

/// Makes a site from what was read.
///
/// A pure function: `previous` only saves work, and an empty one gives the same.
pub fn build(inputs: &Inputs, previous: &Build) -> Build {
    let documents = Documents::read(inputs, &previous.documents);
    let (model, mut diagnostics) = Model::build(inputs, &documents);
    let model = Arc::new(model);

    let (templates, mut sources, found) = templates::compile(inputs);
    let compiled = !found.has_errors();
    diagnostics.extend(found);
    let mut with_values = templates.clone();
    diagnostics.extend(templates::compile_values(&mut with_values, &mut sources, &model));
    let sources = Arc::new(sources);

    let highlighter = Highlighter::for_site(inputs, previous.highlighter.as_ref());
    let renderer = plain_renderer(&model, &templates, &sources, &highlighter);
    let (texts, found) = Texts::render(&model, &renderer);
    if model.sound {
        // A component that a broken template declares is not unknown.
        let news = |found: &Diagnostic| compiled || found.code != "unknown-component";
        diagnostics.extend(found.into_iter().filter(news));
    }

    let values = Values::new(&model, &texts);
    let relations = Arc::new(Relations::new(&model, &values));
    let tera = page_templates(templates, with_values, &relations, renderer, &sources);
    let anchors = texts.anchors;
    let highlighter = Some(highlighter);
    Build { model, diagnostics: diagnostics.sorted(), documents, highlighter, sources, tera, values, anchors }
}

/// What renders the records' own Markdown: components that it calls see records without HTML, since that is not yet
/// there.
fn plain_renderer(
    model: &Arc<Model>,
    templates: &Tera,
    sources: &Arc<Sources>,
    highlighter: &Arc<Highlighter>,
) -> Renderer {
    let values = Values::new(model, &Texts::default());
    let relations = Arc::new(Relations::new(model, &values));
    let library = Library { model: Arc::clone(model), relations: Arc::clone(&relations), prose: None };
    let mut tera = templates.clone();
    library::register(&mut tera, &Arc::new(library));
    tera.global_context().insert_value("site", site(model));
    Renderer {
        model: Arc::clone(model),
        tera: Arc::new(tera),
        sources: Arc::clone(sources),
        relations,
        highlighter: Arc::clone(highlighter),
    }
}

/// What renders pages: everything is known.
fn page_templates(
    mut templates: Tera,
    mut with_values: Tera,
    relations: &Arc<Relations>,
    renderer: Renderer,
    sources: &Arc<Sources>,
) -> Tera {
    let model = &renderer.model;
    let site = site(model);
    let library = Library { model: Arc::clone(model), relations: Arc::clone(relations), prose: None };
    library::register(&mut with_values, &Arc::new(library));
    with_values.global_context().insert_value("site", site.clone());

    let library = Library {
        model: Arc::clone(model),
        relations: Arc::clone(relations),
        prose: Some(Prose { renderer, values: Arc::new(with_values), sources: Arc::clone(sources) }),
    };
    library::register(&mut templates, &Arc::new(library));
    templates.global_context().insert_value("site", site);
    templates
}

fn site(model: &Model) -> Value {
    let config = &model.config;
    let mut site = Map::new();
    site.insert("title".into(), Value::from(config.title.as_str()));
    site.insert("description".into(), Value::from(config.description.clone()));
    site.insert("language".into(), Value::from(config.language.as_str()));
    site.insert("url".into(), Value::from(config.base_url.absolute("/")));
    site.insert("extra".into(), crate::value::of_table(&config.extra));
    site.into()
}

impl Build {
    /// Renders one of the site's routes.
    pub fn render(&self, route: &Route) -> Rendered {
        let findings = Findings::default();
        match &route.target {
            Target::Page { .. } => self.page(route),
            Target::Redirect { to } => Rendered { output: Output::Bytes(self.redirect(to)), findings },
            Target::Asset { path, .. } | Target::File { path } => {
                Rendered { output: Output::Input(Arc::clone(path)), findings }
            }
        }
    }

    /// A page that leads to another, for hosts that know no redirects.
    fn redirect(&self, to: &str) -> Vec<u8> {
        let config = &self.model.config;
        let (href, absolute) = (escape(&config.base_url.href(to)), escape(&config.base_url.absolute(to)));
        let language = escape(&config.language);
        format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>This page has moved</title>\n\
             <meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{absolute}\">\n\
             <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n<p>This page has moved to <a href=\"{href}\">{href}</a>.\n"
        )
        .into_bytes()
    }

    /// All that is wrong with the site, from the findings of all its routes. Sorted, each problem once.
    pub fn conclude(&self, findings: Findings) -> Diagnostics {
        let mut diagnostics = self.diagnostics.clone();
        // What pages of a site lack whose parts do not hold together is no news.
        if !self.model.sound {
            return diagnostics;
        }
        diagnostics.extend(self.missing_anchors(&findings.anchors));
        // Nor is a template that fails on what is reported of a record.
        let sound = self.model.records.sound();
        // Nor are two headings with one id where they stand on a page.
        let repeated = diagnostics.iter().any(|known| known.code == "duplicate-id");
        let problems = findings.problems.into_iter();
        let news = problems.filter(|(problem, _)| sound || !is_consequence(problem));
        let news = news.filter(|(problem, _)| !repeated || problem.code != "duplicate-id");
        diagnostics.extend(news.map(|(problem, pages)| {
            let shown = pages.describe();
            problem.note(shown)
        }));
        diagnostics.sorted()
    }

    /// The places that links lead to and that are not on the pages they name: each reported at the links in Markdown
    /// that lead there, or else once for the template that makes such links.
    fn missing_anchors(&self, from_pages: &BTreeMap<(Arc<str>, String), Pages>) -> Vec<Diagnostic> {
        let written = self.anchors.iter().map(|anchor| (&anchor.url, anchor.fragment.as_str()));
        let made = from_pages.keys().map(|(url, fragment)| (url, fragment.as_str()));
        let mut by_page: BTreeMap<&Arc<str>, BTreeSet<&str>> = BTreeMap::new();
        for (url, fragment) in written.chain(made) {
            by_page.entry(url).or_default().insert(fragment);
        }
        let mut missing = Vec::new();
        let mut reported = BTreeSet::new();
        for (url, fragments) in by_page {
            for (fragment, nearest) in self.missing_on(url, fragments) {
                let nearest = nearest.as_deref();
                let links =
                    self.anchors.iter().filter(|anchor| anchor.url == *url && anchor.fragment == fragment);
                let places: Vec<_> = links.map(|anchor| anchor.place.clone()).collect();
                let pages = from_pages.get(&(Arc::clone(url), fragment.to_owned()));
                if let (Some(pages), true) = (pages, places.is_empty()) {
                    let place = self.template_link(&pages.first, &format!("#{fragment}\""));
                    if reported.insert((place.clone(), fragment.to_owned())) {
                        let problem = errors::broken_anchor(url, fragment, nearest, place);
                        missing.push(problem.note(pages.describe()));
                    }
                }
                let at = |place| errors::broken_anchor(url, fragment, nearest, Some(place));
                missing.extend(places.into_iter().map(at));
            }
        }
        missing
    }

    /// Those fragments that a page has not, each with the id that was most likely meant.
    fn missing_on<'f>(&self, url: &str, fragments: BTreeSet<&'f str>) -> Vec<(&'f str, Option<String>)> {
        let Some(route) = self.model.routes.by_url(url) else { return Vec::new() };
        let Output::Bytes(bytes) = self.render(route).output else { return Vec::new() };
        if bytes.is_empty() {
            return Vec::new();
        }
        let html = String::from_utf8_lossy(&bytes);
        let scan = scan(&html);
        let mut ids: Vec<_> = scan.ids.iter().map(|id| &**id).collect();
        ids.sort_unstable();
        let missing = fragments.into_iter().filter(|fragment| !scan.ids.contains(*fragment));
        missing
            .map(|fragment| (fragment, nearest(fragment, ids.iter().copied()).map(str::to_owned)))
            .collect()
    }

    /// Where the template of a page makes a link that holds `part`.
    fn template_link(&self, page: &str, part: &str) -> Option<Place> {
        let template = self.template(self.model.routes.by_url(page)?);
        self.sources.find(&template, part).or_else(|| self.sources.file(&template))
    }
}

fn is_consequence(problem: &Diagnostic) -> bool {
    matches!(problem.code, "undefined-variable" | "template-error" | "unknown-reference")
}
