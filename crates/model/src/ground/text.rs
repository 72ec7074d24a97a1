//! Texts as people write them into tables: with space around them, in any case.

use sitegen_parser::loose;

/// Takes away the white space around a text, also no-break spaces and byte order marks, which spreadsheets
/// leave.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
}

/// Returns true if two words differ at most in case and in how their letters are composed.
pub(crate) fn same_word(word: &str, text: &str) -> bool {
    if word.is_ascii() && text.is_ascii() {
        word.eq_ignore_ascii_case(text)
    } else {
        loose(word) == loose(text)
    }
}
