//! The parts of templates that may write to texts that are kept, as `{% set %}…{% endset %}` keeps one, and so not to
//! the page itself.

use std::collections::{HashMap, HashSet};

use super::Sources;
use super::weight::{TemplateUnit, TemplateWeights};
use crate::syntax::{Expr, ExprKind, TemplateNode, TreePart, TreeWalk};

#[derive(Debug, Default)]
pub(super) struct KeptTexts<'s> {
    units: HashSet<TemplateUnit<'s>>,
    /// The names of blocks that others take by `super()`.
    blocks: HashSet<&'s str>,
}

/// The calls in a part of templates, each with true if what it writes is kept there.
#[derive(Default)]
struct KeptCalls<'s> {
    calls: Vec<(TemplateUnit<'s>, bool)>,
    blocks: Vec<&'s str>,
}

impl<'s> KeptTexts<'s> {
    pub(super) fn of(sources: &'s Sources, weights: &TemplateWeights<'s>) -> Self {
        let mut calls: HashMap<TemplateUnit<'s>, Vec<TemplateUnit<'s>>> = HashMap::new();
        let (mut kept, mut left) = (Self::default(), Vec::new());
        for unit in weights.units() {
            let mut found = KeptCalls::default();
            if let Some(parent) = sources.parent_of(unit) {
                found.calls.push((TemplateUnit::Template(parent), false));
            }
            found.in_nodes(sources, weights.nodes_of(unit), false);
            kept.blocks.extend(found.blocks);
            left.extend(found.calls.iter().filter(|(_, is_kept)| *is_kept).map(|(called, _)| *called));
            calls.insert(unit, found.calls.into_iter().map(|(called, _)| called).collect());
        }
        while let Some(unit) = left.pop() {
            if kept.units.insert(unit) {
                left.extend(calls.get(&unit).into_iter().flatten());
            }
        }
        kept
    }

    pub(super) fn has(&self, unit: TemplateUnit<'s>) -> bool {
        self.units.contains(&unit)
    }

    pub(super) fn has_block(&self, name: &str) -> bool {
        self.blocks.contains(name)
    }
}

impl<'s> KeptCalls<'s> {
    fn in_nodes(&mut self, sources: &'s Sources, nodes: &'s [TemplateNode], is_kept: bool) {
        for node in nodes {
            match node {
                TemplateNode::Print(Expr { kind: ExprKind::Component(used), .. }) => {
                    self.calls.push((TemplateUnit::Component(&used.name.value), is_kept));
                    self.in_nodes(sources, used.body.as_deref().unwrap_or_default(), true);
                }
                TemplateNode::Print(value) => self.in_expr(value),
                TemplateNode::Set(set) => self.in_expr(&set.value),
                TemplateNode::Capture(capture) => self.in_nodes(sources, &capture.body, true),
                TemplateNode::Filter(filter) => self.in_nodes(sources, &filter.body, true),
                TemplateNode::Include(name) => {
                    let whole = sources.whole_name(&name.value);
                    self.calls.extend(whole.map(|name| (TemplateUnit::Template(name), is_kept)));
                }
                TemplateNode::Block(block) => {
                    let takes_other = TreeWalk::of_nodes(&block.body).any(is_super);
                    self.blocks.extend(takes_other.then_some(&*block.name.value));
                    self.in_nodes(sources, &block.body, is_kept);
                }
                TemplateNode::If(of) => {
                    self.in_nodes(sources, &of.body, is_kept);
                    self.in_nodes(sources, &of.otherwise, is_kept);
                }
                TemplateNode::For(each) => {
                    self.in_nodes(sources, &each.body, is_kept);
                    self.in_nodes(sources, &each.otherwise, is_kept);
                }
                TemplateNode::Text(_) | TemplateNode::Break(_) | TemplateNode::Continue(_) => {}
            }
        }
    }

    /// Adds the components whose texts are values of an expression.
    fn in_expr(&mut self, expr: &'s Expr) {
        let called = TreeWalk::of_expr(expr).filter_map(|part| match part {
            TreePart::Expr(Expr { kind: ExprKind::Component(used), .. }) => {
                Some((TemplateUnit::Component(&used.name.value), true))
            }
            _ => None,
        });
        self.calls.extend(called);
    }
}

/// Returns true of `super()`.
fn is_super(part: TreePart) -> bool {
    matches!(part, TreePart::Expr(Expr { kind: ExprKind::Function(call), .. }) if &*call.name.value == "super")
}

impl Sources {
    /// Returns the whole name of the template that another one extends.
    fn parent_of<'s>(&'s self, unit: TemplateUnit<'s>) -> Option<&'s str> {
        let TemplateUnit::Template(name) = unit else { return None };
        self.whole_name(&self.templates.get(name)?.tree.parent.as_ref()?.value)
    }
}
