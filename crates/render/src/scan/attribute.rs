//! Which attributes hold URLs, by the HTML standard's index of attributes, and how these are written in them.

use std::borrow::Cow;

use sitegen_parser::Use;

/// How an attribute holds URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// It is one.
    Url(Use),
    /// It is several, with spaces between.
    Urls(Use),
    /// Images of several sizes.
    Sources,
    /// `#` and the name of a `<map>`.
    Map,
    /// What the links of the page are relative to.
    Base,
    /// A page of its own.
    Document,
}

/// Elements that show or load what an attribute names. What they do not name is shown or run in a frame.
const SHOWING: &[&str] = &["img", "audio", "video", "source", "track", "input"];

/// Attributes with the elements on which they hold URLs, all of them if none is named. The first that fits counts.
///
/// Of those in the standard, only `itemid`, `itemtype` and `about` are missing: they are names that need not lead anywhere. `<meta>`
/// has a table of its own.
const ATTRIBUTES: [(&str, &[&str], Holds); 20] = [
    ("href", &["link", "image", "feimage"], Holds::Url(Use::Show)),
    ("href", &["base"], Holds::Base),
    ("href", &[], Holds::Url(Use::Follow)),
    ("src", SHOWING, Holds::Url(Use::Show)),
    ("src", &[], Holds::Url(Use::Follow)),
    ("srcset", &["img", "source"], Holds::Sources),
    ("imagesrcset", &["link"], Holds::Sources),
    ("action", &[], Holds::Url(Use::Follow)),
    ("formaction", &["button", "input"], Holds::Url(Use::Follow)),
    ("poster", &[], Holds::Url(Use::Show)),
    ("data", &["object"], Holds::Url(Use::Follow)),
    ("cite", &["blockquote", "q", "ins", "del"], Holds::Url(Use::Follow)),
    ("ping", &["a", "area"], Holds::Urls(Use::Follow)),
    ("srcdoc", &["iframe"], Holds::Document),
    ("usemap", &["img", "object", "input"], Holds::Map),
    ("xlink:href", &["image", "feimage"], Holds::Url(Use::Show)),
    ("xlink:href", &[], Holds::Url(Use::Follow)),
    // Those of old that browsers still know.
    ("background", &["body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"], Holds::Url(Use::Show)),
    ("longdesc", &["img", "frame", "iframe"], Holds::Url(Use::Follow)),
    ("manifest", &["html"], Holds::Url(Use::Show)),
];

/// How an attribute of an element holds URLs; none if it holds none.
pub(super) fn form(element: &str, attribute: &str) -> Option<Holds> {
    // Most attributes of a page are these.
    match (element, attribute) {
        (_, "class") => return None,
        ("a", "href") => return Some(Holds::Url(Use::Follow)),
        _ => {}
    }
    let fits = |elements: &[&str]| {
        elements.is_empty() || elements.iter().any(|known| known.eq_ignore_ascii_case(element))
    };
    let mut known = ATTRIBUTES.iter().filter(|(name, ..)| name.eq_ignore_ascii_case(attribute));
    known.find(|(_, elements, _)| fits(elements)).map(|(.., form)| *form)
}

/// The names of a `<meta>` whose content is a URL, by `property`, `name` or `itemprop`.
const METADATA: [&str; 20] = [
    "og:url",
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "og:video",
    "og:video:url",
    "og:video:secure_url",
    "og:audio",
    "og:audio:url",
    "og:audio:secure_url",
    "twitter:image",
    "twitter:image:src",
    "twitter:player",
    "twitter:url",
    "image",
    "thumbnail",
    "thumbnailUrl",
    "msapplication-config",
    "msapplication-TileImage",
    "msapplication-starturl",
];

/// Whether the content of a `<meta>` of this name is a URL.
pub(super) fn is_metadata(name: &str) -> bool {
    METADATA.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Where a `<meta http-equiv="refresh">` leads; none if only to the same page again.
pub(super) fn refresh(content: &str) -> Option<&str> {
    let rest = content.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ';' || c == ',');
    let after_name =
        rest.get(..3).filter(|name| name.eq_ignore_ascii_case("url")).map(|_| rest[3..].trim_start());
    let url = after_name.and_then(|rest| rest.strip_prefix('=')).unwrap_or(rest).trim();
    let quote = url.chars().next().filter(|c| matches!(c, '"' | '\''));
    let url = quote.map_or(url, |quote| url[1..].split(quote).next().unwrap_or_default());
    (!url.is_empty()).then_some(url)
}

/// The URLs of images of several sizes: `a.png 1x, b.png 2x`.
pub(super) fn sources(value: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let Some(end) =
            rest.find(|c: char| c.is_ascii_whitespace()).or(Some(rest.len())).filter(|end| *end > 0)
        else {
            return found;
        };
        let url = &rest[..end];
        found.push(url.trim_end_matches(','));
        rest = &rest[end..];
        if !url.ends_with(',') {
            rest = &rest[rest.find(',').unwrap_or(rest.len())..];
        }
    }
}

/// A URL as browsers read it: without spaces and controls around it, and line endings and tabs within.
pub(super) fn tidy(url: Cow<'_, str>) -> Cow<'_, str> {
    let is_dropped = |c: char| matches!(c, '\t' | '\n' | '\r');
    let around = |c: char| c <= ' ';
    if url.bytes().all(|byte| byte > b' ') {
        return url;
    }
    url.trim_matches(around).replace(is_dropped, "").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_end_at_spaces_and_commas() {
        assert_eq!(sources(" a.png 1x, b,c.png 2x,d.png"), ["a.png", "b,c.png", "d.png"]);
        assert_eq!(sources("a.png, b.png"), ["a.png", "b.png"]);
        assert_eq!(sources("data:image/png;base64,AA== 1x"), ["data:image/png;base64,AA=="]);
        assert!(sources(" , ").is_empty());
    }

    #[test]
    fn a_refresh_may_lead_elsewhere() {
        for content in ["0; url=/a/", "5;URL='/a/'", "0, /a/", "0;url = \"/a/\" x"] {
            assert_eq!(refresh(content), Some("/a/"), "{content}");
        }
        assert_eq!(refresh("30"), None);
    }
}
