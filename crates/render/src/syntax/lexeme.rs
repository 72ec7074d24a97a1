//! The words and signs of a template, as Tera tells them apart.

use std::borrow::Cow;

use sitegen_parser::{Diagnostics, Span};

use super::{Locate, TagKind, TemplateTag, errors};

/// A word, a sign or a text of a template.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lexeme<'t> {
    pub kind: LexemeKind<'t>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum LexemeKind<'t> {
    /// Text between tags, without the space that a tag beside it removes.
    Content,
    /// `{{`
    PrintStart,
    /// `}}`
    PrintEnd,
    /// `{%`
    TagStart,
    /// `%}`
    TagEnd,
    Word(&'t str),
    Text(Cow<'t, str>),
    Int(i64),
    Float(f64),
    Bool(bool),
    Sign(&'static str),
    /// Something that could not be read, which is reported already.
    Bad,
}

/// The signs, the longest first. `<` and `/` of components are signs like any others.
const SIGNS: [&str; 31] = [
    "...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?[", "+", "-", "*", "/", "%", "!", ".", ",", ":",
    "~", "|", "=", ">", "<", "(", ")", "[", "]", "{", "}", "@",
];

/// Splits a template into lexemes, lists its tags, and reports what cannot be read.
pub(super) fn lexemes<'t>(text: &'t str, locate: Locate) -> (Vec<Lexeme<'t>>, Vec<TemplateTag>, Diagnostics) {
    let mut reader = LexemeReader {
        text,
        at: 0,
        lexemes: Vec::new(),
        tags: Vec::new(),
        content_end: None,
        trims: false,
        locate,
        found: Diagnostics::new(),
    };
    while reader.at < text.len() {
        reader.outside();
    }
    (reader.lexemes, reader.tags, reader.found)
}

/// A place in a template, and what has been read before it.
struct LexemeReader<'t, 'l> {
    text: &'t str,
    at: usize,
    lexemes: Vec<Lexeme<'t>>,
    tags: Vec<TemplateTag>,
    /// The end of the last lexeme as it is written, if that is content.
    content_end: Option<usize>,
    /// True if the tag before removes the space after it.
    trims: bool,
    locate: Locate<'l>,
    found: Diagnostics,
}

impl<'t> LexemeReader<'t, '_> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: LexemeKind<'t>, length: usize) {
        self.lexemes.push(Lexeme { kind, span: self.at..self.at + length });
        self.at += length;
    }

    /// Reports what cannot be read, and goes on behind it.
    fn bad(&mut self, message: &str, length: usize) {
        self.fault(self.at..self.at + length, message);
        self.push(LexemeKind::Bad, length);
    }

    /// Reads text between tags, a comment, or a whole tag.
    fn outside(&mut self) {
        let rest = self.rest();
        match rest.as_bytes() {
            [b'{', b'{', ..] => self.tag(LexemeKind::PrintStart, "}}"),
            [b'{', b'%', ..] => {
                if !self.raw() {
                    self.tag(LexemeKind::TagStart, "%}");
                }
            }
            [b'{', b'#', ..] => self.comment(),
            _ => {
                let end = marker(rest).unwrap_or(rest.len());
                self.content(self.at..self.at + end, self.at + end);
            }
        }
    }

    /// Adds text without the space that a tag before it removes. `end` is its end as it is written.
    fn content(&mut self, mut span: Span, end: usize) {
        if std::mem::take(&mut self.trims) {
            span.start = span.end - self.text[span.clone()].trim_start().len();
        }
        self.lexemes.push(Lexeme { kind: LexemeKind::Content, span });
        self.content_end = Some(end);
        self.at = end;
    }

    /// Removes the space at the end of the text before a tag that says so.
    fn trim_before(&mut self) {
        if self.content_end == Some(self.at)
            && let Some(last) = self.lexemes.last_mut()
        {
            last.span.end = last.span.start + self.text[last.span.clone()].trim_end().len();
        }
    }

    /// Returns true if the tag that begins here removes the space before it, which is then gone.
    fn trims_before(&mut self) -> bool {
        let trims = self.rest().as_bytes().get(2) == Some(&b'-');
        if trims {
            self.trim_before();
        }
        trims
    }

    fn comment(&mut self) {
        let opening = 2 + usize::from(self.trims_before());
        let Some(length) = self.rest()[opening..].find("#}") else {
            self.bad("this comment has no end", self.rest().len());
            return;
        };
        let end = opening + length;
        if length > 0 && self.rest().as_bytes()[end - 1] == b'-' {
            self.trims = true;
        }
        self.add_tag(TagKind::Comment, self.at..self.at + end + 2);
        self.at += end + 2;
        self.content_end = None;
    }

    /// Reads `{% raw %}…{% endraw %}`; returns false if something else begins here.
    fn raw(&mut self) -> bool {
        let opening = 2 + usize::from(self.rest().as_bytes().get(2) == Some(&b'-'));
        let Some((length, trims_inside)) = word_tag(&self.rest()[opening..], "raw") else { return false };
        self.trims_before();
        let tag = self.at;
        let start = opening + length;
        let mut from = start;
        while let Some(end) = self.rest()[from..].find("{%").map(|at| from + at) {
            let ending = &self.rest()[end + 2..];
            if let Some((length, trims)) = word_tag(ending, "endraw") {
                let body = &self.rest()[start..end];
                let body = if trims_inside { body.trim_start() } else { body };
                let from = self.at + end - body.len();
                let body = if ending.starts_with('-') { body.trim_end() } else { body };
                self.content(from..from + body.len(), self.at + end + 2 + length);
                self.trims = trims;
                self.add_tag(TagKind::Raw, tag..self.at);
                return true;
            }
            from = end + 2;
        }
        self.bad("this `raw` has no `{% endraw %}`", start);
        let rest = self.at..self.text.len();
        self.content(rest, self.text.len());
        true
    }

    /// Reads a tag to its end.
    fn tag(&mut self, start: LexemeKind<'t>, end: &str) {
        let opening = 2 + usize::from(self.trims_before());
        self.trims = false;
        let (from, first) = (self.at, self.lexemes.len() + 1);
        let kind = if end == "}}" { LexemeKind::PrintEnd } else { LexemeKind::TagEnd };
        let mut braces = 0_usize;
        self.push(start, opening);
        while self.at < self.text.len() {
            let rest = self.rest();
            let space = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
            self.at += space;
            let rest = self.rest();
            let trims = rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(end));
            if trims || rest.starts_with(end) {
                self.push(kind, end.len() + usize::from(trims));
                self.trims = trims;
                break;
            }
            // A sign that cannot stand in a tag most likely means its end, so that what follows can still be read.
            if rest.starts_with("{%") {
                self.fault(from..from + opening, &format!("this tag has no `{end}`"));
                self.push(kind, 0);
                break;
            }
            if rest.starts_with('}') && braces == 0 {
                self.fault(self.at..self.at + 1, &format!("expected `{end}`, found `}}`"));
                self.push(kind, 1);
                break;
            }
            if !rest.is_empty() {
                braces += usize::from(rest.starts_with('{'));
                braces -= usize::from(rest.starts_with('}'));
                self.inside(rest, end);
            }
        }
        self.content_end = None;
        let tag = if end == "}}" { TagKind::Print } else { TagKind::Statement(self.word(first)) };
        self.add_tag(tag, from..self.at);
    }

    fn fault(&mut self, span: Span, message: &str) {
        self.found.push(errors::syntax(message, (self.locate)(span)));
    }

    fn add_tag(&mut self, kind: TagKind, span: Span) {
        self.tags.push(TemplateTag { kind, span });
    }

    /// Returns the span of a lexeme if it is a word, or else an empty one.
    fn word(&self, index: usize) -> Span {
        let word = self.lexemes.get(index).filter(|lexeme| matches!(lexeme.kind, LexemeKind::Word(_)));
        word.map_or(self.at..self.at, |word| word.span.clone())
    }

    /// Reads a lexeme of a tag, whose rest is not empty.
    fn inside(&mut self, rest: &'t str, end: &str) {
        let is_word = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric();
        match rest.as_bytes()[0] {
            b'"' | b'\'' | b'`' => self.string(rest, end),
            b'0'..=b'9' => self.number(rest),
            first if is_word(first) => {
                let length = rest.bytes().take_while(|byte| is_word(*byte)).count();
                let kind = match &rest[..length] {
                    "true" | "True" => LexemeKind::Bool(true),
                    "false" | "False" => LexemeKind::Bool(false),
                    word => LexemeKind::Word(word),
                };
                self.push(kind, length);
            }
            _ => match SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
                Some(sign) => self.push(LexemeKind::Sign(sign), sign.len()),
                None => {
                    let c = rest.chars().next().unwrap_or_default();
                    self.bad(&format!("`{}` cannot stand in a tag", c.escape_debug()), c.len_utf8());
                }
            },
        }
    }

    fn number(&mut self, rest: &'t str) {
        let whole = rest.bytes().take_while(u8::is_ascii_digit).count();
        if rest.as_bytes().get(whole) == Some(&b'.') {
            let length = whole + 1 + rest[whole + 1..].bytes().take_while(u8::is_ascii_digit).count();
            let number = rest[..length].parse().expect("digits and one dot are a number");
            return self.push(LexemeKind::Float(number), length);
        }
        match rest[..whole].parse() {
            Ok(number) => self.push(LexemeKind::Int(number), whole),
            Err(_) => self.bad("the number is too large", whole),
        }
    }

    /// Reads a text between quotation marks. A backslash makes the next character part of it.
    fn string(&mut self, rest: &'t str, end: &str) {
        let quote = rest.as_bytes()[0];
        let mut is_escaped = false;
        let closing = rest.bytes().skip(1).position(|byte| {
            let closes = byte == quote && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            closes
        });
        let Some(closing) = closing else {
            // The text most likely ends with its line or its tag, so that what follows can still be read.
            let length = [rest.find('\n'), rest.find(end)].into_iter().flatten().min();
            let message = format!("this text has no closing {}", char::from(quote));
            return self.bad(&message, length.unwrap_or(rest.len()));
        };
        let inner = &rest[1..=closing];
        match unescaped(inner) {
            Ok(text) => self.push(LexemeKind::Text(text), closing + 2),
            Err(c) => {
                let message = format!("`\\{}` means nothing in a text", c.escape_debug());
                self.bad(&message, closing + 2);
            }
        }
    }
}

/// Finds the beginning of the next tag or comment.
fn marker(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'{', text.as_bytes())
        .find(|at| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#')))
}

/// Reads the rest of a tag of one word, behind `{%`; returns its length, and true if it removes the space after
/// it.
fn word_tag(text: &str, word: &str) -> Option<(usize, bool)> {
    let is_space = |c: char| c.is_ascii_whitespace();
    let rest = text.strip_prefix('-').unwrap_or(text).trim_start_matches(is_space);
    let rest = rest.strip_prefix(word)?.trim_start_matches(is_space);
    let trimmed = rest.strip_prefix('-');
    let rest = trimmed.unwrap_or(rest).strip_prefix("%}")?;
    Some((text.len() - rest.len(), trimmed.is_some()))
}

/// Returns a text without its backslashes, or the character that none may stand before.
fn unescaped(text: &str) -> Result<Cow<'_, str>, char> {
    if !text.contains('\\') {
        return Ok(Cow::Borrowed(text));
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        plain.push(match chars.next() {
            Some(c @ ('"' | '\'' | '/' | '\\')) => c,
            Some('n') => '\n',
            Some('t') => '\t',
            Some('r') => '\r',
            c => return Err(c.unwrap_or_default()),
        });
    }
    Ok(Cow::Owned(plain))
}
