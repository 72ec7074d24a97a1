//! A content file, read: front matter and body.

use std::sync::Arc;

use crate::{Diagnostics, Markdown, Source, Table};

/// A content file, read alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The file.
    pub source: Source,
    /// The front matter of a Markdown file, or all of a TOML file.
    pub fields: Table,
    /// The body of a Markdown file; a TOML file has none.
    pub body: Option<Arc<Markdown>>,
}

impl Document {
    /// Reads a Markdown file: optional front matter between lines of `+++`, then the body.
    pub fn markdown(source: &Source) -> (Self, Diagnostics) {
        let _ = source;
        todo!()
    }

    /// Reads a TOML file.
    pub fn toml(source: &Source) -> (Self, Diagnostics) {
        let (fields, diagnostics) = Table::parse(source, 0..source.text.len());
        (Self { source: source.clone(), fields, body: None }, diagnostics)
    }
}
