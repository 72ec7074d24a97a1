//! Guesses the notation of a column by its cells.

mod day;
mod number;
mod truth;

use super::Notation;
use crate::schema::Kind;

use self::day::DayForms;
use self::number::NumberForms;
use self::truth::TruthForms;

/// The forms of the cells of a column, gathered one by one.
#[derive(Debug)]
pub(crate) enum CellForms {
    /// Those of numbers.
    Number(NumberForms),
    /// Those of dates, with or without a time.
    Day(DayForms),
    /// Those of truth values.
    Truth(TruthForms),
}

/// A notation in which all cells can be read that were taken.
#[derive(Debug, Clone, Default)]
pub(crate) struct FormGuess {
    /// The notation.
    pub notation: Notation,
    /// Another one in which they can be read as well, and mean something else.
    pub other: Option<Notation>,
    /// True if numbers are whole.
    pub is_whole: bool,
    /// The least and the greatest number.
    pub range: Option<(f64, f64)>,
    /// True if dates have a time.
    pub has_time: bool,
    /// True if nothing stands around numbers but a currency or a percent sign.
    pub is_usual: bool,
}

impl CellForms {
    /// Starts to gather the forms of a column of a type, within what is declared of its notation; none if the
    /// type has no notations.
    pub(crate) fn of(kind: &Kind, declared: &Notation) -> Option<Self> {
        match kind {
            Kind::Int | Kind::Float => Some(Self::Number(NumberForms::new(declared))),
            Kind::Date | Kind::Datetime => Some(Self::Day(DayForms::new(declared))),
            Kind::Bool => Some(Self::Truth(TruthForms::new(declared))),
            _ => None,
        }
    }

    /// Starts to gather the forms of a column of which nothing is declared: as numbers, dates and truth values.
    pub(crate) fn all() -> [Self; 3] {
        let none = Notation::default();
        [
            Self::Number(NumberForms::new(&none)),
            Self::Day(DayForms::new(&none)),
            Self::Truth(TruthForms::new(&none)),
        ]
    }

    /// Takes a cell's text without the white space around it; false if it has no form that could be declared,
    /// or none beside those taken before.
    pub(crate) fn take(&mut self, text: &str) -> bool {
        match self {
            Self::Number(forms) => forms.take(text),
            Self::Day(forms) => forms.take(text),
            Self::Truth(forms) => forms.take(text),
        }
    }

    /// Rules out other marks before a fraction.
    pub(crate) fn keep_decimal(&mut self, mark: char) {
        if let Self::Number(forms) = self {
            forms.keep_decimal(mark);
        }
    }

    /// Returns the notation of all cells that were taken; none if no single one fits them.
    pub(crate) fn guess(&self) -> Option<FormGuess> {
        match self {
            Self::Number(forms) => forms.guess(),
            Self::Day(forms) => forms.guess(),
            Self::Truth(forms) => Some(forms.guess()),
        }
    }
}
