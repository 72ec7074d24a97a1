//! Which attributes hold URLs and what they lead to, by the HTML standard's index of attributes.

use sitegen_parser::UrlUse;

/// What an attribute holds, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// An id.
    Id,
    /// The name of a place.
    Name,
    /// Rules of a style.
    Style,
    /// Nothing, but it says that the element's links are saved.
    Mark,
    /// A URL.
    Url(UrlUse),
    /// Several URLs, with spaces between.
    Urls(UrlUse),
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

/// Attributes with the elements on which they hold something, all of them if none is named. The first that fits counts.
///
/// Of those in the standard that hold URLs, only `itemid`, `itemtype` and `about` are missing: they are names that need not lead
/// anywhere. What `<meta>` and animations hold depends on their other attributes.
const ATTRIBUTES: [(&str, &[&str], Holds); 25] = [
    ("href", &["a", "area"], Holds::Url(UrlUse::Follow)),
    ("href", &["link", "image", "feimage"], Holds::Url(UrlUse::Show)),
    ("href", &["base"], Holds::Base),
    ("href", &[], Holds::Url(UrlUse::Follow)),
    ("id", &[], Holds::Id),
    ("name", &["a", "map"], Holds::Name),
    ("style", &[], Holds::Style),
    ("download", &["a", "area"], Holds::Mark),
    ("src", SHOWING, Holds::Url(UrlUse::Show)),
    ("src", &[], Holds::Url(UrlUse::Follow)),
    ("srcset", &["img", "source"], Holds::Sources),
    ("imagesrcset", &["link"], Holds::Sources),
    ("action", &[], Holds::Url(UrlUse::Follow)),
    ("formaction", &["button", "input"], Holds::Url(UrlUse::Follow)),
    ("poster", &[], Holds::Url(UrlUse::Show)),
    ("data", &["object"], Holds::Url(UrlUse::Follow)),
    ("cite", &["blockquote", "q", "ins", "del"], Holds::Url(UrlUse::Follow)),
    ("ping", &["a", "area"], Holds::Urls(UrlUse::Follow)),
    ("srcdoc", &["iframe"], Holds::Document),
    ("usemap", &["img", "object", "input"], Holds::Map),
    ("xlink:href", &["image", "feimage"], Holds::Url(UrlUse::Show)),
    ("xlink:href", &[], Holds::Url(UrlUse::Follow)),
    // Those of old that browsers still know.
    ("background", &["body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"], Holds::Url(UrlUse::Show)),
    ("longdesc", &["img", "frame", "iframe"], Holds::Url(UrlUse::Follow)),
    ("manifest", &["html"], Holds::Url(UrlUse::Show)),
];

/// The lengths of attributes' names that hold something and, for each, the first letters, a bit each. Most attributes of a page are told
/// from these at a glance.
const INITIALS: [u32; 16] = {
    let mut initials = [0; 16];
    let mut at = 0;
    while at < ATTRIBUTES.len() {
        let name = ATTRIBUTES[at].0.as_bytes();
        initials[name.len()] |= 1 << (name[0] % 32);
        at += 1;
    }
    initials
};

/// What an attribute of an element holds; none if nothing that matters.
pub(super) fn holds(element: &str, attribute: &str) -> Option<Holds> {
    let initial = attribute.as_bytes().first()? % 32;
    if INITIALS.get(attribute.len())? >> initial & 1 == 0 {
        return None;
    }
    let fits = |elements: &[&str]| {
        elements.is_empty() || elements.iter().any(|known| known.eq_ignore_ascii_case(element))
    };
    let mut known = ATTRIBUTES.iter().filter(|(name, ..)| name.eq_ignore_ascii_case(attribute));
    known.find(|(_, elements, _)| fits(elements)).map(|(.., form)| *form)
}

/// Whether an animation of an attribute gives it URLs.
pub(super) fn animates_url(attribute: &str) -> bool {
    ["href", "xlink:href"].iter().any(|known| attribute.trim().eq_ignore_ascii_case(known))
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
