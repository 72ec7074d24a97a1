//! What a rendered page links to and what can be linked to on it, read off its HTML.

use std::borrow::Cow;
use std::collections::HashSet;

use memchr::memmem;

/// What a page of HTML holds.
#[derive(Debug, Default)]
pub(crate) struct Scan<'h> {
    /// The values of `href`, `src`, `poster` and `action`, character references resolved.
    pub links: Vec<Cow<'h, str>>,
    /// The ids, and the names of anchors.
    pub ids: HashSet<Cow<'h, str>>,
    /// An id that stands more than once.
    pub duplicate: Option<Cow<'h, str>>,
}

/// Elements whose content is text up to their end tag.
pub(crate) const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Reads a page.
pub(crate) fn scan(html: &str) -> Scan<'_> {
    let mut scan = Scan::default();
    let mut rest = html;
    while let Some(start) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = after(comment, "-->");
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = scan.tag(rest);
        }
    }
    scan
}

impl<'h> Scan<'h> {
    /// Reads a start tag from after its `<`, and what an element of text holds.
    fn tag(&mut self, html: &'h str) -> &'h str {
        let end = html.bytes().position(|c| c.is_ascii_whitespace() || c == b'>' || c == b'/');
        let end = end.unwrap_or(html.len());
        let (name, mut rest) = html.split_at(end);
        while let Some((attribute, value, after)) = attribute(rest) {
            rest = after;
            self.attribute(name, attribute, value);
        }
        rest = rest.strip_prefix('>').unwrap_or(rest);
        match RAW.iter().find(|raw| name.eq_ignore_ascii_case(raw)) {
            Some(raw) => after_end_tag(rest, raw),
            None => rest,
        }
    }

    fn attribute(&mut self, element: &str, name: &str, value: &'h str) {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("href") || is("src") || is("poster") || is("action") {
            self.links.push(unescape(value));
        } else if is("id") || (is("name") && element.eq_ignore_ascii_case("a")) {
            let id = unescape(value);
            if !self.ids.insert(id.clone()) && is("id") {
                self.duplicate.get_or_insert(id);
            }
        }
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
    let Some(value) = rest.trim_start().strip_prefix('=') else { return Some((name, "", rest)) };
    let value = value.trim_start();
    match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => {
            let inner = &value[1..];
            let end = memchr::memchr(quote as u8, inner.as_bytes())?;
            Some((name, &inner[..end], &inner[end + 1..]))
        }
        None => {
            let end = value.bytes().position(|c| c.is_ascii_whitespace() || c == b'>')?;
            Some((name, &value[..end], &value[end..]))
        }
    }
}

/// What follows a text.
pub(crate) fn after<'h>(html: &'h str, end: &str) -> &'h str {
    memmem::find(html.as_bytes(), end.as_bytes()).map_or("", |at| &html[at + end.len()..])
}

/// What follows the `</name` of an end tag.
pub(crate) fn after_end_tag<'h>(html: &'h str, name: &str) -> &'h str {
    let mut rest = html;
    while let Some(at) = memmem::find(rest.as_bytes(), b"</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return rest;
        }
    }
    ""
}

/// An attribute's value with the character references that HTML writers use resolved.
pub(crate) fn unescape(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = memchr::memchr(b'&', rest.as_bytes()) {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let (reference, character) =
            REFERENCES.into_iter().find(|(reference, _)| rest.starts_with(reference)).unwrap_or(("&", '&'));
        text.push(character);
        rest = &rest[reference.len()..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The character references that HTML writers use.
const REFERENCES: [(&str, char); 7] = [
    ("&#x2F;", '/'),
    ("&amp;", '&'),
    ("&quot;", '"'),
    ("&#39;", '\''),
    ("&#x27;", '\''),
    ("&lt;", '<'),
    ("&gt;", '>'),
];

/// The text of HTML: no tags, single spaces.
pub(crate) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let tag = &rest[start..];
        let inline =
            ["<a", "</a", "<em", "</em", "<strong", "</strong", "<code", "</code", "<span", "</span"];
        if !inline.iter().any(|inline| tag.starts_with(inline)) {
            text.push(' ');
        }
        rest = after(tag, ">");
    }
    text.push_str(rest);
    let words: Vec<_> = text.split_whitespace().collect();
    unescape(&words.join(" ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_ids_are_found() {
        let page = r#"<!doctype html><!-- <a href="/no/"> --><a href='/a/?x=1&amp;y=2' id=top>A</a>
            <script src=/s.js>"<a href='/not/'>"</script><IMG SRC="/i.png"><p id="top"/><a name="x" href>"#;
        let scan = scan(page);
        assert_eq!(scan.links, ["/a/?x=1&y=2", "/s.js", "/i.png", ""]);
        assert!(scan.ids.contains("top") && scan.ids.contains("x"));
        assert_eq!(scan.duplicate.as_deref(), Some("top"));
    }

    #[test]
    fn no_html_is_too_broken() {
        let page = "<a href=\"x\" b c='d' <e f=g><script></script x><!-- <a = \"> </";
        for end in 0..page.len() {
            scan(&page[..end]);
        }
    }

    #[test]
    fn plain_text_has_no_markup() {
        assert_eq!(plain_text("<p>A <em>b</em>.</p>\n<p>R&amp;D</p>"), "A b. R&D");
    }
}
