//! The attributes that hold URLs, ids or names, by the HTML standard's index of attributes.

use sitegen_parser::UrlUse;

/// The syntax of an attribute's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueSyntax {
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

/// The attributes and the elements on which their values are read; no elements means all. The first entry
/// that fits counts.
///
/// Of the standard's attributes with URLs, only `itemid`, `itemtype` and `about` are missing, because they
/// are names that need not lead anywhere. `<meta>` and animations are read elsewhere, because their syntax
/// depends on other attributes.
const ATTRIBUTES: [(&str, &[&str], ValueSyntax); 25] = [
    ("href", &["a", "area"], ValueSyntax::Url(UrlUse::Follow)),
    ("href", &["link", "image", "feimage"], ValueSyntax::Url(UrlUse::Show)),
    ("href", &["base"], ValueSyntax::Base),
    ("href", &[], ValueSyntax::Url(UrlUse::Follow)),
    ("id", &[], ValueSyntax::Id),
    ("name", &["a", "map"], ValueSyntax::Name),
    ("style", &[], ValueSyntax::Style),
    ("download", &["a", "area"], ValueSyntax::Mark),
    ("src", SHOWING, ValueSyntax::Url(UrlUse::Show)),
    ("src", &[], ValueSyntax::Url(UrlUse::Follow)),
    ("srcset", &["img", "source"], ValueSyntax::Sources),
    ("imagesrcset", &["link"], ValueSyntax::Sources),
    ("action", &[], ValueSyntax::Url(UrlUse::Follow)),
    ("formaction", &["button", "input"], ValueSyntax::Url(UrlUse::Follow)),
    ("poster", &[], ValueSyntax::Url(UrlUse::Show)),
    ("data", &["object"], ValueSyntax::Url(UrlUse::Follow)),
    ("cite", &["blockquote", "q", "ins", "del"], ValueSyntax::Url(UrlUse::Follow)),
    ("ping", &["a", "area"], ValueSyntax::Urls(UrlUse::Follow)),
    ("srcdoc", &["iframe"], ValueSyntax::Document),
    ("usemap", &["img", "object", "input"], ValueSyntax::Map),
    ("xlink:href", &["image", "feimage"], ValueSyntax::Url(UrlUse::Show)),
    ("xlink:href", &[], ValueSyntax::Url(UrlUse::Follow)),
    // These are obsolete, but browsers still know them.
    (
        "background",
        &["body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"],
        ValueSyntax::Url(UrlUse::Show),
    ),
    ("longdesc", &["img", "frame", "iframe"], ValueSyntax::Url(UrlUse::Follow)),
    ("manifest", &["html"], ValueSyntax::Url(UrlUse::Show)),
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

/// Returns the syntax of an attribute's value; none if it has neither links nor names.
pub(super) fn holds(element: &str, attribute: &str) -> Option<ValueSyntax> {
    let initial = attribute.as_bytes().first()? % 32;
    if INITIALS.get(attribute.len())? >> initial & 1 == 0 {
        return None;
    }
    let fits = |elements: &[&str]| {
        elements.is_empty() || elements.iter().any(|known| known.eq_ignore_ascii_case(element))
    };
    let mut known = ATTRIBUTES.iter().filter(|(name, ..)| name.eq_ignore_ascii_case(attribute));
    known.find(|(_, elements, _)| fits(elements)).map(|(.., syntax)| *syntax)
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
