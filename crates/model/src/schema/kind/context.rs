//! The surroundings in which types read values, and the reasons why a value is none.

use sitegen_parser::{Diagnostic, Markdown, Place, Span, Spanned, Table, WrittenValue as Toml};

use super::Kind;
use crate::ground::{CollectionId, RecordId, Value};
use crate::schema::{Field, Notation};

/// The reason why a value is none of a type.
#[derive(Debug)]
pub(crate) enum Misfit {
    /// It is a value of another type, which the caller reports.
    Other,
    /// The type itself says what is wrong, such as a word that is none of an `enum`.
    Problem(Diagnostic),
}

/// The surroundings of a value of front matter.
pub(crate) trait FieldContext {
    fn place(&self, span: &Span) -> Place;

    /// Reads a text with Markdown, and reports what is wrong with it.
    fn markdown(&mut self, text: &str, given: &Spanned<Toml>) -> Markdown;

    /// Finds a record; none if its file could not be read, which is reported.
    fn find(&self, slug: &str, target: CollectionId, place: Place) -> Result<Option<RecordId>, Diagnostic>;

    /// Reads a value within the value; none if it is of another type, which is reported.
    fn value(&mut self, given: &Spanned<Toml>, kind: &Kind, name: &str) -> Value;

    /// Reads the fields of a table, and reports what is wrong with them.
    fn fields(&mut self, table: &Table, fields: &[Field], name: &str, place: &Place) -> Vec<Value>;
}

/// The surroundings of a cell's text.
pub(crate) struct CellContext<'a> {
    /// The name of the column.
    pub name: &'a str,
    /// The notation of the text.
    pub notation: &'a Notation,
    pub place: &'a Place,
    /// Finds a record by any of its names; none if its file could not be read, which is reported.
    pub find: FindNamed<'a>,
}

/// Finds a record of a collection by any of its names.
type FindNamed<'a> = &'a dyn Fn(&str, CollectionId) -> Result<Option<RecordId>, Diagnostic>;

/// Finds the record of a collection that has a slug.
pub(crate) type FindRecord<'a> = &'a dyn Fn(CollectionId, &str) -> Option<RecordId>;
