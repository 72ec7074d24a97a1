//! On which day each file of the content was last changed, for sites that take that from git.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_parser::{Date, Diagnostic, Place};

use super::errors;

/// What git tells of the content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The day of the newest commit that changed a file, by the file's path.
    pub days: BTreeMap<Arc<str>, Date>,
    /// What is missing in it.
    pub gap: Option<Gap>,
}

/// Why days are missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// Only the newest commits are there, as CI fetches them. Files that none of these changed have no day.
    Shallow,
    /// There is no history, for a reason in git's words.
    Unknown(String),
}

impl History {
    /// What is to be said of it, to a site that asks for it here.
    pub(crate) fn problem(&self, asked: Option<&Place>) -> Option<Diagnostic> {
        Some(match (self.gap.as_ref()?, asked?) {
            (Gap::Shallow, place) => errors::shallow_history(place.clone()),
            (Gap::Unknown(reason), place) => errors::no_history(reason, place.clone()),
        })
    }
}
