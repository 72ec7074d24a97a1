//! The name at an offset of a template, with the part of the tree that says what it is the name of.

use sitegen_parser::Span;

use crate::syntax::{
    ComponentUse, Expr, ExprKind, Invocation, Literal, LoopItem, MapElement, MapKey, Name, TemplateNode,
    TemplateTree, TreePart,
};
use crate::types::CallKind;

/// A name in a template.
#[derive(Debug)]
pub(super) enum Subject<'t> {
    Variable(&'t Expr, &'t str),
    /// A name that the template itself gives to a value, which is known if it is set.
    Local(&'t Name, Option<&'t Expr>),
    Field(&'t Expr, &'t Name),
    Callable(CallKind, &'t Invocation),
    Argument(CallKind, &'t Invocation, &'t Name),
    /// The text that is given to an argument of a call.
    Text(TextArgument<'t>),
    Component(&'t Name),
    Parameter(&'t ComponentUse, &'t str),
    Template(&'t Name),
    Block(&'t Name),
}

/// The text that is given to an argument.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextArgument<'t> {
    /// The input of a filter or a test.
    pub of: Option<&'t Expr>,
    pub argument: &'t str,
    pub text: &'t str,
    pub kind: TextKind,
}

/// The kinds of names that texts can be.
#[derive(Debug, Clone, Copy)]
pub(super) enum TextKind {
    Relation,
    Family,
    Word,
    Field,
}

impl TextKind {
    /// Returns the kind that an argument of a call takes; none if its texts are no names.
    fn of(call: &str, argument: &str) -> Option<Self> {
        match (call, argument) {
            ("rows" | "row" | "referenced_by" | "sources", "from") => Some(Self::Relation),
            ("pages" | "count_pages", "family") => Some(Self::Family),
            ("t", "key") => Some(Self::Word),
            ("get", "key") | ("sort" | "group_by", "attribute") => Some(Self::Field),
            _ => None,
        }
    }
}

impl<'t> Subject<'t> {
    pub(super) fn name(&self) -> &'t str {
        match self {
            Self::Variable(_, name) | Self::Parameter(_, name) => name,
            Self::Text(TextArgument { text, .. }) => text,
            Self::Callable(_, call) => &call.name.value,
            Self::Local(name, _)
            | Self::Field(_, name)
            | Self::Argument(_, _, name)
            | Self::Component(name)
            | Self::Template(name)
            | Self::Block(name) => &name.value,
        }
    }
}

/// Returns the shortest name that an offset is in or directly behind.
pub(super) fn subject_at(tree: &TemplateTree, offset: usize) -> Option<(Span, Subject<'_>)> {
    let mut found = SubjectSearch { offset, nearest: None };
    if let Some(parent) = &tree.parent {
        found.name(parent, Subject::Template);
    }
    for declared in &tree.components {
        found.name(&declared.name, Subject::Component);
        declared.parameters.iter().for_each(|parameter| found.local(&parameter.name, None));
        declared.rest.iter().for_each(|rest| found.local(rest, None));
    }
    for part in tree.walk() {
        match part {
            TreePart::Node(node) => found.node(node),
            TreePart::Expr(expr) => found.expr(expr),
        }
    }
    found.nearest
}

/// A search for the name at an offset.
struct SubjectSearch<'t> {
    offset: usize,
    nearest: Option<(Span, Subject<'t>)>,
}

impl<'t> SubjectSearch<'t> {
    fn see(&mut self, span: &Span, subject: Subject<'t>) {
        let is_here = span.start <= self.offset && self.offset <= span.end;
        let is_shorter = self.nearest.as_ref().is_none_or(|(known, _)| span.len() < known.len());
        if is_here && is_shorter {
            self.nearest = Some((span.clone(), subject));
        }
    }

    fn name(&mut self, name: &'t Name, subject: impl FnOnce(&'t Name) -> Subject<'t>) {
        self.see(&name.span, subject(name));
    }

    fn local(&mut self, name: &'t Name, value: Option<&'t Expr>) {
        self.see(&name.span, Subject::Local(name, value));
    }

    fn item(&mut self, item: &'t LoopItem) {
        item.key.iter().chain([&item.value]).for_each(|name| self.local(name, None));
    }

    fn node(&mut self, node: &'t TemplateNode) {
        match node {
            TemplateNode::Set(set) => self.local(&set.name, Some(&set.value)),
            TemplateNode::Capture(capture) => {
                self.local(&capture.name, None);
                capture.filters.iter().for_each(|call| self.call(CallKind::Filter, None, call));
            }
            TemplateNode::Filter(section) => {
                section.filters.iter().for_each(|call| self.call(CallKind::Filter, None, call));
            }
            TemplateNode::Include(name) => self.name(name, Subject::Template),
            TemplateNode::Block(block) => self.name(&block.name, Subject::Block),
            TemplateNode::For(each) => self.item(&each.item),
            TemplateNode::Text(_)
            | TemplateNode::Print(_)
            | TemplateNode::If(_)
            | TemplateNode::Break(_)
            | TemplateNode::Continue(_) => {}
        }
    }

    fn expr(&mut self, expr: &'t Expr) {
        match &expr.kind {
            ExprKind::Variable(name) => self.see(&expr.span, Subject::Variable(expr, name)),
            ExprKind::Attribute { of, name, .. } => self.see(&name.span, Subject::Field(of, name)),
            ExprKind::Filter { of, call } => self.call(CallKind::Filter, Some(of), call),
            ExprKind::Test { of, call } => self.call(CallKind::Test, Some(of), call),
            ExprKind::Function(call) => self.call(CallKind::Function, None, call),
            ExprKind::Comprehension(list) => self.item(&list.item),
            ExprKind::Component(call) => {
                self.name(&call.name, Subject::Component);
                for argument in &call.arguments {
                    if let MapElement::Entry { key, .. } = argument
                        && let MapKey::Text(name) = &key.value
                    {
                        self.see(&key.span, Subject::Parameter(call, name));
                    }
                }
            }
            _ => {}
        }
    }

    fn call(&mut self, kind: CallKind, of: Option<&'t Expr>, call: &'t Invocation) {
        self.see(&call.name.span, Subject::Callable(kind, call));
        for argument in &call.arguments {
            self.see(&argument.name.span, Subject::Argument(kind, call, &argument.name));
            let name = &*argument.name.value;
            if let ExprKind::Literal(Literal::Text(text)) = &argument.value.kind
                && let Some(kind) = TextKind::of(&call.name.value, name)
            {
                let given = TextArgument { of, argument: name, text, kind };
                self.see(&argument.value.span, Subject::Text(given));
            }
        }
    }
}
