//! Splits a program into the tokens that changing it needs.

use std::ops::Range;

use sitegen_model::Language;

/// The class of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LexicalClass {
    Word,
    Number,
    Text,
    Sign,
    /// The end of a line on which a statement of Python ends.
    End,
}

/// A piece of a program.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProgramToken<'t> {
    pub kind: LexicalClass,
    pub text: &'t str,
    pub start: usize,
    /// The number of open brackets around it. Brackets themselves count as outside.
    pub depth: usize,
}

impl ProgramToken<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Returns true if the token is this word or sign, in any case of letters.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.kind != LexicalClass::Text && self.text.eq_ignore_ascii_case(word)
    }
}

/// A program as its tokens.
pub(crate) struct Tokens<'t> {
    pub text: &'t str,
    pub all: Vec<ProgramToken<'t>>,
}

const OPENING: [&str; 3] = ["(", "[", "{"];
const CLOSING: [&str; 3] = [")", "]", "}"];

/// Signs of more than one character, the longer first.
const LONG: [&str; 24] = [
    "**=", "//=", "<<=", ">>=", "...", "<=", ">=", "<>", "!=", "==", "||", "->", ":=", "+=", "-=", "*=",
    "/=", "%=", "|=", "&=", "^=", "**", "//", "<<",
];

impl<'t> Tokens<'t> {
    pub(crate) fn of(text: &'t str, language: Language) -> Self {
        let (mut all, mut at, mut depth) = (Vec::<ProgramToken<'_>>::new(), 0, 0_usize);
        while at < text.len() {
            let rest = &text[at..];
            let (kind, length) = next(rest, language);
            let piece = &rest[..length];
            // Lines within brackets, and empty lines, end no statement.
            let ends = depth == 0 && all.last().is_some_and(|last| last.kind != LexicalClass::End);
            let is_closing = CLOSING.contains(&piece);
            if is_closing {
                depth = depth.saturating_sub(1);
            }
            if let Some(kind) = kind.filter(|kind| *kind != LexicalClass::End || ends) {
                all.push(ProgramToken { kind, text: piece, start: at, depth });
            }
            if OPENING.contains(&piece) {
                depth += 1;
            }
            at += length;
        }
        Self { text, all }
    }

    /// Returns true if the tokens from a position on are these words.
    pub(crate) fn are(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(after, word)| self.is(at + after, word))
    }

    pub(crate) fn is(&self, at: usize, word: &str) -> bool {
        self.all.get(at).is_some_and(|token| token.is(word))
    }

    pub(crate) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    /// Finds the bracket that closes the one at a position.
    pub(crate) fn close(&self, at: usize) -> Option<usize> {
        let depth = self.all[at].depth;
        (at + 1..self.all.len())
            .find(|next| self.all[*next].depth == depth && CLOSING.contains(&self.all[*next].text))
    }

    /// Finds the end of the part that begins at a position: the first of some words at its depth, or the
    /// bracket that closes around it.
    pub(crate) fn until(&self, at: usize, stops: &[&str]) -> usize {
        let Some(first) = self.all.get(at) else { return at };
        let depth = first.depth;
        let is_end = |at: &usize| {
            let token = &self.all[*at];
            token.depth < depth
                || token.depth == depth
                    && (token.kind == LexicalClass::End || stops.iter().any(|stop| token.is(stop)))
        };
        (at..self.all.len()).find(is_end).unwrap_or(self.all.len())
    }

    /// Finds the beginning of the part that ends before a position: after the last of some words at this
    /// depth, or after the bracket that opens around it.
    pub(crate) fn since(&self, at: usize, stops: &[&str]) -> usize {
        let depth = self.all[at].depth;
        let is_start = |at: &usize| {
            let token = &self.all[*at];
            token.depth < depth
                || token.depth == depth
                    && (token.kind == LexicalClass::End || stops.iter().any(|stop| token.is(stop)))
        };
        (0..at).rev().find(is_start).map_or(0, |stop| stop + 1)
    }

    /// Splits a list between two positions into its terms, each from its first token to behind its last.
    pub(crate) fn terms(&self, from: usize, to: usize) -> Vec<Range<usize>> {
        let mut terms = Vec::new();
        let mut start = from;
        while start < to {
            let end = self.until(start, &[","]).min(to);
            terms.push(start..end);
            start = end + 1;
        }
        terms
    }

    /// Returns the bytes of some tokens; an empty range at the first position if there are none.
    pub(crate) fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        let start = self.all.get(tokens.start).map_or(self.text.len(), |token| token.start);
        if tokens.is_empty() { start..start } else { start..self.all[tokens.end - 1].end() }
    }

    pub(crate) fn text_of(&self, tokens: Range<usize>) -> &'t str {
        &self.text[self.bytes(tokens)]
    }
}

/// Reads the class and the length of the token at the beginning of a text; no class if it is a space or a
/// comment.
fn next(rest: &str, language: Language) -> (Option<LexicalClass>, usize) {
    let comment = if language == Language::Sql { "--" } else { "#" };
    let first = rest.chars().next().unwrap_or_default();
    if rest.starts_with(comment) {
        (None, rest.find('\n').unwrap_or(rest.len()))
    } else if let Some(length) = quoted(rest, language) {
        (Some(LexicalClass::Text), length)
    } else if first == '\n' {
        ((language == Language::Python).then_some(LexicalClass::End), 1)
    } else if first.is_whitespace() {
        (None, first.len_utf8())
    } else if first.is_ascii_digit() {
        (Some(LexicalClass::Number), while_is(rest, |c| c.is_ascii_alphanumeric() || c == '.' || c == '_'))
    } else if is_of_word(first) {
        (Some(LexicalClass::Word), while_is(rest, is_of_word))
    } else {
        let long = LONG.iter().find(|sign| rest.starts_with(**sign));
        (Some(LexicalClass::Sign), long.map_or(first.len_utf8(), |sign| sign.len()))
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn while_is(rest: &str, is: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !is(c)).unwrap_or(rest.len())
}

/// Returns the length of a text in quotes, with the letters that Python allows before it.
fn quoted(rest: &str, language: Language) -> Option<usize> {
    let letters = match language {
        Language::Sql => 0,
        Language::Python => while_is(rest, |c| "rbfuRBFU".contains(c)),
    };
    let text = &rest[letters..];
    let triple = ["\"\"\"", "'''"].into_iter().find(|quote| text.starts_with(quote));
    let quote = match triple.filter(|_| language == Language::Python) {
        Some(quote) => quote,
        None => ["\"", "'"].into_iter().find(|quote| text.starts_with(quote))?,
    };
    let mut at = quote.len();
    while at < text.len() && !text[at..].starts_with(quote) {
        let is_escape = language == Language::Python && text[at..].starts_with('\\');
        at += text[at..].chars().take(1 + usize::from(is_escape)).map(char::len_utf8).sum::<usize>();
    }
    Some((letters + at + quote.len()).min(rest.len()))
}
