//! The attributes that hold URLs, ids or names, by the HTML standard's index of attributes.

use sitegen_parser::UrlUse;

/// The form of an attribute's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// An id.
    Id,
    /// The name of a place.
    Name,
    /// Declarations of a style.
    Style,
    /// Nothing, but the element's links are downloads.
    Mark,
    /// A URL.
    Url(UrlUse),
    /// Several URLs, with spaces between.
    Urls(UrlUse),
    /// Images of several sizes.
    Sources,
    /// `#` and the name of a `<map>`.
    Map,
    /// The URL that the links of the page are relative to.
    Base,
    /// The HTML of an inner document.
    Document,
}

/// Elements that only show or play the target of `src`. All others run it, as a script or a frame does.
const SHOWING: &[&str] = &["img", "audio", "video", "source", "track", "input"];

/// The attributes and the elements on which they have a form; no elements means all. The first entry that
/// fits counts.
///
/// Of the standard's attributes with URLs, only `itemid`, `itemtype` and `about` are missing, because they
/// are names that need not lead anywhere. `<meta>` and animations are read elsewhere, because their form
/// depends on other attributes.
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
    // These are obsolete, but browsers still know them.
    ("background", &["body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"], Holds::Url(UrlUse::Show)),
    ("longdesc", &["img", "frame", "iframe"], Holds::Url(UrlUse::Follow)),
    ("manifest", &["html"], Holds::Url(UrlUse::Show)),
];

/// For each length of a name in `ATTRIBUTES`, a bit set of first letters. It rules out most attributes of a
/// page without a search.
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

/// Returns the form of an attribute's value; none if it has neither links nor names.
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

/// Returns true if an animation of an attribute gives it URLs.
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

/// Returns true if the content of a `<meta>` of this name is a URL.
pub(super) fn is_metadata(name: &str) -> bool {
    METADATA.iter().any(|known| known.eq_ignore_ascii_case(name))
}
