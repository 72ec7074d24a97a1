//! Diagnostics of phrases that lead to records.

use sitegen_parser::{Among, Diagnostic, Place};

/// `mentions` names a field that holds no texts.
pub(crate) fn no_phrases(field: &str, place: Place, declared: &Place) -> Diagnostic {
    Diagnostic::error("invalid-mentions", format!("the field \"{field}\" holds no phrases"))
        .at(place)
        .related(declared.clone(), "the field is declared here")
        .help("phrases are in fields of type string or [string]")
}

/// The records of a collection have no place to which mentions could lead.
pub(crate) fn mentions_of_nothing(collection: &str, singular: &str, place: Place) -> Diagnostic {
    let message =
        format!("mentions of \"{collection}\" cannot lead anywhere, since no page shows these records");
    Diagnostic::error("invalid-mentions", message).at(place).help(format!(
        "declare pages with from = \"{collection}\", or their place on another page: url = \"/…/#{{{singular}.slug}}\""
    ))
}

pub(crate) fn invalid_phrase(phrase: &str, objection: &str, place: Place) -> Diagnostic {
    let message = format!("\"{}\" cannot be found in texts: {objection}", super::short(phrase));
    Diagnostic::error("invalid-phrase", message).at(place).cause(Among::Names, objection)
}

pub(crate) fn duplicate_phrase(phrase: &str, place: Place, other: &Place) -> Diagnostic {
    Diagnostic::error("duplicate-phrase", format!("\"{phrase}\" would lead to two records"))
        .at(place)
        .related(other.clone(), "the other has the phrase here")
}
