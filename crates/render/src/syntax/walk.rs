//! A walk over the nodes and expressions of a tree, in the order of its text.

use super::{
    ComponentDeclaration, Expr, ExprKind, Invocation, ListElement, MapElement, TemplateNode, TemplateTree,
};

/// A node or an expression of a tree.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TreePart<'t> {
    Node(&'t TemplateNode),
    Expr(&'t Expr),
}

/// Parts of a tree, each before those within it.
#[derive(Debug, Default)]
pub(crate) struct TreeWalk<'t> {
    /// The parts that are still to be visited, the next one last.
    left: Vec<TreePart<'t>>,
}

impl TemplateTree {
    /// Walks over the body, and then over the components that are declared.
    pub(crate) fn walk(&self) -> impl Iterator<Item = TreePart<'_>> {
        TreeWalk::of_nodes(&self.body).chain(self.components.iter().flat_map(TreeWalk::of_component))
    }
}

impl TemplateTree {
    /// Lists all expressions.
    pub(crate) fn exprs(&self) -> impl Iterator<Item = &Expr> {
        self.walk().filter_map(|part| match part {
            TreePart::Expr(expr) => Some(expr),
            TreePart::Node(_) => None,
        })
    }
}

impl Expr {
    /// Lists the expressions within this one.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Expr> {
        TreeWalk::of_expr(self).skip(1).filter_map(|part| match part {
            TreePart::Expr(expr) => Some(expr),
            TreePart::Node(_) => None,
        })
    }
}

impl<'t> TreeWalk<'t> {
    /// Walks over nodes and all that stands within them.
    pub(crate) fn of_nodes(nodes: &'t [TemplateNode]) -> Self {
        let mut walk = Self::default();
        walk.nodes(nodes);
        walk.left.reverse();
        walk
    }

    /// Walks over the declaration of a component: its defaults, its metadata and its body.
    pub(crate) fn of_component(declaration: &'t ComponentDeclaration) -> Self {
        let mut walk = Self::default();
        walk.exprs(declaration.parameters.iter().filter_map(|parameter| parameter.default.as_ref()));
        walk.exprs(&declaration.metadata);
        walk.nodes(&declaration.body);
        walk.left.reverse();
        walk
    }

    /// Walks over an expression and all that stands within it.
    pub(crate) fn of_expr(expr: &'t Expr) -> Self {
        Self { left: vec![TreePart::Expr(expr)] }
    }

    fn nodes(&mut self, nodes: &'t [TemplateNode]) {
        self.left.extend(nodes.iter().map(TreePart::Node));
    }

    fn exprs(&mut self, exprs: impl IntoIterator<Item = &'t Expr>) {
        self.left.extend(exprs.into_iter().map(TreePart::Expr));
    }

    fn invocations(&mut self, calls: &'t [Invocation]) {
        self.exprs(calls.iter().flat_map(|call| &call.arguments).map(|argument| &argument.value));
    }

    fn map_elements(&mut self, elements: &'t [MapElement]) {
        self.exprs(elements.iter().map(MapElement::value));
    }

    /// Adds the parts of a node, the first one first.
    fn within_node(&mut self, node: &'t TemplateNode) {
        match node {
            TemplateNode::Text(_)
            | TemplateNode::Include(_)
            | TemplateNode::Break(_)
            | TemplateNode::Continue(_) => {}
            TemplateNode::Print(value) => self.exprs([value]),
            TemplateNode::Set(set) => self.exprs([&set.value]),
            TemplateNode::Capture(capture) => {
                self.invocations(&capture.filters);
                self.nodes(&capture.body);
            }
            TemplateNode::Filter(filter) => {
                self.invocations(&filter.filters);
                self.nodes(&filter.body);
            }
            TemplateNode::Block(block) => self.nodes(&block.body),
            TemplateNode::If(branch) => {
                self.exprs([&branch.condition]);
                self.nodes(&branch.body);
                self.nodes(&branch.otherwise);
            }
            TemplateNode::For(each) => {
                self.exprs([&each.over]);
                self.nodes(&each.body);
                self.nodes(&each.otherwise);
            }
        }
    }

    /// Adds the parts of an expression, the first one first.
    fn within_expr(&mut self, expr: &'t Expr) {
        match &expr.kind {
            ExprKind::Missing | ExprKind::Literal(_) | ExprKind::Variable(_) | ExprKind::Loop(_) => {}
            ExprKind::List(elements) => self.exprs(elements.iter().map(ListElement::value)),
            ExprKind::Map(elements) => self.map_elements(elements),
            ExprKind::Attribute { of, .. } | ExprKind::Unary { of, .. } => self.exprs([&**of]),
            ExprKind::Item { of, key, .. } => self.exprs([&**of, &**key]),
            ExprKind::Slice(slice) => {
                self.exprs([&slice.of]);
                self.exprs([&slice.start, &slice.end, &slice.step].into_iter().flatten());
            }
            ExprKind::Filter { of, call } | ExprKind::Test { of, call } => {
                self.exprs([&**of]);
                self.invocations(std::slice::from_ref(call));
            }
            ExprKind::Function(call) => self.invocations(std::slice::from_ref(call)),
            ExprKind::Component(call) => {
                self.map_elements(&call.arguments);
                self.nodes(call.body.as_deref().unwrap_or_default());
            }
            ExprKind::Ternary { condition, yes, no } => self.exprs([&**yes, &**condition, &**no]),
            ExprKind::Comprehension(list) => {
                self.exprs([&list.of, &list.over]);
                self.exprs(&list.condition);
            }
            ExprKind::Binary { left, right, .. } => self.exprs([&**left, &**right]),
        }
    }
}

impl<'t> Iterator for TreeWalk<'t> {
    type Item = TreePart<'t>;

    fn next(&mut self) -> Option<TreePart<'t>> {
        let part = self.left.pop()?;
        let before = self.left.len();
        match part {
            TreePart::Node(node) => self.within_node(node),
            TreePart::Expr(expr) => self.within_expr(expr),
        }
        self.left[before..].reverse();
        Some(part)
    }
}
