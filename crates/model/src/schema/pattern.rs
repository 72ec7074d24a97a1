//! Paths and titles with placeholders: `/companies/{company.slug}/`, checked before there is a row.

use std::fmt;
use std::hash::{Hash, Hasher};

use sitegen_parser::{Diagnostics, Place};

use super::{Collection, Column, Kind, errors};
use crate::ground::{Piece, placeholder, suggest};

/// Text with placeholders, each checked to be a column.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    pub parts: Vec<Part>,
    pub place: Place,
}

/// The place is not hashed because a pattern that has only moved says the same.
impl Hash for Pattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts.hash(state);
    }
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    Text(String),
    /// A column of the row, and the steps from the record that it refers to.
    Column {
        name: String,
        column: usize,
        steps: Vec<PathStep>,
        /// The form in which the value is put into paths.
        form: Form,
    },
}

/// The form in which a value is put into a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// It is made fit for URLs.
    Slug,
    /// It is a path already.
    Path,
}

/// A step from a record to a value. Only the last leads to something other than a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum PathStep {
    Slug,
    Title,
    File,
    Field(usize),
}

/// The columns that a pattern's placeholders can name.
pub(super) struct Columns<'a> {
    pub collections: &'a [Collection],
    /// Those of the relation; none for a single page.
    pub row: Option<&'a [Column]>,
}

impl Part {
    /// Returns the form in which the part is put into a path.
    pub(crate) fn form(&self) -> Form {
        match self {
            Self::Text(_) => Form::Slug,
            Self::Column { form, .. } => *form,
        }
    }
}

impl Pattern {
    /// Returns true if the pattern's own text has this segment of a path, so no row is to blame for the
    /// segment.
    pub(crate) fn says(&self, name: &str) -> bool {
        let says = |text: &str| text.split('/').skip(1).any(|part| part == name);
        self.parts.iter().any(|part| matches!(part, Part::Text(text) if says(text)))
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Part::Text(text) => formatter.write_str(text),
            Part::Column { name, .. } => write!(formatter, "{{{name}}}"),
        })
    }
}

impl Pattern {
    /// Returns the text of a pattern without placeholders, which is the same for every row.
    pub(crate) fn text(&self) -> Option<&str> {
        match &*self.parts {
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Reads a pattern; none if a placeholder does not hold.
    pub(super) fn parse(
        text: &str,
        place: Place,
        columns: &Columns,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let Some(pieces) = placeholder::split(text) else {
            diagnostics.push(errors::unclosed_placeholder(text, place));
            return None;
        };
        let mut parts = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => parts.push(Part::Text(text)),
                Piece::Placeholder(name) => match columns.resolve(&name) {
                    Ok(part) => parts.push(part),
                    Err(objection) => {
                        diagnostics.push(errors::unknown_column(&name, &objection, place));
                        return None;
                    }
                },
            }
        }
        Some(Self { parts, place })
    }
}

impl Pattern {
    /// Returns true if some values of the placeholders could make the pattern into this text.
    pub(crate) fn admits(&self, text: &str) -> bool {
        let (mut rest, mut free) = (text, false);
        for part in &self.parts {
            let Part::Text(fixed) = part else {
                free = true;
                continue;
            };
            let found = if free { rest.find(fixed.as_str()) } else { rest.starts_with(fixed).then_some(0) };
            let Some(at) = found else { return false };
            (rest, free) = (&rest[at + fixed.len()..], false);
        }
        free || rest.is_empty()
    }
}

impl Columns<'_> {
    /// Returns the type of a placeholder's values; none for text and for columns without a type.
    pub(super) fn kind(&self, part: &Part) -> Option<&Kind> {
        match part {
            Part::Column { column, steps, .. } => self.kind_of(*column, steps),
            Part::Text(_) => None,
        }
    }

    fn kind_of(&self, column: usize, steps: &[PathStep]) -> Option<&Kind> {
        let mut kind = self.row?[column].kind.as_ref();
        for step in steps {
            kind = match (step, kind) {
                (PathStep::Field(field), Some(Kind::Reference(target))) => {
                    Some(&self.collections[target.0].fields[*field].kind)
                }
                _ => None,
            };
        }
        kind
    }

    fn resolve(&self, name: &str) -> Result<Part, String> {
        let Some(row) = self.row else {
            return Err("these pages are made from no relation, so they have no columns".to_owned());
        };
        let mut names = name.split('.');
        let first = names.next().unwrap_or_default();
        let Some(column) = row.iter().position(|column| column.name == first) else {
            let known = || row.iter().map(|column| column.name.as_str());
            return Err(did_you_mean(suggest::nearest(first, known())).unwrap_or_else(|| only(known())));
        };
        let steps = self.steps(row[column].kind.as_ref(), name, names)?;
        let is_path = matches!(steps.last(), Some(PathStep::Slug | PathStep::File))
            || matches!(self.kind_of(column, &steps), Some(Kind::Path));
        let form = if is_path { Form::Path } else { Form::Slug };
        Ok(Part::Column { name: name.to_owned(), column, steps, form })
    }

    fn steps<'n>(
        &self,
        kind: Option<&Kind>,
        whole: &str,
        names: impl Iterator<Item = &'n str>,
    ) -> Result<Vec<PathStep>, String> {
        let mut record = match kind {
            Some(Kind::Reference(target)) => Some(&self.collections[target.0]),
            Some(kind) if kind.is_nested() => {
                return Err(format!("\"{whole}\" is not a single value"));
            }
            _ => None,
        };
        let mut steps = Vec::new();
        for name in names {
            let Some(collection) = record else {
                return Err(format!("there is nothing below a value, so \"{name}\" cannot be found"));
            };
            let step = step(collection, name)?;
            record = match step {
                PathStep::Field(field) => match collection.fields[field].kind {
                    Kind::Reference(target) => Some(&self.collections[target.0]),
                    _ => None,
                },
                PathStep::Slug | PathStep::Title | PathStep::File => None,
            };
            steps.push(step);
        }
        match record {
            Some(_) => Err(format!("that is a whole record; name a value of it, such as {{{whole}.slug}}")),
            None => Ok(steps),
        }
    }
}

fn step(collection: &Collection, name: &str) -> Result<PathStep, String> {
    if name == "slug" {
        return Ok(PathStep::Slug);
    }
    if let Some(field) = collection.field(name) {
        return match collection.fields[field].kind {
            Kind::List(_) | Kind::Table(_) | Kind::Any | Kind::Template => {
                Err(format!("\"{name}\" is not a single value"))
            }
            _ => Ok(PathStep::Field(field)),
        };
    }
    match name {
        "title" => return Ok(PathStep::Title),
        "file" => return Ok(PathStep::File),
        _ => {}
    }
    let names = collection.fields.iter().map(|field| field.name.as_str()).chain(["slug", "title", "file"]);
    Err(did_you_mean(suggest::nearest(name, names))
        .unwrap_or_else(|| format!("\"{}\" has no field \"{name}\"", collection.name)))
}

fn did_you_mean(nearest: Option<&str>) -> Option<String> {
    nearest.map(|nearest| format!("did you mean \"{nearest}\"?"))
}

fn only<'a>(mut names: impl Iterator<Item = &'a str>) -> String {
    match (names.next(), names.next()) {
        (Some(only), None) => format!("the only column is {{{only}}}"),
        (first, second) => {
            let all = first.into_iter().chain(second).chain(names);
            format!("the columns are {}", all.collect::<Vec<_>>().join(", "))
        }
    }
}
