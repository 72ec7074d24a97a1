//! Groups of rows: which columns have one value in each, so that they may stand beside an aggregate.
//!
//! These are the columns by which rows are grouped, and those that follow from them: all columns of a table whose key is known,
//! and a column that equals a known one.

use std::collections::BTreeSet;

use super::scope::{ColumnPlace, SelectLevel};
use super::tree::{SqlBinary, SqlColumn, SqlForm, SqlPart, SqlTerm};
use super::walk::Analyst;

/// The groups of a select that makes one row of several.
#[derive(Debug)]
pub(super) struct Grouping {
    /// The columns that have one value in each group.
    known: BTreeSet<ColumnPlace>,
    /// The texts of the terms that rows are grouped by.
    terms: Vec<String>,
    /// True if SQLite takes the other columns from the row that has the least or greatest value.
    of_one_row: bool,
    reported: BTreeSet<ColumnPlace>,
}

/// A column that equals something, and the columns from which that follows.
type Follows = (ColumnPlace, BTreeSet<ColumnPlace>);

impl Grouping {
    /// Returns true if a column can be of any row of a group, and that was not asked before.
    pub(super) fn is_news(&mut self, column: ColumnPlace) -> bool {
        !self.of_one_row && !self.known.contains(&column) && self.reported.insert(column)
    }

    pub(super) fn has_term(&self, text: &str) -> bool {
        self.terms.iter().any(|term| *term == squeezed(text))
    }
}

/// A text without its white space and capitals.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

impl Analyst<'_> {
    /// The groups of the innermost select; none if each of its rows stands for itself.
    pub(super) fn grouping(&self, part: &SqlPart, order: &[SqlTerm]) -> Option<Grouping> {
        let columns = part.columns.iter().filter_map(|column| match column {
            SqlColumn::Term(_, term) => Some(term),
            SqlColumn::All(..) => None,
        });
        let mut calls = Vec::new();
        for term in columns.chain(&part.having).chain(order) {
            aggregates(term, &mut calls);
        }
        if calls.is_empty() && part.groups.is_none() {
            return None;
        }
        let terms: Vec<_> = part.groups.iter().flatten().map(|term| self.group_term(term, part)).collect();
        let known = terms.iter().filter_map(|term| self.place_here(term)).collect();
        let known = self.following(known, part);
        Some(Grouping {
            known,
            terms: terms.iter().map(|term| squeezed(self.text(&term.bare().span))).collect(),
            of_one_row: calls.iter().filter(|is_extreme| **is_extreme).count() == 1,
            reported: BTreeSet::new(),
        })
    }

    /// The term that a term of `group by` means: that of the column of the answer which it names or counts.
    fn group_term<'t>(&self, term: &'t SqlTerm, part: &'t SqlPart) -> &'t SqlTerm {
        let answered = |name: &str| {
            part.columns.iter().find_map(|column| match column {
                SqlColumn::Term(Some(known), term) if known.eq_ignore_ascii_case(name) => Some(term),
                _ => None,
            })
        };
        match &term.bare().form {
            SqlForm::Column { table: None, name } if self.place_here(term).is_none() => {
                answered(name).unwrap_or(term)
            }
            SqlForm::Literal(_) => {
                let counted = self.text(&term.bare().span).parse::<usize>().ok();
                match counted.and_then(|place| part.columns.get(place.checked_sub(1)?)) {
                    Some(SqlColumn::Term(_, counted)) => counted,
                    _ => term,
                }
            }
            _ => term,
        }
    }

    /// The column of the innermost select that a term is.
    pub(super) fn place_here(&self, term: &SqlTerm) -> Option<ColumnPlace> {
        match &term.bare().form {
            SqlForm::Column { table, name } => self.levels.last()?.find(table.as_deref(), name),
            _ => None,
        }
    }

    /// Some columns of the innermost select, and all that follow from them.
    pub(super) fn following(
        &self,
        mut known: BTreeSet<ColumnPlace>,
        part: &SqlPart,
    ) -> BTreeSet<ColumnPlace> {
        let Some(level) = self.levels.last() else { return known };
        let follows = self.equalities(part, level);
        loop {
            let before = known.len();
            for (column, from) in &follows {
                if from.is_subset(&known) {
                    known.insert(*column);
                }
            }
            for (place, source) in level.sources.iter().enumerate() {
                let Some(shape) = &source.shape else { continue };
                let is_known = |key: &Vec<usize>| key.iter().all(|column| known.contains(&(place, *column)));
                if shape.keys.iter().any(is_known) {
                    known.extend((0..shape.columns.len()).map(|column| (place, column)));
                }
            }
            if known.len() == before {
                return known;
            }
        }
    }

    fn equalities(&self, part: &SqlPart, level: &SelectLevel) -> Vec<Follows> {
        let mut follows = Vec::new();
        for term in part.conditions.iter().flat_map(SqlTerm::conjuncts) {
            let SqlForm::Binary(SqlBinary::Equal | SqlBinary::Is, both) = &term.form else { continue };
            for (one, other) in [(&both[0], &both[1]), (&both[1], &both[0])] {
                if let Some(column) = self.place_here(one) {
                    follows.push((column, self.columns_here(other)));
                }
            }
        }
        for (place, source) in level.sources.iter().enumerate() {
            for name in &source.joined {
                let Some((first, column)) = level.find(None, name).zip(source.column(name)) else { continue };
                follows.push(((place, column), BTreeSet::from([first])));
                follows.push((first, BTreeSet::from([(place, column)])));
            }
        }
        follows
    }

    /// The columns of the innermost select that a term reads.
    fn columns_here(&self, term: &SqlTerm) -> BTreeSet<ColumnPlace> {
        let inner = term.inner().into_iter().flat_map(|inner| self.columns_here(inner));
        self.place_here(term).into_iter().chain(inner).collect()
    }

    /// The keys of a select's answer: of its groups, of what it reads, or of all its columns.
    pub(super) fn keys(&self, part: &SqlPart) -> Vec<Vec<usize>> {
        let Some(level) = self.levels.last() else { return Vec::new() };
        let at = |column: &ColumnPlace| level.places.iter().position(|place| place.as_ref() == Some(column));
        let mut keys = Vec::new();
        if part.distinct {
            keys.push((0..level.answer.len()).collect());
        }
        match (&part.groups, &level.grouping) {
            (None, Some(_)) => keys.push(Vec::new()),
            (Some(groups), _) => {
                let terms = groups.iter().map(|term| self.place_here(self.group_term(term, part)));
                keys.extend(terms.map(|place| at(&place?)).collect::<Option<Vec<_>>>());
            }
            (None, None) if level.sources.is_empty() => keys.push(Vec::new()),
            (None, None) => keys.extend(
                self.keys_of_rows(part, level)
                    .filter_map(|key| key.iter().map(at).collect::<Option<Vec<_>>>()),
            ),
        }
        keys
    }

    /// The keys of single sources from which all rows follow.
    fn keys_of_rows(&self, part: &SqlPart, level: &SelectLevel) -> impl Iterator<Item = Vec<ColumnPlace>> {
        let sources = level.sources.iter().enumerate();
        let keys = sources.flat_map(|(place, source)| {
            let keys = source.shape.iter().flat_map(|shape| &shape.keys);
            keys.map(move |key| key.iter().map(|column| (place, *column)).collect::<Vec<_>>())
        });
        keys.filter(|key| {
            let known = self.following(key.iter().copied().collect(), part);
            level.sources.iter().enumerate().all(|(place, source)| {
                source.shape.as_ref().is_some_and(|shape| {
                    shape.keys.iter().any(|key| key.iter().all(|column| known.contains(&(place, *column))))
                })
            })
        })
    }
}

/// Collects of each aggregate of a select whether SQLite takes a row for it.
fn aggregates(term: &SqlTerm, calls: &mut Vec<bool>) {
    match &term.form {
        SqlForm::Call(call) if call.is_aggregate() => calls.push(call.is_extreme()),
        _ => term.inner().into_iter().for_each(|inner| aggregates(inner, calls)),
    }
}
