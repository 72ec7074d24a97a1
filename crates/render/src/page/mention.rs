//! Mentions on a page: only the first of a record is a link, and only where a link can stand.
//!
//! This is decided on the rendered page, because a record's text can stand on many pages, in the text of a
//! link, and below other texts.

use memchr::memmem;
use rustc_hash::FxHashSet;
use sitegen_parser::RAW_ELEMENTS;

use crate::ground::scan::{after_comment, after_end_tag, after_tag};

/// The tag of a mention's link before and after its URL, as the renderer of Markdown writes it.
const TAG: (&str, &str) = ("<a href=\"", "\" class=\"mention\">");

/// The elements in which mentions are not links.
const BARRING: [&str; 15] = [
    "a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label", "option", "pre", "samp",
    "summary",
];

/// Removes the links of mentions that readers of a page do not need. `here` is the page's URL as it stands in
/// an `href`.
pub(crate) fn settled(html: String, here: &str) -> String {
    let Some(last) = memmem::rfind(html.as_bytes(), TAG.1.as_bytes()) else { return html };
    let mut page = MentionFilter {
        here,
        settled: String::with_capacity(html.len()),
        barred: 0,
        seen: FxHashSet::default(),
    };
    let mut rest = &*html;
    while html.len() - rest.len() <= last {
        let Some(start) = memchr::memchr(b'<', rest.as_bytes()) else { break };
        page.settled.push_str(&rest[..start]);
        rest = page.tag(&rest[start..]);
    }
    page.settled.push_str(rest);
    page.settled
}

struct MentionFilter<'h> {
    here: &'h str,
    settled: String,
    /// The number of open elements in which mentions are not links.
    barred: usize,
    /// The URLs of the links that were kept.
    seen: FxHashSet<&'h str>,
}

impl<'h> MentionFilter<'h> {
    /// Copies a whole mention, or else a tag or a comment, and returns the HTML after it.
    fn tag(&mut self, html: &'h str) -> &'h str {
        if let Some((url, text, after)) = mention(html) {
            let stands = self.barred == 0 && url != self.here && self.seen.insert(url);
            self.settled.push_str(if stands { &html[..html.len() - after.len()] } else { text });
            return after;
        }
        let after = self.after(html);
        self.settled.push_str(&html[..html.len() - after.len()]);
        after
    }

    /// Returns the HTML after a comment or a tag, and after the content of an element that holds text.
    fn after(&mut self, html: &'h str) -> &'h str {
        let inner = &html[1..];
        if let Some(comment) = inner.strip_prefix("!--") {
            return after_comment(comment);
        }
        let (is_end, tag) = inner.strip_prefix('/').map_or((false, inner), |tag| (true, tag));
        let name = name(tag);
        if name.is_empty() {
            return inner;
        }
        let after = after_tag(&tag[name.len()..]);
        let lower = name.to_ascii_lowercase();
        match RAW_ELEMENTS.iter().find(|raw| **raw == lower) {
            Some(raw) if !is_end => return after_end_tag(after, raw),
            _ => {}
        }
        if BARRING.contains(&&*lower) {
            self.barred = if is_end { self.barred.saturating_sub(1) } else { self.barred + 1 };
        }
        after
    }
}

/// Reads the link of a mention: its URL, its text, and the HTML after it; there is none if HTML begins
/// otherwise.
fn mention(html: &str) -> Option<(&str, &str, &str)> {
    let rest = html.strip_prefix(TAG.0)?;
    let (url, rest) = rest.split_at(memchr::memchr(b'"', rest.as_bytes())?);
    let rest = rest.strip_prefix(TAG.1)?;
    let (text, rest) = rest.split_at(memchr::memchr(b'<', rest.as_bytes())?);
    Some((url, text, rest.strip_prefix("</a>")?))
}

/// Returns the name of a tag's element; it is empty if there is no tag.
fn name(tag: &str) -> &str {
    if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    let end = tag.bytes().position(|c| c.is_ascii_whitespace() || c == b'>' || c == b'/');
    &tag[..end.unwrap_or(tag.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAIN: &str = "<a href=\"/g/#grain\" class=\"mention\">grain</a>";

    #[test]
    fn the_first_mention_of_a_record_stands() {
        let page = format!("<p title=\">\">{GRAIN}, {GRAIN}</p><!-- {GRAIN} --><p>{GRAIN}");
        let expected = format!("<p title=\">\">{GRAIN}, grain</p><!-- {GRAIN} --><p>grain");
        assert_eq!(settled(page, "/"), expected);
    }

    #[test]
    fn no_mention_stands_where_no_link_can() {
        let page = format!("<a href=/x/><p>{GRAIN}</p></a><H2>{GRAIN}</H2><script>{GRAIN}</script>{GRAIN}");
        let expected = format!("<a href=/x/><p>grain</p></a><H2>grain</H2><script>{GRAIN}</script>{GRAIN}");
        assert_eq!(settled(page, "/"), expected);
        assert_eq!(settled(GRAIN.to_owned(), "/g/#grain"), "grain");
    }

    #[test]
    fn no_html_is_too_broken() {
        let page = format!("</b></h2><p a=\"<{GRAIN}<a {GRAIN}</ <!-- {GRAIN}");
        for end in (0..page.len()).filter(|end| page.is_char_boundary(*end)) {
            settled(page[..end].to_owned(), "/");
        }
    }
}
