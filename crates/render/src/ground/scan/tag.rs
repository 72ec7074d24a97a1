//! The attributes of a tag, and where comments and elements of text end.

use memchr::memmem;
use sitegen_parser::end_tag;

/// The attributes of a tag, each with its value, from after its name or the attribute before.
#[derive(Debug, Clone)]
pub(super) struct Attributes<'h> {
    html: &'h str,
}

impl<'h> Attributes<'h> {
    /// Those of a tag, from after its name.
    pub(super) fn of(html: &'h str) -> Self {
        Self { html }
    }

    /// What follows the tag once all were read.
    pub(super) fn after(self) -> &'h str {
        self.html.strip_prefix('>').unwrap_or(self.html)
    }
}

impl<'h> Iterator for Attributes<'h> {
    type Item = (&'h str, &'h str);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, value, after) = attribute(self.html)?;
        self.html = after;
        Some((name, value))
    }
}

/// The next attribute of a tag: its name, its value, and what follows; none at the tag's end.
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

/// What follows a text.
pub(crate) fn after<'h>(html: &'h str, end: &str) -> &'h str {
    memmem::find(html.as_bytes(), end.as_bytes()).map_or("", |at| &html[at + end.len()..])
}

/// What follows a tag, from after its name.
pub(crate) fn after_tag(html: &str) -> &str {
    let mut attributes = Attributes::of(html);
    attributes.by_ref().for_each(drop);
    attributes.after()
}

/// What follows a comment, from after its `<!--`.
pub(crate) fn after_comment(comment: &str) -> &str {
    let empty = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->"));
    empty.unwrap_or_else(|| after(comment, "-->"))
}

/// What follows the `</name` of an end tag.
pub(crate) fn after_end_tag<'h>(html: &'h str, name: &str) -> &'h str {
    end_tag(html, name).map_or("", |at| &html[at + "</".len() + name.len()..])
}
