//! Paths and titles with placeholders: `/companies/{company.slug}/`, checked before there is a row.

use sitegen_parser::{Diagnostics, Place};

use super::{Collection, CollectionId, Kind};
use crate::{errors, suggest};

/// Text with placeholders, each checked to be a column.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    pub parts: Vec<Part>,
    pub place: Place,
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Text(String),
    /// From the row's record, step by step.
    Column(Vec<Step>),
}

/// A step from a record to a value. Only the last leads to something other than a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Slug,
    Title,
    Field(usize),
}

/// What a pattern's placeholders can name.
pub(super) struct Columns<'a> {
    pub collections: &'a [Collection],
    pub row: Option<CollectionId>,
}

impl Pattern {
    /// Reads a pattern; none if a placeholder does not hold.
    pub(super) fn parse(
        text: &str,
        place: Place,
        columns: &Columns,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                diagnostics.push(errors::unclosed_placeholder(text, place));
                return None;
            };
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            match columns.resolve(name.trim()) {
                Ok(steps) => parts.push(Part::Column(steps)),
                Err(objection) => {
                    diagnostics.push(errors::unknown_column(name, &objection, place));
                    return None;
                }
            }
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Some(Self { parts, place })
    }
}

impl Columns<'_> {
    fn resolve(&self, name: &str) -> Result<Vec<Step>, String> {
        let Some(row) = self.row else {
            return Err("these pages are made from no relation, so they have no columns".to_owned());
        };
        let mut collection = &self.collections[row.0];
        let mut names = name.split('.');
        let first = names.next().unwrap_or_default();
        if first != collection.singular {
            return Err(did_you_mean(suggest::nearest(first, [collection.singular.as_str()].into_iter()))
                .unwrap_or_else(|| format!("the only column is {{{}}}", collection.singular)));
        }
        let mut steps = Vec::new();
        let mut at_record = true;
        for name in names {
            if !at_record {
                return Err(format!("there is nothing below a value, so \"{name}\" cannot be found"));
            }
            let step = step(collection, name)?;
            at_record = false;
            if let Step::Field(field) = step
                && let Kind::Reference(target) = collection.fields[field].kind
            {
                collection = &self.collections[target.0];
                at_record = true;
            }
            steps.push(step);
        }
        if at_record {
            return Err(format!("that is a whole record; name a value of it, such as {{{name}.slug}}"));
        }
        Ok(steps)
    }
}

fn step(collection: &Collection, name: &str) -> Result<Step, String> {
    if name == "slug" {
        return Ok(Step::Slug);
    }
    if let Some(field) = collection.field(name) {
        return match collection.fields[field].kind {
            Kind::List(_) | Kind::Table(_) | Kind::Template => {
                Err(format!("\"{name}\" is not a single value"))
            }
            _ => Ok(Step::Field(field)),
        };
    }
    if name == "title" {
        return Ok(Step::Title);
    }
    let names = collection.fields.iter().map(|field| field.name.as_str()).chain(["slug", "title"]);
    Err(did_you_mean(suggest::nearest(name, names))
        .unwrap_or_else(|| format!("\"{}\" has no field \"{name}\"", collection.name)))
}

fn did_you_mean(nearest: Option<&str>) -> Option<String> {
    nearest.map(|nearest| format!("did you mean \"{nearest}\"?"))
}
