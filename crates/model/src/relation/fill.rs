//! Paths, titles and the like with a row's values put in.

use super::Relations;
use crate::record::{RecordId, Records, Value};
use crate::rows::Scalar;
use crate::schema::{Part, Pattern, RelationId, Step};

/// Where values are from.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub relation: RelationId,
    pub relations: &'a Relations,
    pub records: &'a Records,
}

/// Puts a row's values into a pattern, each made text by `write`.
///
/// # Errors
///
/// The name of the column that has no value.
pub(crate) fn fill<'p>(
    pattern: &'p Pattern,
    row: Option<usize>,
    source: Option<Source>,
    write: fn(&str) -> String,
) -> Result<String, &'p str> {
    let mut text = String::new();
    for part in &pattern.parts {
        match (part, source, row) {
            (Part::Text(literal), ..) => text.push_str(literal),
            (Part::Column { name, column, steps }, Some(source), Some(row)) => {
                text.push_str(&source.text(row, *column, steps, write).ok_or(name.as_str())?);
            }
            (Part::Column { name, .. }, ..) => return Err(name.as_str()),
        }
    }
    Ok(text)
}

impl Source<'_> {
    fn scalar(&self, row: usize, column: usize) -> Scalar<'_> {
        match (self.relation, self.relations.rows(self.relation)) {
            (RelationId::Collection(collection), _) => Scalar::Reference(RecordId { collection, row }),
            (_, Some(relation)) => relation.rows.get(row, column),
            (_, None) => Scalar::Null,
        }
    }

    fn text(&self, row: usize, column: usize, steps: &[Step], write: fn(&str) -> String) -> Option<String> {
        Some(match self.scalar(row, column) {
            Scalar::Null => return None,
            Scalar::Reference(id) => return self.follow(id, steps, write),
            Scalar::Bool(value) => value.to_string(),
            Scalar::Int(value) => value.to_string(),
            Scalar::Float(value) => write(&value.to_string()),
            Scalar::Text(text) => write(text),
        })
    }

    fn follow(&self, id: RecordId, steps: &[Step], write: fn(&str) -> String) -> Option<String> {
        let mut record = &self.records[id];
        for step in steps {
            match step {
                // A slug is fit for a path as it is.
                Step::Slug => return Some(record.slug.to_string()),
                Step::Title => return Some(write(&record.title)),
                Step::Field(field) => match &record.values[*field] {
                    Value::Reference(id) => record = &self.records[*id],
                    value => return value.text().map(|text| write(&text)),
                },
            }
        }
        None
    }
}

/// A value as part of a title: as it is.
pub(crate) fn as_title(text: &str) -> String {
    text.to_owned()
}
