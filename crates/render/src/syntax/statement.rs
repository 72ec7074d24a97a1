//! Reads each statement of a template: its tag, its body and its end.

use std::sync::Arc;

use sitegen_parser::{Span, Spanned};

use super::cursor::{BodyKind, OpenBody, Parsed, TreeReader};
use super::lexeme::LexemeKind;
use super::{
    BlockNode, CaptureNode, FilterNode, ForNode, IfNode, Invocation, LoopItem, Name, SetNode, TemplateNode,
    errors,
};

/// The most branches of one condition. Tera follows them by recursion and has no bound.
const MAX_BRANCHES: usize = 200;

/// The names that nothing can be set to.
const RESERVED: [&str; 16] = [
    "true", "True", "false", "False", "loop", "self", "and", "or", "not", "is", "in", "continue", "break",
    "none", "None", "null",
];

impl TreeReader<'_, '_> {
    pub(super) fn quoted(&mut self) -> Parsed<Name> {
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

    pub(super) fn extends(&mut self, before: &[TemplateNode], span: Span) {
        let Some(name) = self.naming_header(Self::quoted) else { return };
        let is_space = |node: &TemplateNode| matches!(node, TemplateNode::Text(span) if self.text(span.clone()).trim().is_empty());
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

    pub(super) fn set(&mut self, is_global: bool, span: Span) -> Option<TemplateNode> {
        let mut capture = None;
        let set = self.naming_header(|reader| {
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
        let Some(capture) = capture else { return set.map(TemplateNode::Set) };
        let open = OpenBody { kind: BodyKind::Capture("`set`"), span };
        let body = self.closed(&open, &["endset"], |_| Ok(()));
        Some(TemplateNode::Capture(CaptureNode { body, ..capture }))
    }

    /// Refuses names that mean something else.
    fn expect_free(&mut self, name: &Name) -> Parsed<()> {
        if RESERVED.contains(&&*name.value) {
            let message = format!("`{}` has a meaning of its own and cannot be set", name.value);
            return Err(self.fault(&message, name.span.clone()));
        }
        Ok(())
    }

    pub(super) fn block(&mut self, span: Span) -> Option<TemplateNode> {
        let can_hold = |open: &&OpenBody| !matches!(open.kind, BodyKind::Loop | BodyKind::Component);
        if let Some(open) = self.open.iter().find(|open| !can_hold(open)).cloned() {
            let (place, within) = (self.place(span.clone()), self.place(open.span));
            let message = format!("a block cannot stand in a {}", open.kind.name());
            self.report(errors::misplaced(&message, place, within, open.kind.name()));
        }
        let name = self.naming_header(|reader| reader.expect_name("the name of a block"));
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
        Some(TemplateNode::Block(BlockNode { name: name?, body }))
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
    pub(super) fn expect_same(&mut self, what: &str, name: &Name, end: &Name) -> Parsed<()> {
        if name.value == end.value {
            return Ok(());
        }
        let message = format!("this ends the {what} `{}`, but `{}` is open", end.value, name.value);
        let (place, opening) = (self.place(end.span.clone()), self.place(name.span.clone()));
        Err(self.report(errors::misplaced(&message, place, opening, what)))
    }

    pub(super) fn loops(&mut self, span: Span) -> TemplateNode {
        let open = OpenBody { kind: BodyKind::Loop, span };
        // Tera counts what is gone over as a part of the loop, so that `loop.x` is refused there, too.
        self.open.push(open.clone());
        let header = self.naming_header(|reader| {
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
        match header {
            Some((item, over)) => TemplateNode::For(ForNode { item, over, body, otherwise }),
            // The statements in the loop are still there to be checked.
            None => {
                let condition = self.missing();
                TemplateNode::If(IfNode { is_elif: false, condition, body, otherwise })
            }
        }
    }

    /// Reads the names of a loop's items: `value`, or `key, value`.
    pub(super) fn loop_item(&mut self) -> Parsed<LoopItem> {
        let first = self.expect_name("the name of an item")?;
        self.expect_free(&first)?;
        if !self.take_sign(",") {
            return Ok(LoopItem { key: None, value: first });
        }
        let value = self.expect_name("the name of a value")?;
        self.expect_free(&value)?;
        Ok(LoopItem { key: Some(first), value })
    }

    pub(super) fn condition(&mut self, span: Span) -> Option<TemplateNode> {
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
        for (number, (condition, body)) in branches.into_iter().enumerate().rev() {
            let condition = condition.unwrap_or_else(|| self.missing());
            otherwise = vec![TemplateNode::If(IfNode { is_elif: number > 0, condition, body, otherwise })];
        }
        otherwise.pop()
    }

    pub(super) fn filter_section(&mut self, span: Span) -> TemplateNode {
        let filters = self.header(|reader| {
            let mut filters: Vec<Invocation> = vec![reader.invocation("the name of a filter")?];
            while reader.take_sign("|") {
                filters.push(reader.invocation("the name of a filter")?);
            }
            Ok(filters)
        });
        let open = OpenBody { kind: BodyKind::Capture("`filter`"), span };
        let body = self.closed(&open, &["endfilter"], |_| Ok(()));
        TemplateNode::Filter(FilterNode { filters: filters.unwrap_or_default(), body })
    }

    pub(super) fn jump(&mut self, word: &str, span: Span) -> Option<TemplateNode> {
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
        Some(if word == "break" { TemplateNode::Break(span) } else { TemplateNode::Continue(span) })
    }
}
