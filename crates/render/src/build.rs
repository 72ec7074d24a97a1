//! The whole program: from what was read to what can be rendered.

use std::sync::Arc;

use sitegen_model::{Config, Documents, Inputs, Kept, Model};
use sitegen_parser::{Diagnostic, Diagnostics};
use tera::{Map, Tera, Value};

use crate::asset::{self, Linked};
use crate::ground::fonts::Fonts;
use crate::library::{self, CALLABLE, Library, Prose};
use crate::search::Search;
use crate::templates::overrides::{self, Overrides};
use crate::templates::{Sources, Templates, fields};
use crate::text::Texts;
use crate::text::field::Fields;
use crate::text::highlight::Highlighter;
use crate::text::html::Renderer;
use crate::value::listing::Listing;
use crate::value::pieces::{HtmlOf, Pieces};
use crate::value::relation::Relations;
use crate::value::{self, Values};

/// A site of which any route can be rendered. It holds no rendered page.
#[derive(Default)]
pub struct Build {
    /// The site.
    pub model: Arc<Model>,
    /// What is wrong with it, as far as that is known before its pages are rendered.
    pub diagnostics: Diagnostics,
    pub(crate) documents: Documents,
    highlighter: Option<Arc<Highlighter>>,
    pub(crate) fonts: Kept<Fonts>,
    pub(crate) templates: Kept<Templates>,
    with_fields: Kept<Templates>,
    fields: Kept<Fields>,
    pub(crate) sources: Arc<Sources>,
    pub(crate) tera: Tera,
    pub(crate) texts: Texts,
    /// What components see that records' own Markdown calls.
    bare: Shown,
    pub(crate) shown: Shown,
    /// What reads Markdown on pages; none before there is a site.
    pub(crate) prose: Option<Prose>,
    pub(crate) linked: Linked,
    pub(crate) search: Search,
    pub(crate) listing: Kept<Listing>,
    overrides: Kept<Overrides>,
}

/// What templates see of records and rows.
#[derive(Clone, Default)]
pub(crate) struct Shown {
    pub values: Arc<Values>,
    pub relations: Arc<Relations>,
}

/// Makes a site from what was read.
///
/// A pure function: `previous` only saves work, and an empty one gives the same.
pub fn build(inputs: &Inputs, previous: &Build) -> Build {
    let (config, mut diagnostics) = Config::read(inputs);
    let documents = Documents::read(inputs, &config.markdown.syntax, &previous.documents);
    let (model, found) = Model::build(inputs, config, &documents, &previous.model);
    diagnostics.extend(found);
    let model = Arc::new(model);

    let fonts = Fonts::kept(inputs, &previous.fonts);
    let templates = Templates::compile(inputs, fonts.from, CALLABLE, &previous.templates);
    let with_fields = fields::with_fields(&templates, &model, &previous.with_fields);
    let is_news = |found: &&Diagnostic| is_news(found, inputs, &model, &templates);
    let found = fonts.diagnostics.iter().chain(templates.diagnostics.iter());
    // Which theme it is that these are of is not known otherwise.
    if model.config.whole {
        diagnostics.extend(found.chain(with_fields.diagnostics.iter().filter(is_news)).cloned());
    }

    let known = (&*with_fields.sources, with_fields.from);
    let (overrides, found) = overrides::check(inputs, &model, known, &previous.overrides);
    // What is missing because of an error is no news.
    if !diagnostics.has_errors() {
        diagnostics.extend(found);
    }
    let listing = Listing::kept(&model, &with_fields.sources, &previous.listing);

    let highlighter = Highlighter::for_site(inputs, &model.config.markdown, previous.highlighter.as_ref());
    let renderer = |tera: &Tera, shown: &Shown| Renderer {
        model: Arc::clone(&model),
        tera: Arc::new(inform(tera.clone(), Library::of(&model, &shown.relations, (&listing, &fonts), None))),
        sources: Arc::clone(&with_fields.sources),
        values: Arc::clone(&shown.values),
        highlighter: Arc::clone(&highlighter),
    };

    // Components that records' own Markdown calls see records without HTML, since that is being made.
    let bare = if Texts::see_site(&model, &templates.tera, &previous.texts) {
        Shown::new(&model, &|_| Pieces::default(), &previous.bare)
    } else {
        Shown::default()
    };
    let writer = renderer(&templates.tera, &bare);
    let texts = Texts::render(&model, &writer, with_fields.from, &previous.texts);
    let fields = Fields::kept(&model, &writer, &with_fields, &previous.fields);
    let (linked, found) = asset::link(inputs, &model);
    if model.declared {
        diagnostics.extend(texts.diagnostics().chain(fields.diagnostics.iter()).filter(is_news).cloned());
        diagnostics.extend(found);
    }
    // No page has been rendered as yet: all links that are told of so far are of Markdown.
    let told = model.told(diagnostics).into_iter();
    let diagnostics: Diagnostics = told.map(|found| model.config.links.weighed_in_markdown(found)).collect();

    let search = Search::read(&model, &texts, &previous.search);
    let shown = Shown::new(&model, &|id| texts.of(id), &previous.shown);
    let prose = Some(Prose { renderer: renderer(&fields.tera, &shown), fields: fields.clone() });
    let library = Library::of(&model, &shown.relations, (&listing, &fonts), prose.clone());
    let tera = inform(templates.tera.clone(), library);
    Build {
        diagnostics: diagnostics.sorted(),
        documents,
        highlighter: Some(highlighter),
        fonts,
        sources: Arc::clone(&with_fields.sources),
        model,
        templates,
        with_fields,
        fields,
        tera,
        texts,
        bare,
        shown,
        prose,
        linked,
        search,
        listing,
        overrides,
    }
}

/// Whether a problem does not follow from another: a component that a broken template declares is not unknown, and an
/// image that cannot be read does not say its size.
fn is_news(found: &Diagnostic, inputs: &Inputs, model: &Model, templates: &Kept<Templates>) -> bool {
    match found.code {
        "unknown-component" | "unknown-in-template" => !templates.diagnostics.has_errors(),
        "unknown-image-size" => !inputs.are_unread(),
        _ => !follows(found, model),
    }
}

/// Whether a problem of what templates make follows from what is reported of records, data or words.
pub(crate) fn follows(found: &Diagnostic, model: &Model) -> bool {
    match found.code {
        "undefined-variable" | "template-error" => !model.is_whole() || !model.records.sound(),
        "unknown-word" => !model.words.whole() || !model.records.sound(),
        _ => false,
    }
}

impl Shown {
    fn new<'a>(model: &'a Model, html: HtmlOf<'a>, previous: &Self) -> Self {
        let values = Arc::new(Values::new(model, html, &previous.values));
        let relations = Arc::new(Relations::new(model, &values, &previous.relations));
        Self { values, relations }
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
    let sitemap = model.routes.sitemap().next();
    site.insert("sitemap".into(), sitemap.map(|route| config.base_url.absolute(&route.url)).into());
    let search = model.schema.search.as_ref();
    let titles = search.and_then(|search| model.routes.by_url(&search.titles()));
    site.insert("search".into(), titles.map(|route| config.base_url.href(&route.url)).into());
    site.insert("extra".into(), value::of_table(&config.extra));
    site.into()
}
