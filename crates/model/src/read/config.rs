//! Reads `site.toml`: the site's title, address and theme, and how its content is read.

mod content;
mod links;
mod lowered;
mod markdown;

pub use self::content::ContentConfig;
pub use self::links::{Exception, LinksConfig};
use self::lowered::Lowered;
pub use self::markdown::{MarkdownConfig, RawHtml};

use std::sync::Arc;

use sitegen_parser::{Diagnostics, Place, Source, Spanned, Table, WrittenValue};

use super::content::below;
use super::theme::theme_path;
use super::{Inputs, KeyForm, Layer, Layers, Setting, TableForm, ValueForm, errors};
use crate::ground::url::BaseUrl;

/// The site's configuration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// A sentence about the site's subject.
    pub description: Option<String>,
    /// The address at which the site is published.
    pub base_url: BaseUrl,
    /// The language of its text, as a BCP 47 tag.
    pub language: String,
    /// The theme's name, or a path to its folder.
    pub theme: String,
    /// The place at which the theme is named; none if it is the default.
    pub theme_place: Option<Place>,
    /// The folder to publish to, from the site's root.
    pub output_dir: String,
    /// The settings of Markdown.
    pub markdown: MarkdownConfig,
    /// The program that runs exercises in Python while the site is built; none if nothing may be started.
    pub python: Option<(String, Place)>,
    /// The folders of the content, and which other files of it are published.
    pub content: ContentConfig,
    /// The strictness of checks of links.
    pub links: LinksConfig,
    /// Values of the author's own, for templates: `site.extra`.
    pub extra: Table,
    /// True if the whole file could be read, so that a missing key is really missing.
    pub whole: bool,
}

/// The theme of a site that does not name one.
const THEME: &str = "guide";

/// The keys that declare parts of the model; [`Schema`](crate::Schema) reads them.
pub(crate) const MODEL_KEYS: [&str; 11] = [
    "collections",
    "exercises",
    "datasets",
    "queries",
    "pages",
    "search",
    "sitemap",
    "twins",
    "redirects",
    "headers",
    "cards",
];

/// The keys of `site.toml` that declare no part of the model.
pub(crate) fn config_keys() -> Vec<KeyForm> {
    use ValueForm::{Bool, Table, Text};
    vec![
        KeyForm::new("title", Text, "The name of the site."),
        KeyForm::new("base_url", Text, "The address at which the site is published. It may have a path."),
        KeyForm::new("theme", Text, "The theme: a folder in themes/, or one that sitegen carries."),
        KeyForm::new("description", Text, "A sentence about the subject of the site."),
        KeyForm::new("language", Text, "The language of the texts, as a BCP 47 tag; by default \"en\"."),
        KeyForm::new("output_dir", Text, "The folder to publish to; by default \"public\"."),
        KeyForm::new("markdown", Table(TableForm::Keys(markdown::keys)), "How Markdown is read and shown."),
        KeyForm::new("engines", Table(TableForm::Keys(engine_keys)), "What runs exercises in a build."),
        KeyForm::new("overrides", Bool, "If false, templates/, assets/ and the like are another program's."),
        KeyForm::new("content", Table(TableForm::Keys(content::keys)), "Where the content is."),
        KeyForm::new("links", Table(TableForm::Keys(links::keys)), "How strictly links are checked."),
        KeyForm::new(
            "extra",
            Table(TableForm::Names(|| ValueForm::Any)),
            "Your own: site.extra in templates.",
        ),
    ]
}

/// All keys of `site.toml`. The schema knows more of those that declare the model.
fn all_keys() -> Vec<KeyForm> {
    let of_model = MODEL_KEYS.into_iter().map(|name| KeyForm::new(name, ValueForm::Any, ""));
    of_model.chain(config_keys()).collect()
}

fn engine_keys() -> Vec<KeyForm> {
    vec![KeyForm::new("python", ValueForm::Text, "The program that runs Python while the site is built.")]
}

/// The configuration file and all that overrides it, parsed but not yet understood.
#[derive(Debug, Clone)]
pub(crate) struct ConfigText {
    file: (Arc<str>, Table),
    settings: Vec<(Setting, Table)>,
}

impl Config {
    /// Reads the configuration alone, before the theme is known.
    pub fn read(inputs: &Inputs) -> (Self, Diagnostics) {
        let (text, diagnostics) = ConfigText::read(inputs);
        let mut layers = text.layers(TableForm::Keys(all_keys));
        for model_key in MODEL_KEYS {
            layers.get(model_key);
        }
        let mut found = Diagnostics::new();
        let config = Self::from_layers(layers, &text.file.0, &mut found);
        // A key that is missing from a file that could not be read may be in the unread part, so it is not
        // reported.
        if diagnostics.is_empty() { (config, found) } else { (Self { whole: false, ..config }, diagnostics) }
    }

    fn from_layers(mut layers: Layers, path: &Arc<str>, diagnostics: &mut Diagnostics) -> Self {
        let title = required(&mut layers, "title", path, diagnostics);
        let base_url = base_url(&mut layers, path, diagnostics);
        let theme = layers.string("theme", diagnostics);
        let mut text = |key| layers.string(key, diagnostics).map(|(text, _)| text.to_owned());
        let description = text("description");
        let language = text("language").unwrap_or_else(|| "en".to_owned());
        let output_dir = text("output_dir").unwrap_or_else(|| "public".to_owned());
        let mut markdown = MarkdownConfig::read(&mut layers, &language, diagnostics);
        let mut engines = layers.section("engines", "[engines]", diagnostics);
        let python =
            engines.string("python", diagnostics).map(|(program, place)| (program.to_owned(), place));
        // An empty setting switches off what the file switches on.
        let python = python.filter(|(program, _)| !program.is_empty());
        engines.finish(diagnostics);
        let theme_path = theme_path(theme.as_ref().map_or(THEME, |(name, _)| name));
        let output = below(&output_dir).unwrap_or_default();
        let content = ContentConfig::read(&mut layers, &[&**path, &theme_path, &output], diagnostics);
        markdown.syntax.fenced_front_matter =
            content.as_ref().is_some_and(|content| content.fenced_front_matter);
        let links = LinksConfig::read(&mut layers, &base_url.path, diagnostics);
        let extra = layers.section("extra", "[extra]", diagnostics).merged();
        layers.finish(diagnostics);
        Self {
            title,
            description,
            base_url,
            language,
            theme: theme.as_ref().map_or(THEME, |(name, _)| name).to_owned(),
            theme_place: theme.map(|(_, place)| place),
            output_dir,
            markdown,
            python,
            whole: content.is_some(),
            content: content.unwrap_or_default(),
            links,
            extra,
        }
    }
}

fn required(
    layers: &mut Layers,
    key: &'static str,
    path: &Arc<str>,
    diagnostics: &mut Diagnostics,
) -> String {
    let missing = layers.value(key).is_none();
    match layers.string(key, diagnostics) {
        Some((text, _)) => text.to_owned(),
        None => {
            if missing {
                diagnostics.push(errors::missing_setting(key, path));
            }
            String::new()
        }
    }
}

fn base_url(layers: &mut Layers, path: &Arc<str>, diagnostics: &mut Diagnostics) -> BaseUrl {
    let text = required(layers, "base_url", path, diagnostics);
    BaseUrl::parse(&text).unwrap_or_else(|| {
        if let Some(declared) = layers.value("base_url").filter(|_| !text.is_empty()) {
            diagnostics.push(errors::invalid_base_url(&text, declared.place()));
        }
        BaseUrl { origin: "http://localhost".to_owned(), path: String::new() }
    })
}

impl ConfigText {
    pub(crate) fn read(inputs: &Inputs) -> (Self, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let mut table = Table::default();
        match inputs.site.get(&inputs.config).map(|file| file.source(&inputs.config)) {
            None => diagnostics.push(errors::missing_config(&inputs.config)),
            Some(Err(diagnostic)) => diagnostics.push(diagnostic),
            Some(Ok(source)) => {
                let (read, found) = Table::parse(&source, 0..source.text.len());
                table = read;
                diagnostics.extend(found);
            }
        }
        let settings =
            inputs.settings.iter().map(|setting| (setting.clone(), setting_table(setting))).collect();
        (Self { file: (Arc::clone(&inputs.config), table), settings }, diagnostics)
    }

    /// Returns the layers of the configuration, of which the form says the keys.
    pub(crate) fn layers(&self, form: TableForm) -> Layers<'_> {
        let file = Layer { path: &self.file.0, table: &self.file.1, text: None };
        let settings = self.settings.iter().map(|(setting, table)| Layer {
            path: &setting.origin,
            table,
            text: Some(&setting.text),
        });
        Layers::new(std::iter::once(file).chain(settings).collect(), "the site", form)
    }
}

/// Builds the table that says the same as a setting would in the configuration file.
fn setting_table(setting: &Setting) -> Table {
    let span = 0..setting.text.len();
    let mut value = Spanned { value: setting_value(setting), span: span.clone() };
    for key in setting.key.iter().rev() {
        let key = Spanned { value: key.clone(), span: span.clone() };
        let entries = vec![sitegen_parser::Entry { key, value }];
        value = Spanned { value: WrittenValue::Table(Table { entries }), span: span.clone() };
    }
    match value.value {
        WrittenValue::Table(table) => table,
        _ => Table::default(),
    }
}

/// Reads a setting's text as TOML, or as a string if it is not valid TOML.
fn setting_value(setting: &Setting) -> WrittenValue {
    let line = Source { path: Arc::clone(&setting.origin), text: format!("x = {}", setting.text).into() };
    let (table, problems) = Table::parse(&line, 0..line.text.len());
    match table.entries.into_iter().next() {
        Some(entry) if problems.is_empty() => entry.value.value,
        _ => WrittenValue::String(setting.text.to_string()),
    }
}
