//! The statements of templates.

use std::collections::HashMap;

use super::expression::ValueRole;
use super::scope::{NameScope, ScopeNames};
use super::{CheckPosition, JudgedUse, TemplateChecker, errors};
use crate::syntax::{
    BlockNode, CaptureNode, Expr, ExprKind, ForNode, IfNode, Invocation, Name, TemplateNode, TreePart,
    TreeWalk,
};
use crate::types::{KindSet, Type};

/// The way on behind a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    On,
    /// A round of a loop ends here.
    Ends,
}

/// The most components within one another that are gone through.
pub(super) const MAX_DEPTH: usize = 40;

/// The most nodes that are gone through for a page or a component: far more than any sensible one has. Includes and
/// `super()` can multiply without a circle.
pub(super) const MAX_NODES: usize = 200_000;

/// The most rounds of a loop until what it sets for all has a type that no further round changes. What still changes
/// then is unknown.
const MAX_ROUNDS: usize = 5;

impl<'a> TemplateChecker<'a> {
    pub(super) fn body(
        &mut self,
        at: CheckPosition<'a>,
        scope: &mut NameScope,
        nodes: &'a [TemplateNode],
    ) -> Flow {
        for node in nodes {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            if self.node(at, scope, node) == Flow::Ends {
                return Flow::Ends;
            }
        }
        Flow::On
    }

    fn node(&mut self, at: CheckPosition<'a>, scope: &mut NameScope, node: &'a TemplateNode) -> Flow {
        match node {
            TemplateNode::Text(_) => {}
            TemplateNode::Print(value) => {
                let known = match &value.kind {
                    ExprKind::Component(call) => self.component(at, scope, call),
                    _ => self.used(at, scope, value),
                };
                self.printed(at, &known, value);
            }
            TemplateNode::Set(set) => {
                let known = self.expr(at, scope, &set.value, ValueRole::Asked);
                if set.is_global {
                    scope.set_global(&set.name.value, known);
                } else {
                    scope.set(&set.name.value, known);
                }
            }
            TemplateNode::Capture(capture) => self.capture(at, scope, capture),
            TemplateNode::Filter(section) => {
                self.body(at, scope, &section.body);
                self.filters(at, scope, &section.filters);
            }
            TemplateNode::Include(name) => self.include(at, scope, name),
            TemplateNode::Block(block) => self.block(at, scope, block),
            TemplateNode::If(condition) => return self.condition(at, scope, condition),
            TemplateNode::For(node) => self.loops(at, scope, node),
            TemplateNode::Break(_) | TemplateNode::Continue(_) => return Flow::Ends,
        }
        Flow::On
    }

    fn capture(&mut self, at: CheckPosition<'a>, scope: &mut NameScope, capture: &'a CaptureNode) {
        self.body(at, scope, &capture.body);
        let known = self.filters(at, scope, &capture.filters);
        let name = &capture.name.value;
        if capture.is_global { scope.set_global(name, known) } else { scope.set(name, known) }
    }

    /// Applies filters to captured text, one after the other.
    fn filters(&mut self, at: CheckPosition<'a>, scope: &NameScope, filters: &'a [Invocation]) -> Type {
        filters.iter().fold(Type::Html, |known, call| self.filtered_text(at, scope, &known, call))
    }

    /// Reports a name that no template has.
    pub(super) fn no_template(&mut self, template: &str, name: &Name) {
        let names = self.sources.names().collect::<Vec<_>>();
        let place = self.sources.source(template).part(&name.span);
        self.report(errors::unknown_template(&name.value, &names, place));
    }

    fn include(&mut self, at: CheckPosition<'a>, scope: &NameScope, name: &'a Name) {
        let Some(template) = self.template(&name.value) else {
            return self.no_template(at.template, name);
        };
        self.reached.insert(template);
        // A circle of includes is reported where templates are compiled.
        if self.including.contains(&template) {
            return;
        }
        self.including.push(template);
        if let Some(tree) = self.trees.get(template).copied() {
            // The blocks of an included template show themselves.
            let mut scope = scope.included().open_if(tree.has_gaps());
            self.body(self.alone(template), &mut scope, &tree.body);
        }
        self.including.pop();
    }

    fn block(&mut self, at: CheckPosition<'a>, scope: &mut NameScope, block: &'a BlockNode) {
        let name = &*block.name.value;
        if self.replacing(at, scope, name, 0).is_none() {
            self.body(at, scope, &block.body);
        }
    }

    /// Goes through the block that `super()` shows, that of the parent.
    pub(super) fn super_block(&mut self, at: CheckPosition<'a>, scope: &NameScope) -> Option<()> {
        let (name, level) = at.block?;
        self.replacing(at, &mut scope.clone(), name, level + 1)
    }

    /// Goes through the block of a name and a level: 0 is that of the page's own template.
    fn replacing(
        &mut self,
        at: CheckPosition<'a>,
        scope: &mut NameScope,
        name: &'a str,
        level: usize,
    ) -> Option<()> {
        let (template, block) = self.pages[at.page].get(name)?.get(level).copied()?;
        // A block within one of its own name would show itself without end. It is reported where the syntax is read.
        if self.showing.contains(&(name, level)) {
            return Some(());
        }
        self.showing.push((name, level));
        let inner = CheckPosition { page: at.page, block: Some((name, level)), ..self.alone(template) };
        self.body(inner, scope, &block.body);
        self.showing.pop();
        Some(())
    }

    fn condition(&mut self, at: CheckPosition<'a>, scope: &mut NameScope, node: &'a IfNode) -> Flow {
        self.expr(at, scope, &node.condition, ValueRole::Asked);
        let guards = self.guards;
        self.guards += usize::from(asks_site(&node.condition));
        // A branch that these pages never take is gone through for those that do.
        let outcomes = self.outcomes(scope, &node.condition);
        let (mut if_so, mut if_not) = (scope.clone(), scope.clone());
        self.narrow(&mut if_so, &node.condition, true);
        self.narrow(&mut if_not, &node.condition, false);
        let so = if outcomes.holds { self.body(at, &mut if_so, &node.body) } else { Flow::Ends };
        let not = if outcomes.fails { self.body(at, &mut if_not, &node.otherwise) } else { Flow::Ends };
        self.guards = guards;
        match (so, not) {
            (Flow::On, Flow::On) => scope.join(if_so, &if_not),
            (Flow::On, Flow::Ends) => *scope = if_so,
            (Flow::Ends, Flow::On) => *scope = if_not,
            (Flow::Ends, Flow::Ends) => return Flow::Ends,
        }
        Flow::On
    }

    fn loops(&mut self, at: CheckPosition<'a>, scope: &mut NameScope, node: &'a ForNode) {
        let over = self.used(at, scope, &node.over);
        let names = self.items(at, &over, &node.item, &node.over.span);
        // Loops within one that is gone through twice are not gone through four times.
        if !self.is_silent && sets_global(&node.body) {
            self.later_rounds(at, scope, &names, node);
        }
        let before = scope.clone();
        let mut after = scope.clone();
        self.round(at, &mut after, names, node);
        let mut otherwise = before.clone();
        self.body(at, &mut otherwise, &node.otherwise);
        scope.join(after, &otherwise);
    }

    /// Adds to a scope what later rounds of a loop see: what earlier ones have set for all.
    fn later_rounds(
        &mut self,
        at: CheckPosition<'a>,
        scope: &mut NameScope,
        names: &ScopeNames,
        node: &'a ForNode,
    ) {
        let was_silent = std::mem::replace(&mut self.is_silent, true);
        for round in 0..MAX_ROUNDS {
            let mut later = scope.clone();
            self.round(at, &mut later, names.clone(), node);
            let before = scope.clone();
            scope.join(before.clone(), &later);
            if scope.has_set_as(&before) {
                break;
            }
            if round + 1 == MAX_ROUNDS {
                scope.forget_changes(&before);
            }
        }
        self.is_silent = was_silent;
    }

    fn round(&mut self, at: CheckPosition<'a>, scope: &mut NameScope, names: ScopeNames, node: &'a ForNode) {
        scope.enter_loop(names);
        self.body(at, scope, &node.body);
        scope.leave_loop();
    }

    /// Reports what nobody means to print: lists, maps and records.
    fn printed(&mut self, at: CheckPosition<'a>, known: &Type, value: &'a Expr) {
        let is_unprintable = |of: &Type| KindSet::LIST.and(KindSet::MAP).has(of.kinds());
        let is_wrong = *known != Type::Never && known.members().iter().all(is_unprintable);
        let problem = is_wrong.then(|| errors::unprintable(&self.say(known), known, at.place(&value.span)));
        self.judge(at, &value.span, JudgedUse::Shown, problem);
    }
}

/// Returns true if a condition asks for a setting, or for rows, pages or files.
fn asks_site(condition: &Expr) -> bool {
    TreeWalk::of_expr(condition).any(|part| match part {
        TreePart::Expr(expr) => match &expr.kind {
            ExprKind::Variable(name) => &**name == "site",
            kind => matches!(kind, ExprKind::Function(_)),
        },
        TreePart::Node(_) => false,
    })
}

fn sets_global(nodes: &[TemplateNode]) -> bool {
    TreeWalk::of_nodes(nodes).any(|part| match part {
        TreePart::Node(TemplateNode::Set(set)) => set.is_global,
        TreePart::Node(TemplateNode::Capture(capture)) => capture.is_global,
        _ => false,
    })
}

/// The blocks of a template that extends nothing: none are replaced.
pub(super) type Blocks<'a> = HashMap<&'a str, Vec<(&'a str, &'a BlockNode)>>;
