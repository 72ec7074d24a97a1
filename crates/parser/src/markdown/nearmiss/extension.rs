//! Finds texts that are markup if a site turns an extension on, and some that are markup elsewhere.

use super::Miss;
use crate::Span;
use crate::excerpt::Excerpt;
use crate::markdown::{Extension, Syntax, abbreviation, emoji};

impl Miss {
    /// Returns the miss that a text is where a site has its extensions on; none if the text is markup there.
    pub(in crate::markdown) fn under(self, syntax: &Syntax) -> Option<Self> {
        match self {
            // A line that begins a block is no text, so this one has a mistake.
            Self::Block if syntax.has(Extension::Admonitions) => Some(Self::BrokenBlock),
            _ if self.extension().is_some_and(|extension| syntax.has(extension)) => None,
            _ => Some(self),
        }
    }

    /// Returns the extension that makes the text markup.
    fn extension(self) -> Option<Extension> {
        Some(match self {
            Self::WikiLink => Extension::WikiLinks,
            Self::Mark => Extension::Mark,
            Self::Block => Extension::Admonitions,
            Self::Abbreviation => Extension::Abbreviations,
            Self::Emoji => Extension::Emoji,
            Self::Subscript => Extension::Subscript,
            Self::Superscript => Extension::Superscript,
            _ => return None,
        })
    }
}

/// Returns the mark of a block of `MkDocs` at the beginning of a text.
pub(super) fn block(text: &str) -> Option<(Miss, Span)> {
    let is_word = |rest: &str| rest.starts_with(|c: char| c.is_ascii_lowercase());
    let mark =
        ["!!! ", "???+ ", "??? "].into_iter().find(|mark| text.strip_prefix(mark).is_some_and(is_word));
    let titled = ["!!!", "???+", "???", "===", "===!", "===+"]
        .into_iter()
        .find(|mark| text.strip_prefix(mark).is_some_and(|rest| rest.starts_with(" \"")));
    mark.or(titled).map(|mark| (Miss::Block, 0..mark.trim_end().len()))
}

/// Finds a definition of an abbreviation, as Markdown Extra has it.
pub(super) fn abbreviation(text: &str) -> Option<(Miss, Span)> {
    let line = text.lines().next()?;
    abbreviation::definition(line).map(|_| (Miss::Abbreviation, 0..line.len()))
}

/// Finds an import of a component, as MDX has it.
pub(super) fn import(text: &str) -> Option<(Miss, Span)> {
    let line = text.lines().next()?.trim_end();
    let source = line.strip_prefix("import ")?.trim_end_matches(';').trim_end();
    let quote = source.chars().next_back().filter(|last| matches!(last, '"' | '\''))?;
    let names = source[..source.len() - 1].rsplit_once(quote)?.0.trim_end();
    (names.is_empty() || names.ends_with(" from")).then_some((Miss::Import, 0..line.len()))
}

/// Finds a line that includes code from a file, as `VitePress` has it.
pub(super) fn include(text: &str) -> Option<(Miss, Span)> {
    let line = text.lines().next()?.trim_end();
    let file = line.strip_prefix("<<<")?.trim_start();
    file.starts_with(['@', '.', '/']).then_some((Miss::Include, 0..line.len()))
}

/// Finds the beginning of a paragraph that includes code or text from a file, as `DocFX` has it.
pub(super) fn taken_first(text: &str) -> Option<(Miss, Span)> {
    taken_name(text).map(|length| (Miss::Taken, 0..length))
}

/// Measures the same within a line, where a link follows.
pub(super) fn taken(text: &str, _: &str) -> Option<usize> {
    let length = taken_name(text)?;
    let rest = text[length..].trim_start_matches(' ');
    (rest.is_empty() || rest.starts_with('[')).then_some(length)
}

/// Measures `[!include` or `[!code-rust`. The link behind it is no part of this text if the library reads it
/// as a link.
fn taken_name(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("[!")?;
    let end = inner.find(['[', ' ', '(']).unwrap_or(inner.len());
    let name = inner[..end].to_ascii_lowercase();
    let is_one = name == "include" || name == "code" || name.starts_with("code-");
    is_one.then_some(2 + name.len())
}

/// Returns true if a text begins so.
pub(in crate::markdown) fn is_taken(text: &str) -> bool {
    taken_name(text).is_some()
}

/// Returns true if the link behind a text names a file to include, as `DocFX` has it.
pub(in crate::markdown) fn names_taken(excerpt: &Excerpt<'_>, link: &Span) -> bool {
    let before = excerpt.text[..link.start].trim_end_matches(' ');
    let start = before.rfind("[!").filter(|start| !excerpt.is_escaped(*start));
    start.is_some_and(|start| taken_name(&before[start..]) == Some(before.len() - start))
}

pub(super) fn emoji(text: &str, before: &str) -> Option<usize> {
    let is_apart = !before.ends_with(|c: char| c.is_alphanumeric() || c == ':');
    let (length, _) = emoji::named(text).filter(|_| is_apart)?;
    (!text[length..].starts_with(':')).then_some(length)
}

/// Measures a few letters or digits between two signs, behind a word.
pub(super) fn script(text: &str, before: &str) -> Option<usize> {
    let (sign, rest) = text.split_at(1);
    let inner = &rest[..rest.find(sign)?];
    let is_short = (1..=4).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_closed = !text[inner.len() + 2..].starts_with(&text[..1]);
    (is_short && is_closed && before.ends_with(char::is_alphanumeric)).then_some(inner.len() + 2)
}
