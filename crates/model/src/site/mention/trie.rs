//! A trie of phrases, which finds the longest phrase at a position in one step per word.

use rustc_hash::FxHashMap;
use sitegen_parser::composed;

use super::token::{PhraseToken, tokens};

/// A trie of phrases, each with a value.
#[derive(Debug, Default)]
pub(super) struct Trie {
    /// The numbers of all words in phrases, from 1.
    words: FxHashMap<Box<str>, u32>,
    /// The next node, by node and word. The root is node 0.
    steps: FxHashMap<(u32, u32), u32>,
    /// The values of phrases, by their last nodes.
    ends: FxHashMap<u32, (u32, u32)>,
}

/// A word of a text by its number; 0 if it is in no phrase.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberedWord {
    word: u32,
    /// The number of the word with its first letter in lower case; 0 if it is not a capital.
    lower: u32,
    /// The end of the word in the text, in bytes.
    pub end: usize,
    pub start: usize,
}

impl Trie {
    /// Adds a phrase, or returns its value if it is there already.
    pub(super) fn insert(&mut self, phrase: &str, value: (u32, u32)) -> Option<(u32, u32)> {
        let mut node = 0;
        for token in tokens(phrase) {
            let next = u32::try_from(self.words.len() + 1).expect("there are fewer words");
            let word = *self.words.entry(token.text.into()).or_insert(next);
            let next = u32::try_from(self.steps.len() + 1).expect("there are fewer words");
            node = *self.steps.entry((node, word)).or_insert(next);
        }
        match self.ends.get(&node) {
            Some(known) => Some(*known),
            None => {
                self.ends.insert(node, value);
                None
            }
        }
    }

    /// Looks up the number of a token.
    pub(super) fn numbered(&self, token: PhraseToken) -> NumberedWord {
        let word = self.word(token.text);
        let first = token.text.chars().next().filter(|c| c.is_uppercase());
        let lower = first.map_or(0, |first| {
            let rest = &token.text[first.len_utf8()..];
            self.word(&first.to_lowercase().chain(rest.chars()).collect::<String>())
        });
        NumberedWord { word, lower, start: token.start, end: token.end }
    }

    fn word(&self, text: &str) -> u32 {
        self.words.get(&*composed(text)).copied().unwrap_or(0)
    }

    /// Finds the longest phrase at the start of a text: the number of its tokens, and its value.
    ///
    /// A phrase in lower case also matches with a capital first letter in the text, but an equally long
    /// phrase that is written so wins.
    pub(super) fn longest(&self, text: &[NumberedWord]) -> Option<(usize, (u32, u32))> {
        let first = text.first()?;
        let [written, lower] = [first.word, first.lower].map(|word| self.from(word, &text[1..]));
        match (written, lower) {
            (Some(written), Some(lower)) if lower.0 > written.0 => Some(lower),
            (written, lower) => written.or(lower),
        }
    }

    fn from(&self, first: u32, rest: &[NumberedWord]) -> Option<(usize, (u32, u32))> {
        if first == 0 {
            return None;
        }
        let mut node = *self.steps.get(&(0, first))?;
        let mut found = self.ends.get(&node).map(|value| (1, *value));
        for (index, next) in rest.iter().enumerate() {
            let Some(step) = self.steps.get(&(node, next.word)) else { break };
            node = *step;
            found = self.ends.get(&node).map(|value| (index + 2, *value)).or(found);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(phrases: &[&str], text: &str) -> Vec<u32> {
        let mut trie = Trie::default();
        for (number, phrase) in (0..).zip(phrases) {
            assert_eq!(trie.insert(phrase, (number, 0)), None);
        }
        let known: Vec<_> = tokens(text).map(|token| trie.numbered(token)).collect();
        (0..known.len()).filter_map(|at| Some(trie.longest(&known[at..])?.1.0)).collect()
    }

    #[test]
    fn the_longest_phrase_is_found() {
        let phrases = ["fact", "fact table", "table type two", "Fact"];
        assert_eq!(find(&phrases, "facts, fact  table"), [1]);
        assert_eq!(find(&phrases, "fact table type one"), [1]);
        assert_eq!(find(&phrases, "Fact table; Fact; FACT"), [1, 3]);
    }

    #[test]
    fn capitals_of_a_phrase_count() {
        assert_eq!(find(&["SCD", "École"], "scd Scd SCD école École"), [0, 1]);
    }
}
