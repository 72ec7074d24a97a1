//! The pagination of a family: its rows share pages.

use std::hash::{Hash, Hasher};
use std::num::NonZeroUsize;

use sitegen_parser::{Diagnostics, Place, WrittenValue};

use super::errors;
use super::pattern::{Part, Pattern};
use crate::read::{Declared, KeyForm, Layers, ValueForm};

/// The pagination of a family, whose rows share pages.
#[derive(Debug, Clone)]
pub struct Pagination {
    /// The most rows that a page shows.
    pub by: NonZeroUsize,
    /// The place that declares a page for a list without rows; none if such a list has no page.
    pub(crate) empty: Option<Place>,
}

impl Hash for Pagination {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.by, self.empty.is_some()).hash(state);
    }
}

/// The keys of the long form.
pub(super) fn keys() -> Vec<KeyForm> {
    vec![
        KeyForm::new("by", ValueForm::Count(1), "The most rows on a page."),
        KeyForm::new("empty", ValueForm::Bool, "If true, a list without rows has a page."),
    ]
}

impl Pagination {
    /// Reads `paginate = 20` or `paginate = { by = 20, empty = true }`.
    pub(super) fn read(
        declaration: &mut Layers,
        has_rows: bool,
        path: Option<&(String, Place)>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let declared = declaration.get("paginate")?;
        let pagination = match declared.value.value {
            WrittenValue::Table(_) => Self::long(declaration.long("paginate"), diagnostics),
            _ => size(declared, diagnostics).map(|by| Self { by, empty: None }),
        }?;
        if !has_rows {
            diagnostics.push(errors::nothing_to_paginate(declared.place()));
        } else if let Some((_, place)) = path.filter(|(path, _)| !path.ends_with('/')) {
            diagnostics.push(errors::unpageable_path(place.clone()));
        }
        Some(pagination)
    }

    fn long(mut table: Layers, diagnostics: &mut Diagnostics) -> Option<Self> {
        let place = table.place();
        let by = match table.get("by") {
            Some(declared) => size(declared, diagnostics),
            None => {
                diagnostics.extend(place.map(|place| errors::missing_key("by", "\"paginate\"", place)));
                None
            }
        };
        let empty = table.value("empty").map(|empty| empty.place());
        let is_wanted = table.bool("empty", diagnostics) == Some(true);
        table.finish(diagnostics);
        Some(Self { by: by?, empty: empty.filter(|_| is_wanted) })
    }

    /// This, with no page for a list without rows if that could not have what it would take from them, which is reported.
    pub(super) fn checked<'p>(
        self,
        mut patterns: impl Iterator<Item = &'p Pattern>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let takes = |pattern: &&Pattern| pattern.parts.iter().any(|part| matches!(part, Part::Column { .. }));
        let (Some(place), Some(pattern)) = (&self.empty, patterns.find(takes)) else { return self };
        let written = pattern.to_string();
        diagnostics.push(errors::empty_list_takes_values(&written, place.clone(), &pattern.place));
        Self { empty: None, ..self }
    }
}

fn size(declared: Declared, diagnostics: &mut Diagnostics) -> Option<NonZeroUsize> {
    let size = match declared.value.value {
        WrittenValue::Int(size) => usize::try_from(size).ok().and_then(NonZeroUsize::new),
        _ => None,
    };
    if size.is_none() {
        let expected = "a whole number of rows, at least 1";
        let problem = errors::wrong_type("\"paginate\"", expected, &declared.value.value, declared.place());
        diagnostics.push(problem);
    }
    size
}
