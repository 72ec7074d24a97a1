//! What templates ask of the library, as whoever explains a page hears it.

use sitegen_model::RelationId;
use sitegen_parser::Diagnostic;

/// A question of a template to the site's relations, and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The relation.
    pub relation: RelationId,
    /// The columns of the key and their values; none where all rows were asked for. For the records that refer to one
    /// in whichever field, the column is `record`.
    pub by: Vec<(String, String)>,
    /// The rows that were found.
    pub rows: Vec<usize>,
}

/// What is heard while a page is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Rows were asked for.
    Question(Question),
    /// A `template` field was evaluated; the name under which Tera knows it.
    Evaluation(String),
    /// The Markdown of such a field warns of something.
    Warning(Diagnostic),
    /// So does that of a text.
    Text(String),
}
