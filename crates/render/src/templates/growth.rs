//! Texts that double with each round of a loop: `{% set_global all = all ~ all %}`. Tera bounds neither rounds nor texts.

use sitegen_parser::Diagnostic;

use super::Sources;
use crate::syntax::{BinaryOperator, ExprKind, ForNode, SetNode, TemplateNode, TreePart, TreeWalk};
use crate::templates::errors;

impl Sources {
    /// Reports a name that a template puts together from itself more than once in a loop.
    pub(super) fn growth(&self, name: &str) -> Option<Diagnostic> {
        let mut parts = self.get(name)?.1.tree.walk();
        let doubled = parts.find_map(|part| match part {
            TreePart::Node(TemplateNode::For(ForNode { body, .. })) => {
                TreeWalk::of_nodes(body).find_map(doubled)
            }
            _ => None,
        })?;
        let place = self.place(name, &(doubled.name.span.start..doubled.value.span.end));
        Some(errors::doubling(&doubled.name.value, place))
    }
}

/// Returns a statement that sets a name to a text in which the name stands twice.
fn doubled(part: TreePart<'_>) -> Option<&SetNode> {
    let TreePart::Node(TemplateNode::Set(set)) = part else { return None };
    let exprs = || {
        TreeWalk::of_expr(&set.value).filter_map(|part| match part {
            TreePart::Expr(expr) => Some(&expr.kind),
            TreePart::Node(_) => None,
        })
    };
    let joins = exprs().any(|kind| matches!(kind, ExprKind::Binary { operator: BinaryOperator::Join, .. }));
    let count = exprs().filter(|kind| matches!(kind, ExprKind::Variable(name) if *name == set.name.value));
    (joins && count.count() > 1).then_some(set)
}
