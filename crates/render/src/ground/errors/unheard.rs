//! An error of Tera that is none: a filter has found something that stops nothing, and nobody listens.

use tera::ErrorKind;

/// What Markdown warns in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unheard {
    /// A text that the filter `markdown` was given.
    Text,
    /// A `template` field.
    Field,
}

const TEXT: &str = "\u{3}text";
const FIELD: &str = "\u{3}field";

/// The error by which a page is given up, to be rendered once more for somebody who listens.
pub(crate) fn unheard(of: Unheard) -> tera::Error {
    tera::Error::message(match of {
        Unheard::Text => TEXT,
        Unheard::Field => FIELD,
    })
}

/// What was unheard, if an error is that.
pub(crate) fn unheard_of(error: &tera::Error) -> Option<Unheard> {
    let ErrorKind::RenderingError(report) = error.kind() else { return None };
    let is = |text: &str| report.message().contains(text);
    is(TEXT).then_some(Unheard::Text).or_else(|| is(FIELD).then_some(Unheard::Field))
}
