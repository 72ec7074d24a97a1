//! Decides when two names are the same. No other file does.
//!
//! Names that look the same can be written in several ways: `é` is one character or two, and file systems,
//! keyboards and spreadsheets do not agree on which. So names are published and looked up in Unicode's form
//! C, in which `é` is one.

use std::borrow::Cow;

use unicase::UniCase;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Composes a name into Unicode's form C, in which names are published and looked up.
pub fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() || is_nfc_quick(name.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.nfc().collect())
}

/// Folds the case of a name, as file systems compare names: in form C and with Unicode's full case folding,
/// in which `ß` is `ss` and a final sigma is a sigma.
pub fn caseless(name: &str) -> Cow<'_, str> {
    if !name.is_ascii() {
        let folded = UniCase::unicode(name.nfd().collect::<String>()).to_folded_case();
        return Cow::Owned(folded.nfc().collect());
    }
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(name.to_ascii_lowercase());
    }
    Cow::Borrowed(name)
}

/// Reduces a name to what people see in tables: case is folded, a no-break space is a space, wide letters are
/// letters, spaces are single, and invisible characters are left out.
pub fn loose(name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return name.to_owned();
    }
    let visible = name.nfkc().filter(|c| !is_invisible(*c)).collect::<String>();
    let folded = caseless(&visible).nfkc().collect::<String>();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a letter without its marks, if it has any: `a` for `ä`.
pub fn bare(letter: char) -> Option<char> {
    letter.nfd().next().filter(|bare| *bare != letter)
}

/// Returns true for zero-width characters, direction marks, soft hyphens and byte order marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_composed() {
        assert_eq!(composed("bjo\u{308}rn"), "björn");
        assert_eq!(composed("\u{212b}"), "Å");
        assert!(matches!(composed("björn"), Cow::Borrowed(_)));
    }

    #[test]
    fn case_is_folded_in_full() {
        for (a, b) in [
            ("\u{c9}cole", "e\u{301}cole"),
            ("ΟΔΟΣ", "οδος"),
            ("ς", "σ"),
            ("Straße", "STRASSE"),
            ("ẞ", "ss"),
            ("İ", "i\u{307}"),
            ("ﬁne", "FINE"),
        ] {
            assert_eq!(caseless(a), caseless(b), "{a} {b}");
        }
        for (a, b) in [("ı", "i"), ("é", "e"), ("a b", "a  b")] {
            assert_ne!(caseless(a), caseless(b), "{a} {b}");
        }
    }

    #[test]
    fn spellings_of_one_name_are_equal() {
        for (a, b) in [
            ("Amazon", "  AMAZON "),
            ("Bank\u{a0}of  America", "bank of america"),
            ("Cafe\u{301}", "CAFÉ"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("Ａｃｍｅ", "acme"),
            ("Ac\u{200b}me\u{feff}", "acme"),
        ] {
            assert_eq!(loose(a), loose(b));
        }
        for (a, b) in [("AT&T", "ATT"), ("macy's,", "macys"), ("bolt (eu)", "bolt"), ("Café", "Cafe")] {
            assert_ne!(loose(a), loose(b));
        }
    }
}
