//! The text of a file, and byte ranges in it.

use std::ops::Range;
use std::sync::Arc;

use crate::{Diagnostic, errors, excerpt};

/// A byte range in a file's text.
pub type Span = Range<usize>;

/// A value and where its author wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub span: Span,
}

/// A file's text and the path that diagnostics name it by.
///
/// Cloning is cheap. A byte order mark is part of the text, so that spans are the file's own bytes; parsers skip it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path from the site's root, with `/` between names.
    pub path: Arc<str>,
    /// The file's whole text.
    pub text: Arc<str>,
}

impl Source {
    /// Reads bytes as UTF-8.
    ///
    /// # Errors
    ///
    /// `invalid-utf8`, at the first byte that is not part of a character.
    pub fn decode(path: &Arc<str>, bytes: &[u8]) -> Result<Self, Diagnostic> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self { path: Arc::clone(path), text: text.into() }),
            Err(error) => Err(errors::invalid_utf8(path, error.valid_up_to())),
        }
    }

    /// Finds the bytes at which a string value stands letter by letter, but for line endings; none if the
    /// file has escapes there.
    pub fn literal(&self, value: &Spanned<&str>) -> Option<Span> {
        let written = self.text.get(value.span.clone())?;
        let range = excerpt::literal(written, value.value)?;
        Some(value.span.start + range.start..value.span.start + range.end)
    }
}
