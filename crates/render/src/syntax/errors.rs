//! The diagnostics of the syntax of templates.

use sitegen_parser::{Code, Diagnostic, Place};

pub(super) fn syntax(message: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::TemplateSyntax, message).at(place)
}

/// Reports a tag that is opened and never closed.
pub(super) fn unclosed(what: &str, end: &str, opening: Place, noticed: Option<Place>) -> Diagnostic {
    let diagnostic = syntax(&format!("this {what} has no `{end}`"), opening);
    match noticed {
        Some(noticed) => diagnostic.related(noticed, "it is missing before this"),
        None => diagnostic,
    }
}

/// Reports something that is declared a second time.
pub(super) fn again(what: &str, name: &str, place: Place, first: Place) -> Diagnostic {
    syntax(&format!("the {what} `{name}` stands here a second time"), place)
        .related(first, "the first is here")
}

/// Reports something within a tag that it cannot stand in.
pub(super) fn misplaced(message: &str, place: Place, within: Place, what: &str) -> Diagnostic {
    syntax(message, place).related(within, format!("the {what} begins here"))
}
