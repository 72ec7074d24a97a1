//! A content file, read: front matter and body.

mod form;
mod matter;

use std::sync::Arc;

use self::matter::{Matter, Refusal};
use crate::{Diagnostic, Diagnostics, Markdown, Place, Source, Syntax, Table, errors};

/// A content file, read alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The file.
    pub source: Source,
    /// The front matter of a Markdown file, or all of a TOML file.
    pub fields: Table,
    /// Whether all of `fields` could be read, so that what is not there is really missing.
    pub whole: bool,
    /// Where `fields` come from.
    pub matter: FrontMatter,
    /// The body of a Markdown file; a TOML file has none.
    pub body: Option<Arc<Markdown>>,
}

/// What a content file says of itself, and in which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrontMatter {
    /// Nothing: it is all body.
    None,
    /// TOML.
    Toml,
    /// Something that cannot be read, which is reported.
    Refused,
}

impl Document {
    /// Reads a Markdown file: optional front matter between lines of `+++`, then the body.
    ///
    /// What could be meant as front matter and is none is an error, since it may say that the file is a draft.
    pub fn markdown(source: &Source, syntax: &Syntax) -> (Self, Diagnostics) {
        let end = source.text.len();
        let mut diagnostics = Diagnostics::new();
        let (matter, fields, body) = match matter::find(&source.text) {
            Matter::None => (FrontMatter::None, 0..0, 0..end),
            Matter::Toml { fields, body } => (FrontMatter::Toml, fields, body..end),
            Matter::Refused { reason, place, body } => {
                diagnostics.push(refused(reason, Place::new(&source.path, &place)));
                (FrontMatter::Refused, 0..0, body..end)
            }
        };
        let (fields, toml_diagnostics) = Table::parse(source, fields);
        diagnostics.extend(toml_diagnostics);
        let whole = !diagnostics.has_errors();
        let (body, body_diagnostics) = Markdown::parse(source, body, syntax);
        diagnostics.extend(body_diagnostics);
        (Self { source: source.clone(), fields, whole, matter, body: Some(Arc::new(body)) }, diagnostics)
    }

    /// Reads a TOML file.
    pub fn toml(source: &Source) -> (Self, Diagnostics) {
        let (fields, diagnostics) = Table::parse(source, 0..source.text.len());
        let whole = !diagnostics.has_errors();
        (Self { source: source.clone(), fields, whole, matter: FrontMatter::Toml, body: None }, diagnostics)
    }
}

fn refused(reason: Refusal, place: Place) -> Diagnostic {
    match reason {
        Refusal::Yaml => errors::yaml_front_matter(place),
        Refusal::Unclosed => errors::unclosed_front_matter(place),
        Refusal::Dashes => {
            errors::invalid_front_matter(place, "TOML stands between lines of `+++`, not `---`")
        }
        Refusal::Json => errors::invalid_front_matter(place, "front matter is TOML here, not JSON"),
        Refusal::Marks => errors::invalid_front_matter(
            place,
            "front matter is TOML between lines of `+++`, not of other marks",
        ),
        Refusal::Comment => errors::invalid_front_matter(place, "front matter in a comment is not read"),
        Refusal::Bare => {
            errors::invalid_front_matter(place, "the front matter has no lines of `+++` around it")
        }
        Refusal::Garbled => {
            errors::invalid_front_matter(place, "front matter begins with a line of `+++` alone")
        }
        Refusal::Misplaced => {
            errors::invalid_front_matter(place, "front matter stands before all text, and once")
        }
    }
}
