//! The work that parts of templates are, in steps, as far as it is known before a page is rendered.
//!
//! A part that is a lot of work pays for itself where it begins; a smaller one is paid for by that in which it stands.
//! So few parts have to count.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Sources;
use crate::syntax::{ComponentDeclaration, Expr, ExprKind, TemplateNode, TreePart, TreeWalk};

/// The most steps of a part that another one pays for.
const LIGHT: u64 = 100;

/// The bytes of a text that are a step.
const TEXT_BYTES: usize = 256;

/// The steps of a call of a function or a filter.
const CALL: u64 = 5;

/// A part of templates that others call by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum TemplateUnit<'s> {
    Component(&'s str),
    /// A template, by its whole name.
    Template(&'s str),
}

/// The weights of components and templates.
pub(super) struct TemplateWeights<'s> {
    sources: &'s Sources,
    components: BTreeMap<&'s str, (&'s str, &'s ComponentDeclaration)>,
    /// The steps of components and templates; none while they are reckoned.
    known: HashMap<TemplateUnit<'s>, Option<u64>>,
    /// The ones that come to themselves again.
    circular: HashSet<TemplateUnit<'s>>,
}

impl<'s> TemplateWeights<'s> {
    pub(super) fn of(sources: &'s Sources) -> Self {
        let (components, known, circular) = (sources.components(), HashMap::new(), HashSet::new());
        let mut weights = Self { sources, components, known, circular };
        for unit in weights.units() {
            weights.call(unit);
        }
        weights
    }

    /// Lists all components and templates.
    pub(super) fn units(&self) -> Vec<TemplateUnit<'s>> {
        let components = self.components.keys().map(|name| TemplateUnit::Component(name));
        let templates = self.sources.templates.keys().map(|name| TemplateUnit::Template(name));
        let mut units: Vec<_> = components.chain(templates).collect();
        units.sort_unstable();
        units
    }

    /// Returns the nodes of a component or a template; there are none of what does not exist.
    pub(super) fn nodes_of(&self, unit: TemplateUnit<'s>) -> &'s [TemplateNode] {
        match unit {
            TemplateUnit::Component(name) => self.components.get(name).map_or(&[], |(_, of)| &of.body),
            TemplateUnit::Template(name) => {
                self.sources.templates.get(name).map_or(&[], |template| &template.tree.body)
            }
        }
    }

    /// Returns the steps that a component or a template pays for where it begins; none if its callers pay.
    pub(super) fn pays(&mut self, unit: TemplateUnit<'s>) -> Option<u64> {
        self.call(unit);
        let steps = self.known.get(&unit).copied().flatten()?;
        (self.circular.contains(&unit) || steps > LIGHT).then_some(steps)
    }

    /// Returns the steps that a part of a template pays for where it begins; none if the one around it pays.
    pub(super) fn branch_pays(&mut self, nodes: &'s [TemplateNode]) -> Option<u64> {
        Some(self.nodes(nodes)).filter(|steps| *steps > LIGHT)
    }

    /// Returns the steps for which a caller pays.
    fn call(&mut self, unit: TemplateUnit<'s>) -> u64 {
        match self.known.get(&unit) {
            Some(Some(_)) => {}
            Some(None) => _ = self.circular.insert(unit),
            None => {
                self.known.insert(unit, None);
                let steps = self.nodes(self.nodes_of(unit));
                self.known.insert(unit, Some(steps));
            }
        }
        let steps = self.known.get(&unit).copied().flatten().unwrap_or(1);
        if steps > LIGHT || self.circular.contains(&unit) { 1 } else { steps }
    }

    /// Returns the steps of nodes, without those of parts that pay for themselves.
    pub(super) fn nodes(&mut self, nodes: &'s [TemplateNode]) -> u64 {
        nodes.iter().fold(0, |steps, node| steps.saturating_add(self.node(node)))
    }

    fn node(&mut self, node: &'s TemplateNode) -> u64 {
        match node {
            TemplateNode::Text(span) => 1 + (span.len() / TEXT_BYTES) as u64,
            TemplateNode::Print(value) => 1 + self.expr(value),
            TemplateNode::Set(set) => self.expr(&set.value),
            TemplateNode::Capture(capture) => CALL + self.nodes(&capture.body),
            TemplateNode::Filter(filter) => CALL + self.nodes(&filter.body),
            TemplateNode::Include(name) => {
                let whole = self.sources.whole_name(&name.value);
                1 + whole.map_or(0, |name| self.call(TemplateUnit::Template(name)))
            }
            TemplateNode::Block(block) => self.branch(&block.body),
            TemplateNode::If(of) => {
                let otherwise = match of.otherwise.as_slice() {
                    [TemplateNode::If(next)] if next.is_elif => self.nodes(&of.otherwise),
                    otherwise => self.branch(otherwise),
                };
                self.expr(&of.condition) + self.branch(&of.body).max(otherwise)
            }
            // A loop pays for its rounds when it begins.
            TemplateNode::For(each) => CALL + self.expr(&each.over) + self.branch(&each.otherwise),
            TemplateNode::Break(_) | TemplateNode::Continue(_) => 1,
        }
    }

    fn branch(&mut self, nodes: &'s [TemplateNode]) -> u64 {
        let steps = self.nodes(nodes);
        if steps > LIGHT { 1 } else { steps }
    }

    /// Returns the steps of an expression.
    pub(super) fn expr(&mut self, expr: &'s Expr) -> u64 {
        if let ExprKind::Component(used) = &expr.kind {
            let arguments: u64 = used.arguments.iter().map(|argument| self.expr(argument.value())).sum();
            let body = self.nodes(used.body.as_deref().unwrap_or_default());
            return CALL + arguments + body + self.call(TemplateUnit::Component(&used.name.value));
        }
        let steps = TreeWalk::of_expr(expr).map(|part| match part {
            TreePart::Expr(Expr { kind: ExprKind::Component(used), .. }) => {
                CALL + self.call(TemplateUnit::Component(&used.name.value))
            }
            TreePart::Expr(Expr { kind: ExprKind::Function(_) | ExprKind::Filter { .. }, .. }) => CALL,
            TreePart::Expr(_) | TreePart::Node(_) => 1,
        });
        steps.sum()
    }
}
