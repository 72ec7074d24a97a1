//! Reads `[markdown]` of `site.toml`: extensions, raw HTML, highlighting.

use std::collections::BTreeSet;

use sitegen_parser::{Code, Diagnostics, Extension, Quotes, Syntax};

use super::Lowered;
use crate::read::{KeyForm, Layers, ValueForm, errors};

/// The settings of Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MarkdownConfig {
    /// The treatment of HTML in Markdown.
    pub raw_html: RawHtml,
    /// The extensions of Markdown that are on.
    pub syntax: Syntax,
    /// True if code is highlighted.
    pub highlight: bool,
    /// The URL at which readers find the files that code is included from, with `{path}`, `{start}` and
    /// `{end}`.
    pub source_url: Option<String>,
    /// The languages that are not highlighted, in lower case.
    pub plain_languages: BTreeSet<String>,
    /// The errors in texts that are warnings on this site.
    pub warn: Lowered,
}

/// The codes of problems that a site may lower to warnings, because readers still see what is written.
const LOWERED: [Code; 6] = [
    Code::DuplicateFootnote,
    Code::DuplicateId,
    Code::InvalidComponent,
    Code::UnclosedComponent,
    Code::UndefinedFootnote,
    Code::UnknownComponent,
];

/// The words for the treatment of HTML.
const RAW_HTML: [&str; 2] = ["escape", "allow"];

/// The keys of the section.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::{Bool, Text, Texts, Word};
    let extensions = Extension::NAMES.into_iter().map(|(name, _)| name);
    let extensions = extensions.map(|name| KeyForm::new(name, Bool, "If true, this extension is on."));
    let own = [
        KeyForm::new("smart_quotes", Bool, "If true, straight quotation marks become those of the language."),
        KeyForm::new("highlight", Bool, "If false, code has no colors."),
        KeyForm::new("plain_languages", Texts, "Languages of code that need no colors."),
        KeyForm::new("source_url", Text, "Where readers find the files that code is from, with {path}."),
        Lowered::key(&LOWERED),
    ];
    let html = KeyForm::new("raw_html", Word(RAW_HTML.to_vec()), "\"allow\": HTML is part of the page.");
    std::iter::once(html).chain(extensions).chain(own).collect()
}

/// The treatment of HTML in Markdown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum RawHtml {
    /// HTML is shown as text, because authors may be strangers.
    #[default]
    Escape,
    /// HTML is part of the page.
    Allow,
}

impl MarkdownConfig {
    pub(super) fn read(layers: &mut Layers, language: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut markdown = layers.section("markdown", "[markdown]", diagnostics);
        let raw_html = raw_html(&mut markdown, diagnostics);
        let is_on = |name| markdown.bool(name, diagnostics).unwrap_or(false);
        let syntax = Syntax { html: raw_html == RawHtml::Allow, ..syntax(is_on, language) };
        let highlight = markdown.bool("highlight", diagnostics).unwrap_or(true);
        let plain = markdown.strings("plain_languages", diagnostics);
        let plain_languages = plain.into_iter().map(|(name, _)| name.to_lowercase()).collect();
        let source_url = source_url(&mut markdown, diagnostics);
        let warn = Lowered::read(&mut markdown, &LOWERED, diagnostics);
        markdown.finish(diagnostics);
        Self { raw_html, syntax, highlight, source_url, plain_languages, warn }
    }
}

impl Default for MarkdownConfig {
    fn default() -> Self {
        Self {
            raw_html: RawHtml::default(),
            syntax: Syntax::default(),
            highlight: true,
            source_url: None,
            plain_languages: BTreeSet::new(),
            warn: Lowered::default(),
        }
    }
}

/// Returns the syntax with the extensions that are on.
fn syntax(mut is_on: impl FnMut(&'static str) -> bool, language: &str) -> Syntax {
    let on = Extension::NAMES.into_iter().filter(|(name, _)| is_on(name)).map(|(_, extension)| extension);
    let mut syntax = Syntax::with(on);
    syntax.quotes = is_on("smart_quotes").then(|| Quotes::of(language));
    syntax
}

fn source_url(markdown: &mut Layers, diagnostics: &mut Diagnostics) -> Option<String> {
    let (url, place) = markdown.string("source_url", diagnostics)?;
    let is_url = ["https://", "http://"].iter().any(|start| url.starts_with(start)) && url.contains("{path}");
    if !is_url {
        let example = "https://example.org/{path}#L{start}-L{end}";
        diagnostics.push(errors::invalid_choice("source_url", url, &[example], place));
        return None;
    }
    Some(url.to_owned())
}

fn raw_html(markdown: &mut Layers, diagnostics: &mut Diagnostics) -> RawHtml {
    match markdown.string("raw_html", diagnostics) {
        None | Some(("escape", _)) => RawHtml::Escape,
        Some(("allow", _)) => RawHtml::Allow,
        Some((other, place)) => {
            diagnostics.push(errors::invalid_choice("raw_html", other, &RAW_HTML, place));
            RawHtml::Escape
        }
    }
}
