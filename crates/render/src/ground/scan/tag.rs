//! The attributes of a tag, and functions that skip comments and elements.

use memchr::memmem;
use sitegen_parser::end_tag;

/// An iterator over the attributes of a tag and their values.
#[derive(Debug, Clone)]
pub(super) struct AttributeIter<'h> {
    html: &'h str,
}

impl<'h> AttributeIter<'h> {
    /// Reads the attributes of a tag, from after its name.
    pub(super) fn of(html: &'h str) -> Self {
        Self { html }
    }

    /// Returns the HTML after the tag, once all attributes were read.
    pub(super) fn after(self) -> &'h str {
        self.html.strip_prefix('>').unwrap_or(self.html)
    }
}

impl<'h> Iterator for AttributeIter<'h> {
    type Item = (&'h str, &'h str);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, value, after) = attribute(self.html)?;
        self.html = after;
        Some((name, value))
    }
}

/// Reads the next attribute of a tag: its name, its value, and the HTML after it; there is none at the end of
/// the tag.
fn attribute(html: &str) -> Option<(&str, &str, &str)> {
    let start = html.bytes().position(|c| !c.is_ascii_whitespace() && c != b'/')?;
    let html = &html[start..];
    let end = html.bytes().position(|c| c.is_ascii_whitespace() || matches!(c, b'=' | b'>' | b'/'))?;
    if end == 0 && !html.starts_with('=') {
        return None;
    }
    let (name, rest) = html.split_at(end.max(1));
    let Some(value) = rest.trim_ascii_start().strip_prefix('=') else { return Some((name, "", rest)) };
    let value = value.trim_ascii_start();
    match value.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => {
            let inner = &value[1..];
            let end = memchr::memchr(*quote, inner.as_bytes())?;
            Some((name, &inner[..end], &inner[end + 1..]))
        }
        _ => {
            let end = value.bytes().position(|c| c.is_ascii_whitespace() || c == b'>')?;
            Some((name, &value[..end], &value[end..]))
        }
    }
}

/// Returns the HTML after the first `end`; it is empty if there is none.
pub(crate) fn after<'h>(html: &'h str, end: &str) -> &'h str {
    memmem::find(html.as_bytes(), end.as_bytes()).map_or("", |at| &html[at + end.len()..])
}

/// Returns the HTML after a tag, from after its name.
pub(crate) fn after_tag(html: &str) -> &str {
    let mut attributes = AttributeIter::of(html);
    attributes.by_ref().for_each(drop);
    attributes.after()
}

/// Returns the HTML after a comment, from after its `<!--`.
pub(crate) fn after_comment(comment: &str) -> &str {
    let empty = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->"));
    empty.unwrap_or_else(|| after(comment, "-->"))
}

/// Returns the HTML after the `</name` of an end tag.
pub(crate) fn after_end_tag<'h>(html: &'h str, name: &str) -> &'h str {
    end_tag(html, name).map_or("", |at| &html[at + "</".len() + name.len()..])
}
