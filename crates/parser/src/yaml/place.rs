//! Finds the place of a mistake that the YAML library reports elsewhere, or without a place.

use granit_parser::ScanError;

use crate::Span;

/// Returns the offset at which the library stopped.
pub(super) fn offset(text: &str, error: &ScanError) -> usize {
    text.floor_char_boundary(error.marker().byte_offset().unwrap_or_default().min(text.len()))
}

/// Returns the line around an offset, trimmed.
pub(super) fn line(text: &str, offset: usize) -> Span {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let line = rest(text, start);
    line.end - text[line.clone()].trim_start().len()..line.end
}

/// Returns the rest of a line from an offset on.
pub(super) fn rest(text: &str, offset: usize) -> Span {
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    offset..offset + text[offset..end].trim_end().len()
}

/// Finds the last line before an offset's line that is not blank.
pub(super) fn line_before(text: &str, offset: usize) -> Option<Span> {
    let before = text[..offset].rfind('\n')?;
    let written = text[..before].trim_end().len();
    (written > 0).then(|| line(text, written))
}

/// Returns true if no text of its line stands before an offset.
pub(super) fn begins_line(text: &str, offset: usize) -> bool {
    line(text, offset).start >= offset
}

/// Returns true if a line begins with a key and a colon.
pub(super) fn is_key(line: &str) -> bool {
    let line = line.trim_start_matches("- ");
    let key =
        line.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']));
    key.is_some_and(|(key, _)| key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ')))
}

/// Returns the text behind the key and colon of a line.
pub(super) fn value(text: &str, line: &Span) -> Option<Span> {
    let colon = text[line.clone()].find(": ")?;
    let written = &text[line.start + colon + 1..line.end];
    Some(line.end - written.trim_start().len()..line.end)
}

/// Finds the quotation mark that opens the string around an offset.
pub(super) fn quote(text: &str, offset: usize) -> Span {
    let opens = |at: usize| at == 0 || text[..at].ends_with([' ', '\t', '\n', '[', '{', ',']);
    let found = text[..offset].rmatch_indices(['"', '\'']).map(|(at, _)| at).find(|at| opens(*at));
    sign(text, found.unwrap_or(offset))
}

/// Returns the character at an offset; an empty span at the end.
pub(super) fn sign(text: &str, offset: usize) -> Span {
    offset..offset + text[offset..].chars().next().map_or(0, char::len_utf8)
}

/// Finds the tabs that indent the line around an offset, or the next line that tabs indent.
pub(super) fn tabs(text: &str, offset: usize) -> Span {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        let indented = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indented].find('\t') {
            return end + tab..end + indented;
        }
        end += line.len();
    }
    rest(text, offset)
}

/// Finds the first backslash from an offset on that begins no escape, with the character that follows.
pub(super) fn escape(text: &str, offset: usize) -> Span {
    let mut at = offset;
    while let Some(found) = text[at..].find('\\') {
        let start = at + found;
        let mut signs = text[start + 1..].chars();
        let Some(sign) = signs.next() else { break };
        let digits = match sign {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let end = start + 1 + sign.len_utf8();
        let is_known = "0abt\tnvfre \"/\\N_LPxuU\r\n".contains(sign);
        if !is_known || signs.take(digits).filter(char::is_ascii_hexdigit).count() < digits {
            return start..end;
        }
        at = end;
    }
    rest(text, offset)
}
