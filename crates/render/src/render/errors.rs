//! The diagnostics of cards and twins.

use sitegen_parser::{Code, Diagnostic, Place};

pub(crate) use crate::ground::errors::unknown_font;

pub(crate) fn foreign_to_card(why: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::error(Code::InvalidCard, why)
        .at(place)
        .help("a card is made of shapes, text and gradients, and refers only to what is in it")
}

pub(crate) fn invalid_card(why: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::error(Code::InvalidCard, why).at(place)
}

pub(crate) fn too_deep_for_markdown(most: usize, place: Option<Place>) -> Diagnostic {
    let message =
        format!("more than {most} elements of the page are open at once, too many to make Markdown of it");
    Diagnostic::error(Code::TooDeep, message)
        .at(place)
        .help("close what is open, or say twin = false where the pages are declared")
}
