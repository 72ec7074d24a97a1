//! Reads Hugo's tags: `{{< name "a" b=c >}}`, `{{% name %}}`, `{{< /name >}}` and `{{</* name */>}}`.

use crate::excerpt::Excerpt;
use crate::markdown::{Argument, Call, Spelling, component};
use crate::{Span, WrittenValue};

/// The most bytes that a tag can have.
const LONGEST: usize = 2_000;

/// A tag and its place.
pub(super) struct HugoTag {
    pub(super) span: Span,
    pub(super) kind: TagRole,
    pub(super) name: Span,
    /// The text behind the name.
    arguments: Span,
    /// True if the text up to the closing tag is no Markdown.
    pub(super) is_raw: bool,
    /// The offset at which its line begins.
    pub(super) line: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TagRole {
    /// A tag that another one may close.
    Opens,
    /// `{{< /name >}}`
    Closes,
    /// `{{< name />}}`
    Whole,
    /// A tag in comment marks, `{{</* name */>}}`, which is shown without these marks.
    Shown,
}

/// Finds the tags in a text, also those in code.
pub(super) fn find(excerpt: &Excerpt<'_>) -> Vec<HugoTag> {
    let text = excerpt.text;
    let (mut tags, mut end, mut line) = (Vec::<HugoTag>::new(), 0, 0);
    for (start, _) in text.match_indices("{{") {
        if start < end || excerpt.is_escaped(start) {
            continue;
        }
        if let Some(tag) = read(excerpt, start) {
            line = text[line..start].rfind('\n').map_or(line, |newline| line + newline + 1);
            end = tag.span.end;
            tags.push(HugoTag { line, ..tag });
        }
    }
    tags
}

/// Reads the tag at an offset.
fn read(excerpt: &Excerpt<'_>, start: usize) -> Option<HugoTag> {
    let rest = &excerpt.text[start..excerpt.text.floor_char_boundary(start + LONGEST)];
    let (is_raw, close) = match rest.as_bytes().get(2)? {
        b'<' => (true, ">}}"),
        b'%' => (false, "%}}"),
        _ => return None,
    };
    let placed = |span: Span| start + span.start..start + span.end;
    if rest[3..].starts_with("/*") {
        let length = rest.find(&format!("*/{close}"))? + 2 + close.len();
        let inner = 5..length - 2 - close.len();
        let (kind, arguments) = (TagRole::Shown, start..start);
        let (span, name) = (placed(0..length), placed(inner));
        return Some(HugoTag { span, kind, name, arguments, is_raw, line: 0 });
    }
    let line = start..start + rest.find(['\n', '\r']).unwrap_or(rest.len());
    match component::read(excerpt, line) {
        Some(Err(fault)) if fault.shortcode.is_some() => {}
        _ => return None,
    }
    let closes = rest[3..].trim_start().starts_with('/');
    let (named, name) = super::name(&rest[3..]);
    let named = 3 + named;
    let length = end(&rest[named..], close).or_else(|| rest[named..].find(close))?;
    let arguments = &rest[named..named + length];
    let is_whole = arguments.trim_end().ends_with('/');
    let arguments = named..named + arguments.trim_end().trim_end_matches('/').len();
    let kind = match (closes, is_whole) {
        (true, _) => TagRole::Closes,
        (_, true) => TagRole::Whole,
        _ => TagRole::Opens,
    };
    let span = placed(0..named + length + close.len());
    let name = placed(named - name.len()..named);
    Some(HugoTag { span, kind, name, arguments: placed(arguments), is_raw, line: 0 })
}

/// Finds the end of a tag, skipping text in quotation marks.
fn end(rest: &str, close: &str) -> Option<usize> {
    let (mut quote, mut is_escaped) = (None, false);
    rest.bytes().enumerate().find_map(|(at, byte)| {
        match quote {
            _ if is_escaped => is_escaped = false,
            Some(b'"') if byte == b'\\' => is_escaped = true,
            Some(open) if byte == open => quote = None,
            None if matches!(byte, b'"' | b'`') => quote = Some(byte),
            None if rest.as_bytes()[at..].starts_with(close.as_bytes()) => return Some(at),
            _ => {}
        }
        None
    })
}

impl HugoTag {
    /// Returns the call that the tag stands for. Arguments without a name have an empty one.
    pub(super) fn call(&self, excerpt: &Excerpt<'_>) -> Call {
        let name = excerpt.spanned(excerpt.text[self.name.clone()].to_owned(), &self.name);
        let mut call = Call { spelling: Spelling::Shortcode, name, arguments: Vec::new() };
        let mut start = self.arguments.start;
        while start < self.arguments.end {
            let rest = &excerpt.text[start..self.arguments.end];
            let space = rest.len() - rest.trim_start().len();
            let rest = &rest[space..];
            if rest.is_empty() {
                break;
            }
            let key = key(rest);
            let value_start = key.map_or(0, |key| key.len() + 1);
            let (length, value) = value(&rest[value_start..]);
            let span = start + space..start + space + value_start + length;
            let key = key.unwrap_or_default().replace('-', "_");
            if key.is_empty() || call.arguments.iter().all(|given| given.name.value != key) {
                let name = excerpt.spanned(key, &span);
                call.arguments
                    .push(Argument { name, value: excerpt.spanned(WrittenValue::String(value), &span) });
            }
            start = span.end;
        }
        call
    }

    /// Returns the text that readers see of a tag in comment marks.
    pub(super) fn shown(&self, text: &str) -> String {
        let (open, close) = if self.is_raw { ("{{<", ">}}") } else { ("{{%", "%}}") };
        format!("{open}{}{close}", &text[self.name.clone()])
    }
}

/// Returns the name of the argument that a text begins with.
fn key(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let length = text.find(|c| !is_part(c))?;
    (length > 0 && text[length..].starts_with('=')).then(|| &text[..length])
}

/// Reads the value that a text begins with, and returns its length in the text, at least one byte, and the
/// value.
fn value(text: &str) -> (usize, String) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '`'));
    let Some(quote) = quote else {
        let length = text.find(char::is_whitespace).unwrap_or(text.len());
        return (length, text[..length].to_owned());
    };
    let (mut value, mut is_escaped) = (String::new(), false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\\' if quote == '"' && !is_escaped => is_escaped = true,
            _ if c == quote && !is_escaped => return (at + 1, value),
            _ => {
                value.push(c);
                is_escaped = false;
            }
        }
    }
    (text.len(), value)
}
