//! What a rendered page links to and what can be linked to on it, read off its HTML.

mod attribute;

use std::borrow::Cow;
use std::collections::HashSet;

use memchr::memmem;
use sitegen_parser::{Form, RAW_ELEMENTS, Reference, Use, Within, end_tag, references, unescape};

use self::attribute::{Holds, form, is_metadata, refresh, sources, tidy};

/// What a page of HTML holds.
#[derive(Debug, Default)]
pub(crate) struct Scan<'h> {
    /// The URLs in its attributes, as browsers read them.
    pub links: Vec<Link<'h>>,
    /// The ids.
    pub ids: HashSet<Cow<'h, str>>,
    /// The names of anchors and maps.
    names: HashSet<Cow<'h, str>>,
    /// An id that stands more than once.
    pub duplicate: Option<Cow<'h, str>>,
    /// What its links are relative to, if it says so.
    pub base: Option<Cow<'h, str>>,
}

/// A URL on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link<'h> {
    /// The URL.
    pub to: Cow<'h, str>,
    /// What the page does with it.
    pub usage: Use,
}

/// Reads a page.
pub(crate) fn scan(html: &str) -> Scan<'_> {
    let mut scan = Scan::default();
    let mut rest = html;
    while let Some(start) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = after_comment(comment);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = scan.tag(rest);
        }
    }
    scan
}

impl<'h> Scan<'h> {
    /// Whether something on the page is what a part of a URL names.
    pub(crate) fn has(&self, anchor: &str) -> bool {
        sitegen_model::names(anchor, |id| self.ids.contains(id) || self.names.contains(id))
    }

    /// What can be linked to, sorted.
    pub(crate) fn places(&self) -> Vec<&str> {
        let mut places: Vec<_> = self.ids.iter().chain(&self.names).map(|id| &**id).collect();
        places.sort_unstable();
        places
    }

    /// Reads a start tag from after its `<`, and what an element of text holds.
    fn tag(&mut self, html: &'h str) -> &'h str {
        let end = html.bytes().position(|c| c.is_ascii_whitespace() || c == b'>' || c == b'/');
        let (name, attributes) = html.split_at(end.unwrap_or(html.len()));
        let rest = if name.eq_ignore_ascii_case("meta") {
            self.metadata(attributes)
        } else {
            self.attributes(name, attributes)
        };
        let rest = rest.strip_prefix('>').unwrap_or(rest);
        let Some(raw) = RAW_ELEMENTS.iter().find(|raw| name.eq_ignore_ascii_case(raw)) else { return rest };
        let after = after_end_tag(rest, raw);
        let content = &rest[..rest.len() - after.len()];
        match *raw {
            "style" => self.code("style.css", content),
            "script" if is_script(attributes) => self.code("script.js", content),
            _ => {}
        }
        after
    }

    /// Takes the URLs of a style sheet or a script that stands on the page, which are relative to it.
    fn code(&mut self, name: &str, code: &str) {
        let is_likely = ["(", "import", "export"].iter().any(|word| code.contains(word));
        let found = if is_likely { references(name, code) } else { Vec::new() };
        let is_url = |found: &Reference| found.form != Form::Module || found.to.starts_with(['/', '.']);
        for reference in found.into_iter().filter(is_url) {
            self.link(reference.to.into(), Use::Show);
        }
    }

    /// Reads the attributes of an element. Gives what follows them.
    fn attributes(&mut self, element: &str, mut rest: &'h str) -> &'h str {
        let before = self.links.len();
        let mut is_download = false;
        while let Some((name, value, after)) = attribute(rest) {
            rest = after;
            self.attribute(element, name, value);
            is_download |= name.eq_ignore_ascii_case("download");
        }
        // What is saved is not run.
        if is_download {
            for link in &mut self.links[before..] {
                link.usage = Use::Show;
            }
        }
        rest
    }

    fn attribute(&mut self, element: &str, name: &str, value: &'h str) {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("id") {
            let id = unescape(value, Within::Attribute);
            if !self.ids.insert(id.clone()) {
                self.duplicate.get_or_insert(id);
            }
        } else if is("name") && ["a", "map"].iter().any(|named| element.eq_ignore_ascii_case(named)) {
            self.names.insert(unescape(value, Within::Attribute));
        } else if is("style") {
            self.code("style.css", &unescape(value, Within::Attribute));
        } else if let Some(form) = form(element, name) {
            self.url(form, unescape(value, Within::Attribute));
        }
    }

    fn url(&mut self, form: Holds, value: Cow<'h, str>) {
        match form {
            Holds::Url(usage) => self.link(value, usage),
            Holds::Urls(usage) => {
                self.each(value, |urls| urls.split_ascii_whitespace().collect(), usage);
            }
            Holds::Sources => self.each(value, sources, Use::Show),
            Holds::Map => {
                self.each(value, |map| map.starts_with('#').then_some(map).into_iter().collect(), Use::Show);
            }
            Holds::Base => _ = self.base.get_or_insert(tidy(value)),
            Holds::Document => {
                // Places in it are no places of this page.
                let inner = scan(&value).links.into_iter().filter(|link| !link.to.starts_with('#'));
                let inner = inner.map(|link| Link { to: link.to.into_owned().into(), ..link });
                self.links.extend(inner.collect::<Vec<_>>());
            }
        }
    }

    fn link(&mut self, to: Cow<'h, str>, usage: Use) {
        self.links.push(Link { to: tidy(to), usage });
    }

    /// Takes the URLs that a value holds.
    fn each(&mut self, value: Cow<'h, str>, split: fn(&str) -> Vec<&str>, usage: Use) {
        match value {
            Cow::Borrowed(value) => {
                for to in split(value) {
                    self.link(to.into(), usage);
                }
            }
            Cow::Owned(value) => {
                for to in split(&value) {
                    self.link(to.to_owned().into(), usage);
                }
            }
        }
    }

    /// Reads a `<meta>`, whose content may be a URL by what its other attributes say. Gives what follows.
    fn metadata(&mut self, mut rest: &'h str) -> &'h str {
        let (mut content, mut is_url, mut is_refresh) = (None, false, false);
        while let Some((name, value, after)) = attribute(rest) {
            rest = after;
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            if is("content") {
                content = Some(value);
            } else if is("http-equiv") {
                is_refresh |= value.trim().eq_ignore_ascii_case("refresh");
            } else if is("id") {
                self.attribute("meta", name, value);
            } else if is("property") || is("name") || is("itemprop") {
                is_url |= is_metadata(value.trim());
            }
        }
        let content =
            content.filter(|_| is_url || is_refresh).map(|value| unescape(value, Within::Attribute));
        match content {
            Some(content) if is_refresh => {
                self.each(content, |content| refresh(content).into_iter().collect(), Use::Follow);
            }
            Some(content) => self.link(content, Use::Show),
            None => {}
        }
        rest
    }
}

/// Whether a `<script>` with these attributes is one, and not data.
fn is_script(mut attributes: &str) -> bool {
    while let Some((name, value, after)) = attribute(attributes) {
        if name.eq_ignore_ascii_case("type") {
            let kind = value.trim().to_ascii_lowercase();
            return kind.is_empty() || kind == "module" || kind.ends_with("javascript");
        }
        attributes = after;
    }
    true
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

/// What follows a comment, from after its `<!--`.
fn after_comment(comment: &str) -> &str {
    let empty = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->"));
    empty.unwrap_or_else(|| after(comment, "-->"))
}

/// What follows the `</name` of an end tag.
pub(crate) fn after_end_tag<'h>(html: &'h str, name: &str) -> &'h str {
    end_tag(html, name).map_or("", |at| &html[at + "</".len() + name.len()..])
}

/// The source of the formula that begins HTML, still escaped, and what follows it.
fn formula(html: &str) -> Option<(&str, &str)> {
    let (formula, after) = html.strip_prefix("<math")?.split_once("</math>")?;
    let (_, annotation) = formula.split_once("<annotation ")?;
    let (_, source) = annotation.split_once('>')?;
    Some((source.split('<').next().unwrap_or_default(), after))
}

/// The text of HTML: no tags, single spaces. Formulas are what their authors wrote.
pub(crate) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let tag = &rest[start..];
        if let Some((formula, after)) = formula(tag) {
            text.push_str(formula);
            rest = after;
            continue;
        }
        let inline =
            ["<a", "</a", "<em", "</em", "<strong", "</strong", "<code", "</code", "<span", "</span"];
        if !inline.iter().any(|inline| tag.starts_with(inline)) {
            text.push(' ');
        }
        rest = after(tag, ">");
    }
    text.push_str(rest);
    let words: Vec<_> = text.split_whitespace().collect();
    unescape(&words.join(" "), Within::Text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(html: &str) -> Vec<String> {
        scan(html).links.into_iter().map(|link| link.to.into_owned()).collect()
    }

    #[test]
    fn links_and_ids_are_found() {
        let page = r#"<!doctype html><!--> <!-- <a href="/no/"> --><a href='/a/?x=1&amp;y=2' id=top>A</a>
            <script src=/s.js>"<a href='/not/'>"</script><IMG SRC="/i.png"><p id="top"/><a name="x" href>"#;
        assert_eq!(links(page), ["/a/?x=1&y=2", "/s.js", "/i.png", ""]);
        let scan = scan(page);
        assert!(scan.has("top") && scan.has("x"));
        assert_eq!(scan.duplicate.as_deref(), Some("top"));
        assert_eq!(super::scan("<a name=x id=x>").duplicate, None);
    }

    #[test]
    fn urls_are_found_in_all_attributes_that_hold_them() {
        for (html, urls) in [
            ("<img srcset='/a.png 1x, /b.png 2x'>", &["/a.png", "/b.png"][..]),
            ("<a ping='/p /q' href=' /a\n/'>", &["/p", "/q", "/a/"]),
            ("<meta content='0;url=/a/' http-equiv=Refresh>", &["/a/"]),
            ("<meta property=og:image content=/a.png><meta name=author content=/b>", &["/a.png"]),
            ("<q cite=/a/></q><p cite=/no/><object data=/b data-x=/no/>", &["/a/", "/b"]),
            ("<svg><use xlink:href='#a'/><image href=/b.png /></svg>", &["#a", "/b.png"]),
            ("<iframe srcdoc='<a href=&quot;/a/&quot;></a><a href=#x></a>'></iframe>", &["/a/"]),
            (
                "<p style='a: url(/a.png)'><style>@import \"/b.css\"; p { content: \"(\" }</style>",
                &["/a.png", "/b.css"],
            ),
            (
                "<script type=module>import './a.js'; import 'lit'</script><script type='application/ld+json'>import './b.js'</script>",
                &["./a.js"],
            ),
            ("<iframe><a href=/no/></iframe><img usemap=#m><map name=m>", &["#m"]),
        ] {
            assert_eq!(links(html), urls, "{html}");
        }
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
