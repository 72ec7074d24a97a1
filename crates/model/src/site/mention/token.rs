//! Splits texts into words and other tokens, by which phrases are compared.

use unicode_normalization::char::is_combining_mark;

use crate::ground::token::is_unspaced;

/// A word, a run of white space, or any other character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PhraseToken<'t> {
    /// The token's text; a single space for any white space.
    pub text: &'t str,
    /// The byte at which the token starts.
    pub start: usize,
    pub end: usize,
    pub is_word: bool,
}

/// Splits a text into tokens.
///
/// Words are bounded by Unicode's rules, except that hyphens belong to them: `fine-grained` does not contain
/// the word `grained`. In scripts without spaces between words, each character is a word.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = PhraseToken<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let token = token(text, at)?;
        at = token.end;
        Some(token)
    })
}

fn token(text: &str, start: usize) -> Option<PhraseToken<'_>> {
    let rest = &text[start..];
    let first = rest.chars().next()?;
    let (length, is_word) = match first {
        _ if first.is_whitespace() => (rest.len() - rest.trim_start().len(), false),
        _ if is_unspaced(first) => (first.len_utf8(), true),
        _ if is_part(first) => (word(rest), true),
        _ => (first.len_utf8(), false),
    };
    let text = if first.is_whitespace() { " " } else { &rest[..length] };
    Some(PhraseToken { text, start, end: start + length, is_word })
}

/// Returns the length of the word at the start of a text.
fn word(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let goes_on = chars.peek().is_some_and(|(_, next)| is_part(*next) && !is_unspaced(*next));
        if !(is_part(c) && !is_unspaced(c) || joins(c) && goes_on) {
            return at;
        }
    }
    text.len()
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || c == '_'
}

/// Returns true if a character between letters or digits belongs to the word: hyphens, apostrophes, points.
fn joins(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' | '.' | '\u{b7}' | '\u{ad}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        tokens(text).map(|token| token.text).collect()
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(split("Fine-grained, isn't it?"), ["Fine-grained", ",", " ", "isn't", " ", "it", "?"]);
        assert_eq!(split("a \n b- -c d."), ["a", " ", "b", "-", " ", "-", "c", " ", "d", "."]);
        assert_eq!(split("e\u{301}té 3.5 x_y"), ["e\u{301}té", " ", "3.5", " ", "x_y"]);
        assert_eq!(split("CDC/ETL C++"), ["CDC", "/", "ETL", " ", "C", "+", "+"]);
    }

    #[test]
    fn scripts_without_spaces_have_a_word_in_each_character() {
        assert_eq!(split("AI版本"), ["AI", "版", "本"]);
    }
}
