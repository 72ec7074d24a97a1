//! What is wrong with links: places that are not there, and links that show nothing.

use sitegen_model::Collection;
use sitegen_parser::{Among, Diagnostic, Place, composed};

pub(crate) fn broken_anchor(
    url: &str,
    fragment: &str,
    nearest: Option<&str>,
    place: Option<Place>,
) -> Diagnostic {
    let message = format!("there is no \"#{fragment}\" on {url}");
    let diagnostic =
        Diagnostic::error("broken-anchor", message).at(place).cause(Among::Of(url.into()), fragment);
    match nearest {
        Some(nearest) if composed(nearest) == composed(fragment) => diagnostic.help(
            "an id there looks the same but is written in another of Unicode's normal forms: write both in form C (NFC)",
        ),
        Some(nearest) => diagnostic.help(format!("did you mean \"#{nearest}\"?")),
        None => diagnostic,
    }
}

/// A record that is not at the place on a page where its collection says that it is.
pub(crate) fn not_in_its_place(missing: Diagnostic, collection: &Collection) -> Diagnostic {
    let Some(anchored) = &collection.anchored else { return missing };
    let said = format!("\"{}\" says that each {} is there", anchored.declared(), collection.singular);
    missing
        .related(anchored.place().clone(), said)
        .cause(Among::Of("places".into()), collection.name.as_str())
}

pub(crate) fn empty_link_text(place: Place) -> Diagnostic {
    Diagnostic::error("empty-link", "the link has no text, so that no reader sees it")
        .at(place)
        .help("write its text between the brackets; only links to records take their titles")
        .cause(Among::Names, "text")
}

pub(crate) fn undescribed_link(place: Place) -> Diagnostic {
    Diagnostic::warning(
        "empty-link",
        "the link is an image without a description, so that no one hears where it leads",
    )
    .at(place)
    .help("describe the image, or where the link leads, between the image's brackets")
    .cause(Among::Names, "description")
}
