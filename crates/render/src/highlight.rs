//! Code as HTML with a class for each kind of token, coloured by the theme's style sheet.

use std::sync::Arc;

use memchr::memmem;
use sitegen_model::{File, Inputs};
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

/// Names that authors use and the syntaxes do not know.
const OTHER_NAMES: [(&str, &str); 6] = [
    ("console", "bash"),
    ("shell", "bash"),
    ("jsonc", "json"),
    ("jinja", "jinja2"),
    ("tera", "jinja2"),
    ("dockerfile", "Dockerfile"),
];

/// Names for text that is not code.
const PLAIN: [&str; 4] = ["text", "txt", "plain", "plaintext"];

/// The syntaxes that are known.
#[derive(Debug)]
pub(crate) struct Highlighter(SyntaxSet);

/// A language that is not known.
#[derive(Debug)]
pub(crate) struct UnknownLanguage;

impl Highlighter {
    /// The syntaxes, if any file of a site can hold code: loading them takes as long as building a small site.
    pub(crate) fn for_site(inputs: &Inputs, loaded: Option<&Arc<Self>>) -> Arc<Self> {
        if let Some(loaded) = loaded.filter(|loaded| !loaded.0.syntaxes().is_empty()) {
            return Arc::clone(loaded);
        }
        let fences = [memmem::Finder::new("```"), memmem::Finder::new("~~~")];
        let holds_code = |file: &File| match file {
            File::Loaded(bytes) => fences.iter().any(|fence| fence.find(bytes).is_some()),
            _ => false,
        };
        if !inputs.site.values().chain(inputs.theme.values()).any(holds_code) {
            return Arc::new(Self(SyntaxSet::new()));
        }
        Arc::new(Self(two_face::syntax::extra_newlines()))
    }

    /// Code as HTML.
    pub(crate) fn highlight(&self, code: &str, language: &str) -> Result<String, UnknownLanguage> {
        let language = language.to_ascii_lowercase();
        if PLAIN.contains(&language.as_str()) {
            return Ok(escape(code));
        }
        let other = OTHER_NAMES.iter().find(|(name, _)| *name == language);
        let name = other.map_or(language.as_str(), |(_, name)| name);
        let syntax = self.0.find_syntax_by_token(name).ok_or(UnknownLanguage)?;
        let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &self.0, STYLE);
        for line in LinesWithEndings::from(code) {
            if generator.parse_html_for_line_which_includes_newline(line).is_err() {
                return Ok(escape(code));
            }
        }
        Ok(generator.finalize())
    }
}

/// Text as HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_escaped(&mut html, text);
    html
}

/// Adds text to HTML, or to an attribute in double quotation marks.
pub(crate) fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}
