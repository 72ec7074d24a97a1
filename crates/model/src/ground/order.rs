//! The order of texts that readers of a language expect, by Unicode's collation.
//!
//! Sort keys differ between versions of Unicode's tables, so they are never published nor stored.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use sitegen_parser::composed;

/// The collation of a language. Numbers in texts are ordered by value: item 2 comes before item 10.
#[derive(Debug)]
pub struct TextOrder {
    /// The language, as the site's author writes it.
    language: Box<str>,
    collator: CollatorBorrowed<'static>,
    /// A collation of letters alone: it ignores case, and accents that do not make another letter in the
    /// language.
    letters: CollatorBorrowed<'static>,
    /// True if `i` and `ı` are two letters in the language.
    is_turkic: bool,
}

/// A sort key. Only equal texts have equal keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextKey {
    weights: Vec<u8>,
    text: Box<str>,
}

/// Pairs of letters as which one letter sorts in most languages: æ, œ, ß, þ.
const PAIRS: [&str; 4] = ["ae", "oe", "ss", "th"];

/// The heading in an index for names that begin with no letter.
const OTHERS: &str = "#";

impl Default for TextOrder {
    fn default() -> Self {
        Self::of("und")
    }
}

impl Hash for TextOrder {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.language.hash(state);
    }
}

impl TextOrder {
    /// Creates the order of a language, given as a BCP 47 tag. An unknown language gets the order of most
    /// languages.
    #[expect(clippy::missing_panics_doc, reason = "the order of most languages is compiled in")]
    pub fn of(language: &str) -> Self {
        let locale = language.parse::<Locale>().unwrap_or(Locale::UNKNOWN);
        let mut preferences = CollatorPreferences::from(&locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let collator = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            CollatorBorrowed::try_new(preferences, options)
                .or_else(|_| CollatorBorrowed::try_new(CollatorPreferences::default(), options))
                .expect("the order of most languages is compiled in")
        };
        let is_turkic = matches!(locale.id.language.as_str(), "tr" | "az");
        Self {
            language: language.into(),
            collator: collator(Strength::Tertiary),
            letters: collator(Strength::Primary),
            is_turkic,
        }
    }

    /// Compares two texts. Only the same text is equal.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b).then_with(|| a.cmp(b))
    }

    /// Returns a text's sort key. If there are many texts, comparing keys is faster than comparing texts.
    pub fn key(&self, text: &str) -> TextKey {
        let mut weights = Vec::with_capacity(text.len() + 8);
        let Ok(()) = self.collator.write_sort_key_to(text, &mut weights);
        TextKey { weights, text: text.into() }
    }

    /// Returns the letter under which an index lists a name: `Ä` is under `A` in German and a letter of its
    /// own in Swedish. Names that begin with a digit or have no letter are under `#`.
    pub fn letter(&self, name: &str) -> String {
        let name = composed(name);
        let first = name.chars().find(|c| c.is_alphanumeric()).filter(|c| c.is_alphabetic());
        first.map_or_else(|| OTHERS.to_owned(), |first| self.upper(self.base(first)))
    }

    /// Returns the letter of the index that a character belongs to.
    fn base(&self, first: char) -> char {
        let is_same = |other: &str| self.letters.compare(other, first.encode_utf8(&mut [0; 4])).is_eq();
        let mut buffer = [0; 4];
        let mut latin = 'a'..='z';
        latin
            .find(|letter| is_same(letter.encode_utf8(&mut buffer)))
            .or_else(|| PAIRS.into_iter().find(|pair| is_same(pair)).and_then(|pair| pair.chars().next()))
            .or_else(|| self.without_marks(first))
            .unwrap_or(first)
    }

    /// Returns a character without its marks, if the language does not count it as a letter of its own.
    fn without_marks(&self, first: char) -> Option<char> {
        let (bare, marked) = (sitegen_parser::bare(first)?, first.to_string());
        self.letters.compare(&bare.to_string(), &marked).is_eq().then_some(bare)
    }

    fn upper(&self, letter: char) -> String {
        match letter {
            'i' if self.is_turkic => "İ".to_owned(),
            _ => letter.to_uppercase().take(1).collect(),
        }
    }
}

/// Compares two paths as people count, in every language alike: `2-x` before `10-x`, and a folder's files
/// before the next name.
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    while let (Some(one), Some(other)) = (left.first(), right.first()) {
        if one.is_ascii_digit() && other.is_ascii_digit() {
            let (number, other_number) = (digits(left), digits(right));
            let (value, other_value) = (without_zeros(number), without_zeros(other_number));
            let by_value = value.len().cmp(&other_value.len()).then_with(|| value.cmp(other_value));
            if by_value.is_ne() {
                return by_value;
            }
            (left, right) = (&left[number.len()..], &right[other_number.len()..]);
        } else if one == other {
            (left, right) = (&left[1..], &right[1..]);
        } else {
            return (*other == b'/').cmp(&(*one == b'/')).then_with(|| one.cmp(other));
        }
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

/// Returns the digits at the start of a text.
fn digits(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

fn without_zeros(digits: &[u8]) -> &[u8] {
    let start = digits.iter().position(|digit| *digit != b'0').unwrap_or(digits.len());
    &digits[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'t>(language: &str, mut texts: Vec<&'t str>) -> Vec<&'t str> {
        let order = TextOrder::of(language);
        let mut by_comparing = texts.clone();
        by_comparing.sort_by(|a, b| order.compare(a, b));
        texts.sort_by_cached_key(|text| order.key(text));
        assert_eq!(texts, by_comparing);
        texts
    }

    #[test]
    fn languages_have_orders_of_their_own() {
        let titles = vec!["Zulu", "écho", "alpha", "Äpfel"];
        assert_eq!(sorted("de", titles.clone()), ["alpha", "Äpfel", "écho", "Zulu"]);
        assert_eq!(sorted("en-GB", titles.clone()), ["alpha", "Äpfel", "écho", "Zulu"]);
        assert_eq!(sorted("sv", titles.clone()), ["alpha", "écho", "Zulu", "Äpfel"]);
        assert_eq!(sorted("no language", titles), ["alpha", "Äpfel", "écho", "Zulu"]);
    }

    #[test]
    fn numbers_are_numbers_and_equals_have_an_order() {
        assert_eq!(sorted("en", vec!["Item 10", "Item 9", "Item 2"]), ["Item 2", "Item 9", "Item 10"]);
        assert_eq!(sorted("en", vec!["e\u{301}", "é", "02", "2"]), ["02", "2", "e\u{301}", "é"]);
    }

    #[test]
    fn names_are_ordered_as_people_count() {
        let sorted = ["", "01", "1", "2-x", "2-x/a", "2-x-y", "10-x", "a/2", "a/10", "a-1", "b"];
        for (at, name) in sorted.iter().enumerate() {
            for (other_at, other) in sorted.iter().enumerate() {
                assert_eq!(natural(name, other), at.cmp(&other_at).then(Ordering::Equal), "{name} {other}");
            }
        }
    }

    #[test]
    fn an_index_has_the_letters_of_its_language() {
        let letters = |language: &str, names: &[&str]| {
            let order = TextOrder::of(language);
            names.iter().map(|name| order.letter(name)).collect::<Vec<_>>()
        };
        let names =
            ["ähnlich", "A\u{30a}re", "Öl", "“Hi”", "3M", "—", "中文", "ßa", "æon", "łza", "éa", "жук"];
        assert_eq!(letters("en", &names), ["A", "A", "O", "H", "#", "#", "中", "S", "A", "L", "E", "Ж"]);
        assert_eq!(letters("de", &names), letters("en", &names));
        assert_eq!(letters("sv", &names[..3]), ["Ä", "Å", "Ö"]);
        assert_eq!(letters("es", &["ñu", "nube"]), ["Ñ", "N"]);
        assert_eq!(letters("da", &["æon", "ø"]), ["Æ", "Ø"]);
        assert_eq!(letters("tr", &["istanbul", "ısı"]), ["İ", "I"]);
    }
}
