//! Abbreviations: their definitions, `*[HTML]: Hypertext Markup Language` on lines of their own, and their
//! uses.

use std::borrow::Cow;
use std::collections::BTreeMap;

use pulldown_cmark::Options;

use super::{Extension, Syntax, mask};
use crate::Span;

/// The abbreviations of a text and their meanings. If one is defined several times, the last definition
/// counts.
#[derive(Debug, Default)]
pub(super) struct Abbreviations {
    /// Maps the first character of abbreviations to each abbreviation and its meaning, the longest first.
    known: BTreeMap<char, Vec<(String, String)>>,
}

/// The most abbreviations that a text can define, because each one is compared at each word that begins as it
/// does.
const MOST: usize = 1000;

/// Reads the definitions and replaces them by spaces, because offsets must stay as they are.
pub(super) fn take<'t>(text: &'t str, options: Options, syntax: &Syntax) -> (Cow<'t, str>, Abbreviations) {
    let mut abbreviations = Abbreviations::default();
    if !syntax.has(Extension::Abbreviations) || !text.contains("*[") || !text.contains("]:") {
        return (text.into(), abbreviations);
    }
    let verbatim = mask::verbatim(text, options);
    let mut left = Cow::Borrowed(text);
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let content = line.trim_end_matches(['\n', '\r']);
        if let Some((short, long)) = definition(content)
            && !mask::contains(&verbatim, start)
        {
            abbreviations.add(short, long);
            left.to_mut().replace_range(start..start + content.len(), &" ".repeat(content.len()));
        }
        start += line.len();
    }
    abbreviations.known.values_mut().for_each(|same| same.sort_by_key(|(short, _)| usize::MAX - short.len()));
    (left, abbreviations)
}

/// Reads a line that defines an abbreviation.
pub(super) fn definition(line: &str) -> Option<(&str, &str)> {
    let written = line.trim_start_matches(' ');
    let (short, long) = written.strip_prefix("*[")?.split_once("]:")?;
    let is_one = line.len() - written.len() <= 3 && !short.trim().is_empty() && !short.contains(['[', ']']);
    is_one.then(|| (short.trim(), long.trim()))
}

impl Abbreviations {
    fn add(&mut self, short: &str, long: &str) {
        let Some(first) = short.chars().next() else { return };
        let count: usize = self.known.values().map(Vec::len).sum();
        let same = self.known.entry(first).or_default();
        match same.iter_mut().find(|(known, _)| known == short) {
            Some((_, known)) => long.clone_into(known),
            None if count < MOST => same.push((short.to_owned(), long.to_owned())),
            None => {}
        }
    }

    /// Finds the abbreviations in a text, each as whole words, and their meanings.
    pub(super) fn find<'a>(&'a self, text: &str) -> Vec<(Span, &'a str)> {
        let mut found: Vec<(Span, &str)> = Vec::new();
        if self.known.is_empty() {
            return found;
        }
        let (mut before, mut end) = (None::<char>, 0);
        for (at, c) in text.char_indices() {
            let begins = !(before.is_some_and(char::is_alphanumeric) && c.is_alphanumeric());
            before = Some(c);
            if at < end || !begins {
                continue;
            }
            let same = self.known.get(&c).into_iter().flatten();
            if let Some((short, long)) = same.clone().find(|(short, _)| begins_with(&text[at..], short)) {
                end = at + short.len();
                found.push((at..end, long));
            }
        }
        found
    }
}

/// Returns true if a text begins with these whole words.
fn begins_with(text: &str, words: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.strip_prefix(words)
        .is_some_and(|rest| !(is_part(words.chars().next_back()) && is_part(rest.chars().next())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_found() {
        let syntax = Syntax::with([Extension::Abbreviations]);
        let text = "*[SQL]: a\n*[SQL DDL]: b\n\n    *[x]: y\n";
        let (left, known) = take(text, Options::empty(), &syntax);
        assert_eq!(left, "         \n             \n\n    *[x]: y\n");
        let found = |text: &'static str| {
            known.find(text).into_iter().map(|(span, long)| (&text[span], long)).collect::<Vec<_>>()
        };
        assert_eq!(found("SQL, (SQL DDL) SQLite MySQL"), [("SQL", "a"), ("SQL DDL", "b")]);
    }
}
