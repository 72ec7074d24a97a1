//! Results of running a program: its answer, its failure, or the bound that stopped it.

use sitegen_model::SqlValue;

/// A table that a query gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, with a value for each column.
    pub rows: Vec<Vec<SqlValue>>,
}

/// The result of running a program.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// An answer, which may be a wrong one.
    Answered(Answer),
    /// The program itself failed, in the engine's words.
    Failed(String),
    /// It was stopped, because it took too much of something.
    Stopped(Bound),
}

/// A bound that a program can exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Steps, or time.
    Steps,
    /// Memory.
    Memory,
    /// The values of its answer.
    Values,
}

impl Bound {
    /// Says what the program did, in words that follow the program's name.
    pub fn words(self) -> &'static str {
        match self {
            Self::Steps => "does not end, or takes too long",
            Self::Memory => "takes too much memory",
            Self::Values => "gives too much",
        }
    }
}
