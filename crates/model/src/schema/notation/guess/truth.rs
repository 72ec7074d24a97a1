//! The words for true and false in several languages, and signs for them.

use super::FormGuess;
use crate::ground::same_word;
use crate::schema::notation::Notation;

const WORDS: [[&str; 2]; 15] = [
    ["ja", "nein"],
    ["ja", "nee"],
    ["ja", "nej"],
    ["ja", "nei"],
    ["oui", "non"],
    ["sí", "no"],
    ["si", "no"],
    ["sim", "não"],
    ["wahr", "falsch"],
    ["vrai", "faux"],
    ["tak", "nie"],
    ["t", "f"],
    ["on", "off"],
    ["✓", "✗"],
    ["✔", "✘"],
];

/// The words of a column, in its spelling.
#[derive(Debug)]
pub(crate) struct TruthForms {
    yes: Vec<String>,
    no: Vec<String>,
}

impl TruthForms {
    pub(super) fn new(declared: &Notation) -> Self {
        Self { yes: declared.yes.clone(), no: declared.no.clone() }
    }

    pub(super) fn take(&mut self, text: &str) -> bool {
        let is = |value: usize| WORDS.iter().any(|words| same_word(words[value], text));
        let words = match (is(0), is(1)) {
            (true, _) => &mut self.yes,
            (_, true) => &mut self.no,
            _ => return false,
        };
        if !words.iter().any(|word| same_word(word, text)) {
            words.push(text.to_owned());
        }
        true
    }

    pub(super) fn guess(&self) -> FormGuess {
        let Self { yes, no } = self;
        // A column with one of the words alone can mean anything by it.
        let is_usual = WORDS.iter().any(|[one, other]| {
            matches!((&yes[..], &no[..]), ([yes], [no]) if same_word(one, yes) && same_word(other, no))
        });
        let notation = Notation { yes: yes.clone(), no: no.clone(), ..Notation::default() };
        FormGuess { notation, is_usual, ..FormGuess::default() }
    }
}
