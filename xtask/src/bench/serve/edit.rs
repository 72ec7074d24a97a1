//! The edits of a site that are timed: the files that they write, and the page on which each shows.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The part of a site that an author changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EditedPart {
    /// The text of one page.
    Text,
    /// A field of a record that many pages show.
    Record,
    /// An amount in one row of a data file.
    Row,
    Template,
    Style,
    /// A comment in a query, which has no effect. Because that cannot be seen, the text of one page is saved
    /// right after it.
    Query,
    /// A comment in the theme's declarations, and then the same text.
    Theme,
}

/// All kinds, in the order of the table's columns.
pub(super) const KINDS: [EditedPart; 7] = [
    EditedPart::Text,
    EditedPart::Record,
    EditedPart::Row,
    EditedPart::Template,
    EditedPart::Style,
    EditedPart::Query,
    EditedPart::Theme,
];

/// A place in a file whose text is replaced, and a comment in another file, if the kind has one.
pub(super) struct TimedEdit {
    pub(super) kind: EditedPart,
    /// The page that shows the edit; of a style sheet, the page that links to the sheet.
    pub(super) page: String,
    file: PathBuf,
    before: String,
    after: String,
    commented: Option<Commented>,
}

/// A file that gets a comment at its end.
struct Commented {
    file: PathBuf,
    text: String,
    mark: &'static str,
}

impl EditedPart {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Record => "record",
            Self::Row => "row",
            Self::Template => "template",
            Self::Style => "style",
            Self::Query => "query",
            Self::Theme => "theme",
        }
    }

    /// Returns the text that the edit of a number writes. The texts of all numbers have the same length.
    fn written(self, number: usize) -> String {
        match self {
            Self::Row => format!("{}", 900_000 + number),
            Self::Style => format!(".style-edit-{number:03} {{ color: red }}"),
            _ => format!("{}-edit-{number:03}. ", self.name()),
        }
    }

    /// Returns the text by which the edit of a number is recognized on its page.
    pub(super) fn mark(self, number: usize) -> String {
        match self {
            Self::Row => format!("$900,{number:03}"),
            _ => format!("{}-edit-{number:03}", self.name()),
        }
    }
}

impl TimedEdit {
    /// Makes an edit that writes between the two parts of a file's text that a function returns.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or has no such place.
    pub(super) fn new(
        kind: EditedPart,
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
            commented: None,
        })
    }

    /// Adds a comment in another file, which begins with the mark and is written before the edit.
    ///
    /// # Errors
    ///
    /// That file cannot be read.
    pub(super) fn with_comment(self, file: PathBuf, mark: &'static str) -> io::Result<Self> {
        let text = fs::read_to_string(&file)?;
        Ok(Self { commented: Some(Commented { file, text, mark }), ..self })
    }

    /// Saves the files in place.
    ///
    /// # Errors
    ///
    /// One cannot be written.
    pub(super) fn save(&self, number: usize) -> io::Result<()> {
        if let Some(Commented { file, text, mark }) = &self.commented {
            fs::write(file, format!("{text}\n{mark} {number}\n"))?;
        }
        fs::write(&self.file, [&self.before, &self.kind.written(number), &*self.after].concat())
    }
}
