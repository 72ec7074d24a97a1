//! The error by which a filter with a warning ends the rendering of a page, because nobody listens to it yet.

use tera::ErrorKind;

/// The kind of Markdown whose warning nobody heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unheard {
    /// A text passed to the filter `markdown`.
    Text,
    /// A `template` field.
    Field,
}

const TEXT: &str = "\u{3}text";
const FIELD: &str = "\u{3}field";

/// Makes the error that ends the rendering of a page, which is then rendered again with a listener.
pub(crate) fn unheard(of: Unheard) -> tera::Error {
    tera::Error::message(match of {
        Unheard::Text => TEXT,
        Unheard::Field => FIELD,
    })
}

/// Returns the kind of Markdown if an error was made by `unheard`.
pub(crate) fn unheard_of(error: &tera::Error) -> Option<Unheard> {
    let ErrorKind::RenderingError(report) = error.kind() else { return None };
    let is = |text: &str| report.message().contains(text);
    is(TEXT).then_some(Unheard::Text).or_else(|| is(FIELD).then_some(Unheard::Field))
}
