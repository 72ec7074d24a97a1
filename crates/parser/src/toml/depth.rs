//! Measures how deeply a TOML text nests, before anything is built that deep.

use toml_parser::lexer::{Token, TokenKind};

use crate::Span;

/// Finds the first token at which tables and arrays nest deeper than `limit` levels.
///
/// Every table and array on the way to a value is a level, including those that dotted keys and headers
/// imply. The point of a decimal number counts, too, because it looks like a dotted key.
pub(super) fn too_deep(text: &str, limit: usize) -> Option<Span> {
    let mut depth = Depth::default();
    toml_parser::Source::new(text).lex().find_map(|token| {
        depth.step(token);
        (depth.levels() > limit).then(|| token.span().start()..token.span().end())
    })
}

#[derive(Default)]
struct Depth {
    /// The levels of the table that the last header began.
    header: usize,
    /// The levels that each open bracket adds with its key.
    open: Vec<usize>,
    /// The sum of `open`.
    opened: usize,
    /// The number of dots in the current key.
    dots: usize,
    /// True if something other than white space stands on this line already.
    begun: bool,
    /// True if the open brackets are those of a header.
    heading: bool,
}

impl Depth {
    fn levels(&self) -> usize {
        self.opened + self.dots + if self.heading { 0 } else { self.header }
    }

    fn step(&mut self, token: Token) {
        let first = !self.begun && self.open.is_empty();
        self.begun = token.kind() != TokenKind::Newline
            && (self.begun || !matches!(token.kind(), TokenKind::Whitespace));
        match token.kind() {
            TokenKind::Dot => self.dots += 1,
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => self.open(first),
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => self.close(),
            TokenKind::Newline if self.heading => self.close(),
            TokenKind::Newline | TokenKind::Comma => self.dots = 0,
            _ => {}
        }
    }

    fn open(&mut self, first: bool) {
        self.heading |= first;
        self.open.push(self.dots + 1);
        self.opened += self.dots + 1;
        self.dots = 0;
    }

    fn close(&mut self) {
        if self.heading {
            self.header = self.levels();
            self.open.clear();
            self.opened = 0;
            self.heading = false;
        } else if let Some(levels) = self.open.pop() {
            self.opened -= levels;
        }
        self.dots = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::too_deep;

    #[test]
    fn headers_keys_and_brackets_add_up() {
        let text = "[a.b]\nc.d = { e = [1.5] }\n[[f]]\ng = 1\n";
        assert_eq!(too_deep(text, 6), None);
        assert_eq!(too_deep(text, 5), Some(20..21));
        assert_eq!(too_deep("x = [[[1]]]\ny = 1", 2), Some(6..7));
    }

    #[test]
    fn depth_costs_no_stack() {
        for open in ["[", "{a=", "a."] {
            assert!(too_deep(&format!("x = {}", open.repeat(100_000)), 64).is_some());
        }
    }
}
