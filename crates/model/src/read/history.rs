//! The days on which git says that content files were last changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_parser::{Date, Diagnostic, Place};

use super::errors;

/// The content's history in git.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The day of the newest commit that changed a file, by the file's path.
    pub days: BTreeMap<Arc<str>, Date>,
    /// The reason why days are missing.
    pub gap: Option<Gap>,
}

/// The reason why days are missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// A shallow clone, as CI makes it: files that the newest commits did not change have no day.
    Shallow,
    /// There is no history, for a reason in git's words.
    Unknown(String),
}

impl History {
    /// Reports missing days to a site that asks for the history at this place.
    pub(crate) fn problem(&self, asked: Option<&Place>) -> Option<Diagnostic> {
        Some(match (self.gap.as_ref()?, asked?) {
            (Gap::Shallow, place) => errors::shallow_history(place.clone()),
            (Gap::Unknown(reason), place) => errors::no_history(reason, place.clone()),
        })
    }
}
