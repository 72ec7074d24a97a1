//! Forms of cells that a declaration could say how to read, for the advice that belongs to their problems.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use sitegen_parser::{Code, Datum, Diagnostic};

use super::errors;
use crate::ground::{Given, same_word, trim};
use crate::schema::{CellForms, DataField, Dataset, FormGuess, Kind, float, strength};

/// The forms of cells that are no values of their columns as these are declared.
#[derive(Default)]
pub(super) struct UndeclaredForms {
    columns: BTreeMap<usize, ColumnForms>,
    /// The columns in which other cells have fractions behind the declared mark.
    with_fractions: BTreeSet<usize>,
}

/// The forms of the cells of a column.
struct ColumnForms {
    forms: CellForms,
    /// True if some cell has one of these.
    is_taken: bool,
    /// The words that can stand for nothing.
    nulls: Vec<String>,
}

impl UndeclaredForms {
    /// Takes the values of a sound row, because what is advised must hold for them, too.
    pub(super) fn take_sound(&mut self, values: &[Given]) {
        for (column, value) in values.iter().enumerate() {
            if matches!(value, Given::Float(number) if number.fract() != 0.0) {
                self.with_fractions.insert(column);
            }
        }
    }

    /// Takes the cell of a problem; false if no declaration of its form would mend it.
    pub(super) fn take(&mut self, at: usize, column: &DataField, cell: &Datum, problem: &Diagnostic) -> bool {
        let Datum::Text(text) = cell else { return false };
        // A number that is only not whole is one in the notation that is declared.
        let is_read = |text: &str| column.notation.number(text).is_some_and(|text| float(&text).is_some());
        let is_number = matches!(column.field.kind, Kind::Int | Kind::Float);
        let text = trim(text);
        if problem.code != Code::WrongType || is_number && is_read(text) {
            return false;
        }
        let known = match self.columns.entry(at) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let forms = CellForms::of(&column.field.kind, &column.notation);
                let Some(forms) = forms else { return false };
                new.insert(ColumnForms { forms, is_taken: false, nulls: Vec::new() })
            }
        };
        known.take(text)
    }

    /// Returns the advice for each column that has such cells.
    pub(super) fn advice(&mut self, dataset: &Dataset) -> Vec<(usize, String)> {
        let mut advice = Vec::new();
        for (at, column) in &mut self.columns {
            let declared = &dataset.fields[*at];
            if self.with_fractions.contains(at) {
                column.forms.keep_decimal(declared.notation.decimal.unwrap_or('.'));
            }
            advice.push((*at, column.say(declared)));
        }
        advice
    }
}

impl ColumnForms {
    fn take(&mut self, text: &str) -> bool {
        if strength(text).is_some() {
            if !self.nulls.iter().any(|word| same_word(word, text)) {
                self.nulls.push(text.to_owned());
            }
            return true;
        }
        let is_taken = self.forms.take(text);
        self.is_taken |= is_taken;
        is_taken
    }

    fn say(&self, column: &DataField) -> String {
        let guess = if self.is_taken { self.forms.guess() } else { Some(FormGuess::default()) };
        let Some(guess) = guess else { return errors::several_forms() };
        let declared = column.notation.keys();
        let new = |keys: Vec<(&'static str, String)>| {
            keys.into_iter().filter(|key| !declared.contains(key)).collect::<Vec<_>>()
        };
        let mut keys = new(guess.notation.keys());
        if !self.nulls.is_empty() {
            let words: Vec<_> =
                self.nulls.iter().map(|word| serde_json::Value::from(word.as_str()).to_string()).collect();
            keys.push(("null", format!("[{}]", words.join(", "))));
        }
        let kind = match column.field.kind {
            Kind::Int if self.is_taken && !guess.is_whole => Some("float"),
            Kind::Date if self.is_taken && guess.has_time => Some("datetime"),
            Kind::Datetime if self.is_taken && !guess.has_time => Some("date"),
            _ => None,
        };
        let is_wanted = !self.nulls.is_empty() && !column.field.optional && column.field.default.is_none();
        if kind.is_some() || is_wanted {
            let own = kind.unwrap_or(column.field.kind.rules().form().form);
            keys.insert(
                0,
                ("type", format!("\"{own}{}\"", if is_wanted || column.field.optional { "?" } else { "" })),
            );
        }
        errors::undeclared_form(&keys, guess.other.map(|other| new(other.keys())).as_deref())
    }
}
