//! The whole build: from the inputs to a site whose routes can be rendered.

use std::sync::Arc;

use sitegen_model::{Config, Documents, Inputs, Kept, Model};
use sitegen_parser::{Code, Diagnostic, Diagnostics};
use tera::{Map, Tera, Value};

use crate::asset::{self, LinkedTexts};
use crate::check::{self, CheckedTemplates};
use crate::ground::budget::StepBudgets;
use crate::ground::fonts::Fonts;
use crate::library::{self, Library, Prose, declare};
use crate::search::SearchData;
use crate::templates::overrides::{self, Overrides};
use crate::templates::{Sources, Templates, fields};
use crate::text::RecordTexts;
use crate::text::field::Fields;
use crate::text::highlight::Highlighter;
use crate::text::html::Renderer;
use crate::value::listing::Listing;
use crate::value::pieces::{HtmlOf, Pieces};
use crate::value::relation::RelationViews;
use crate::value::{self, Values};

/// A site whose routes can be rendered. It holds no rendered page.
#[derive(Default)]
pub struct Build {
    /// The site.
    pub model: Arc<Model>,
    /// The problems of the site that are known before its pages are rendered.
    pub diagnostics: Diagnostics,
    pub(crate) documents: Documents,
    pub(crate) compiled: Compiled,
    pub(crate) sources: Arc<Sources>,
    overrides: Kept<Overrides>,
    pub(crate) checked: Kept<CheckedTemplates>,
    pub(crate) listing: Kept<Listing>,
    highlighter: Option<Arc<Highlighter>>,
    /// The values that components see if the Markdown of records calls them: records without HTML.
    seen_by_markdown: VisibleValues,
    pub(crate) texts: RecordTexts,
    fields: Kept<Fields>,
    /// The values that the templates of pages see: records with their HTML.
    pub(crate) seen_by_pages: VisibleValues,
    /// The renderer of Markdown for the filters of templates; none in an empty build.
    pub(crate) prose: Option<Prose>,
    /// The templates of pages, with the functions that query the site.
    pub(crate) tera: Tera,
    pub(crate) budgets: Arc<StepBudgets>,
    pub(crate) linked: LinkedTexts,
    pub(crate) search: SearchData,
}

/// Builds a site from its inputs.
///
/// The function is pure: `previous` only saves work, and an empty one gives the same result.
pub fn build(inputs: &Inputs, previous: &Build) -> Build {
    // The model comes first. Nothing in it depends on HTML.
    let (config, mut found) = Config::read(inputs);
    let documents = Documents::read(inputs, &config.markdown.syntax, &previous.documents);
    let (model, more) = Model::build(inputs, config, &documents, &previous.model);
    found.extend(more);
    let model = Arc::new(model);

    // Templates are compiled before there is any HTML, because the Markdown of records calls their components.
    let compiled = Compiled::new(inputs, &model, &previous.compiled);
    let sources = Arc::clone(&compiled.with_fields.sources);
    let known = (&*sources, compiled.with_fields.from);
    let checked = check::check(&model, known, &previous.checked);
    let (overrides, lost) = overrides::check(inputs, &model, known, &previous.overrides);

    // The components of Markdown and the templates of pages share these.
    let listing = Listing::kept(&model, &sources, &previous.listing);
    let highlighter = Highlighter::for_site(inputs, &model.config.markdown, previous.highlighter.as_ref());
    let shared = Shared {
        model: &model,
        budgets: Arc::default(),
        sources: &sources,
        fonts: &compiled.fonts,
        listing: &listing,
        highlighter: &highlighter,
    };

    // Then the Markdown of records is rendered. The components that it calls see records without HTML,
    // because the HTML does not exist yet.
    let seen_by_markdown = if RecordTexts::see_site(&model, &compiled.templates.tera, &previous.texts) {
        VisibleValues::new(&model, &|_| Pieces::default(), &previous.seen_by_markdown)
    } else {
        VisibleValues::default()
    };
    let writer = shared.renderer(&compiled.templates.tera, &seen_by_markdown);
    let texts = RecordTexts::render(&model, &writer, compiled.with_fields.from, &previous.texts);
    let fields = Fields::kept(&model, &writer, &compiled.with_fields, &previous.fields);

    // Now that all HTML is made, the templates of pages can see records with their HTML.
    let seen_by_pages = VisibleValues::new(&model, &|id| texts.of(id), &previous.seen_by_pages);
    let renderer = shared.renderer(&fields.tera, &seen_by_pages);
    let prose = Some(Prose { renderer, fields: fields.clone() });
    let tera = shared.inform(&compiled.templates.tera, &seen_by_pages, prose.clone());

    // Assets and search data need neither templates nor values.
    let (linked, dangling) = asset::link(inputs, &model);
    let search = SearchData::read(&model, &texts, &previous.search);

    // Problems come last, because some are reported only if there are no others.
    let problems = Problems {
        model: found,
        compiled: &compiled,
        checked: &checked,
        lost,
        texts: &texts,
        fields: &fields,
        dangling,
    };
    let diagnostics = problems.reported(inputs, &model);
    Build {
        budgets: shared.budgets,
        model,
        diagnostics,
        documents,
        compiled,
        sources,
        overrides,
        checked,
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

/// Checks the templates of a site, as its build did, and returns all that is found. `previous` only saves work: with an
/// empty build, this costs what it costs a first build; with the site's own, what it costs one before which nothing
/// was changed.
pub fn check_templates(build: &Build, previous: &Build) -> Diagnostics {
    let known = (&*build.sources, build.compiled.with_fields.from);
    check::check(&build.model, known, &previous.checked).diagnostics
}

/// The templates of a site, and the fonts with which they measure text.
#[derive(Default)]
pub(crate) struct Compiled {
    pub fonts: Kept<Fonts>,
    /// The templates of the theme and the site.
    pub templates: Kept<Templates>,
    /// The same templates and the records' `template` fields, which neither Markdown nor pages call.
    with_fields: Kept<Templates>,
}

impl Compiled {
    fn new(inputs: &Inputs, model: &Model, previous: &Self) -> Self {
        let fonts = Fonts::kept(inputs, &previous.fonts);
        let templates = Templates::compile(inputs, fonts.from, declare, &previous.templates);
        let with_fields = fields::with_fields(&templates, model, &previous.with_fields);
        Self { fonts, templates, with_fields }
    }
}

/// The values of records and rows that templates see.
#[derive(Clone, Default)]
pub(crate) struct VisibleValues {
    pub values: Arc<Values>,
    pub relations: Arc<RelationViews>,
}

impl VisibleValues {
    fn new<'a>(model: &'a Model, html: HtmlOf<'a>, previous: &Self) -> Self {
        let values = Arc::new(Values::new(model, html, &previous.values));
        let relations = Arc::new(RelationViews::new(model, &values, &previous.relations));
        Self { values, relations }
    }
}

/// The parts of a build that renderers of Markdown and templates of pages share.
struct Shared<'a> {
    model: &'a Arc<Model>,
    budgets: Arc<StepBudgets>,
    sources: &'a Arc<Sources>,
    fonts: &'a Kept<Fonts>,
    listing: &'a Kept<Listing>,
    highlighter: &'a Arc<Highlighter>,
}

impl Shared<'_> {
    /// Makes a renderer of Markdown that calls the components of `tera`, which cannot render Markdown in
    /// turn.
    fn renderer(&self, tera: &Tera, seen: &VisibleValues) -> Renderer {
        Renderer {
            model: Arc::clone(self.model),
            tera: Arc::new(self.inform(tera, seen, None)),
            budgets: Arc::clone(&self.budgets),
            sources: Arc::clone(self.sources),
            values: Arc::clone(&seen.values),
            highlighter: Arc::clone(self.highlighter),
        }
    }

    /// Returns templates whose functions query the site.
    fn inform(&self, tera: &Tera, seen: &VisibleValues, prose: Option<Prose>) -> Tera {
        let facts = (self.listing, self.fonts);
        inform(tera.clone(), Library::of(self.model, &seen.relations, facts, &self.budgets, prose))
    }
}

/// The problems that the steps of a build found.
struct Problems<'a> {
    /// Problems of the configuration and the model.
    model: Diagnostics,
    compiled: &'a Compiled,
    checked: &'a Kept<CheckedTemplates>,
    /// Files and words of the site that override nothing of the theme.
    lost: Vec<Diagnostic>,
    texts: &'a RecordTexts,
    fields: &'a Kept<Fields>,
    /// References in assets to files that do not exist.
    dangling: Diagnostics,
}

impl Problems<'_> {
    /// Returns true if the check of templates says more of a problem that Tera found when it compiled them.
    fn is_checked(&self, found: &Diagnostic) -> bool {
        self.checked.diagnostics.iter().any(|other| other.code == found.code && other.meets(found))
    }

    /// Returns all problems, sorted, without those that only follow from others.
    fn reported(mut self, inputs: &Inputs, model: &Model) -> Diagnostics {
        let Compiled { fonts, templates, with_fields } = self.compiled;
        let is_news = |found: &&Diagnostic| is_news(found, inputs, model, templates);
        let mut reported = std::mem::take(&mut self.model);
        // If the configuration has errors, templates and fonts are not reported, because the theme is not
        // known.
        if model.config.whole {
            let compiling = |found: &&Diagnostic| !self.is_checked(found);
            let found = templates.diagnostics.iter().filter(compiling);
            reported.extend(fonts.diagnostics.iter().chain(found).cloned());
            let found = with_fields.diagnostics.iter().filter(compiling);
            reported.extend(found.filter(is_news).cloned());
        }
        if model.config.whole && model.declared {
            let checked = self.checked.diagnostics.iter();
            let is_lost = |found: &Diagnostic| matches!(found.code, Code::UnreadableFile | Code::InvalidUtf8);
            // A template that cannot be read may declare what others call.
            let are_read = !templates.diagnostics.iter().any(is_lost);
            let is_news = |found: &&Diagnostic| {
                !follows(found, model) && (are_read || found.code != Code::UnknownInTemplate)
            };
            reported.extend(checked.filter(is_news).cloned());
        }
        // After an error, an override may seem unused only because what it overrides could not be read.
        if !reported.has_errors() {
            reported.extend(std::mem::take(&mut self.lost));
        }
        if model.declared {
            let written = self.texts.diagnostics().chain(self.fields.diagnostics.iter());
            reported.extend(written.filter(is_news).cloned());
            reported.extend(std::mem::take(&mut self.dangling));
        }
        // No page has been rendered yet, so all links reported so far are in Markdown.
        let told = model.told(reported).into_iter();
        let weighed: Diagnostics = told.map(|found| model.config.links.weighed_in_markdown(found)).collect();
        weighed.sorted()
    }
}

/// Returns true if a problem does not follow from another one, as an unknown component does from a broken
/// template that may declare it, and an unknown image size from an unreadable file.
fn is_news(found: &Diagnostic, inputs: &Inputs, model: &Model, templates: &Kept<Templates>) -> bool {
    match found.code {
        Code::UnknownComponent | Code::UnknownInTemplate => !templates.diagnostics.has_errors(),
        Code::UnknownImageSize => !inputs.are_unread(),
        _ => !follows(found, model),
    }
}

/// Returns true if a problem in a template follows from reported problems of records, data or words.
pub(crate) fn follows(found: &Diagnostic, model: &Model) -> bool {
    match found.code {
        Code::UndefinedVariable | Code::TemplateError => !model.is_whole() || !model.records.sound(),
        Code::UnknownWord => !model.words.whole() || !model.records.sound(),
        _ => false,
    }
}

/// Gives compiled templates the functions of a library and the variable `site`.
pub(crate) fn inform(mut templates: Tera, library: Library) -> Tera {
    let site = site(&library.model);
    library::register(&mut templates, &Arc::new(library));
    templates.global_context().insert_value("site", site);
    templates
}

pub(crate) fn site(model: &Model) -> Value {
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
