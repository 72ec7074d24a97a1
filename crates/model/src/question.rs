//! The meaning of a question: the types of its terms, and where they do not fit together.
//!
//! SQLite is the judge of what is valid, and asked first. What it accepts may still be no sensible question: SQLite takes
//! a text for a number, or any row of a group for all. A tree of the question, with the place of each part, says where. What cannot
//! be known has the type `Unknown`, and is never wrong.

mod tree;
mod domain;
mod read;
mod call;
mod scope;
mod group;
mod rows;
mod walk;
mod compare;
mod calculate;
mod errors;

use sitegen_parser::{Diagnostic, Place, Span};

use crate::ground::CollectionId;

pub(crate) use self::domain::Domain;
use self::walk::Analyst;

/// The columns of a table with their types, and its keys: columns of which no two rows have the same values.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableShape {
    pub columns: Vec<(String, Domain)>,
    pub keys: Vec<Vec<usize>>,
}

/// The surroundings of a question.
#[derive(Clone, Copy)]
pub(crate) struct QuestionScope<'a> {
    /// Finds a table by its name.
    pub table: &'a dyn Fn(&str) -> Option<TableShape>,
    /// The word for a record of a collection.
    pub record: &'a dyn Fn(CollectionId) -> String,
    /// The place of a part of the question.
    pub place: &'a dyn Fn(&Span) -> Place,
}

/// All that is known of a question before it is asked.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    /// The shape of the answer; none if it is not known.
    pub answer: Option<TableShape>,
    pub found: Vec<Diagnostic>,
    /// The number of comparisons and aggregates, and of those of which all types are known.
    pub seen: Share,
}

/// The share of a question that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Share {
    /// The number of comparisons and aggregates.
    pub all: usize,
    /// The number of those of which all types are known.
    pub judged: usize,
}

/// Analyzes a question that SQLite has prepared.
pub(crate) fn analyze(sql: &str, surroundings: QuestionScope<'_>) -> Analysis {
    let Some(select) = read::read(sql) else { return Analysis::default() };
    let mut analyst = Analyst::new(sql, surroundings);
    let answer = analyst.select(&select);
    analyst.finish(answer)
}

impl std::iter::Sum for Share {
    fn sum<I: Iterator<Item = Self>>(shares: I) -> Self {
        shares.fold(Self::default(), |sum, share| Self {
            all: sum.all + share.all,
            judged: sum.judged + share.judged,
        })
    }
}
