//! Reads a content file: its front matter and its body.

mod form;
mod matter;

use std::sync::Arc;

use self::matter::{FileStart, FrontMatterFault};
use crate::{Diagnostic, Diagnostics, Markdown, Place, Source, Span, Syntax, Table, errors, json, yaml};

/// A content file, read alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The file.
    pub source: Source,
    /// The front matter of a Markdown file, or all of a TOML file.
    pub fields: Table,
    /// True if all of `fields` could be read, so that a field that is not there is really missing.
    pub whole: bool,
    /// The form of the front matter.
    pub matter: FrontMatter,
    /// The body of a Markdown file; a TOML file has none.
    pub body: Option<Arc<Markdown>>,
}

/// The form in which a content file has its front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrontMatter {
    /// There is no front matter: the file is all body.
    None,
    /// TOML.
    Toml,
    /// YAML: plain scalars have the types of its core schema, but a schema of the site can take their text
    /// instead.
    Yaml,
    /// JSON.
    Json,
    /// Front matter that cannot be read, which a diagnostic says.
    Refused,
}

impl Document {
    /// Reads a Markdown file: optional front matter, which is TOML between lines of `+++`, YAML between lines of `---` or
    /// an object in JSON, then the body.
    ///
    /// Text that could be meant as front matter but is none is an error, because it may declare that the file
    /// is a draft.
    pub fn markdown(source: &Source, syntax: &Syntax) -> (Self, Diagnostics) {
        let end = source.text.len();
        let mut diagnostics = Diagnostics::new();
        let (matter, fields, body) = match matter::find(&source.text, syntax) {
            FileStart::None => (FrontMatter::None, 0..0, 0..end),
            FileStart::Found { form, fields, body } => (form, fields, body..end),
            FileStart::Refused { reason, place, body } => {
                diagnostics.push(refused(reason, Place::new(&source.path, &place)));
                (FrontMatter::Refused, 0..0, body..end)
            }
        };
        let (fields, fields_diagnostics) = matter.read(source, fields);
        diagnostics.extend(fields_diagnostics);
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

impl FrontMatter {
    /// Reads a part of a file in this form.
    fn read(self, source: &Source, fields: Span) -> (Table, Diagnostics) {
        match self {
            Self::None | Self::Refused => (Table::default(), Diagnostics::new()),
            Self::Toml => Table::parse(source, fields),
            Self::Yaml => yaml::read(source, fields),
            Self::Json => json::read_table(source, fields),
        }
    }
}

fn refused(reason: FrontMatterFault, place: Place) -> Diagnostic {
    let message = match reason {
        FrontMatterFault::Unclosed => return errors::unclosed_front_matter(place),
        FrontMatterFault::Directive => return errors::yaml_directive(place),
        FrontMatterFault::Fenced => return errors::fenced_front_matter(place),
        FrontMatterFault::Dashes => "TOML stands between lines of `+++`, not `---`",
        FrontMatterFault::Marks => "front matter stands between lines of `+++` or `---`, not of other marks",
        FrontMatterFault::Comment => "front matter in a comment is not read",
        FrontMatterFault::Bare => "the front matter has no lines of `+++` or `---` around it",
        FrontMatterFault::Garbled => "front matter begins with a line of `+++` alone",
        FrontMatterFault::Trailing => "text stands on the line on which the front matter ends",
        FrontMatterFault::Misplaced => "front matter stands before all text, and once",
    };
    errors::invalid_front_matter(place, message)
}
