//! Forms of cells that a declaration could say how to read, for the advice that belongs to their problems.

use std::collections::{BTreeMap, BTreeSet};

use sitegen_parser::{Code, Datum, Diagnostic};

use super::errors;
use crate::ground::{Given, trim};
use crate::schema::{CellForms, DataField, Dataset, Kind, float};

/// The forms of cells that are no values of their columns as these are declared.
#[derive(Default)]
pub(super) struct UndeclaredForms {
    forms: BTreeMap<usize, CellForms>,
    /// The columns in which other cells have fractions behind the declared mark.
    with_fractions: BTreeSet<usize>,
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
        if !self.forms.contains_key(&at) {
            let Some(forms) = CellForms::of(&column.field.kind, &column.notation) else { return false };
            self.forms.insert(at, forms);
        }
        self.forms.get_mut(&at).is_some_and(|forms| forms.take(text))
    }

    /// Returns the advice for each column that has such cells.
    pub(super) fn advice(&mut self, dataset: &Dataset) -> Vec<(usize, String)> {
        let mut advice = Vec::new();
        for (at, forms) in &mut self.forms {
            let column = &dataset.fields[*at];
            if self.with_fractions.contains(at) {
                forms.keep_decimal(column.notation.decimal.unwrap_or('.'));
            }
            advice.push((*at, say(column, forms)));
        }
        advice
    }
}

fn say(column: &DataField, forms: &CellForms) -> String {
    let Some(guess) = forms.guess() else { return errors::several_forms() };
    let declared = column.notation.keys();
    let new = |keys: Vec<(&'static str, String)>| {
        keys.into_iter().filter(|key| !declared.contains(key)).collect::<Vec<_>>()
    };
    let mut keys = new(guess.notation.keys());
    if matches!(column.field.kind, Kind::Int) && !guess.is_whole {
        keys.insert(0, ("type", "\"float\"".to_owned()));
    }
    errors::undeclared_form(&keys, guess.other.map(|other| new(other.keys())).as_deref())
}
