//! The notation of cells: how people write numbers, truth values and dates into a column.

mod day;
mod declared;
mod guess;
mod null;
mod number;

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use super::kind::{Kind, bool};
use crate::ground::same_word;

pub(crate) use self::day::DateFormat;
pub(super) use self::declared::{column_keys, dataset_keys, read, read_defaults};
pub(crate) use self::guess::{CellForms, FormGuess};
pub(crate) use self::null::{Strength, strength};

/// The notation of a column's cells. The default is that of programs: `-0.5`, `true`, `2026-01-31`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notation {
    /// The mark before the fraction of a number; none if none is declared, so that it is a point.
    pub decimal: Option<char>,
    /// The mark between the thousands of a number. A space stands for all kinds of spaces.
    pub thousands: Option<char>,
    /// Texts around a number that do not belong to it, such as a currency.
    pub strip: Vec<String>,
    /// The marks of numbers below zero, beside the minus before them.
    pub negative: Vec<Negative>,
    /// The factor by which numbers are multiplied.
    pub scale: Option<f64>,
    /// Words for true instead of the usual ones.
    pub yes: Vec<String>,
    /// Words for false instead of the usual ones.
    pub no: Vec<String>,
    /// The forms of dates beside that of ISO.
    pub(crate) formats: Vec<DateFormat>,
    /// True if the usual words for truth values count beside those above.
    pub(crate) is_lenient: bool,
}

/// A mark of numbers below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Negative {
    /// `(5)` is -5.
    Parentheses,
    /// `5-` is -5.
    Trailing,
}

impl Negative {
    /// All marks, with the words that declare them.
    const ALL: [(&'static str, Self); 2] = [("parentheses", Self::Parentheses), ("trailing", Self::Trailing)];
}

impl Hash for Notation {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { decimal, thousands, strip, negative, scale, yes, no, formats, is_lenient } = self;
        (decimal, thousands, strip, negative, scale.map(f64::to_bits)).hash(state);
        (yes, no, formats, is_lenient).hash(state);
    }
}

impl Notation {
    /// Returns the notation of values that a format writes as numbers, truth values or dates of its own: marks
    /// within them are those of the format.
    pub(crate) fn literal(&self) -> Self {
        let Self { scale, yes, no, formats, .. } = self.clone();
        Self { scale, yes, no, formats, is_lenient: true, ..Self::default() }
    }

    /// Reads a truth value. A word that is declared for one value is none for the other.
    pub(crate) fn truth(&self, text: &str) -> Option<bool> {
        let is = |words: &[String]| words.iter().any(|word| same_word(word, text));
        if is(&self.yes) {
            return Some(true);
        }
        if is(&self.no) {
            return Some(false);
        }
        let own = |value: bool| if value { &self.yes } else { &self.no };
        bool(text).filter(|value| own(*value).is_empty() || self.is_lenient)
    }

    /// Reads a date as ISO writes it; `is_iso` recognizes those that are written so, which no other form can be.
    pub(crate) fn date<'t>(&self, text: &'t str, is_iso: fn(&str) -> bool) -> Option<Cow<'t, str>> {
        let read = self.formats.iter().find_map(|format| format.iso(text));
        read.map(Cow::Owned).or_else(|| is_iso(text).then_some(Cow::Borrowed(text)))
    }

    /// Lists the declared keys with their values in TOML.
    pub fn keys(&self) -> Vec<(&'static str, String)> {
        let quote = |text: &str| serde_json::Value::from(text).to_string();
        let texts = |texts: Vec<&str>| match texts[..] {
            [] => None,
            [one] => Some(quote(one)),
            _ => Some(format!("[{}]", texts.into_iter().map(quote).collect::<Vec<_>>().join(", "))),
        };
        let all = |texts: &[String]| texts.to_vec();
        let words = |words: &[String]| texts(all(words).iter().map(String::as_str).collect());
        let negative = Negative::ALL.iter().filter(|(_, mark)| self.negative.contains(mark));
        let formats = self.formats.iter().map(|format| format.pattern.as_str()).collect();
        let mark = |mark: Option<char>| mark.map(|mark| quote(&mark.to_string()));
        let keys = [
            ("decimal", mark(self.decimal)),
            ("thousands", mark(self.thousands)),
            ("strip", words(&self.strip)),
            ("negative", texts(negative.map(|(word, _)| *word).collect())),
            ("scale", self.scale.map(|scale| scale.to_string())),
            ("true", words(&self.yes)),
            ("false", words(&self.no)),
            ("format", texts(formats)),
        ];
        keys.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }
}

/// Lists the keys that columns of a type may have for their notation.
fn keys_of(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::List(item) => keys_of(item),
        Kind::Int | Kind::Float => &["decimal", "thousands", "strip", "negative", "scale"],
        Kind::Bool => &["true", "false"],
        Kind::Date | Kind::Datetime => &["format"],
        _ => &[],
    }
}
