//! The reports of what templates ask of the library while a page is rendered.

use sitegen_model::RelationId;
use sitegen_parser::Diagnostic;

/// A question of a template to the site's relations, and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The relation.
    pub relation: RelationId,
    /// The columns of the key and their values; none if all rows were asked for. In a question for the
    /// records that refer to another one, the column is `record`.
    pub by: Vec<(String, String)>,
    /// The rows that were found.
    pub rows: Vec<usize>,
}

/// A report of a function or filter while a page is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RenderEvent {
    /// Rows were asked for.
    Question(Question),
    /// A `template` field was evaluated; the name under which Tera knows it.
    Evaluation(String),
    /// The Markdown of a `template` field has this warning.
    Warning(Diagnostic),
    /// The Markdown of this text has warnings. The text was passed to the filter `markdown`.
    Text(String),
}
