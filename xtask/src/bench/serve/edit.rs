//! An edit of one file: what is written, and on which page it shows.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What an author changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The text of one page.
    Text,
    /// A field of a record that many pages show.
    Record,
    /// An amount in one row of a data file.
    Row,
    Template,
    Style,
}

/// All kinds, in the order of the table's columns.
pub(super) const KINDS: [Kind; 5] = [Kind::Text, Kind::Record, Kind::Row, Kind::Template, Kind::Style];

/// A place in a file.
pub(super) struct Edit {
    pub(super) kind: Kind,
    /// The page that shows what is written; of a style sheet, the page that links to it.
    pub(super) page: String,
    file: PathBuf,
    before: String,
    after: String,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Record => "record",
            Self::Row => "row",
            Self::Template => "template",
            Self::Style => "style",
        }
    }

    /// What the edit of a number writes. Texts of all numbers are of one length.
    fn written(self, number: usize) -> String {
        match self {
            Self::Row => format!("{}", 900_000 + number),
            Self::Style => format!(".style-edit-{number:03} {{ color: red }}"),
            Self::Text | Self::Record | Self::Template => format!("{}-edit-{number:03}. ", self.name()),
        }
    }

    /// By what the edit of a number is known where it shows.
    pub(super) fn mark(self, number: usize) -> String {
        match self {
            Self::Row => format!("$900,{number:03}"),
            _ => format!("{}-edit-{number:03}", self.name()),
        }
    }
}

impl Edit {
    /// An edit between the two parts of a file that a function gives of its text.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or has no such place.
    pub(super) fn new(
        kind: Kind,
        file: &Path,
        page: &str,
        place: impl FnOnce(&str) -> Option<(&str, &str)>,
    ) -> io::Result<Self> {
        let at = |what: &str| io::Error::other(format!("{}: {what}", file.display()));
        let text = fs::read_to_string(file).map_err(|error| at(&error.to_string()))?;
        let (before, after) = place(&text).ok_or_else(|| at("there is nothing to edit"))?;
        Ok(Self {
            kind,
            page: page.to_owned(),
            file: file.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        })
    }

    /// Saves the file in place.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub(super) fn save(&self, number: usize) -> io::Result<()> {
        fs::write(&self.file, [&self.before, &self.kind.written(number), &*self.after].concat())
    }
}
