//! The counts that are put into templates, so that none goes on for ever: Tera bounds neither steps nor texts.
//!
//! A loop pays for all its rounds when it begins, and what goes through a whole list or text pays for its length. Texts
//! that are kept are weighed, because the bound of a page bounds only those that go to the page itself. The names of
//! these filters are in no signature, so no author can use them.

use sitegen_parser::Span;

use super::kept::KeptTexts;
use super::lower::{LoweredText, TextInsertion};
use super::weight::{TemplateUnit, TemplateWeights};
use super::{Sources, TemplateSource};
use crate::syntax::{
    BinaryOperator, Expr, ExprKind, Invocation, ListElement, MapElement, TemplateNode, TreePart, TreeWalk,
};
use crate::types::{CallKind, Signature};

/// The filter that pays for the length of a value, and returns the value.
pub(crate) const WALK: &str = "__walk";

/// The filter that pays for the length of a value, and returns an empty text.
pub(crate) const WEIGH: &str = "__weigh";

/// The filter that pays as many steps as its number says, and returns an empty text.
pub(crate) const SPEND: &str = "__spend";

/// The filter that pays for a loop over a value, whose rounds are `1 << power` steps each, and returns the value.
pub(crate) fn each(power: u32) -> String {
    format!("__each{power}")
}

/// The steps of an item that is put into a list.
const KEPT_ITEM: u64 = 2;

/// The greatest power of `each`.
pub(crate) const MAX_POWER: u32 = 20;

/// The templates of a site, as counts are put into them.
pub(super) struct TemplateMeter<'s> {
    sources: &'s Sources,
    weights: TemplateWeights<'s>,
    kept: KeptTexts<'s>,
}

impl<'s> TemplateMeter<'s> {
    pub(super) fn of(sources: &'s Sources) -> Self {
        let weights = TemplateWeights::of(sources);
        let kept = KeptTexts::of(sources, &weights);
        Self { sources, weights, kept }
    }

    /// Returns the text of a template with counts.
    pub(super) fn lower(&mut self, name: &'s str, template: &'s TemplateSource) -> LoweredText {
        let unit = TemplateUnit::Template(name);
        let tree = &template.tree;
        let is_kept = self.kept.has(unit);
        let pays = if tree.parent.is_none() { self.weights.pays(unit) } else { None };
        let mut lowering = Lowering { meter: self, template, insertions: Vec::new(), closing: Vec::new() };
        lowering.unit(&tree.body, pays, is_kept);
        for component in &tree.components {
            let unit = TemplateUnit::Component(&component.name.value);
            let (pays, is_kept) = (lowering.meter.weights.pays(unit), lowering.meter.kept.has(unit));
            lowering.unit(&component.body, pays, is_kept);
        }
        let Lowering { mut insertions, closing, .. } = lowering;
        // An expression within another one is closed before it.
        insertions.extend(closing.into_iter().rev());
        LoweredText::of(&template.text, insertions)
    }
}

/// The counts of one template.
struct Lowering<'m, 's> {
    meter: &'m mut TemplateMeter<'s>,
    template: &'s TemplateSource,
    insertions: Vec<TextInsertion>,
    /// The ends of what is put around expressions.
    closing: Vec<TextInsertion>,
}

impl<'s> Lowering<'_, 's> {
    /// Has a component or a template count.
    fn unit(&mut self, nodes: &'s [TemplateNode], pays: Option<u64>, is_kept: bool) {
        self.spend(nodes, pays);
        self.nodes(nodes, is_kept);
    }

    /// Has a branch count.
    fn branch(&mut self, nodes: &'s [TemplateNode], is_kept: bool) {
        let pays = self.meter.weights.branch_pays(nodes);
        self.unit(nodes, pays, is_kept);
    }

    /// Has nodes pay before the first of them.
    fn spend(&mut self, nodes: &'s [TemplateNode], steps: Option<u64>) {
        if let (Some(steps), Some(first)) = (steps, nodes.first()) {
            self.print_before(first, &format!("{steps}|{SPEND}"), None);
        }
    }

    /// Puts a tag before a node that prints an expression, for a part of the node or for the whole.
    fn print_before(&mut self, node: &TemplateNode, printed: &str, part: Option<&Span>) {
        let Some(whole) = self.begin(node) else { return };
        // A tag that removes the space before it does so still if that space is before the new one.
        let removes = ["{{-", "{%-"].iter().any(|start| self.template.text[whole.start..].starts_with(start));
        let text = if removes { format!("{{{{- {printed}}}}}") } else { format!("{{{{{printed}}}}}") };
        let of = part.unwrap_or(&whole).clone();
        self.insertions.push(TextInsertion { offset: whole.start, text, of });
    }

    /// Returns the bytes of the text or of the tag with which a node begins.
    fn begin(&self, node: &TemplateNode) -> Option<Span> {
        let within = match node {
            TemplateNode::Text(span) => return Some(span.clone()),
            TemplateNode::Print(value) => value.span.start,
            TemplateNode::Set(set) => set.name.span.start,
            TemplateNode::Capture(capture) => capture.name.span.start,
            TemplateNode::Filter(filter) => filter.filters.first()?.name.span.start,
            TemplateNode::Include(name) => name.span.start,
            TemplateNode::Block(block) => block.name.span.start,
            TemplateNode::If(of) => of.condition.span.start,
            TemplateNode::For(each) => each.item.value.span.start,
            TemplateNode::Break(span) | TemplateNode::Continue(span) => span.start,
        };
        self.template.tag_around(within)
    }

    fn nodes(&mut self, nodes: &'s [TemplateNode], is_kept: bool) {
        for node in nodes {
            self.node(node, is_kept);
        }
    }

    fn node(&mut self, node: &'s TemplateNode, is_kept: bool) {
        match node {
            TemplateNode::Print(Expr { kind: ExprKind::Component(used), .. }) => {
                for argument in &used.arguments {
                    match argument {
                        MapElement::Entry { value, .. } => self.expr(value),
                        MapElement::Spread(value) => {
                            self.around(value, WALK);
                            self.expr(value);
                        }
                    }
                }
                self.nodes(used.body.as_deref().unwrap_or_default(), true);
            }
            TemplateNode::Print(value) => {
                if is_kept {
                    self.weigh(node, value);
                }
                self.expr(value);
            }
            TemplateNode::Set(set) => self.expr(&set.value),
            TemplateNode::Capture(capture) => self.capture(&capture.filters, &capture.body),
            TemplateNode::Filter(filter) => self.capture(&filter.filters, &filter.body),
            TemplateNode::Block(block) => {
                let is_kept = is_kept || self.meter.kept.has_block(&block.name.value);
                self.branch(&block.body, is_kept);
            }
            TemplateNode::If(of) => {
                self.expr(&of.condition);
                self.branch(&of.body, is_kept);
                match of.otherwise.as_slice() {
                    [TemplateNode::If(next)] if next.is_elif => self.nodes(&of.otherwise, is_kept),
                    otherwise => self.branch(otherwise, is_kept),
                }
            }
            TemplateNode::For(each) => {
                let round = self.meter.weights.nodes(&each.body);
                self.rounds(&each.over, round);
                self.expr(&each.over);
                self.nodes(&each.body, is_kept);
                self.branch(&each.otherwise, is_kept);
            }
            TemplateNode::Text(_)
            | TemplateNode::Include(_)
            | TemplateNode::Break(_)
            | TemplateNode::Continue(_) => {}
        }
    }

    fn capture(&mut self, filters: &'s [Invocation], body: &'s [TemplateNode]) {
        for argument in filters.iter().flat_map(|filter| &filter.arguments) {
            self.expr(&argument.value);
        }
        self.nodes(body, true);
    }

    /// Weighs a value that is printed. A path is weighed before it is printed, so that Tera says as ever if it leads
    /// nowhere.
    fn weigh(&mut self, node: &'s TemplateNode, value: &'s Expr) {
        match &value.kind {
            ExprKind::Literal(_) | ExprKind::Loop(_) => {}
            ExprKind::Variable(_) | ExprKind::Attribute { .. } => {
                let path = &self.template.text[value.span.clone()];
                self.print_before(node, &format!("({path})|{WEIGH}"), Some(&value.span));
            }
            _ => self.around(value, WALK),
        }
    }

    /// Has a loop over a value pay for its rounds.
    fn rounds(&mut self, over: &'s Expr, round: u64) {
        let power = round.max(1).next_power_of_two().trailing_zeros().min(MAX_POWER);
        self.around(over, &each(power));
    }

    /// Applies a filter to an expression, whatever stands around it.
    fn around(&mut self, expr: &'s Expr, filter: &str) {
        let Span { start, end } = expr.span;
        let put = |offset, text| TextInsertion { offset, text, of: expr.span.clone() };
        self.insertions.push(put(start, "((".to_owned()));
        self.closing.push(put(end, format!(")|{filter})")));
    }

    /// Has the parts of an expression count.
    fn expr(&mut self, expr: &'s Expr) {
        let mut joined = None;
        for part in TreeWalk::of_expr(expr) {
            let TreePart::Expr(part) = part else { continue };
            match &part.kind {
                ExprKind::Comprehension(list) => {
                    let condition = list.condition.as_ref().map_or(0, |of| self.meter.weights.expr(of));
                    let round = self.meter.weights.expr(&list.of) + condition + KEPT_ITEM;
                    self.rounds(&list.over, round);
                }
                ExprKind::Binary { operator: BinaryOperator::Join, left, .. } => {
                    // A row of texts is weighed as a whole.
                    if joined != Some(part.id) {
                        self.around(part, WALK);
                    }
                    joined = Some(left.id);
                }
                ExprKind::Binary { operator: BinaryOperator::In, right, .. } => self.walk(right),
                // Of two lists, the shorter one is gone through.
                ExprKind::Binary {
                    operator: BinaryOperator::Equal | BinaryOperator::NotEqual,
                    left,
                    right,
                } if !matches!(right.kind, ExprKind::Literal(_)) => {
                    self.walk(left);
                }
                ExprKind::Slice(slice) => self.walk(&slice.of),
                ExprKind::Filter { of, call } if self.walks(&call.name.value) => self.walk(of),
                ExprKind::List(elements) => {
                    for element in elements {
                        if let ListElement::Spread(value) = element {
                            self.walk(value);
                        }
                    }
                }
                ExprKind::Map(elements) => {
                    for element in elements {
                        if let MapElement::Spread(value) = element {
                            self.walk(value);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Has what goes through a whole value pay for it, unless the value is written out or pays itself.
    fn walk(&mut self, value: &'s Expr) {
        match &value.kind {
            ExprKind::Literal(_)
            | ExprKind::List(_)
            | ExprKind::Map(_)
            | ExprKind::Binary { operator: BinaryOperator::Join, .. } => {}
            _ => self.around(value, WALK),
        }
    }

    /// Returns true if the work of a filter grows with its input.
    fn walks(&self, filter: &str) -> bool {
        let signature = self.meter.sources.signatures.find(CallKind::Filter, filter);
        signature.is_some_and(Signature::walks)
    }
}
