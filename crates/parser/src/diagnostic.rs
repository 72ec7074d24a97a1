//! Diagnostics: the problems of a site, in its author's words.

mod code;

use std::sync::Arc;

use crate::{Among, Cause, Span};

pub use self::code::Code;

/// A span in a named file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file's path, as in [`Source`](crate::Source).
    pub path: Arc<str>,
    /// The offset of its first byte.
    pub start: usize,
    /// The offset behind its last byte.
    pub end: usize,
}

impl Place {
    /// Makes the place of a span in a file.
    pub fn new(path: &Arc<str>, span: &Span) -> Self {
        Self { path: Arc::clone(path), start: span.start, end: span.end }
    }

    /// Makes the place of a file as a whole.
    pub fn file(path: &Arc<str>) -> Self {
        Self::new(path, &(0..0))
    }
}

/// The severity of a problem, which decides if the site is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not published.
    Error,
    /// The site is published.
    Warning,
}

/// Another place that a problem involves, with a label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelatedPlace {
    /// The place.
    pub place: Place,
    /// A few words about the place.
    pub label: String,
}

/// One problem of a site.
///
/// Ordered by place, so that a sorted list reads file by file. Problems without a place come first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// The place at which authors mend the problem.
    pub place: Option<Place>,
    /// Its severity.
    pub severity: Severity,
    /// The kind of problem.
    pub code: Code,
    /// One sentence without a full stop, lower-case.
    pub message: String,
    /// A few words beside the excerpt.
    pub label: Option<String>,
    /// Other places that the problem involves.
    pub related: Vec<RelatedPlace>,
    /// More about the problem, such as the page on which it was found.
    pub note: Option<String>,
    /// Advice on mending the problem.
    pub help: Option<String>,
    /// The cause of the problem, if other problems can have the same one.
    pub cause: Option<Cause>,
}

impl Diagnostic {
    /// Makes a problem that stops publishing.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// Makes a problem that does not stop publishing.
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

    /// Returns true if two problems are about the same part of a file.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let (Some(place), Some(other)) = (&self.place, &other.place) else { return false };
        place.path == other.path && place.start < other.end && other.start < place.end
    }

    /// Sets the place, if one is known.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// Sets the words beside the excerpt.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds another place that the problem involves.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push(RelatedPlace { place, label: label.into() });
        self
    }

    /// Sets the note, which says more about the problem.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Sets advice that suggests the nearest name, if there is one.
    #[must_use]
    pub fn suggest(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(nearest) => self.help(format!("did you mean \"{nearest}\"?")),
            None => self,
        }
    }

    /// Sets the cause: a name, and the set of names in which it was expected.
    #[must_use]
    pub fn cause(mut self, among: Among, name: impl Into<Arc<str>>) -> Self {
        self.cause = Some(Cause { among, name: name.into() });
        self
    }

    /// Sets the advice on mending the problem.
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
    /// Makes an empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Sorts the problems by place and drops duplicates.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.0.sort();
        self.0.dedup();
        self
    }

    /// Returns true if any problem stops publishing.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Iterates over the problems in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Counts the problems.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if there are no problems.
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
