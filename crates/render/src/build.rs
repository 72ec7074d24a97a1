//! The whole program: from what was read to what can be rendered.

use std::sync::Arc;

use sitegen_model::{Config, Documents, Inputs, Kept, Model};
use sitegen_parser::{Code, Diagnostic, Diagnostics};
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
    pub(crate) compiled: Compiled,
    pub(crate) sources: Arc<Sources>,
    overrides: Kept<Overrides>,
    pub(crate) listing: Kept<Listing>,
    highlighter: Option<Arc<Highlighter>>,
    /// What components see that the Markdown of records calls: records without HTML.
    seen_by_markdown: Seen,
    pub(crate) texts: Texts,
    fields: Kept<Fields>,
    /// What the templates of pages see: records with their HTML.
    pub(crate) seen_by_pages: Seen,
    /// What reads Markdown on pages; none before there is a site.
    pub(crate) prose: Option<Prose>,
    /// The templates of pages, which see the site and ask it.
    pub(crate) tera: Tera,
    pub(crate) linked: Linked,
    pub(crate) search: Search,
}

/// Makes a site from what was read.
///
/// A pure function: `previous` only saves work, and an empty one gives the same.
pub fn build(inputs: &Inputs, previous: &Build) -> Build {
    // First what the site is. Nothing of this knows of HTML.
    let (config, mut found) = Config::read(inputs);
    let documents = Documents::read(inputs, &config.markdown.syntax, &previous.documents);
    let (model, more) = Model::build(inputs, config, &documents, &previous.model);
    found.extend(more);
    let model = Arc::new(model);

    // Templates are compiled before there is any HTML, because the Markdown of records calls their components.
    let compiled = Compiled::new(inputs, &model, &previous.compiled);
    let sources = Arc::clone(&compiled.with_fields.sources);
    let known = (&*sources, compiled.with_fields.from);
    let (overrides, lost) = overrides::check(inputs, &model, known, &previous.overrides);

    // These are the same for the components of Markdown and for the templates of pages.
    let listing = Listing::kept(&model, &sources, &previous.listing);
    let highlighter = Highlighter::for_site(inputs, &model.config.markdown, previous.highlighter.as_ref());
    let shared = Shared {
        model: &model,
        sources: &sources,
        fonts: &compiled.fonts,
        listing: &listing,
        highlighter: &highlighter,
    };

    // Then the Markdown of records becomes HTML. The components that it calls see records without HTML, because that is
    // only being made.
    let seen_by_markdown = if Texts::see_site(&model, &compiled.templates.tera, &previous.texts) {
        Seen::new(&model, &|_| Pieces::default(), &previous.seen_by_markdown)
    } else {
        Seen::default()
    };
    let writer = shared.renderer(&compiled.templates.tera, &seen_by_markdown);
    let texts = Texts::render(&model, &writer, compiled.with_fields.from, &previous.texts);
    let fields = Fields::kept(&model, &writer, &compiled.with_fields, &previous.fields);

    // Now that all HTML is made, the templates of pages can see records with theirs.
    let seen_by_pages = Seen::new(&model, &|id| texts.of(id), &previous.seen_by_pages);
    let renderer = shared.renderer(&fields.tera, &seen_by_pages);
    let prose = Some(Prose { renderer, fields: fields.clone() });
    let tera = shared.inform(&compiled.templates.tera, &seen_by_pages, prose.clone());

    // What is no page needs neither templates nor values.
    let (linked, dangling) = asset::link(inputs, &model);
    let search = Search::read(&model, &texts, &previous.search);

    // Problems come last, because some are only reported if others are not there.
    let problems =
        Problems { model: found, compiled: &compiled, lost, texts: &texts, fields: &fields, dangling };
    let diagnostics = problems.reported(inputs, &model);
    Build {
        model,
        diagnostics,
        documents,
        compiled,
        sources,
        overrides,
        listing,
        highlighter: Some(highlighter),
        seen_by_markdown,
        texts,
        fields,
        seen_by_pages,
        prose,
        tera,
        linked,
        search,
    }
}

/// The templates of a site, and the fonts with which they measure text.
#[derive(Default)]
pub(crate) struct Compiled {
    pub fonts: Kept<Fonts>,
    /// The templates of the theme and the site.
    pub templates: Kept<Templates>,
    /// These and the records' `template` fields, which have no part in what Markdown and pages call.
    with_fields: Kept<Templates>,
}

impl Compiled {
    fn new(inputs: &Inputs, model: &Model, previous: &Self) -> Self {
        let fonts = Fonts::kept(inputs, &previous.fonts);
        let templates = Templates::compile(inputs, fonts.from, CALLABLE, &previous.templates);
        let with_fields = fields::with_fields(&templates, model, &previous.with_fields);
        Self { fonts, templates, with_fields }
    }
}

/// What templates see of records and rows.
#[derive(Clone, Default)]
pub(crate) struct Seen {
    pub values: Arc<Values>,
    pub relations: Arc<Relations>,
}

impl Seen {
    fn new<'a>(model: &'a Model, html: HtmlOf<'a>, previous: &Self) -> Self {
        let values = Arc::new(Values::new(model, html, &previous.values));
        let relations = Arc::new(Relations::new(model, &values, &previous.relations));
        Self { values, relations }
    }
}

/// What Markdown and templates need, whatever they see of records.
struct Shared<'a> {
    model: &'a Arc<Model>,
    sources: &'a Arc<Sources>,
    fonts: &'a Kept<Fonts>,
    listing: &'a Kept<Listing>,
    highlighter: &'a Arc<Highlighter>,
}

impl Shared<'_> {
    /// What makes HTML of Markdown, with components by `tera`. They cannot read Markdown in turn.
    fn renderer(&self, tera: &Tera, seen: &Seen) -> Renderer {
        Renderer {
            model: Arc::clone(self.model),
            tera: Arc::new(self.inform(tera, seen, None)),
            sources: Arc::clone(self.sources),
            values: Arc::clone(&seen.values),
            highlighter: Arc::clone(self.highlighter),
        }
    }

    /// Templates that can ask the site.
    fn inform(&self, tera: &Tera, seen: &Seen, prose: Option<Prose>) -> Tera {
        inform(tera.clone(), Library::of(self.model, &seen.relations, (self.listing, self.fonts), prose))
    }
}

/// What each step of a build found.
struct Problems<'a> {
    /// In the configuration and the model.
    model: Diagnostics,
    compiled: &'a Compiled,
    /// What lies over nothing of the theme.
    lost: Vec<Diagnostic>,
    texts: &'a Texts,
    fields: &'a Kept<Fields>,
    /// What assets refer to and is not there.
    dangling: Diagnostics,
}

impl Problems<'_> {
    /// All of them but what follows from others, in order.
    fn reported(self, inputs: &Inputs, model: &Model) -> Diagnostics {
        let Compiled { fonts, templates, with_fields } = self.compiled;
        let is_news = |found: &&Diagnostic| is_news(found, inputs, model, templates);
        let mut reported = self.model;
        // If the configuration is not whole, the theme is not known, and neither is whose templates and fonts these are.
        if model.config.whole {
            reported.extend(fonts.diagnostics.iter().chain(templates.diagnostics.iter()).cloned());
            reported.extend(with_fields.diagnostics.iter().filter(is_news).cloned());
        }
        // If something is wrong so far, what seems to lie over nothing may lie over what could not be read.
        if !reported.has_errors() {
            reported.extend(self.lost);
        }
        if model.declared {
            let written = self.texts.diagnostics().chain(self.fields.diagnostics.iter());
            reported.extend(written.filter(is_news).cloned());
            reported.extend(self.dangling);
        }
        // No page has been rendered as yet, so that all links that are reported so far stand in Markdown.
        let told = model.told(reported).into_iter();
        let weighed: Diagnostics = told.map(|found| model.config.links.weighed_in_markdown(found)).collect();
        weighed.sorted()
    }
}

/// Whether a problem does not follow from another: a component that a broken template declares is not unknown, and an
/// image that cannot be read does not say its size.
fn is_news(found: &Diagnostic, inputs: &Inputs, model: &Model, templates: &Kept<Templates>) -> bool {
    match found.code {
        Code::UnknownComponent | Code::UnknownInTemplate => !templates.diagnostics.has_errors(),
        Code::UnknownImageSize => !inputs.are_unread(),
        _ => !follows(found, model),
    }
}

/// Whether a problem of what templates make follows from what is reported of records, data or words.
pub(crate) fn follows(found: &Diagnostic, model: &Model) -> bool {
    match found.code {
        Code::UndefinedVariable | Code::TemplateError => !model.is_whole() || !model.records.sound(),
        Code::UnknownWord => !model.words.whole() || !model.records.sound(),
        _ => false,
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
