//! The diagnostics of problems that show only once all pages are rendered.

use sitegen_model::Collection;
use sitegen_parser::{Among, Code, Diagnostic, Place, composed};

pub(crate) use crate::ground::errors::broken_link;

pub(crate) fn unpublished_name(to: &str, asset: &str, place: Option<Place>) -> Diagnostic {
    broken_link(to, Among::Names, to, place)
        .help(format!("assets are published under names of their own: {{{{ asset(name=\"{asset}\") }}}}"))
}

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

pub(crate) fn broken_anchor(
    url: &str,
    fragment: &str,
    nearest: Option<&str>,
    place: Option<Place>,
) -> Diagnostic {
    let message = format!("there is no \"#{fragment}\" on {url}");
    let diagnostic =
        Diagnostic::error(Code::BrokenAnchor, message).at(place).cause(Among::Of(url.into()), fragment);
    match nearest {
        Some(nearest) if composed(nearest) == composed(fragment) => diagnostic.help(
            "an id there looks the same but is written in another of Unicode's normal forms: write both in form C (NFC)",
        ),
        Some(nearest) => diagnostic.help(format!("did you mean \"#{nearest}\"?")),
        None => diagnostic,
    }
}

/// Says of a missing place that a collection declares a record to be there.
pub(crate) fn not_in_its_place(missing: Diagnostic, collection: &Collection) -> Diagnostic {
    let Some(anchored) = &collection.anchored else { return missing };
    let said = format!("\"{}\" says that each {} is there", anchored.declared(), collection.singular);
    missing
        .related(anchored.place().clone(), said)
        .cause(Among::Of("places".into()), collection.name.as_str())
}
