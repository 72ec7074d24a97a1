//! What is wrong with a site, said in its author's words.

mod code;

use std::sync::Arc;

use crate::{Among, Cause, Span};

pub use self::code::Code;

/// A span in a named file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file's path, as in [`Source`](crate::Source).
    pub path: Arc<str>,
    /// Where the span begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes, exclusive.
    pub end: usize,
}

impl Place {
    /// A span in a file.
    pub fn new(path: &Arc<str>, span: &Span) -> Self {
        Self { path: Arc::clone(path), start: span.start, end: span.end }
    }

    /// A file as a whole.
    pub fn file(path: &Arc<str>) -> Self {
        Self::new(path, &(0..0))
    }
}

/// Whether a problem stops publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not published.
    Error,
    /// The site is published.
    Warning,
}

/// Another place that a problem is about, and what is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Note {
    /// Where.
    pub place: Place,
    /// What is there, in a few words.
    pub label: String,
}

/// One problem of a site.
///
/// Ordered by place, so that a sorted list reads file by file. Problems without a place come first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// Where the problem is to be mended.
    pub place: Option<Place>,
    /// Whether it stops publishing.
    pub severity: Severity,
    /// Which kind of problem it is.
    pub code: Code,
    /// One sentence without a full stop, lower-case.
    pub message: String,
    /// What to say beside the excerpt.
    pub label: Option<String>,
    /// Other places it is about.
    pub related: Vec<Note>,
    /// What is true besides, such as the page on which it was found.
    pub note: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// What it comes from, if that can have made others.
    pub cause: Option<Cause>,
}

impl Diagnostic {
    /// A problem that stops publishing.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A problem that does not.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: Code, message: String) -> Self {
        Self {
            place: None,
            severity,
            code,
            message,
            label: None,
            related: Vec::new(),
            note: None,
            help: None,
            cause: None,
        }
    }

    /// Where it is, if that is known.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// What to say beside the excerpt.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Another place it is about.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push(Note { place, label: label.into() });
        self
    }

    /// What is true besides.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The name that was most likely meant, if there is one.
    #[must_use]
    pub fn suggest(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(nearest) => self.help(format!("did you mean \"{nearest}\"?")),
            None => self,
        }
    }

    /// What it comes from: a name, and what it should be one of.
    #[must_use]
    pub fn cause(mut self, among: Among, name: impl Into<Arc<str>>) -> Self {
        self.cause = Some(Cause { among, name: name.into() });
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The problems of a stage or of a whole build.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// All of them, by place, each once.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.0.sort();
        self.0.dedup();
        self
    }

    /// Whether any stops publishing.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Those present, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        self.0.extend(iter);
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(iter: I) -> Self {
        Self(iter.into_iter().collect())
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
