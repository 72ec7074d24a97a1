//! Reads the statements of a template.

use std::sync::Arc;

use sitegen_parser::{Diagnostics, Span, Spanned};

use super::cursor::{BodyKind, OpenBody, Read, TreeReader};
use super::lexeme::{LexemeKind, lexemes};
use super::{
    BlockNode, CaptureNode, FilterNode, ForNode, IfNode, Invocation, Locate, LoopItem, Name, Node, SetNode,
    TemplateTree, errors,
};

/// The most statements within one another, as Tera bounds them.
const MAX_NESTING: usize = 40;

/// The most branches of one condition. Tera follows them by recursion and has no bound.
const MAX_BRANCHES: usize = 200;

/// The names that nothing can be set to.
const RESERVED: [&str; 16] = [
    "true", "True", "false", "False", "loop", "self", "and", "or", "not", "is", "in", "continue", "break",
    "none", "None", "null",
];

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
    let TreeReader { parent, components, expressions, found, .. } = reader;
    (TemplateTree { parent, body, components, expressions, tags }, found)
}

impl TreeReader<'_, '_> {
    /// Reads nodes up to a tag that begins with one of `ends`, or up to one that ends a statement around this
    /// one. Returns the word at which the cursor stands then, if it is one of `ends`.
    pub(super) fn body(&mut self, ends: &'static [&'static str]) -> (Vec<Node>, Option<&'static str>) {
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
                    (!span.is_empty()).then_some(Node::Text(span.clone()))
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
                _ => {
                    self.at += 1;
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
    fn check_reach(&mut self, node: &Node, span: Span) {
        if self.parent.is_none() || !self.open.is_empty() || self.is_ignoring {
            return;
        }
        let is_seen = match node {
            Node::Block(_) => true,
            Node::Text(span) => self.text(span.clone()).trim().is_empty(),
            _ => false,
        };
        if !is_seen {
            let span = if matches!(node, Node::Text(_)) { span } else { span.start..self.end() };
            self.is_ignoring = true;
            let message =
                "a template that extends another one shows nothing but its blocks, so this would be lost";
            self.fault(message, span);
        }
    }

    fn print(&mut self) -> Option<Node> {
        self.at += 1;
        let read = self.expression(0).and_then(|value| match self.peek() {
            Some(LexemeKind::PrintEnd) => Ok(value),
            _ => Err(self.unexpected("`}}`")),
        });
        self.skip_tag();
        let value = read.ok()?;
        Some(Node::Print(value))
    }

    /// Reads the rest of a tag and goes behind its end.
    pub(super) fn header<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Option<T> {
        let read = read(self).and_then(|value| match self.peek() {
            Some(LexemeKind::TagEnd) => Ok(value),
            _ => Err(self.unexpected("`%}`")),
        });
        self.skip_tag();
        read.ok()
    }

    fn tag(&mut self, before: &[Node]) -> Option<Node> {
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
            "include" => self.header(Self::quoted).map(Node::Include),
            "extends" => {
                self.extends(before, span);
                None
            }
            "block" => self.block(span),
            "for" => self.loops(span),
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
        rest: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Vec<Node> {
        self.open.push(open.clone());
        let (body, ended) = self.body(ends);
        self.open.pop();
        self.end_tag(open, ends[0], ended, rest);
        body
    }

    fn end_tag<T>(
        &mut self,
        open: &OpenBody,
        end: &str,
        ended: Option<&str>,
        rest: impl FnOnce(&mut Self) -> Read<T>,
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

    fn quoted(&mut self) -> Read<Name> {
        let span = self.span();
        match self.peek() {
            Some(LexemeKind::Text(text)) => {
                let name = Spanned { value: Arc::from(&**text), span };
                self.at += 1;
                Ok(name)
            }
            _ => Err(self.unexpected("the name of a template in quotation marks")),
        }
    }

    fn extends(&mut self, before: &[Node], span: Span) {
        let Some(name) = self.header(Self::quoted) else { return };
        let is_space =
            |node: &Node| matches!(node, Node::Text(span) if self.text(span.clone()).trim().is_empty());
        if self.parent.is_some() {
            self.fault("a template can extend one other only", span);
        } else if !before.iter().all(is_space) {
            self.fault("`extends` must be the first thing in a template", span);
        } else if let Some(open) = self.open.last().cloned() {
            let within = self.place(open.span);
            let place = self.place(span);
            self.report(errors::misplaced(
                "`extends` cannot stand in another statement",
                place,
                within,
                open.kind.name(),
            ));
        } else {
            self.parent = Some(name);
        }
    }

    fn set(&mut self, is_global: bool, span: Span) -> Option<Node> {
        let mut capture = None;
        let set = self.header(|reader| {
            let name = reader.expect_name("the name to set")?;
            reader.expect_free(&name)?;
            if reader.take_sign("=") {
                return Ok(SetNode { name, is_global, value: reader.expression(0)? });
            }
            let mut filters = Vec::new();
            while reader.take_sign("|") {
                filters.push(reader.invocation("the name of a filter")?);
            }
            if reader.peek() != Some(&LexemeKind::TagEnd) {
                return Err(reader.unexpected("`=` and a value, or `%}`"));
            }
            capture = Some(CaptureNode { name: name.clone(), is_global, filters, body: Vec::new() });
            Ok(SetNode { name, is_global, value: reader.missing() })
        });
        let Some(capture) = capture else { return set.map(Node::Set) };
        let open = OpenBody { kind: BodyKind::Capture("`set`"), span };
        let body = self.closed(&open, &["endset"], |_| Ok(()));
        Some(Node::Capture(CaptureNode { body, ..capture }))
    }

    /// Refuses names that mean something else.
    fn expect_free(&mut self, name: &Name) -> Read<()> {
        if RESERVED.contains(&&*name.value) {
            let message = format!("`{}` has a meaning of its own and cannot be set", name.value);
            return Err(self.fault(&message, name.span.clone()));
        }
        Ok(())
    }

    fn block(&mut self, span: Span) -> Option<Node> {
        let can_hold = |open: &&OpenBody| !matches!(open.kind, BodyKind::Loop | BodyKind::Component);
        if let Some(open) = self.open.iter().find(|open| !can_hold(open)).cloned() {
            let (place, within) = (self.place(span.clone()), self.place(open.span));
            let message = format!("a block cannot stand in a {}", open.kind.name());
            self.report(errors::misplaced(&message, place, within, open.kind.name()));
        }
        let name = self.header(|reader| reader.expect_name("the name of a block"));
        if let Some(name) = &name {
            self.check_block(name);
        }
        let open = OpenBody { kind: BodyKind::Block, span };
        let body = self.closed(&open, &["endblock"], |reader| match (reader.peek(), &name) {
            (Some(LexemeKind::Word(_)), Some(name)) => {
                let end = reader.expect_name("")?;
                reader.expect_same("block", name, &end)
            }
            (Some(LexemeKind::Word(_)), None) => reader.expect_name("").map(|_| ()),
            _ => Ok(()),
        });
        Some(Node::Block(BlockNode { name: name?, body }))
    }

    fn check_block(&mut self, name: &Name) {
        match self.blocks.iter().find(|known| known.value == name.value) {
            Some(first) => {
                let (place, first) = (self.place(name.span.clone()), self.place(first.span.clone()));
                self.report(errors::again("block", &name.value, place, first));
            }
            None => self.blocks.push(name.clone()),
        }
    }

    /// Refuses an end tag that names something else than its beginning.
    pub(super) fn expect_same(&mut self, what: &str, name: &Name, end: &Name) -> Read<()> {
        if name.value == end.value {
            return Ok(());
        }
        let message = format!("this ends the {what} `{}`, but `{}` is open", end.value, name.value);
        let (place, opening) = (self.place(end.span.clone()), self.place(name.span.clone()));
        Err(self.report(errors::misplaced(&message, place, opening, what)))
    }

    fn loops(&mut self, span: Span) -> Option<Node> {
        let open = OpenBody { kind: BodyKind::Loop, span };
        // Tera counts what is gone over as a part of the loop, so that `loop.x` is refused there, too.
        self.open.push(open.clone());
        let header = self.header(|reader| {
            let item = reader.loop_item()?;
            reader.expect_word("in")?;
            Ok((item, reader.expression(0)?))
        });
        let (body, mut ended) = self.body(&["endfor", "else"]);
        self.open.pop();
        let mut otherwise = Vec::new();
        if ended == Some("else") {
            self.at += 1;
            self.header(|_| Ok(()));
            (otherwise, ended) = self.body(&["endfor"]);
        }
        self.end_tag(&open, "endfor", ended, |_| Ok(()));
        let (item, over) = header?;
        Some(Node::For(ForNode { item, over, body, otherwise }))
    }

    /// Reads the names of a loop's items: `value`, or `key, value`.
    pub(super) fn loop_item(&mut self) -> Read<LoopItem> {
        let first = self.expect_name("the name of an item")?;
        self.expect_free(&first)?;
        if !self.take_sign(",") {
            return Ok(LoopItem { key: None, value: first });
        }
        let value = self.expect_name("the name of a value")?;
        self.expect_free(&value)?;
        Ok(LoopItem { key: Some(first), value })
    }

    fn condition(&mut self, span: Span) -> Option<Node> {
        let open = OpenBody { kind: BodyKind::Condition, span };
        self.open.push(open.clone());
        let mut branches = Vec::new();
        let mut otherwise = Vec::new();
        let ended = loop {
            let condition = self.header(|reader| reader.expression(0));
            let (body, ended) = self.body(&["endif", "else", "elif"]);
            branches.push((condition, body));
            match ended {
                Some("elif") => {
                    if branches.len() == MAX_BRANCHES {
                        let span = self.span();
                        self.fault(&format!("a condition can have {MAX_BRANCHES} branches at most"), span);
                    }
                    self.at += 1;
                }
                Some("else") => {
                    self.at += 1;
                    self.header(|_| Ok(()));
                    let (body, ended) = self.body(&["endif"]);
                    otherwise = body;
                    break ended;
                }
                ended => break ended,
            }
        };
        self.open.pop();
        self.end_tag(&open, "endif", ended, |_| Ok(()));
        // The tree must not be deeper than what walks over it can follow.
        branches.truncate(MAX_BRANCHES);
        for (condition, body) in branches.into_iter().rev() {
            let condition = condition.unwrap_or_else(|| self.missing());
            otherwise = vec![Node::If(IfNode { condition, body, otherwise })];
        }
        otherwise.pop()
    }

    fn filter_section(&mut self, span: Span) -> Node {
        let filters = self.header(|reader| {
            let mut filters: Vec<Invocation> = vec![reader.invocation("the name of a filter")?];
            while reader.take_sign("|") {
                filters.push(reader.invocation("the name of a filter")?);
            }
            Ok(filters)
        });
        let open = OpenBody { kind: BodyKind::Capture("`filter`"), span };
        let body = self.closed(&open, &["endfilter"], |_| Ok(()));
        Node::Filter(FilterNode { filters: filters.unwrap_or_default(), body })
    }

    fn jump(&mut self, word: &str, span: Span) -> Option<Node> {
        let around = self.open.iter().rev();
        let holder = around
            .map(|open| (open.kind, open.span.clone()))
            .find(|(kind, _)| matches!(kind, BodyKind::Loop | BodyKind::Capture(_)));
        match holder {
            Some((BodyKind::Loop, _)) => {}
            Some((kind, within)) => {
                let (place, within) = (self.place(span.clone()), self.place(within));
                let message = format!("`{word}` cannot leave a {}", kind.name());
                self.report(errors::misplaced(&message, place, within, kind.name()));
            }
            None => {
                self.fault(&format!("`{word}` stands in no loop"), span.clone());
            }
        }
        self.header(|_| Ok(()))?;
        Some(if word == "break" { Node::Break(span) } else { Node::Continue(span) })
    }
}
