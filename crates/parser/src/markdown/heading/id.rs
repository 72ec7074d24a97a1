//! Makes the id of a heading from its text exactly as GitHub does, because the world links to headings by
//! these ids.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use crate::name;

/// Makes an id from the text of a heading, in lower case, keeping letters, marks, digits, hyphens and
/// connectors such as `_`, with a hyphen for each space. The id is empty if nothing is left.
///
/// The id is in Unicode's form C, however the text is written.
pub fn id(text: &str) -> String {
    let composed = name::composed(text);
    let kept = composed.chars().flat_map(char::to_lowercase).filter(|c| is_kept(*c));
    let id: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
    match name::composed(&id) {
        Cow::Borrowed(_) => id,
        Cow::Owned(composed) => composed,
    }
}

fn is_kept(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ');
    }
    c.is_alphabetic() || is_combining_mark(c) || is_digit(c) || is_connector(c)
}

/// Returns true if a character is a decimal digit, which `½` and `²` are not.
fn is_digit(c: char) -> bool {
    let after = ZEROS.partition_point(|zero| *zero <= c);
    c.is_numeric() && after.checked_sub(1).is_some_and(|at| u32::from(c) - u32::from(ZEROS[at]) < 10)
}

/// Returns true if a character is connector punctuation.
fn is_connector(c: char) -> bool {
    matches!(
        c,
        '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '\u{ff3f}'
    )
}

/// The zero of each script that has its own digits. The other nine digits follow it.
const ZEROS: [char; 74] = [
    '\u{30}',
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{ff10}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{10d40}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{116d0}',
    '\u{116da}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11bf0}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{11f50}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{1ccf0}',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e4f0}',
    '\u{1e5f1}',
    '\u{1e950}',
    '\u{1fbf0}',
];

#[cfg(test)]
mod tests {
    use super::{ZEROS, id};

    #[test]
    fn ids_are_those_of_github() {
        for (text, expected) in [
            ("What's new in C++ 20?", "whats-new-in-c-20"),
            ("A & B", "a--b"),
            (" - spaces -- and  dashes ", "---spaces----and--dashes-"),
            ("snake_case/path.rs", "snake_casepathrs"),
            ("f(x, y[, z])", "fx-y-z"),
            ("En – dash, non\u{2011}breaking\u{a0}space", "en--dash-nonbreakingspace"),
            ("🚀 Launch 👩\u{200d}🚀", "-launch-"),
            ("⚙\u{fe0f} 1\u{fe0f}\u{20e3}", "\u{fe0f}-1\u{fe0f}\u{20e3}"),
            (":rocket: :+1:", "rocket-1"),
            ("Ünïcode, e\u{301}te\u{301} Ⅷ", "ünïcode-été-ⅷ"),
            ("Профили пользователей", "профили-пользователей"),
            ("ΟΔΟΣ", "οδοσ"),
            ("日本語(にほんご)の②", "日本語にほんごの"),
            ("हिन्दी २०२६", "हिन्दी-२०२६"),
            ("x² ½ ٣ 𝟘", "x--٣-𝟘"),
            ("a‿b", "a‿b"),
            ("İ", "i\u{307}"),
            ("!?", ""),
        ] {
            assert_eq!(id(text), expected, "{text}");
        }
    }

    #[test]
    fn digits_follow_on_their_zeros() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            let digits = (0..10).filter_map(|at| char::from_u32(u32::from(zero) + at));
            let text: String = digits.filter(|c| c.is_numeric()).collect();
            assert_eq!(text, id(&text));
        }
    }
}
