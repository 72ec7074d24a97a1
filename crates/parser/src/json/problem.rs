//! Turns the errors of the JSON library into plain words at the right place.

use serde_json::Error;

use crate::{Diagnostic, Place, Source, Span, errors};

/// Reports that a part of a file is not JSON. `whole` is what messages call that part.
pub(crate) fn diagnose(source: &Source, part: Span, whole: &str, error: &Error) -> Diagnostic {
    let text = &source.text[part.clone()];
    // Columns count bytes from 1. A text that ends too early has its problem behind its last byte.
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let line = lines.map(str::len).sum::<usize>();
    let offset = if error.is_eof() { text.len() } else { line + error.column().saturating_sub(1) };
    let start = text.floor_char_boundary(offset.min(text.len()));
    // The library notices an unknown word behind it, so the word's beginning is searched.
    let start = if error.to_string().starts_with("expected ident") { word(text, start) } else { start };
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    let start = part.start + start;
    errors::invalid_json(Place::new(&source.path, &(start..start + length)), &reason(error, whole))
}

/// Finds the key before a value: the text from the line's start to the value ends with the key and a colon.
pub(crate) fn key(text: &str, before: Span) -> Span {
    let written = text[before.clone()].trim_end().trim_end_matches(':').trim_end();
    let end = written.len();
    let mut start = end.saturating_sub(1);
    while let Some(quote) = written[..start].rfind('"') {
        start = quote;
        if !is_escaped(written, quote) {
            break;
        }
    }
    before.start + start..before.start + end
}

/// Finds the beginning of the last word before an offset.
fn word(text: &str, before: usize) -> usize {
    text[..before].trim_end().trim_end_matches(char::is_alphanumeric).len()
}

fn is_escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

fn reason(error: &Error, whole: &str) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let plain = match message {
        "EOF while parsing a list" => return format!("the {whole} ends within a list"),
        "EOF while parsing an object" => return format!("the {whole} ends within its object"),
        "EOF while parsing a string" => return format!("the {whole} ends within a text"),
        "EOF while parsing a value" => return format!("the {whole} ends where a value should stand"),
        "expected `:`" => "expected `:` and a value behind the key",
        "expected ident" | "expected value" => "this is no value: text must be in double quotation marks",
        "expected `\"`" | "key must be a string" => "a key must be in double quotation marks",
        "invalid escape" => "a backslash cannot stand before this character",
        "invalid number" => "this is not how JSON writes a number",
        "trailing comma" => "nothing follows the comma before this",
        "trailing characters" => return format!("the {whole} goes on behind its object"),
        "lone leading surrogate in hex escape"
        | "unexpected end of hex escape"
        | "invalid unicode code point" => "this escape stands for no character",
        _ if message.starts_with("control character") => "a text cannot hold this character as it is",
        other => other,
    };
    plain.to_owned()
}
