//! Code as HTML with a class for each kind of token, colored by the theme's style sheet.
//!
//! The syntaxes are loaded only if a file of the site can hold code, because loading them takes as long as building a small site.

mod language;
pub(crate) mod lines;

use std::sync::Arc;

use memchr::memmem;
use sitegen_model::{File, Inputs, MarkdownConfig, nearest};
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use crate::ground::escape::escape;

const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

/// The most bytes of a line and of a block. Each search in a line has a bound of its own
/// (`vendor/README.md`), and a longer line needs more searches.
pub(crate) const MAX_LINE: usize = 2_000;
pub(crate) const MAX_CODE: usize = 1_000_000;

/// The syntaxes that are known.
#[derive(Debug)]
pub(crate) enum Highlighter {
    /// The site has no code, or wants no colors.
    Unloaded,
    On(SyntaxSet),
}

/// Lists the license terms of the syntaxes, each with the path of its file.
pub fn syntax_notices() -> impl Iterator<Item = (String, String)> {
    let terms = two_face::acknowledgement::listing().for_syntaxes().to_vec();
    terms.into_iter().map(|terms| (terms.rel_path.display().to_string(), terms.text))
}

/// The reason why code is not colored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Uncoloured {
    UnknownLanguage,
    /// A line is too long. Holds its length in bytes.
    LongLine(usize),
    /// The code is too long. Holds its length in bytes.
    Long(usize),
}

impl Highlighter {
    /// Loads the syntaxes if any file of a site can hold code to color, because loading takes as long as
    /// building a small site.
    pub(crate) fn for_site(
        inputs: &Inputs,
        config: &MarkdownConfig,
        loaded: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        if let Some(loaded) = loaded.filter(|loaded| matches!(***loaded, Self::On(_))) {
            return Arc::clone(loaded);
        }
        let fences = [memmem::Finder::new("```"), memmem::Finder::new("~~~")];
        let holds_code = |file: &File| match file {
            File::Loaded(bytes) => fences.iter().any(|fence| fence.find(bytes).is_some()),
            _ => false,
        };
        if !config.highlight
            || !inputs.site.values().chain(inputs.of_themes().map(|(_, file)| file)).any(holds_code)
        {
            return Arc::new(Self::Unloaded);
        }
        Arc::new(Self::On(two_face::syntax::extra_newlines()))
    }

    /// Highlights code as HTML.
    pub(crate) fn highlight(&self, code: &str, language: &str) -> Result<String, Uncoloured> {
        let language = language.to_ascii_lowercase();
        if language::is_plain(&language) {
            return Ok(escape(code));
        }
        let Self::On(syntaxes) = self else { return Err(Uncoloured::UnknownLanguage) };
        let syntax =
            syntaxes.find_syntax_by_token(language::known(&language)).ok_or(Uncoloured::UnknownLanguage)?;
        bound(code)?;
        let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, syntaxes, STYLE);
        for line in LinesWithEndings::from(code) {
            if generator.parse_html_for_line_which_includes_newline(line).is_err() {
                return Ok(escape(code));
            }
        }
        Ok(generator.finalize())
    }

    /// Returns the name of a language that was most likely meant.
    pub(crate) fn nearest(&self, name: &str) -> Option<&str> {
        let Self::On(syntaxes) = self else { return None };
        let syntaxes = syntaxes.syntaxes().iter().filter(|syntax| !syntax.hidden);
        let names = syntaxes.flat_map(|syntax| {
            let own = Some(&syntax.name).filter(|name| !name.contains(' '));
            own.into_iter().chain(&syntax.file_extensions).map(String::as_str)
        });
        nearest(name, names.chain(language::names().map(|name| -> &str { name })))
    }
}

fn bound(code: &str) -> Result<(), Uncoloured> {
    if code.len() > MAX_CODE {
        return Err(Uncoloured::Long(code.len()));
    }
    match code.lines().map(str::len).max() {
        Some(longest) if longest > MAX_LINE => Err(Uncoloured::LongLine(longest)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The library would let a search go back a million times, as one for the first half of the pattern does.
    #[test]
    fn searches_end_after_going_back_often() {
        let pattern = syntect::parsing::Regex::new("(?:x+x+)+y|x+z".to_owned());
        let is_found = |text: &str| pattern.search(text, 0, text.len(), None);
        assert!(is_found("xxz") && !is_found(&("x".repeat(20) + "z")));
    }

    #[test]
    fn names_that_authors_use_are_known() {
        let highlighter = Highlighter::On(two_face::syntax::extra_newlines());
        let common = "bash c c++ cmake cpp css csv diff dotenv elixir erlang go graphql haskell hcl html ini java javascript js json \
                      jsx julia kotlin latex less lua make makefile markdown md nix objective-c perl php powershell properties proto \
                      protobuf py python r rb rs ruby rust sass scala scss sh solidity sql svelte swift terraform toml ts tsx \
                      typescript vim vue xml yaml yml zig zsh";
        let names = language::names().chain(common.split_whitespace());
        let unknown: Vec<_> = names.filter(|name| highlighter.highlight("x", name).is_err()).collect();
        assert_eq!(unknown, [""; 0]);
    }
}
