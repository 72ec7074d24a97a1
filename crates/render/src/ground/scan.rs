//! A scanner for rendered HTML, which finds the links of a page and the ids and names that can be linked to.

mod attribute;
mod tag;
mod text;
mod url;

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use sitegen_parser::{
    RAW_ELEMENTS, Reference, ReferenceForm, UrlUse, Within, is_forbidden, is_known_scheme, references,
    scheme, unescape,
};

use self::attribute::{ValueSyntax, animates_url, holds, is_metadata};
use self::tag::AttributeIter;
pub(crate) use self::tag::{after, after_comment, after_end_tag, after_tag};
pub(crate) use self::text::plain_text;
use self::url::{refresh, sources, tidy};

/// The links, ids and names of a page of HTML.
#[derive(Debug, Default)]
pub(crate) struct Scan<'h> {
    /// The URLs in its attributes, as browsers read them.
    pub links: Vec<PageLink<'h>>,
    /// The ids.
    pub ids: FxHashSet<Cow<'h, str>>,
    /// The names of anchors and maps.
    names: FxHashSet<Cow<'h, str>>,
    /// An id that occurs more than once.
    pub duplicate: Option<Cow<'h, str>>,
    /// The URL that its links are relative to, if it has a `<base>`.
    pub base: Option<Cow<'h, str>>,
}

/// A URL on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageLink<'h> {
    /// The URL.
    pub to: Cow<'h, str>,
    /// The part of the page that says it: the URL as it is written, or all that holds it.
    pub written: &'h str,
    /// The way in which the page uses the URL.
    pub usage: UrlUse,
}

/// Elements that animate an attribute of another element.
const ANIMATING: [&str; 2] = ["animate", "set"];

/// Scans a page.
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
    /// Returns true if the page has the id or name that a URL's fragment means.
    pub(crate) fn has(&self, anchor: &str) -> bool {
        sitegen_model::names(anchor, |id| self.ids.contains(id) || self.names.contains(id))
    }

    /// Lists the ids and names that can be linked to, sorted.
    pub(crate) fn places(&self) -> Vec<&str> {
        let mut places: Vec<_> = self.ids.iter().chain(&self.names).map(|id| &**id).collect();
        places.sort_unstable();
        places
    }

    /// Reads a start tag from after its `<`, with the content of an element that holds text, and returns the
    /// rest.
    fn tag(&mut self, html: &'h str) -> &'h str {
        let end = html.bytes().position(|c| c.is_ascii_whitespace() || c == b'>' || c == b'/');
        let (name, rest) = html.split_at(end.unwrap_or(html.len()));
        let attributes = AttributeIter::of(rest);
        let rest = self.attributes(name, attributes.clone());
        let is = |known: &&str| name.eq_ignore_ascii_case(known);
        if is(&"meta") {
            self.metadata(attributes);
        } else if ANIMATING.iter().any(is) {
            self.animation(attributes);
        } else if let Some(raw) = RAW_ELEMENTS.iter().copied().find(is) {
            let after = after_end_tag(rest, raw);
            self.content(raw, attributes, &rest[..rest.len() - after.len()]);
            return after;
        }
        rest
    }

    /// Collects the links in the content of an element that holds text.
    fn content(&mut self, element: &str, attributes: AttributeIter, content: &'h str) {
        match element {
            "style" => self.code("style.css", content, content),
            "script" => self.code(script_name(attributes), content, content),
            _ => {}
        }
    }

    /// Collects the URLs of a style sheet or script on the page, which are relative to the page. The page has it as
    /// `written`.
    fn code(&mut self, name: &str, code: &str, written: &'h str) {
        let is_likely = ["(", "import", "export", "urls"].iter().any(|word| code.contains(word));
        let found = if is_likely { references(name, code) } else { Vec::new() };
        for reference in found.into_iter().filter(is_url) {
            let written = part(written, &reference.to);
            self.links.push(PageLink { to: tidy(reference.to.into()), written, usage: UrlUse::Show });
        }
    }

    /// Reads the attributes of an element, and returns the HTML after its tag.
    fn attributes(&mut self, element: &str, mut attributes: AttributeIter<'h>) -> &'h str {
        let before = self.links.len();
        let mut is_download = false;
        for (name, value) in attributes.by_ref() {
            match holds(element, name) {
                Some(ValueSyntax::Mark) => is_download = true,
                Some(syntax) => self.value(syntax, value),
                None => {}
            }
        }
        // The target of a download counts as shown, because it is saved and not run.
        if is_download {
            for link in &mut self.links[before..] {
                link.usage = UrlUse::Show;
            }
        }
        attributes.after()
    }

    fn value(&mut self, syntax: ValueSyntax, written: &'h str) {
        let value = unescape(written, Within::Attribute);
        match syntax {
            ValueSyntax::Mark => {}
            ValueSyntax::Id => {
                if !self.ids.insert(value.clone()) {
                    self.duplicate.get_or_insert(value);
                }
            }
            ValueSyntax::Name => _ = self.names.insert(value),
            ValueSyntax::Style => self.code("style.css", &value, written),
            ValueSyntax::Url(usage) => self.link((value, written), usage),
            ValueSyntax::Urls(usage) => {
                self.each((value, written), |urls| urls.split_ascii_whitespace().collect(), usage);
            }
            ValueSyntax::Sources => self.each((value, written), sources, UrlUse::Show),
            ValueSyntax::Map => {
                self.each(
                    (value, written),
                    |map| map.starts_with('#').then_some(map).into_iter().collect(),
                    UrlUse::Show,
                );
            }
            ValueSyntax::Base => _ = self.base.get_or_insert(tidy(value)),
            ValueSyntax::Document => {
                // Links to fragments are left out, because they lead to places in the inner document.
                let inner = scan(&value).links.into_iter().filter(|link| !link.to.starts_with('#'));
                let inner = inner.map(|link| PageLink {
                    written: part(written, &link.to),
                    to: link.to.into_owned().into(),
                    usage: link.usage,
                });
                self.links.extend(inner.collect::<Vec<_>>());
            }
        }
    }

    fn link(&mut self, (to, written): (Cow<'h, str>, &'h str), usage: UrlUse) {
        self.links.push(PageLink { to: tidy(to), written, usage });
    }

    /// Collects the URLs in a value.
    fn each(
        &mut self,
        (value, written): (Cow<'h, str>, &'h str),
        split: fn(&str) -> Vec<&str>,
        usage: UrlUse,
    ) {
        match value {
            Cow::Borrowed(value) => {
                for to in split(value) {
                    self.link((to.into(), to), usage);
                }
            }
            Cow::Owned(value) => {
                for to in split(&value) {
                    self.link((to.to_owned().into(), written), usage);
                }
            }
        }
    }

    /// Collects the content of a `<meta>`, if its other attributes say that it is a URL.
    fn metadata(&mut self, attributes: AttributeIter<'h>) {
        let (mut content, mut is_url, mut is_refresh) = (None, false, false);
        for (name, value) in attributes {
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            if is("content") {
                content = Some(value);
            } else if is("http-equiv") {
                is_refresh |= value.trim().eq_ignore_ascii_case("refresh");
            } else if is("property") || is("name") || is("itemprop") {
                is_url |= is_metadata(value.trim());
            }
        }
        let content = content.filter(|_| is_url || is_refresh);
        let content = content.map(|written| (unescape(written, Within::Attribute), written));
        match content {
            Some(content) if is_refresh => {
                self.each(content, |content| refresh(content).into_iter().collect(), UrlUse::Follow);
            }
            Some(content) => self.link(content, UrlUse::Show),
            None => {}
        }
    }

    /// Collects the values of an animation, if its attribute holds a URL. They count as shown, because the
    /// animated element is not known here and pictures must pass.
    fn animation(&mut self, attributes: AttributeIter<'h>) {
        let is_url =
            |(name, value): (&str, &str)| name.eq_ignore_ascii_case("attributename") && animates_url(value);
        if !attributes.clone().any(is_url) {
            return;
        }
        for (name, value) in attributes {
            if ["values", "from", "to", "by"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
                let read = (unescape(value, Within::Attribute), value);
                self.each(read, |values| values.split(';').collect(), UrlUse::Show);
            }
        }
    }
}

/// Returns the first part of a text that is the same as another, or else the text.
fn part<'h>(text: &'h str, other: &str) -> &'h str {
    text.find(other).map_or(text, |at| &text[at..at + other.len()])
}

/// Returns true if a reference in a style sheet or script on a page is a URL, and not the bare name of a
/// module.
fn is_url(found: &Reference) -> bool {
    found.form != ReferenceForm::Module || found.to.starts_with(['/', '.']) || has_scheme(&found.to)
}

/// Returns true if the name of a module has the scheme of a URL. Bundlers have others of their own, such as
/// `npm:`.
fn has_scheme(name: &str) -> bool {
    scheme(name).is_some() && (is_known_scheme(name) || is_forbidden(name, UrlUse::Follow))
}

/// Returns a file name whose extension tells how to read a `<script>` with these attributes.
fn script_name(mut attributes: AttributeIter) -> &'static str {
    let kind = attributes.find(|(name, _)| name.eq_ignore_ascii_case("type")).map_or("", |(_, kind)| kind);
    match kind.trim().to_ascii_lowercase().as_str() {
        "importmap" => "script.importmap",
        "speculationrules" => "script.speculationrules",
        "" | "module" => "script.js",
        kind if kind.ends_with("javascript") => "script.js",
        _ => "data",
    }
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
            (
                "<svg><animate to=/a/ attributeName=xlink:href values='/b/;/c/' /><set attributeName=x to=/no/></svg>",
                &["/a/", "/b/", "/c/"],
            ),
            ("<script type=importmap>{\"imports\":{\"a\":\"/a.js\",\"b\":\"c\"}}</script>", &["/a.js"]),
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
}
