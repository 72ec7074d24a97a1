//! The HTML of records as it becomes part of their values.
//!
//! Records show HTML, their HTML calls components, and components show records. This circle is cut here: a
//! value takes HTML from a function, and components see values for which the function had none.

use std::sync::Arc;

use sitegen_model::{Id, RecordId};
use sitegen_parser::Markdown;
use tera::Value;

/// A piece of Markdown as templates see it.
#[derive(Debug)]
pub(crate) struct RenderedMarkdown {
    /// Safe HTML.
    pub html: Value,
    /// Its headings: `level`, `id`, `title`.
    pub toc: Value,
}

/// The HTML of a record's Markdown, piece by piece; nothing as long as it is not made.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pieces<'t> {
    /// The id of everything that it was made from.
    pub from: Id,
    pub pieces: &'t [(Arc<Markdown>, RenderedMarkdown)],
}

impl<'t> Pieces<'t> {
    /// Returns the HTML of a piece of Markdown.
    pub(crate) fn get(&self, markdown: &Arc<Markdown>) -> Option<&'t RenderedMarkdown> {
        self.pieces.iter().find(|(piece, _)| Arc::ptr_eq(piece, markdown)).map(|(_, text)| text)
    }
}

/// A function that returns the HTML of a record.
pub(crate) type HtmlOf<'t> = &'t (dyn Fn(RecordId) -> Pieces<'t> + Sync);
