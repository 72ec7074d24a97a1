//! Reads `warn` of `[links]` and `[markdown]`: errors that are only warnings on this site, so that it is
//! published in spite of them.

use std::collections::BTreeSet;

use sitegen_parser::{Code, Diagnostic, Diagnostics, Severity};

use crate::read::{KeyForm, Layers, ValueForm, errors};

/// The codes of errors that are warnings on a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Lowered(BTreeSet<Code>);

impl Lowered {
    /// The form of the key; only codes in `known` may be named.
    pub(super) fn key(known: &[Code]) -> KeyForm {
        let codes = ValueForm::Words(known.iter().map(|code| code.name()).collect());
        KeyForm::new("warn", codes, "The problems that are only warnings on this site.")
    }

    /// Reads the key from a section; only codes in `known` may be named.
    pub(super) fn read(section: &mut Layers, known: &[Code], diagnostics: &mut Diagnostics) -> Self {
        let mut codes = BTreeSet::new();
        for (name, place) in section.strings("warn", diagnostics) {
            if let Some(code) = Code::named(&name).filter(|code| known.contains(code)) {
                codes.insert(code);
            } else {
                let names: Vec<_> = known.iter().map(|code| code.name()).collect();
                diagnostics.push(errors::invalid_choice("warn", &name, &names, place));
            }
        }
        Self(codes)
    }

    /// Returns true if no code is lowered.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns true if a code is lowered.
    pub(super) fn has(&self, code: Code) -> bool {
        self.0.contains(&code)
    }

    /// Returns a problem with the severity that the site gives it.
    #[must_use]
    pub(crate) fn weighed(&self, problem: Diagnostic) -> Diagnostic {
        let severity = if self.has(problem.code) { Severity::Warning } else { problem.severity };
        Diagnostic { severity, ..problem }
    }
}
