//! Reads which file, and which part of it, the code of a block is taken from.

mod part;

pub use self::part::{Selection, SelectionError, Snippet};

use crate::excerpt::Excerpt;
use crate::{Span, Spanned};

/// A file, or a part of one, that is shown in a block of code.
#[derive(Debug, Clone, PartialEq)]
pub struct Include {
    /// The file's path as written.
    pub path: Spanned<String>,
    /// The folder from which the path leads.
    pub from: IncludeFrom,
    /// The part of the file to show.
    pub part: Spanned<Selection>,
    /// The line of code by which the author includes the file, with its ending; empty if an attribute does.
    pub written: String,
}

/// The folder from which a path leads that does not begin with a slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncludeFrom {
    /// The folder of the text's file.
    Text,
    /// The folder of the site.
    Site,
}

/// Reads a line of code that includes a file: `{{#include path:part}}` of mdBook, or `--8<-- "path:part"` of
/// `MkDocs`.
pub(super) fn line(excerpt: &Excerpt<'_>, line: Span) -> Option<Include> {
    let text = excerpt.text[line.clone()].trim_end();
    let written = text.trim_start();
    let (inner, from) = match written.strip_prefix("{{#").and_then(|rest| rest.strip_suffix("}}")) {
        Some(inner) => {
            let inner = inner.strip_prefix("rustdoc_").unwrap_or(inner);
            (inner.strip_prefix("include ")?.trim(), IncludeFrom::Text)
        }
        None => (quoted(written.strip_prefix("--8<-- ")?.trim())?, IncludeFrom::Site),
    };
    let (path, part) = inner.split_once(':').unwrap_or((inner, ""));
    let at = line.start + text.len() - written.len() + written.find(inner)?;
    let behind = at + inner.len();
    let (path_span, part_span) = (at..at + path.len(), behind - part.len()..behind);
    let is_meant = !path.is_empty() && !path.contains(['\n', '"', '{']);
    is_meant.then(|| Include {
        path: excerpt.spanned(path.to_owned(), &path_span),
        from,
        part: excerpt.spanned(Selection::behind_colon(part), &part_span),
        written: format!("{text}\n"),
    })
}

/// Finds the backslash before a line that mdBook shows as it is, and that would include a file otherwise.
pub(super) fn escape(excerpt: &Excerpt<'_>, span: &Span) -> Option<usize> {
    let text = &excerpt.text[span.clone()];
    let sign = text.len() - text.trim_start().len();
    let is_escaped = text[sign..].starts_with("\\{{#");
    (is_escaped && line(excerpt, span.start + sign + 1..span.end).is_some()).then_some(sign)
}

fn quoted(text: &str) -> Option<&str> {
    ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote))
}

/// Lists the paths that a file's text may include, as written, with the folders from which they lead. The
/// list may hold too many paths, because only the text around each path is read.
pub fn included(text: &str) -> Vec<(&str, IncludeFrom)> {
    let attributes = text.match_indices("include=").map(|(at, found)| (at + found.len(), IncludeFrom::Text));
    let lines = text.match_indices("include ").map(|(at, found)| (at + found.len(), IncludeFrom::Text));
    let snippets = text.match_indices("--8<-- ").map(|(at, found)| (at + found.len(), IncludeFrom::Site));
    let paths = attributes.chain(lines).chain(snippets).filter_map(|(start, from)| {
        let rest = text[start..].lines().next()?.trim_start_matches(['\\', '"', '\'', ' ']);
        let is_end = |c: char| matches!(c, '"' | '\'' | '\\' | ':' | '}') || c.is_whitespace();
        // A path in quotation marks may hold spaces.
        let is_quoted = text[start..].trim_start_matches(['\\', ' ']).starts_with(['"', '\'']);
        let is_end = |c: char| is_end(c) && !(is_quoted && matches!(c, ' ' | '}'));
        let path = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        let is_line = text[..start].ends_with("#include ") || text[..start].ends_with("_include ");
        (!path.is_empty() && (!text[..start].ends_with("include ") || is_line)).then_some((path, from))
    });
    paths.collect()
}
