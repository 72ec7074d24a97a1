//! Programs that differ from a solution in one place.

use std::collections::BTreeSet;
use std::ops::Range;

use sitegen_model::Language;

use crate::token::Tokens;
use crate::{python, sql};

/// A program that differs from a solution in one place.
#[derive(Debug)]
pub(crate) struct Mutant {
    /// The line of the place, with the texts before and after the change, in a line.
    pub change: String,
    pub text: String,
}

/// A place of a program, and the text that replaces it.
#[derive(Debug)]
pub(crate) struct Edit {
    pub place: Range<usize>,
    pub with: String,
    /// The name of the edit, if the texts before and after do not explain it.
    pub called: Option<&'static str>,
}

impl Edit {
    pub(crate) fn new(place: Range<usize>, with: impl Into<String>) -> Self {
        Self { place, with: with.into(), called: None }
    }

    /// Joins edits that do not overlap and are in the order of their places; none if there are fewer than
    /// two.
    pub(crate) fn together(text: &str, edits: &[Self], called: &'static str) -> Option<Self> {
        let [first, .., last] = edits else { return None };
        let place = first.place.start..last.place.end;
        let (mut with, mut at) = (String::new(), place.start);
        for edit in edits {
            with.push_str(&text[at..edit.place.start]);
            with.push_str(&edit.with);
            at = edit.place.end;
        }
        Some(Self { place, with, called: Some(called) })
    }
}

/// Makes all mutants of a solution, in the order of their places, each once.
pub(crate) fn of(solution: &str, language: Language) -> Vec<Mutant> {
    let tokens = Tokens::of(solution, language);
    let mut edits = match language {
        Language::Sql => sql::edits(&tokens),
        Language::Python => python::edits(&tokens),
    };
    edits.sort_by_key(|edit| edit.place.start);
    let mut seen = BTreeSet::from([solution.to_owned()]);
    let mutants = edits.into_iter().map(|edit| mutant(solution, &edit));
    mutants.filter(|mutant| seen.insert(mutant.text.clone())).collect()
}

fn mutant(solution: &str, Edit { place, with, called }: &Edit) -> Mutant {
    let (before, after) = (&solution[..place.start], &solution[place.end..]);
    let line = before.matches('\n').count() + 1;
    let was = squeezed(&solution[place.clone()]);
    let change = match (was.as_str(), squeezed(with).as_str()) {
        _ if called.is_some() => format!("line {line}: {}", called.unwrap_or_default()),
        (was, "") => format!("line {line}: no {was}"),
        ("", with) => format!("line {line}: {with} after {}", last_word(before)),
        (was, with) => format!("line {line}: {with} for {was}"),
    };
    Mutant { change, text: format!("{before}{with}{after}") }
}

/// The number of characters of a program that a change shows.
const SHOWN: usize = 70;

/// Writes a piece of a program in a line.
fn squeezed(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn last_word(text: &str) -> &str {
    text.split_whitespace().next_back().unwrap_or_default()
}

/// Returns the whole numbers next to a number.
pub(crate) fn neighbours(number: &str) -> Vec<String> {
    let value = number.parse::<i64>().ok();
    value.map(|value| vec![(value + 1).to_string(), (value - 1).to_string()]).unwrap_or_default()
}

/// Leaves out either side of the word at a position that joins two conditions; `bounds` are the words that
/// end the sides.
pub(crate) fn without_sides(tokens: &Tokens<'_>, at: usize, bounds: &[&str]) -> [Edit; 2] {
    let (from, to) = (tokens.since(at, bounds), tokens.until(at + 1, bounds));
    let start = |position: usize| tokens.bytes(position..position + 1).start;
    let left = start(from)..start(at + 1);
    let right = tokens.all[at].start..tokens.all[to - 1].end();
    [Edit::new(left, ""), Edit::new(right, "")]
}
