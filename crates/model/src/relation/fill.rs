//! Fills a row's values into patterns of paths, titles and messages.

use std::borrow::Cow;

use sitegen_parser::slugify;

use super::Relations;
use crate::ground::{RecordId, RelationId, Scalar, Value};
use crate::record::Records;
use crate::schema::{Form, Part, PathStep, Pattern};

/// The relation that values are taken from, with all rows.
#[derive(Clone, Copy)]
pub(crate) struct RowSource<'a> {
    pub relation: RelationId,
    pub relations: &'a Relations,
    pub records: &'a Records,
}

/// Fills a row's values into a pattern of text, unchanged.
///
/// # Errors
///
/// The name of a column that has no value.
pub(crate) fn fill_text<'p>(
    pattern: &'p Pattern,
    row: Option<usize>,
    source: Option<RowSource>,
) -> Result<String, &'p str> {
    let mut text = String::new();
    for part in &pattern.parts {
        match (part, source, row) {
            (Part::Text(literal), ..) => text.push_str(literal),
            (Part::Column { name, column, steps, .. }, Some(source), Some(row)) => {
                text.push_str(&source.text(row, *column, steps, str::to_owned).ok_or(name.as_str())?);
            }
            (Part::Column { name, .. }, ..) => return Err(name.as_str()),
        }
    }
    Ok(text)
}

/// Fills a row's values into a pattern of a path. A folder's `index.html` gets the path of the folder.
///
/// # Errors
///
/// The name of a column that has no value.
pub(crate) fn fill_path<'p>(
    pattern: &'p Pattern,
    row: Option<usize>,
    source: Option<RowSource>,
) -> Result<String, &'p str> {
    let mut path = String::new();
    let mut last = Form::Slug;
    for (at, part) in pattern.parts.iter().enumerate() {
        match (part, source, row) {
            (Part::Text(literal), ..) if last == Form::Path => add(&mut path, literal),
            (Part::Text(literal), ..) => path.push_str(literal),
            (Part::Column { name, column, steps, form }, Some(source), Some(row)) => {
                let value = source.in_path(row, *column, steps, *form).ok_or(name.as_str())?;
                match form {
                    Form::Slug => path.push_str(&value),
                    Form::Path => add_path(&mut path, &value, pattern.parts.get(at + 1)),
                }
            }
            (Part::Column { name, .. }, ..) => return Err(name.as_str()),
        }
        last = part.form();
    }
    if path.ends_with("/index.html") {
        path.truncate(path.len() - "index.html".len());
    }
    Ok(path)
}

/// Appends to a path. If both have a slash where they meet, one of them is dropped.
fn add(path: &mut String, literal: &str) {
    let literal = if path.ends_with('/') { literal.strip_prefix('/').unwrap_or(literal) } else { literal };
    path.push_str(literal);
}

/// Appends a value that is itself a path. A folder's path (empty, or with a slash at its end) stays one where
/// a part of the pattern ends after it, and becomes its index elsewhere: `guide/` in `/{page.file}.html`
/// gives `/guide/index.html`.
fn add_path(path: &mut String, value: &str, next: Option<&Part>) {
    add(path, value);
    let ends = match next {
        None => true,
        Some(Part::Text(text)) => text.starts_with('/'),
        Some(Part::Column { .. }) => false,
    };
    let is_folder = value.is_empty() || value.ends_with('/');
    if is_folder && !(ends && path.ends_with('/')) {
        path.push_str("index");
    }
}

impl RowSource<'_> {
    fn scalar(&self, row: usize, column: usize) -> Scalar<'_> {
        match (self.relation, self.relations.rows(self.relation)) {
            (RelationId::Collection(collection), _) => Scalar::Reference(RecordId { collection, row }),
            (_, Some(relation)) => relation.rows.get(row, column),
            (_, None) => Scalar::Null,
        }
    }

    /// Returns the text of a value in a path.
    fn in_path(&self, row: usize, column: usize, steps: &[PathStep], form: Form) -> Option<Cow<'_, str>> {
        match (self.scalar(row, column), steps.split_last(), form) {
            (Scalar::Reference(id), Some((PathStep::Slug, steps)), _) => {
                Some(Cow::Borrowed(&self.records[self.referred(id, steps)?].path))
            }
            (.., Form::Slug) => self.text(row, column, steps, slugify),
            (.., Form::Path) => self.text(row, column, steps, str::to_owned),
        }
    }

    fn text(
        &self,
        row: usize,
        column: usize,
        steps: &[PathStep],
        write: fn(&str) -> String,
    ) -> Option<Cow<'_, str>> {
        Some(match self.scalar(row, column) {
            Scalar::Null => return None,
            Scalar::Reference(id) => return self.follow(id, steps, write),
            Scalar::Bool(value) => value.to_string().into(),
            Scalar::Int(value) => value.to_string().into(),
            Scalar::Float(value) => write(&value.to_string()).into(),
            Scalar::Text(text) => write(text).into(),
        })
    }

    fn follow(&self, id: RecordId, steps: &[PathStep], write: fn(&str) -> String) -> Option<Cow<'_, str>> {
        let (last, steps) = steps.split_last()?;
        let record = &self.records[self.referred(id, steps)?];
        match last {
            PathStep::Slug => Some(Cow::Borrowed(&record.slug)),
            PathStep::File => Some(Cow::Borrowed(&record.file)),
            PathStep::Title => Some(write(&record.title).into()),
            PathStep::Field(field) => record.values[*field].text().map(|text| write(&text).into()),
        }
    }

    /// Follows steps from a record to the record that they lead to.
    fn referred(&self, id: RecordId, steps: &[PathStep]) -> Option<RecordId> {
        steps.iter().try_fold(id, |id, step| match step {
            PathStep::Field(field) => match &self.records[id].values[*field] {
                Value::Reference(id) => Some(*id),
                _ => None,
            },
            PathStep::Slug | PathStep::Title | PathStep::File => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, add, add_path};

    #[test]
    fn folders_are_paths_of_folders() {
        let filled = |before: &str, value: &str, after: &str| {
            let next = (!after.is_empty()).then(|| Part::Text(after.to_owned()));
            let mut path = before.to_owned();
            add_path(&mut path, value, next.as_ref());
            add(&mut path, after);
            path
        };
        for (before, value, after, expected) in [
            ("/docs/", "", "/", "/docs/"),
            ("/docs/", "guide", "/", "/docs/guide/"),
            ("/docs/", "guide/", "/", "/docs/guide/"),
            ("/cpp/", "guide/", "", "/cpp/guide/"),
            ("/cpp/", "guide/A.b", "", "/cpp/guide/A.b"),
            ("/", "", ".html", "/index.html"),
            ("/", "guide/", ".html", "/guide/index.html"),
            ("/", "ch1", ".html", "/ch1.html"),
            ("/notes-", "", "/", "/notes-index/"),
            ("/", "/about/", "", "/about/"),
            ("", "/about.html", "", "/about.html"),
        ] {
            assert_eq!(filled(before, value, after), expected);
        }
    }
}
