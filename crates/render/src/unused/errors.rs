//! The warnings of what nothing uses.

use sitegen_parser::{Code, Diagnostic, Place};

pub(super) fn template(place: Place) -> Diagnostic {
    let message = "no page is made by this template, and no template of a page extends or includes it";
    Diagnostic::warning(Code::Unused, message).at(place)
}

pub(super) fn component(name: &str, place: Place) -> Diagnostic {
    Diagnostic::warning(Code::Unused, format!("no page and no text calls the component \"{name}\"")).at(place)
}

pub(super) fn query(name: &str, place: Place) -> Diagnostic {
    let message = format!("no page, template, condition or other query asks \"{name}\"");
    Diagnostic::warning(Code::Unused, message).at(place)
}

pub(super) fn field(relation: &str, name: &str, place: Place) -> Diagnostic {
    let message = format!("no template, query or declaration reads \"{name}\" of {relation}");
    Diagnostic::warning(Code::Unused, message).at(place)
}

pub(super) fn word(key: &str, place: Place) -> Diagnostic {
    Diagnostic::warning(Code::Unused, format!("no template says \"{key}\"")).at(place)
}
