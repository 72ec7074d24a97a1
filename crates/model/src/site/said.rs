//! The descriptions of pages and the days on which they changed last.
//!
//! Neither is part of a page's route, so an edit of a date does not plan pages again. For the same reason,
//! the sitemap is split by the largest size that its entries could have.

use super::Model;
use crate::relation::fill::{RowSource, fill_text};
use crate::route::{Route, Shows, Target};
use crate::schema::Pattern;
use crate::schema::is_date;

impl Model {
    /// Returns a page's description, in a sentence: none if its family declares none, or the row lacks a
    /// value for it.
    pub fn description(&self, page: &Route) -> Option<String> {
        let Target::Page { family, shows, .. } = &page.target else { return None };
        let row = match shows {
            Shows::Nothing => None,
            Shows::Row(row) => Some(*row),
            Shows::Part(part) => part.rows.first().copied(),
        };
        let family = &self.schema[*family];
        let (relations, records) = (&self.relations, &self.records);
        let source = family.from.map(|relation| RowSource { relation, relations, records });
        fill_text(family.description.as_ref()?, row, source).ok()
    }

    /// Returns the day on which a page changed last, such as 2026-01-31, as its family declares; for a part
    /// of a list, the newest day of its rows. None if the day is unknown.
    pub fn updated(&self, page: &Route) -> Option<String> {
        let Target::Page { family, shows, .. } = &page.target else { return None };
        let family = &self.schema[*family];
        let (relation, pattern) = (family.from?, family.updated.as_ref()?);
        let source = RowSource { relation, relations: &self.relations, records: &self.records };
        match shows {
            Shows::Nothing => None,
            Shows::Row(row) => day(pattern, *row, source),
            Shows::Part(part) => part.rows.iter().filter_map(|row| day(pattern, *row, source)).max(),
        }
    }
}

/// Returns the day in a column; none if the row has none.
fn day(pattern: &Pattern, row: usize, source: RowSource) -> Option<String> {
    let mut text = fill_text(pattern, Some(row), Some(source)).ok()?;
    text.truncate(text.find(['T', 't', ' ']).unwrap_or(text.len()));
    is_date(&text).then_some(text)
}
