//! Turns a sheet of a spreadsheet program into text: a list of cells in JSON on each line, row by row.

mod archive;
mod ods;
mod xlsx;

use std::sync::Arc;

use super::encoding::LIMIT;
use crate::{Diagnostic, Place, Source, errors};

use self::archive::Archive;

/// The most columns of a sheet that are read, and the most rows.
const COLUMNS: u32 = 1_000;
const ROWS: u32 = 1_048_576;

/// The text of a sheet while it is written.
#[derive(Default)]
struct SheetText {
    text: String,
    /// The row that is being written, from 0.
    row: u32,
    /// The number of its cells so far.
    cells: u32,
}

/// A reason why a sheet cannot be read.
enum Unreadable {
    /// The file is no spreadsheet, or is damaged.
    Damaged,
    /// It is too large.
    Large,
    /// No sheet has the name. These are there.
    NoSheet(Vec<String>),
    /// No formula has a value.
    NotCalculated,
}

fn ending(path: &str) -> Option<String> {
    path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

/// Reads the sheet of a name, or else the first that is shown.
///
/// # Errors
///
/// `unknown-format` if the file is no spreadsheet or has no such sheet; `too-large`; `missing-value` if its
/// formulas were never calculated.
pub(super) fn read(path: &Arc<str>, bytes: &[u8], name: Option<&str>) -> Result<Source, Diagnostic> {
    let read = Archive::open(bytes).and_then(|archive| match ending(path).as_deref() {
        Some("ods") => ods::read(&archive, name),
        _ => xlsx::read(&archive, bytes, name),
    });
    match read {
        Ok(text) => Ok(Source { path: Arc::clone(path), text: text.finish().into() }),
        Err(Unreadable::Damaged) => Err(errors::damaged_sheet(path)),
        Err(Unreadable::Large) => Err(errors::too_large(path, LIMIT)),
        Err(Unreadable::NotCalculated) => Err(errors::not_calculated(path)),
        Err(Unreadable::NoSheet(names)) => {
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            Err(errors::no_sheet(Place::file(path), name, &names))
        }
    }
}

impl SheetText {
    /// Writes a cell in JSON. Cells come row by row, and from left to right; those between are empty.
    fn push(&mut self, row: u32, column: u32, cell: &str) -> Result<(), Unreadable> {
        if column >= COLUMNS {
            return Ok(());
        }
        if row < self.row || row == self.row && column < self.cells || row >= ROWS {
            return Err(Unreadable::Damaged);
        }
        while self.row < row {
            self.end_row();
        }
        while self.cells < column {
            self.write("null");
        }
        self.write(cell);
        if self.text.len() > LIMIT { Err(Unreadable::Large) } else { Ok(()) }
    }

    fn write(&mut self, cell: &str) {
        self.text.push(if self.cells == 0 { '[' } else { ',' });
        self.text.push_str(cell);
        self.cells += 1;
    }

    fn end_row(&mut self) {
        if self.cells > 0 {
            self.text.push(']');
        }
        self.text.push('\n');
        (self.row, self.cells) = (self.row + 1, 0);
    }

    fn finish(mut self) -> String {
        self.end_row();
        self.text
    }
}

/// Writes a text in JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
