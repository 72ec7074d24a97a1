//! Grouping problems by their cause, to show those with the same cause as one.

use std::collections::{BTreeSet, HashMap};

use sitegen_parser::{Cause, Code, Diagnostic, Diagnostics, Place, Severity};

use super::text::Texts;
use crate::phrase::count;

/// The problems of one cause, in order.
#[derive(Debug)]
pub(super) struct Group<'d> {
    /// The first problem, which is shown.
    pub first: &'d Diagnostic,
    pub others: Vec<&'d Diagnostic>,
}

/// The number of other places to name.
const NAMED: usize = 3;

/// The cause that problems have in common. Without a declared cause, problems that say the same have the same
/// cause.
#[derive(PartialEq, Eq, Hash)]
enum SharedCause<'d> {
    Cause(&'d Cause),
    Words { message: &'d str, help: Option<&'d str> },
}

/// Numbers the causes, and returns the number for each problem. Problems with the same number have the same
/// severity and code, too.
pub(super) fn causes(diagnostics: &Diagnostics) -> Vec<usize> {
    let mut known = HashMap::new();
    let number = |diagnostic| {
        let next = known.len();
        *known.entry(key(diagnostic)).or_insert(next)
    };
    diagnostics.iter().map(number).collect()
}

fn key(diagnostic: &Diagnostic) -> (Severity, Code, SharedCause<'_>) {
    let words = || SharedCause::Words { message: &diagnostic.message, help: diagnostic.help.as_deref() };
    let common = diagnostic.cause.as_ref().map_or_else(words, SharedCause::Cause);
    (diagnostic.severity, diagnostic.code, common)
}

/// Groups the problems by cause, in the order of the first of each.
pub(super) fn by_cause(diagnostics: &Diagnostics) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    for (diagnostic, cause) in diagnostics.iter().zip(causes(diagnostics)) {
        match groups.get_mut(cause) {
            Some(group) => group.others.push(diagnostic),
            None => groups.push(Group { first: diagnostic, others: Vec::new() }),
        }
    }
    groups
}

/// Makes a group of each problem.
pub(super) fn apart(diagnostics: &Diagnostics) -> Vec<Group<'_>> {
    diagnostics.iter().map(|first| Group { first, others: Vec::new() }).collect()
}

impl<'d> Group<'d> {
    /// Returns the places that are shown or named.
    pub(super) fn places(&self) -> impl Iterator<Item = &'d Place> {
        let related = self.first.related.iter().map(|note| &note.place);
        let named = self.others.iter().filter_map(|other| other.place.as_ref()).take(NAMED);
        self.first.place.iter().chain(related).chain(named)
    }

    /// Describes the problems that are not shown, if there are any: their number and some places.
    pub(super) fn more(&self, texts: &Texts) -> Option<String> {
        let places: Vec<_> = self.others.iter().filter_map(|other| other.place.as_ref()).collect();
        let mut named: Vec<_> = places.iter().take(NAMED).map(|place| spot(place, texts)).collect();
        let files: BTreeSet<_> = places.iter().map(|place| &place.path).collect();
        match (self.others.len(), files.len()) {
            (0, _) => None,
            (many, 0) => Some(format!("and {many} more")),
            (few, _) if few == named.len() => {
                let last = named.pop().unwrap_or_default();
                let first =
                    if named.is_empty() { String::new() } else { format!("{} and ", named.join(", ")) };
                Some(format!("and {few} more: {first}{last}"))
            }
            (many, files) => Some(format!(
                "and {many} more in {}: {}, … (--verbose shows all)",
                count(files, "file"),
                named.join(", ")
            )),
        }
    }
}

/// Formats a place: `content/notes/a.md:3:7`.
pub(super) fn spot(place: &Place, texts: &Texts) -> String {
    match texts.position(place) {
        Some(position) => format!("{}:{}:{}", place.path, position.line, position.column),
        None => place.path.to_string(),
    }
}
