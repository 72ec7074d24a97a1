//! Reads rows of tables.

use super::EventConverter;
use crate::markdown::nearmiss;
use crate::{Span, errors};

impl EventConverter<'_> {
    /// Reports the cells of a row beyond the table's last column, because they are lost.
    pub(super) fn lost_cells(&mut self, row: &Span) {
        let text = self.excerpt.text[row.clone()].trim_end();
        if let Some(start) = nearmiss::lost_cells(text, self.columns) {
            let place = self.excerpt.place(&(row.start + start..row.start + text.len()));
            self.writer.diagnostics.push(errors::lost_cells(place, self.columns));
        }
    }
}
