//! Values that double with each round of a loop: `{% set_global all = all ~ all %}`, or `[all, all]`, of which the
//! length tells nothing.

use std::collections::BTreeMap;
use std::iter;

use sitegen_parser::Diagnostics;

use super::Sources;
use crate::syntax::{
    BinaryOperator, Expr, ExprKind, ForNode, ListElement, MapElement, SetNode, TemplateNode, TreePart,
    TreeWalk,
};
use crate::templates::errors;

impl Sources {
    /// Reports the names that a template puts together from themselves more than once in a loop.
    pub(super) fn growth(&self, name: &str) -> Diagnostics {
        let loops = self.templates[name].tree.walk().filter_map(|part| match part {
            TreePart::Node(TemplateNode::For(ForNode { body, .. })) => Some(TreeWalk::of_nodes(body)),
            _ => None,
        });
        let found: BTreeMap<_, _> =
            loops.flatten().filter_map(doubled).map(|set| (set.name.span.start, set)).collect();
        let report = |set: &SetNode| {
            let place = self.place(name, &(set.name.span.start..set.value.span.end));
            errors::doubling(&set.name.value, place)
        };
        found.into_values().map(report).collect()
    }
}

/// Returns a statement that sets a name to a text, a list or a map of which two parts are the name itself.
fn doubled(part: TreePart<'_>) -> Option<&SetNode> {
    let TreePart::Node(TemplateNode::Set(set)) = part else { return None };
    let is_itself = |part: &&Expr| matches!(&part.kind, ExprKind::Variable(name) if *name == set.name.value);
    let mut wholes = iter::once(&set.value).chain(set.value.parts());
    wholes
        .any(|whole| parts_of(whole).iter().copied().filter(|part| is_itself(part)).count() > 1)
        .then_some(set)
}

/// Lists the parts of which an expression puts a text, a list or a map together.
fn parts_of(whole: &Expr) -> Vec<&Expr> {
    match &whole.kind {
        ExprKind::Binary { operator: BinaryOperator::Join, left, right } => {
            let mut parts = parts_of(left);
            parts.extend([&**left, &**right]);
            parts
        }
        ExprKind::List(elements) => elements.iter().map(ListElement::value).collect(),
        ExprKind::Map(elements) => elements.iter().map(MapElement::value).collect(),
        _ => Vec::new(),
    }
}
