//! The whole program: from what was read to what can be rendered.

use std::sync::Arc;

use sitegen_model::{Documents, Inputs, Model, Route, Target};
use sitegen_parser::{Diagnostic, Diagnostics};
use tera::{Map, Tera, Value};

use crate::field::Fields;
use crate::findings::Findings;
use crate::highlight::{Highlighter, escape};
use crate::html::{Anchor, Renderer};
use crate::library::{self, Library};
use crate::relation::Relations;
use crate::style::{self, Styles};
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
    pub(crate) values: Arc<Values>,
    pub(crate) relations: Arc<Relations>,
    pub(crate) anchors: Vec<Anchor>,
    /// What reads Markdown on pages; none before there is a site.
    pub(crate) prose: Option<Renderer>,
    styles: Styles,
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
    let (model, mut diagnostics) = Model::build(inputs, &documents, &previous.model);
    let model = Arc::new(model);

    let (templates, mut sources, found) = templates::compile(inputs);
    let compiled = !found.has_errors();
    diagnostics.extend(found);
    let mut with_values = templates.clone();
    diagnostics.extend(templates::compile_values(&mut with_values, &mut sources, &model));
    let sources = Arc::new(sources);

    let highlighter = Highlighter::for_site(inputs, previous.highlighter.as_ref());
    let relations = |values: &Arc<Values>| Arc::new(Relations::new(&model, values));
    let renderer = |templates: Tera, values: Arc<Values>, relations: Arc<Relations>, fields: Fields| {
        let library = Library { model: Arc::clone(&model), relations, ..Library::default() };
        Renderer {
            model: Arc::clone(&model),
            tera: Arc::new(inform(templates, library)),
            sources: Arc::clone(&sources),
            values,
            highlighter: Arc::clone(&highlighter),
            fields: Arc::new(fields),
        }
    };

    // Components that records' own Markdown calls see records without HTML, since that is being made.
    let (texts, found, fields) = {
        let values = Arc::new(Values::new(&model, &Texts::default()));
        let relations = relations(&values);
        let renderer = renderer(templates.clone(), values, relations, Fields::default());
        let (texts, found) = Texts::render(&model, &renderer);
        (texts, found, Fields::prepare(&model, &renderer, &mut with_values))
    };
    if model.sound {
        // A component that a broken template declares is not unknown.
        let news = |found: &Diagnostic| compiled || found.code != "unknown-component";
        diagnostics.extend(found.into_iter().filter(news));
    }
    let (styles, found) = style::link(inputs, &model);
    if model.sound {
        diagnostics.extend(found);
    }

    let values = Arc::new(Values::new(&model, &texts));
    let relations = relations(&values);
    let whole = renderer(with_values, Arc::clone(&values), Arc::clone(&relations), fields);
    let prose = Some(whole);
    let library = Library {
        model: Arc::clone(&model),
        relations: Arc::clone(&relations),
        renderer: prose.clone(),
        asked: None,
    };
    let tera = inform(templates, library);
    let anchors = texts.anchors;
    let highlighter = Some(highlighter);
    Build {
        model,
        diagnostics: diagnostics.sorted(),
        documents,
        highlighter,
        sources,
        tera,
        values,
        relations,
        anchors,
        prose,
        styles,
    }
}

/// Lets compiled templates ask a library, and see the site.
pub(crate) fn inform(mut templates: Tera, library: Library) -> Tera {
    let site = site(&library.model);
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
            Target::Page { .. } => self.page(route, &self.tera),
            Target::Redirect { to } => Rendered { output: Output::Bytes(self.redirect(to)), findings },
            Target::Asset { path, .. } | Target::File { path } => {
                let output = match self.styles.get(path) {
                    Some(style) => Output::Bytes(style.as_bytes().to_vec()),
                    None => Output::Input(Arc::clone(path)),
                };
                Rendered { output, findings }
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
}
