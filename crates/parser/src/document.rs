//! A content file, read: front matter and body.

mod matter;

use std::sync::Arc;

use self::matter::Matter;
use crate::{Diagnostics, Markdown, Place, Source, Syntax, Table, errors};

/// A content file, read alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The file.
    pub source: Source,
    /// The front matter of a Markdown file, or all of a TOML file.
    pub fields: Table,
    /// Whether all of `fields` could be read, so that what is not there is really missing.
    pub whole: bool,
    /// The body of a Markdown file; a TOML file has none.
    pub body: Option<Arc<Markdown>>,
}

impl Document {
    /// Reads a Markdown file: optional front matter between lines of `+++`, then the body.
    ///
    /// Nothing is read of a file whose front matter has no end.
    pub fn markdown(source: &Source, syntax: &Syntax) -> (Self, Diagnostics) {
        let end = source.text.len();
        let mut diagnostics = Diagnostics::new();
        let (fields, body) = match matter::find(&source.text) {
            Matter::None => (0..0, 0..end),
            Matter::Toml { fields, body } => (fields, body..end),
            Matter::Yaml { opening, body } => {
                diagnostics.push(errors::yaml_front_matter(Place::new(&source.path, &opening)));
                (0..0, body..end)
            }
            Matter::Unclosed { opening } => {
                diagnostics.push(errors::unclosed_front_matter(Place::new(&source.path, &opening)));
                (0..0, end..end)
            }
        };
        let (fields, toml_diagnostics) = Table::parse(source, fields);
        diagnostics.extend(toml_diagnostics);
        let whole = !diagnostics.has_errors();
        let (body, body_diagnostics) = Markdown::parse(source, body, syntax);
        diagnostics.extend(body_diagnostics);
        (Self { source: source.clone(), fields, whole, body: Some(Arc::new(body)) }, diagnostics)
    }

    /// Reads a TOML file.
    pub fn toml(source: &Source) -> (Self, Diagnostics) {
        let (fields, diagnostics) = Table::parse(source, 0..source.text.len());
        let whole = !diagnostics.has_errors();
        (Self { source: source.clone(), fields, whole, body: None }, diagnostics)
    }
}
