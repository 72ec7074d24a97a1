//! Splits a script into words, strings and signs, because names in comments, strings and regular expressions
//! are not code.

/// A token of a script.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScriptToken {
    pub kind: TokenClass,
    pub start: usize,
    pub end: usize,
}

/// The class of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenClass {
    /// A name or a keyword.
    Word,
    /// A string in quotation marks.
    Text,
    /// A template without expressions in it.
    Template,
    /// A character of punctuation.
    Sign,
    /// A number, a regular expression, or a part of a template.
    Other,
}

/// The kind of a bracket, or of a template, that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenBracket {
    /// An expression within a template.
    Template,
    /// A bracket that ends a value, so that a slash after it divides.
    Value,
    /// A bracket before a statement, so that a slash after it begins a regular expression.
    Statement,
}

/// Keywords after which a value comes, so that a slash there begins a regular expression.
const BEFORE_VALUE: [&str; 17] = [
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "delete",
    "void",
    "instanceof",
    "new",
    "throw",
    "do",
    "else",
    "yield",
    "await",
    "default",
    "extends",
    "import",
];

/// Keywords whose parentheses hold a condition and are no value.
const BEFORE_CONDITION: [&str; 4] = ["if", "while", "for", "with"];

/// Splits a script into its tokens.
pub(super) fn read(script: &str) -> Vec<ScriptToken> {
    let mut lexer = Lexer { script, at: 0, tokens: Vec::new(), open: Vec::new(), expects_value: true };
    if script.starts_with("#!") {
        lexer.at = lexer.line_end(0);
    }
    while lexer.step() {}
    lexer.tokens
}

struct Lexer<'a> {
    script: &'a str,
    at: usize,
    tokens: Vec<ScriptToken>,
    open: Vec<OpenBracket>,
    /// True if a slash would begin a regular expression here.
    expects_value: bool,
}

impl Lexer<'_> {
    /// Reads the next token; returns false at the end.
    fn step(&mut self) -> bool {
        let rest = &self.script[self.at..];
        let Some(c) = rest.chars().next() else { return false };
        match c {
            '/' if rest.starts_with("//") => self.at = self.line_end(self.at),
            '/' if rest.starts_with("/*") => {
                self.at += rest[2..].find("*/").map_or(rest.len(), |end| end + 4);
            }
            '/' if self.expects_value => self.expression(),
            '"' | '\'' => self.text(c),
            '`' => self.template(TokenClass::Template),
            _ if c.is_whitespace() => self.at += c.len_utf8(),
            _ if c.is_ascii_digit() => self.word(TokenClass::Other),
            _ if is_word(c) => self.word(TokenClass::Word),
            _ => self.sign(c),
        }
        true
    }

    fn push(&mut self, kind: TokenClass, end: usize) {
        self.tokens.push(ScriptToken { kind, start: self.at, end });
        self.at = end;
        self.expects_value = false;
    }

    fn line_end(&self, start: usize) -> usize {
        self.script[start..].find('\n').map_or(self.script.len(), |end| start + end)
    }

    /// Reads a string, which ends with its line if it is not closed.
    fn text(&mut self, quote: char) {
        let start = self.at + 1;
        let mut chars = self.script[start..].char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => _ = chars.next(),
                '\n' => return self.push(TokenClass::Other, start + at),
                _ if c == quote => return self.push(TokenClass::Text, start + at + 1),
                _ => {}
            }
        }
        self.push(TokenClass::Other, self.script.len());
    }

    /// Reads a regular expression, or a sign if the line ends before the expression does.
    fn expression(&mut self) {
        let start = self.at + 1;
        let (mut is_class, mut chars) = (false, self.script[start..].char_indices());
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => _ = chars.next(),
                '[' => is_class = true,
                ']' => is_class = false,
                '\n' => break,
                '/' if !is_class => return self.push(TokenClass::Other, start + at + 1),
                _ => {}
            }
        }
        self.sign('/');
    }

    /// Reads a template up to its end, or up to an expression in it.
    fn template(&mut self, whole: TokenClass) {
        let start = self.at + 1;
        let (mut before, mut chars) = (' ', self.script[start..].char_indices());
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => _ = chars.next(),
                '`' => return self.push(whole, start + at + 1),
                '{' if before == '$' => {
                    self.push(TokenClass::Other, start + at + 1);
                    self.open.push(OpenBracket::Template);
                    self.expects_value = true;
                    return;
                }
                _ => {}
            }
            before = c;
        }
        self.push(TokenClass::Other, self.script.len());
    }

    fn word(&mut self, kind: TokenClass) {
        let rest = &self.script[self.at..];
        let end = self.at + rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let is_keyword = !self.follows_dot() && BEFORE_VALUE.contains(&&self.script[self.at..end]);
        self.push(kind, end);
        self.expects_value = is_keyword;
    }

    fn follows_dot(&self) -> bool {
        self.last() == "."
    }

    /// Returns the text of the last token.
    fn last(&self) -> &str {
        self.tokens.last().map_or("", |token| &self.script[token.start..token.end])
    }

    fn sign(&mut self, c: char) {
        if c == '}' && self.open.last() == Some(&OpenBracket::Template) {
            self.open.pop();
            return self.template(TokenClass::Other);
        }
        let is_step = "+-".contains(c) && self.last().starts_with(c) && self.script[..self.at].ends_with(c);
        let opened = self.opened(c);
        self.open.extend(opened);
        let closed = ")]}".contains(c).then(|| self.open.pop().unwrap_or(OpenBracket::Statement));
        self.push(TokenClass::Sign, self.at + c.len_utf8());
        self.expects_value = match closed {
            Some(closed) => closed == OpenBracket::Statement,
            // After `i++`, a slash divides.
            None => !is_step,
        };
    }

    /// Returns the kind of bracket that a sign opens.
    fn opened(&self, c: char) -> Option<OpenBracket> {
        let is_word = self.tokens.last().is_some_and(|token| token.kind == TokenClass::Word);
        let is_statement = match c {
            '(' => is_word && BEFORE_CONDITION.contains(&self.last()),
            '{' if is_word => ["do", "else"].contains(&self.last()) || !self.expects_value,
            '{' => ["", ")", ";", "{", "}", ">"].contains(&self.last()),
            '[' => false,
            _ => return None,
        };
        Some(if is_statement { OpenBracket::Statement } else { OpenBracket::Value })
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '\u{200c}' | '\u{200d}')
}
