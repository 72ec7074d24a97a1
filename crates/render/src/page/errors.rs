//! The diagnostics of single pages.

use sitegen_parser::{Code, Diagnostic, Place};

pub(crate) use crate::ground::errors::page_too_large;

pub(crate) fn malformed_xml(reason: &str, place: Option<Place>) -> Diagnostic {
    let message = format!("the page is not well-formed XML, so that programs read nothing of it: {reason}");
    Diagnostic::error(Code::MalformedXml, message)
        .at(place)
        .help("Markdown is HTML; `| str` behind it makes it text, which is escaped. In the template itself `&` is written `&amp;`")
}

pub(crate) fn duplicate_id(id: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::warning(Code::DuplicateId, format!("the id \"{id}\" stands more than once on a page"))
        .at(place)
        .help("links to it lead to the first only")
}
