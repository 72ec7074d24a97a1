//! `warn` of `[links]` and `[markdown]`: which problems are warnings, so that the site is published in spite of them.

use std::collections::BTreeSet;

use sitegen_parser::{Diagnostic, Diagnostics, Severity};

use crate::read::{Layers, errors};

/// The codes of problems that are warnings on a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Lowered(BTreeSet<&'static str>);

impl Lowered {
    /// Reads those of a table, of which some can be.
    pub(super) fn read(section: &mut Layers, known: &[&'static str], diagnostics: &mut Diagnostics) -> Self {
        let mut codes = BTreeSet::new();
        for (code, place) in section.strings("warn", diagnostics) {
            match known.iter().find(|known| **known == code) {
                Some(code) => _ = codes.insert(*code),
                None => diagnostics.push(errors::invalid_choice("warn", &code, known, place)),
            }
        }
        Self(codes)
    }

    /// Whether problems are as severe as on any site.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether problems of this code are warnings.
    pub(super) fn has(&self, code: &str) -> bool {
        self.0.contains(code)
    }

    /// A problem, as severe as the site takes it.
    #[must_use]
    pub(crate) fn weighed(&self, problem: Diagnostic) -> Diagnostic {
        let severity = if self.has(problem.code) { Severity::Warning } else { problem.severity };
        Diagnostic { severity, ..problem }
    }
}
