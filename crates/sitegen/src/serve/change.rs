//! The differences between two readings of a site.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use sitegen_model::{Files, Inputs};

/// The files that changed, and how.
#[derive(Debug, Default)]
pub(super) struct Changes(BTreeMap<Arc<str>, Change>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Created,
    Changed,
    Deleted,
}

/// The number of files to name.
const NAMED: usize = 3;

impl Changes {
    /// Compares two readings. Files that were not read again are known to be the same.
    pub(super) fn between(before: &Inputs, after: &Inputs) -> Self {
        let mut changes = BTreeMap::new();
        collect(&before.site, &after.site, Arc::clone, &mut changes);
        for (before, after) in before.themes.iter().zip(&after.themes) {
            if before.path == after.path {
                collect(&before.files, &after.files, |name| after.file(name), &mut changes);
            }
        }
        collect(&before.included, &after.included, Arc::clone, &mut changes);
        if before.config != after.config || before.settings != after.settings {
            changes.insert(Arc::clone(&after.config), Change::Changed);
        }
        Self(changes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn collect(
    before: &Files,
    after: &Files,
    path: impl Fn(&Arc<str>) -> Arc<str>,
    changes: &mut BTreeMap<Arc<str>, Change>,
) {
    let mut old = before.iter().peekable();
    for (name, file) in after {
        while let Some((gone, _)) = old.next_if(|(old, _)| *old < name) {
            changes.insert(path(gone), Change::Deleted);
        }
        match old.next_if(|(old, _)| *old == name) {
            None => changes.insert(path(name), Change::Created),
            Some((_, known)) if !known.is_same(file) => changes.insert(path(name), Change::Changed),
            Some(_) => None,
        };
    }
    changes.extend(old.map(|(gone, _)| (path(gone), Change::Deleted)));
}

impl fmt::Display for Changes {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let mut last = None;
        for (number, (path, change)) in self.0.iter().take(NAMED).enumerate() {
            if let Some(last) = last.filter(|last| last != change) {
                write!(formatter, " {last}")?;
            }
            let comma = if number == 0 { "" } else { ", " };
            write!(formatter, "{comma}{path}")?;
            last = Some(*change);
        }
        if let Some(last) = last {
            write!(formatter, " {last}")?;
        }
        match self.0.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => write!(formatter, " and {more} more"),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Deleted => "deleted",
        })
    }
}

#[cfg(test)]
mod tests {
    use sitegen_model::File;

    use super::*;

    fn inputs(files: &[(&str, u128)]) -> Inputs {
        let site = files
            .iter()
            .map(|(name, hash)| ((*name).into(), File::Stored { hash: *hash, size: None }))
            .collect();
        Inputs { site, ..Inputs::default() }
    }

    fn said(before: &[(&str, u128)], after: &[(&str, u128)]) -> String {
        Changes::between(&inputs(before), &inputs(after)).to_string()
    }

    #[test]
    fn changes_are_said_in_a_few_words() {
        assert_eq!(said(&[("a", 1)], &[("a", 1)]), "");
        assert_eq!(said(&[("a", 1), ("b", 1)], &[("a", 2), ("b", 2)]), "a, b changed");
        assert_eq!(said(&[("a", 1)], &[("b", 1)]), "a deleted, b created");
        assert_eq!(
            said(&[("a", 1), ("b", 1), ("c", 1)], &[("d", 1), ("e", 1)]),
            "a, b, c deleted and 2 more"
        );
    }
}
