//! What comes of a program.

use sitegen_model::SqlValue;

/// A table that a query gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, with a value for each column.
    pub rows: Vec<Vec<SqlValue>>,
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// An answer, which may be a wrong one.
    Answered(Answer),
    /// The program itself failed, in the engine's words.
    Failed(String),
    /// It had to be stopped: what it took too much of.
    Stopped(Bound),
}

/// What a program can take too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Steps, or time.
    Steps,
    /// Memory.
    Memory,
    /// Values that it gives.
    Values,
}

impl Bound {
    /// What the program did, for a sentence that begins with what it is.
    pub fn words(self) -> &'static str {
        match self {
            Self::Steps => "does not end, or takes too long",
            Self::Memory => "takes too much memory",
            Self::Values => "gives too much",
        }
    }
}
