//! Counts equal problems in the rows of a dataset, because one mistake in a million rows should be one
//! report.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use sitegen_parser::{Code, Diagnostic, Severity};

use super::errors;
use crate::schema::{Dataset, Invalid};

/// The numbers of different problems of one kind that are reported, and that are counted separately.
const REPORTED: usize = 5;
const TOLD_APART: usize = 10_000;

/// The key of the problems that are alike since one declaration mends all.
const FORM: &str = "";

/// The problems of one kind, by what they say.
type AlikeProblems = IndexMap<String, Same>;

/// Problems that say the same.
#[derive(Debug)]
struct Same {
    first: Diagnostic,
    rows: usize,
}

/// Problems by the column that they are about, and by code.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<(Option<usize>, Code), (AlikeProblems, usize)>);

impl Tally {
    /// Returns true if there are no problems.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a problem of a row.
    pub(super) fn add(&mut self, column: Option<usize>, problem: Diagnostic) {
        let said = format!("{}\0{}", problem.message, problem.label.as_deref().unwrap_or_default());
        self.count(column, said, problem);
    }

    /// Adds a problem of a cell whose form can be declared.
    pub(super) fn add_form(&mut self, column: usize, problem: Diagnostic) {
        self.count(Some(column), FORM.to_owned(), problem);
    }

    /// Says how the problems are mended whose form can be declared.
    pub(super) fn advise(&mut self, column: usize, advice: &str) {
        if let Some(same) =
            self.0.get_mut(&(Some(column), Code::WrongType)).and_then(|(kind, _)| kind.get_mut(FORM))
        {
            same.first.help = Some(advice.to_owned());
        }
    }

    fn count(&mut self, column: Option<usize>, said: String, problem: Diagnostic) {
        let (kind, others) = self.0.entry((column, problem.code)).or_default();
        if let Some(same) = kind.get_mut(&said) {
            same.rows += 1;
        } else if kind.len() < TOLD_APART {
            kind.insert(said, Same { first: problem, rows: 1 });
        } else {
            *others += 1;
        }
    }

    /// Returns the diagnostics for all problems of a dataset that has `total` rows.
    pub(super) fn report(self, dataset: &Dataset, total: usize) -> Vec<Diagnostic> {
        match dataset.invalid {
            Invalid::Fail => self.0.into_values().flat_map(|(kind, others)| failures(kind, others)).collect(),
            Invalid::Skip => {
                let left_out: usize = self.0.values().map(|(kind, others)| rows(kind) + others).sum();
                let kinds = self.0.into_values();
                let warnings = kinds.filter_map(|(kind, others)| skipped(dataset, kind, others, total));
                // Nobody means to leave all of them out.
                let severity = if left_out == total { Severity::Error } else { Severity::Warning };
                warnings.map(|problem| Diagnostic { severity, ..problem }).collect()
            }
        }
    }
}

fn failures(kind: AlikeProblems, others: usize) -> Vec<Diagnostic> {
    let beyond: usize = kind.values().skip(REPORTED).map(|same| same.rows).sum::<usize>() + others;
    let mut reported: Vec<_> = kind
        .into_values()
        .take(REPORTED)
        .map(|same| match same.rows {
            1 => same.first,
            rows => same.first.note(format!("and in {} after it", errors::rows(rows - 1))),
        })
        .collect();
    // The rest is noted at the first problem, because only the first of one cause is shown.
    if let Some(first) = reported.first_mut().filter(|_| beyond > 0) {
        let more = format!("and others like it in {}", errors::rows(beyond));
        first.note = Some(first.note.take().map_or(more.clone(), |note| format!("{note}, {more}")));
    }
    reported
}

fn rows(kind: &AlikeProblems) -> usize {
    kind.values().map(|same| same.rows).sum()
}

fn skipped(dataset: &Dataset, kind: AlikeProblems, others: usize, total: usize) -> Option<Diagnostic> {
    let rows = rows(&kind) + others;
    let say = |same: &Same| {
        let label = same.first.label.as_deref().map(|label| format!(" ({label})")).unwrap_or_default();
        format!("{}: {}{label}", errors::rows(same.rows), same.first.message)
    };
    let mut said: Vec<_> = kind.values().take(REPORTED).map(say).collect();
    if kind.len() > REPORTED {
        said.push(format!("and {} more", kind.len() - REPORTED));
    }
    let help = kind.get(FORM).and_then(|same| same.first.help.clone());
    let first = kind.into_values().next()?.first;
    let skipped = errors::skipped_rows(&dataset.name, rows, total, &said.join("; "), first.place);
    Some(Diagnostic { help, ..skipped })
}
