//! Diagnostics of records that are parts of pages.

use sitegen_parser::{Among, Diagnostic, Place};

pub(crate) fn no_place_of_records(url: &str, singular: &str, place: Place) -> Diagnostic {
    let page = url.split('#').next().unwrap_or_default();
    Diagnostic::error("invalid-path", format!("\"{url}\" is not a place for each {singular}"))
        .at(place)
        .help(format!("say by which id it is found on the page: \"{page}#{{{singular}.slug}}\""))
}

pub(crate) fn missing_place_value(
    collection: &str,
    column: &str,
    slug: &str,
    place: &Place,
    declared: &Place,
) -> Diagnostic {
    let message = format!("the place of \"{collection}\" needs {{{column}}}, which \"{slug}\" leaves out");
    Diagnostic::error("missing-path-value", message)
        .at(place.clone())
        .related(declared.clone(), "the place is declared here")
        .cause(super::record::field(declared), column)
}

/// `place` is that of the declaration, or of a record if each may be on a page of its own.
pub(crate) fn no_page_of_parts(url: &str, page: &str, place: &Place, declared: &Place) -> Diagnostic {
    let problem =
        Diagnostic::error("broken-link", format!("\"{url}\" is on no page: there is none at {page}"))
            .at(place.clone())
            .cause(Among::Urls, page);
    if place == declared { problem } else { problem.related(declared.clone(), "the place is declared here") }
}
