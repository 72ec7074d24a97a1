//! Splits an info string into items, and reads single ones.

use crate::Span;

/// Splits a part of a text at spaces and commas, except within quotation marks, braces and brackets. A brace
/// begins an item, unless it holds an attribute's value.
pub(super) fn split(text: &str, part: Span) -> Vec<Span> {
    let mut items = Vec::new();
    let (mut start, mut until) = (None, None);
    for (offset, c) in text[part.clone()].char_indices() {
        let at = part.start + offset;
        let so_far = start.map_or("", |start| &text[start..at]);
        if let Some(end) = until {
            if c == end {
                until = None;
                if so_far.starts_with('{') {
                    items.extend(start.take().map(|start| start..at + c.len_utf8()));
                }
            }
            continue;
        }
        if c.is_whitespace() || c == ',' {
            items.extend(start.take().map(|start| start..at));
            continue;
        }
        until = match c {
            '"' => Some('"'),
            '\'' if so_far.ends_with('=') => Some('\''),
            '[' if so_far.is_empty() || so_far.ends_with('=') => Some(']'),
            '{' if so_far.ends_with('=') => Some('}'),
            '{' if !so_far.contains('=') => {
                items.extend(start.take().map(|start| start..at));
                Some('}')
            }
            _ => None,
        };
        start = start.or(Some(at));
    }
    items.extend(start.map(|start| start..part.end));
    items
}

/// Splits an attribute into its name and its value.
pub(super) fn attribute(item: &str) -> Option<(&str, &str)> {
    let (name, value) = item.split_once('=')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    is_name.then_some((name, value))
}

/// Reads a language and the number of the first line, as `HackMD` writes them: `js=`, `js=101`.
pub(super) fn numbered(item: &str) -> Option<(&str, usize)> {
    let (name, number) = attribute(item)?;
    let number = if number.is_empty() { Some(1) } else { number.parse().ok() };
    number.map(|number| (name, number))
}

/// Removes the quotation marks, braces or brackets around a value.
pub(super) fn bare(text: &str, value: Span) -> Span {
    let inner = |open, close| text[value.clone()].strip_prefix(open)?.strip_suffix(close);
    let pairs = [('"', '"'), ('\'', '\''), ('{', '}'), ('[', ']')];
    match pairs.into_iter().find_map(|(open, close)| inner(open, close)) {
        Some(inner) => value.start + 1..value.start + 1 + inner.len(),
        None => value,
    }
}

/// Returns true if a text consists of lines alone: `1, 3-5`.
pub(super) fn is_lines(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | ' '))
}

/// Splits a list of lines into its parts, without quotation marks.
pub(super) fn parts(text: &str, list: Span) -> impl Iterator<Item = Span> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | '"' | '\'');
    let mut next = list.start;
    text[list].split_inclusive(is_between).filter_map(move |part| {
        let start = next;
        next += part.len();
        let part = part.trim_end_matches(is_between);
        (!part.is_empty()).then(|| start..start + part.len())
    })
}

/// Reads `3` or `3-5` as the first and the last line.
pub(super) fn range(text: &str) -> Option<(usize, usize)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first > 0 && first <= last).then_some((first, last))
}
