//! A place among the lexemes of a template, and what the reader of the tree keeps besides.

use std::sync::Arc;

use sitegen_parser::{Diagnostic, Diagnostics, Place, Span, Spanned};

use super::lexeme::{Lexeme, LexemeKind};
use super::{ComponentDeclaration, Expr, ExprKind, Locate, Name, TreeGaps, errors};

/// The result of reading something in a tag.
pub(super) type Parsed<T> = Result<T, Reported>;

/// The mark of something that could not be read and is reported.
#[derive(Debug)]
pub(super) struct Reported;

/// The reader of a template's tree.
pub(super) struct TreeReader<'t, 'l> {
    lexemes: Vec<Lexeme<'t>>,
    pub at: usize,
    /// The length of the template.
    length: usize,
    text: &'t str,
    locate: Locate<'l>,
    pub found: Diagnostics,
    pub parent: Option<Name>,
    pub components: Vec<ComponentDeclaration>,
    /// The count of expressions so far.
    pub expressions: u32,
    /// The tags in whose bodies the cursor stands, the outermost first.
    pub open: Vec<OpenBody>,
    /// The words that end those bodies.
    pub awaited: Vec<&'static [&'static str]>,
    pub blocks: Vec<Name>,
    /// True once something outside of the blocks of an extending template is reported.
    pub is_ignoring: bool,
    /// True if the rest was skipped, so that nothing is known of the tags that are still open.
    pub is_lost: bool,
    pub counts: Counts,
    pub gaps: TreeGaps,
}

/// The counts by which Tera bounds expressions.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// The expressions around the cursor.
    pub depth: usize,
    /// The steps of the outermost expression.
    pub steps: usize,
    /// The lists around the cursor.
    pub lists: usize,
    /// The brackets around the cursor.
    pub brackets: usize,
}

/// A tag whose body the cursor is in.
#[derive(Debug, Clone)]
pub(super) struct OpenBody {
    pub kind: BodyKind,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyKind {
    Loop,
    Block,
    Condition,
    Component,
    /// A body that is a value before it is written.
    Capture(&'static str),
}

impl BodyKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Block => "block",
            Self::Condition => "condition",
            Self::Component => "component",
            Self::Capture(name) => name,
        }
    }
}

impl<'t, 'l> TreeReader<'t, 'l> {
    pub(super) fn new(
        text: &'t str,
        lexemes: Vec<Lexeme<'t>>,
        found: Diagnostics,
        locate: Locate<'l>,
    ) -> Self {
        Self {
            lexemes,
            at: 0,
            length: text.len(),
            text,
            locate,
            found,
            parent: None,
            components: Vec::new(),
            expressions: 0,
            open: Vec::new(),
            awaited: Vec::new(),
            blocks: Vec::new(),
            is_ignoring: false,
            is_lost: false,
            counts: Counts::default(),
            gaps: TreeGaps::None,
        }
    }

    pub(super) fn peek(&self) -> Option<&LexemeKind<'t>> {
        self.lexemes.get(self.at).map(|lexeme| &lexeme.kind)
    }

    pub(super) fn peek_after(&self) -> Option<&LexemeKind<'t>> {
        self.lexemes.get(self.at + 1).map(|lexeme| &lexeme.kind)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.peek() == Some(&LexemeKind::Word(word))
    }

    pub(super) fn is_sign(&self, sign: &'static str) -> bool {
        self.peek() == Some(&LexemeKind::Sign(sign))
    }

    /// Returns the span of the next lexeme, or the end of the template.
    pub(super) fn span(&self) -> Span {
        self.lexemes.get(self.at).map_or(self.length..self.length, |lexeme| lexeme.span.clone())
    }

    /// Returns the end of the lexeme before.
    pub(super) fn end(&self) -> usize {
        self.at.checked_sub(1).map_or(0, |before| self.lexemes[before].span.end)
    }

    pub(super) fn text(&self, span: Span) -> &'t str {
        &self.text[span]
    }

    pub(super) fn take_sign(&mut self, sign: &'static str) -> bool {
        let is_it = self.is_sign(sign);
        self.at += usize::from(is_it);
        is_it
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let is_it = self.is_word(word);
        self.at += usize::from(is_it);
        is_it
    }

    /// Goes to the next of several elements, which commas part and a sign ends. Returns false if there is none, behind
    /// the sign.
    pub(super) fn next_element(&mut self, end: &'static str, is_first: bool) -> Parsed<bool> {
        if self.take_sign(end) {
            return Ok(false);
        }
        if !is_first {
            self.expect_sign(",")?;
        }
        Ok(is_first || !self.take_sign(end))
    }

    pub(super) fn expect_sign(&mut self, sign: &'static str) -> Parsed<()> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Parsed<()> {
        if self.take_word(word) { Ok(()) } else { Err(self.unexpected(&format!("`{word}`"))) }
    }

    pub(super) fn expect_name(&mut self, expected: &str) -> Parsed<Name> {
        match self.peek() {
            Some(LexemeKind::Word(word)) => {
                let name = Spanned { value: Arc::from(*word), span: self.span() };
                self.at += 1;
                Ok(name)
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    /// Reads a name that can have dots, as components have.
    pub(super) fn expect_dotted(&mut self) -> Parsed<Name> {
        let Spanned { value, mut span } = self.expect_name("the name of a component")?;
        let mut name = value.to_string();
        while self.take_sign(".") {
            let part = self.expect_name("the rest of the component's name")?;
            name.push('.');
            name.push_str(&part.value);
            span.end = part.span.end;
        }
        Ok(Spanned { value: name.into(), span })
    }

    pub(super) fn place(&self, span: Span) -> Place {
        (self.locate)(span)
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) -> Reported {
        self.found.push(diagnostic);
        Reported
    }

    pub(super) fn fault(&mut self, message: &str, span: Span) -> Reported {
        self.report(errors::syntax(message, self.place(span)))
    }

    /// Reports that the next lexeme is not the expected one. A lexeme that could not be read is reported
    /// already.
    pub(super) fn unexpected(&mut self, expected: &str) -> Reported {
        let found = match self.peek() {
            Some(LexemeKind::Bad) => return Reported,
            None => "the end of the file".to_owned(),
            Some(LexemeKind::Content) => "text".to_owned(),
            Some(_) => format!("`{}`", self.text(self.span())),
        };
        let span = self.span();
        self.fault(&format!("expected {expected}, found {found}"), span)
    }

    /// Skips the rest of the template.
    pub(super) fn give_up(&mut self) {
        self.at = self.lexemes.len();
        self.is_lost = true;
        self.gaps = TreeGaps::Components;
    }

    /// Goes behind the end of the tag that the cursor is in.
    pub(super) fn skip_tag(&mut self) {
        while let Some(kind) = self.peek() {
            match kind {
                LexemeKind::Content | LexemeKind::PrintStart | LexemeKind::TagStart => break,
                LexemeKind::PrintEnd | LexemeKind::TagEnd => {
                    self.at += 1;
                    break;
                }
                _ => self.at += 1,
            }
        }
    }

    /// Makes an expression that begins at an offset and ends before the cursor.
    pub(super) fn expr(&mut self, start: usize, kind: ExprKind) -> Expr {
        let span = start..self.end().max(start);
        let id = self.expressions;
        self.expressions += 1;
        Expr { id, span, is_grouped: false, kind }
    }

    /// Makes the expression that stands for one that could not be read.
    pub(super) fn missing(&mut self) -> Expr {
        let start = self.span().start;
        self.expr(start, ExprKind::Missing)
    }

    pub(super) fn is_in_loop(&self) -> bool {
        self.open.iter().any(|open| open.kind == BodyKind::Loop)
    }
}
