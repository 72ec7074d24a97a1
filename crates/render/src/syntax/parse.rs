//! Reads the statements of a template.

use sitegen_parser::{Diagnostics, Span};

use super::cursor::{OpenBody, Parsed, TreeReader};
use super::lexeme::{LexemeKind, lexemes};
use super::{Locate, TemplateNode, TemplateTree, TreeGaps, errors};

/// The most statements within one another, as Tera bounds them.
const MAX_NESTING: usize = 40;

/// The words that only go on with a statement or end it, and the statement.
const LATER: [(&str, &str); 10] = [
    ("elif", "if"),
    ("else", "if"),
    ("endif", "if"),
    ("endfor", "for"),
    ("endblock", "block"),
    ("endset", "set"),
    ("endfilter", "filter"),
    ("endcomponent", "component"),
    ("endraw", "raw"),
    ("</", "component"),
];

pub(super) fn parse(text: &str, locate: Locate) -> (TemplateTree, Diagnostics) {
    let (lexemes, tags, found) = lexemes(text, locate);
    let mut reader = TreeReader::new(text, lexemes, found, locate);
    let (body, _) = reader.body(&[]);
    let TreeReader { parent, components, expressions, found, gaps, .. } = reader;
    (TemplateTree { parent, body, components, expressions, tags, gaps }, found)
}

impl TreeReader<'_, '_> {
    /// Reads nodes up to a tag that begins with one of `ends`, or up to one that ends a statement around this
    /// one. Returns the word at which the cursor stands then, if it is one of `ends`.
    pub(super) fn body(
        &mut self,
        ends: &'static [&'static str],
    ) -> (Vec<TemplateNode>, Option<&'static str>) {
        let mut nodes = Vec::new();
        if self.awaited.len() >= MAX_NESTING {
            let span = self.span();
            self.fault(&format!("statements are nested deeper than {MAX_NESTING} levels"), span);
            self.give_up();
            return (nodes, None);
        }
        self.awaited.push(ends);
        let mut ended = None;
        while let Some(kind) = self.peek() {
            let span = self.span();
            let node = match kind {
                LexemeKind::Content => {
                    self.at += 1;
                    (!span.is_empty()).then_some(TemplateNode::Text(span.clone()))
                }
                LexemeKind::PrintStart => self.print(),
                LexemeKind::TagStart => {
                    let word = self.tag_word();
                    if let Some(end) = ends.iter().find(|end| Some(**end) == word) {
                        self.at += 1;
                        ended = Some(*end);
                        break;
                    }
                    if self.ends_outer(word) {
                        break;
                    }
                    self.tag(&nodes)
                }
                // The rest of a comment or of raw text that has no end.
                _ => {
                    self.at += 1;
                    self.gaps = TreeGaps::Components;
                    None
                }
            };
            if let Some(node) = node {
                self.check_reach(&node, span);
                nodes.push(node);
            }
        }
        self.awaited.pop();
        (nodes, ended)
    }

    /// Returns the word that a tag begins with, or the sign of a component's end.
    fn tag_word(&self) -> Option<&str> {
        match self.peek_after()? {
            LexemeKind::Word(word) => Some(word),
            LexemeKind::Sign("</") => Some("</"),
            _ => None,
        }
    }

    fn ends_outer(&self, word: Option<&str>) -> bool {
        word.is_some_and(|word| self.awaited.iter().any(|ends| ends.contains(&word)))
    }

    /// Reports what an extending template never shows: anything outside of its blocks.
    fn check_reach(&mut self, node: &TemplateNode, span: Span) {
        if self.parent.is_none() || !self.open.is_empty() || self.is_ignoring {
            return;
        }
        let is_seen = match node {
            TemplateNode::Block(_) => true,
            TemplateNode::Text(span) => self.text(span.clone()).trim().is_empty(),
            _ => false,
        };
        if !is_seen {
            let span = if matches!(node, TemplateNode::Text(_)) { span } else { span.start..self.end() };
            self.is_ignoring = true;
            let message =
                "a template that extends another one shows nothing but its blocks, so this would be lost";
            self.fault(message, span);
        }
    }

    fn print(&mut self) -> Option<TemplateNode> {
        self.at += 1;
        let read = self.expression(0).and_then(|value| match self.peek() {
            Some(LexemeKind::PrintEnd) => Ok(value),
            _ => Err(self.unexpected("`}}`")),
        });
        self.skip_tag();
        let value = read.ok()?;
        Some(TemplateNode::Print(value))
    }

    /// Reads the rest of a tag and goes behind its end.
    pub(super) fn header<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Option<T> {
        let read = read(self).and_then(|value| match self.peek() {
            Some(LexemeKind::TagEnd) => Ok(value),
            _ => Err(self.unexpected("`%}`")),
        });
        self.skip_tag();
        read.ok()
    }

    /// Reads the rest of a tag that gives a name, which may be missing if it cannot be read.
    pub(super) fn naming_header<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Option<T> {
        let read = self.header(read);
        if read.is_none() {
            self.gaps = self.gaps.max(TreeGaps::Names);
        }
        read
    }

    fn tag(&mut self, before: &[TemplateNode]) -> Option<TemplateNode> {
        let start = self.span();
        self.at += 1;
        let word = match self.peek() {
            Some(LexemeKind::Word(word)) => *word,
            Some(LexemeKind::Sign("<")) => return self.component_around(),
            _ => "",
        };
        let span = start.start..self.span().end;
        self.at += usize::from(!word.is_empty());
        match word {
            "set" | "set_global" => self.set(word == "set_global", span),
            "include" => self.header(Self::quoted).map(TemplateNode::Include),
            "extends" => {
                self.extends(before, span);
                None
            }
            "block" => self.block(span),
            "for" => Some(self.loops(span)),
            "if" => self.condition(span),
            "filter" => Some(self.filter_section(span)),
            "component" => {
                self.component_declaration(span);
                None
            }
            "break" | "continue" => self.jump(word, span),
            _ => {
                self.unknown_tag(word);
                None
            }
        }
    }

    fn unknown_tag(&mut self, word: &str) {
        let span = if word.is_empty() { self.span() } else { self.end() - word.len()..self.end() };
        match LATER.iter().find(|(later, _)| *later == word || self.is_sign("</") && *later == "</") {
            Some((later, statement)) => {
                self.fault(&format!("`{later}` stands without a `{statement}` that is open"), span);
            }
            None if word.is_empty() => _ = self.unexpected("a statement"),
            None => _ = self.fault(&format!("there is no statement `{word}`"), span),
        }
        self.skip_tag();
    }

    /// Reads the body of a statement and the rest of the tag that ends it, and reports if there is none.
    /// Returns what the tag says behind its first word.
    pub(super) fn closed<T>(
        &mut self,
        open: &OpenBody,
        ends: &'static [&'static str],
        rest: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Vec<TemplateNode> {
        self.open.push(open.clone());
        let (body, ended) = self.body(ends);
        self.open.pop();
        self.end_tag(open, ends[0], ended, rest);
        body
    }

    pub(super) fn end_tag<T>(
        &mut self,
        open: &OpenBody,
        end: &str,
        ended: Option<&str>,
        rest: impl FnOnce(&mut Self) -> Parsed<T>,
    ) {
        if ended.is_some() {
            self.at += 1;
            self.header(rest);
        } else if !self.is_lost {
            let noticed = self.peek().is_some().then(|| self.place(self.span()));
            let end = if end == "</" { "{% </…> %}".to_owned() } else { format!("{{% {end} %}}") };
            let opening = self.place(open.span.clone());
            self.report(errors::unclosed(open.kind.name(), &end, opening, noticed));
        }
    }
}
