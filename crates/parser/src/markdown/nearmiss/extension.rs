//! Finds texts that are markup if a site turns an extension on, and some that are markup elsewhere.

use super::Miss;
use crate::Span;
use crate::markdown::{Extension, abbreviation, emoji};

impl Miss {
    /// Returns the extension that makes the text markup.
    pub(in crate::markdown) fn extension(self) -> Option<Extension> {
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

/// Finds the beginning of a line that includes code or text from a file, as `DocFX` has it.
pub(super) fn taken(text: &str) -> Option<(Miss, Span)> {
    let inner = text.strip_prefix("[!")?;
    // The link in the brackets is no part of this text if the library reads it as a link.
    let end = inner.find(['[', ' ', '(']).unwrap_or(inner.len());
    let name = inner[..end].to_ascii_lowercase();
    let is_one = name == "include" || name == "code" || name.starts_with("code-");
    is_one.then_some((Miss::Taken, 0..2 + name.len()))
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
