//! The rules of `template` fields. The author of a field can be a stranger, so a field may use only what is
//! known to end, to stay small and to be escaped; anything else is refused.

use sitegen_parser::Span;

use crate::syntax::{
    BinaryOperator, Comprehension, Expr, ExprKind, ForNode, Invocation, Literal, LoopItem, Name, SetNode,
    TagKind, TemplateNode, TemplateTree, TreePart, TreeWalk, UnaryOperator,
};
use crate::types::{CallKind, Signatures};

/// Something that a field may not use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused<'t> {
    Statement(&'t str),
    Filter(&'t str),
    Function(&'t str),
    /// A component around a part of the field, because that part would be HTML as it is written.
    Component(&'t str),
    /// A loop in another, over more than what the page has, or for more than its items.
    Loop,
    /// A name that is set from another that is set.
    Growth(&'t str),
    /// A part of a text or a list, asked for by its place.
    Part,
    /// A name of the page's that a filter or `in` would go over once for each item of a loop.
    Outside(&'t str),
    /// A name that is reserved.
    Name(&'t str),
}

/// Something that a field may not use, and its bytes.
type Refusal<'t> = (Refused<'t>, Span);

/// Finds the first thing that a field may not use.
pub(crate) fn refused<'t>(tree: &'t TemplateTree, signatures: &Signatures) -> Option<Refusal<'t>> {
    let set = tree.walk().filter_map(|part| match part {
        TreePart::Node(TemplateNode::Set(set)) => Some(&*set.name.value),
        _ => None,
    });
    let mut judge = Judge { tree, signatures, set: set.collect(), in_loop: false, items: Vec::new() };
    judge.declared().or_else(|| judge.nodes(&tree.body))
}

/// The names that are known at a node.
struct Judge<'s, 't> {
    tree: &'t TemplateTree,
    signatures: &'s Signatures,
    /// The names that the field sets anywhere.
    set: Vec<&'t str>,
    in_loop: bool,
    /// The name of a loop's item, and names that are set from nothing else.
    items: Vec<&'t str>,
}

impl<'t> Judge<'_, 't> {
    /// Finds what a tree holds outside of its body.
    fn declared(&self) -> Option<Refusal<'t>> {
        let parent = self.tree.parent.iter().map(|name| self.statement("extends", &name.span));
        let components = self.tree.components.iter();
        let components = components.map(|component| self.statement("component", &component.name.span));
        let raw = self.tree.tags.iter().filter(|tag| tag.kind == TagKind::Raw);
        let raw = raw.map(|tag| (Refused::Statement("raw"), tag.span.clone()));
        parent.chain(components).chain(raw).next()
    }

    fn statement(&self, word: &'t str, at: &Span) -> Refusal<'t> {
        (Refused::Statement(word), self.tag(at))
    }

    /// Returns the bytes of the tag around something.
    fn tag(&self, at: &Span) -> Span {
        let tag = self.tree.tags.iter().find(|tag| tag.span.contains(&at.start));
        tag.map_or_else(|| at.clone(), |tag| tag.span.clone())
    }

    fn nodes(&mut self, nodes: &'t [TemplateNode]) -> Option<Refusal<'t>> {
        nodes.iter().find_map(|node| self.node(node))
    }

    /// Judges a node. Conditions end, and so does a loop over data of the page; loops within loops need not
    /// end within a lifetime.
    fn node(&mut self, node: &'t TemplateNode) -> Option<Refusal<'t>> {
        match node {
            TemplateNode::Text(_) => None,
            TemplateNode::Print(Expr { kind: ExprKind::Component(call), .. }) if call.body.is_some() => {
                Some((Refused::Component(&call.name.value), self.tag(&call.name.span)))
            }
            TemplateNode::Print(value) => self.expr(value),
            TemplateNode::Set(set) => self.set(set),
            TemplateNode::If(branch) => self
                .expr(&branch.condition)
                .or_else(|| self.nodes(&branch.body))
                .or_else(|| self.nodes(&branch.otherwise)),
            TemplateNode::For(each) => self.each(each),
            TemplateNode::Capture(capture) => {
                let word = if capture.is_global { "set_global" } else { "set" };
                Some(self.statement(word, &capture.name.span))
            }
            TemplateNode::Filter(filter) => {
                let first = filter.filters.first().map_or(0..0, |first| first.name.span.clone());
                Some(self.statement("filter", &first))
            }
            TemplateNode::Include(name) => Some(self.statement("include", &name.span)),
            TemplateNode::Block(block) => Some(self.statement("block", &block.name.span)),
            TemplateNode::Break(span) => Some(self.statement("break", span)),
            TemplateNode::Continue(span) => Some(self.statement("continue", span)),
        }
    }

    fn set(&mut self, set: &'t SetNode) -> Option<Refusal<'t>> {
        if set.is_global {
            return Some(self.statement("set_global", &set.name.span));
        }
        // A text that doubles twenty times is a million times as long.
        let grown = variables(&set.value).find(|(name, _)| self.set.contains(name));
        let grown = grown.map(|(name, span)| (Refused::Growth(name), span.clone()));
        if let Some(refused) = reserved(&set.name).or(grown) {
            return Some(refused);
        }
        if self.in_loop && variables(&set.value).all(|(name, _)| self.items.contains(&name)) {
            self.items.push(&set.name.value);
        }
        self.expr(&set.value)
    }

    fn each(&mut self, each: &'t ForNode) -> Option<Refusal<'t>> {
        let Some(over) = over(&each.over).filter(|_| !self.in_loop) else {
            return Some((Refused::Loop, self.tag(&each.item.value.span)));
        };
        self.in_loop = true;
        self.items = names(&each.item).map(|name| &*name.value).collect();
        let refused = names(&each.item)
            .find_map(reserved)
            .or_else(|| over.into_iter().find_map(|over| refused_within(over, self.signatures)))
            .or_else(|| self.nodes(&each.body))
            .or_else(|| self.nodes(&each.otherwise));
        self.in_loop = false;
        refused
    }

    fn expr(&self, expr: &'t Expr) -> Option<Refusal<'t>> {
        let lists = exprs(expr).filter(|expr| matches!(expr.kind, ExprKind::Comprehension(_)));
        let excess = lists.skip(usize::from(!self.in_loop)).map(|list| (Refused::Loop, list.span.clone()));
        excess.last().or_else(|| refused_within(expr, self.signatures)).or_else(|| self.outside(expr))
    }

    /// Finds a name of the page in work that is done once for each item, if a filter or `in` there takes
    /// longer for a larger value.
    fn outside(&self, expr: &'t Expr) -> Option<Refusal<'t>> {
        if self.in_loop {
            return outside(expr, &self.items);
        }
        exprs(expr).find_map(|expr| match &expr.kind {
            ExprKind::Comprehension(list) => {
                let items: Vec<_> = names(&list.item).map(|name| &*name.value).collect();
                outside(list.condition.as_ref()?, &items)
            }
            _ => None,
        })
    }
}

/// Finds a name that is not of an item where a filter or `in` would go over its value.
fn outside<'t>(expr: &'t Expr, items: &[&str]) -> Option<Refusal<'t>> {
    let is_long = |expr: &&Expr| {
        matches!(expr.kind, ExprKind::Filter { .. } | ExprKind::Binary { operator: BinaryOperator::In, .. })
    };
    let mut used = exprs(expr).filter(is_long).flat_map(variables);
    let outside = used.find(|(name, _)| *name != "loop" && !items.contains(name));
    outside.map(|(name, span)| (Refused::Outside(name), span.clone()))
}

/// Lists an expression and those within it.
fn exprs(expr: &Expr) -> impl Iterator<Item = &Expr> {
    TreeWalk::of_expr(expr).filter_map(|part| match part {
        TreePart::Expr(expr) => Some(expr),
        TreePart::Node(_) => None,
    })
}

/// Lists the variables in an expression: neither attributes, filters, functions, tests nor arguments.
fn variables(expr: &Expr) -> impl Iterator<Item = (&str, &Span)> {
    exprs(expr).filter_map(|expr| match &expr.kind {
        ExprKind::Variable(name) => Some((&**name, &expr.span)),
        _ => None,
    })
}

/// Lists the names of a loop's item.
fn names(item: &LoopItem) -> impl Iterator<Item = &Name> {
    item.key.iter().chain([&item.value])
}

fn reserved(name: &Name) -> Option<Refusal<'_>> {
    name.value.starts_with("__").then(|| (Refused::Name(&name.value), name.span.clone()))
}

/// Returns what a field's author writes of what a loop goes over: a list of the page, a list that is written
/// out, or the arguments of a look-up of rows; none if it is anything else.
fn over(expr: &Expr) -> Option<Vec<&Expr>> {
    let over: Vec<_> = match &expr.kind {
        ExprKind::Function(Invocation { name, arguments }) if &*name.value == "rows" => {
            arguments.iter().map(|argument| &argument.value).collect()
        }
        _ => vec![expr],
    };
    over.iter().copied().flat_map(exprs).all(is_plain).then_some(over)
}

/// Returns true if nothing is computed by an expression itself.
fn is_plain(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Literal(_)
            | ExprKind::Variable(_)
            | ExprKind::Attribute { .. }
            | ExprKind::Item { .. }
            | ExprKind::List(_)
            | ExprKind::Unary { operator: UnaryOperator::Minus, .. }
    )
}

/// Finds what no field may use in an expression, in a loop or not.
fn refused_within<'t>(expr: &'t Expr, signatures: &Signatures) -> Option<Refusal<'t>> {
    let is_allowed = |kind, call: &Invocation| {
        signatures.find(kind, &call.name.value).is_some_and(|known| known.is_for_fields)
    };
    // An item of which an attribute is asked is no piece that was cut out of HTML, because a text has none.
    let stepped: Vec<_> = exprs(expr)
        .filter_map(|expr| match &expr.kind {
            ExprKind::Attribute { of, .. } => Some(of.id),
            _ => None,
        })
        .collect();
    exprs(expr).find_map(|expr| {
        let (refused, span) = match &expr.kind {
            ExprKind::Variable(name) if name.starts_with("__") => (Refused::Name(name), &expr.span),
            ExprKind::Attribute { name, .. } => return reserved(name),
            ExprKind::Item { key, .. } if !is_entry(key, stepped.contains(&expr.id)) => {
                (Refused::Part, &expr.span)
            }
            ExprKind::Slice(_) => (Refused::Part, &expr.span),
            ExprKind::Filter { call, .. } if !is_allowed(CallKind::Filter, call) => {
                (Refused::Filter(&call.name.value), &call.name.span)
            }
            ExprKind::Function(call) if !is_allowed(CallKind::Function, call) => {
                (Refused::Function(&call.name.value), &call.name.span)
            }
            ExprKind::Comprehension(list) if !picks_items(list) => (Refused::Loop, &expr.span),
            ExprKind::Comprehension(list) => return names(&list.item).find_map(reserved),
            _ => return None,
        };
        Some((refused, span.clone()))
    })
}

/// Returns true if brackets ask for the entry of a name, or for an item of which an attribute is asked.
fn is_entry(key: &Expr, is_stepped: bool) -> bool {
    match key.kind {
        ExprKind::Literal(Literal::Text(_)) => true,
        ExprKind::Literal(Literal::Int(_)) => is_stepped,
        _ => false,
    }
}

/// Returns true if a comprehension picks items of a list of the page: `[round for round in rounds if …]`.
fn picks_items(Comprehension { of, item, over, condition: _ }: &Comprehension) -> bool {
    item.key.is_none() && root(of) == Some(&*item.value.value) && root(over).is_some()
}

/// Returns the variable whose attribute a path asks for.
fn root(path: &Expr) -> Option<&str> {
    match &path.kind {
        ExprKind::Variable(name) => Some(name),
        ExprKind::Attribute { of, is_optional: false, .. } => root(of),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use sitegen_parser::Place;

    use super::*;
    use crate::syntax;
    use crate::types::{Gives, Signature, Wants};

    const fn filter(name: &'static str) -> Signature {
        Signature::filter(name, Wants::ANY, &[], Gives::Unknown).for_fields()
    }

    const FILTERS: [Signature; 5] =
        [filter("upper"), filter("length"), filter("join"), filter("sort"), filter("split")];
    const FUNCTIONS: [Signature; 2] = [
        Signature::function("link", &[], Gives::Unknown).for_fields(),
        Signature::function("t", &[], Gives::Unknown).for_fields(),
    ];

    fn refused(tree: &TemplateTree) -> Option<(Refused<'_>, Span)> {
        let mut signatures = Signatures::default();
        for signature in FILTERS.iter().chain(&FUNCTIONS) {
            signatures.add(signature);
        }
        super::refused(tree, &signatures)
    }

    fn read(text: &str) -> TemplateTree {
        let path = Arc::from("");
        let (tree, found) = syntax::parse(text, &|span| Place::new(&path, &span));
        assert!(found.is_empty(), "{text}: {found:?}");
        tree
    }

    #[test]
    fn what_ends_soon_and_is_escaped_is_allowed() {
        for text in [
            "{{ company.name | upper }}, {{ (a.b | length) + 1 }} for all",
            "{% if a < b and c <d or not (e > 1) %}x{% elif a is divisible_by(divisor=2) %}y{% else %}z{% endif %}",
            "{% if x is not starting_with(pat='for') %}{{ xs[0].name }} {{ x['key'] }} {{ x?.y }}{% endif %}",
            "{{ link(to='/a/') }} {{ t(key=\"rounds\", count=6) }} {# {% for %} #} {{ 'a | safe' }}",
            "{% for x in company.loop -%}{{ loop.index }}{{ x.name }}{% endfor %}{% for k, v in y %}{% endfor %}",
            "{% for x in rows(from='practice', company=company, role=a.b) %}{{ x.title }}{% endfor %}",
            "{% for x in ['a', 2] %}{{ x }}{% else %}{% endfor %} {{ {'a': 1} }} {{ [1, 2] | join(sep=', ') }}",
            "{% set design = [round for round in rounds if round.kind == 'design'] %}{{ design | length }}",
            "{{ [x.name for x in company.loop] | join(sep=', ') }} {{<period pay={pay} />}} {{ a if b else c }}",
            "{% for x in xs %}{{ x.tags | sort | join(sep=', ') }}{% if x.slug == company.slug or loop.index > 1 %}{% endif %}{% endfor %}",
            "{% for k, v in xs %}{% set y = v.z %}{% if 'a' in y and k is string %}{{ t(key='a', count=n) }}{% endif %}{% endfor %}{{ ys | sort }}",
            "{% set slug = a.slug %}{% set x = b.slug %}{{ t(key='a', slug=x) }}",
            "{% for x in xs %}{{ x.tags | sort | join(sep=', ') ~ company.name }}{% endfor %}",
            "{{ [x for x in xs if x.kind in ['a'] and x.size == 1] }}{{ [x for x in xs if x.size == y] }}",
        ] {
            assert_eq!(refused(&read(text)), None, "{text}");
        }
    }

    #[test]
    fn whatever_else_is_refused() {
        for (text, expected) in [
            ("{{ x | safe }}", Refused::Filter("safe")),
            ("{{ x|upper|\nsafe }}", Refused::Filter("safe")),
            ("{{ \"\\\"\" ~ x | safe ~ '\"' }}", Refused::Filter("safe")),
            ("{{<a b={x | safe} />}}", Refused::Filter("safe")),
            ("{{ x | evaluate }}", Refused::Filter("evaluate")),
            ("{% set x = y %}{% set z = x ~ x %}", Refused::Growth("x")),
            ("{% set x = x ~ x %}", Refused::Growth("x")),
            ("{% set x %}<b>{% endset %}", Refused::Statement("set")),
            ("{% set_global x = 1 %}", Refused::Statement("set_global")),
            ("{% set x = y | safe %}", Refused::Filter("safe")),
            ("{% filter safe %}x{% endfilter %}", Refused::Statement("filter")),
            ("{% raw %}{% endraw %}", Refused::Statement("raw")),
            ("{% include 'a.html' %}", Refused::Statement("include")),
            ("{% for x in y %}{%- for z in y -%}{% endfor %}{% endfor %}", Refused::Loop),
            ("{% for x in y | split(pat='') %}{% endfor %}", Refused::Loop),
            ("{% for x in y ~ y %}{% endfor %}", Refused::Loop),
            ("{% for x in range(end=9) %}{% endfor %}", Refused::Loop),
            ("{% for x in y[1:] %}{% endfor %}", Refused::Loop),
            ("{% for x in rows(from=a | split(pat='')) %}{% endfor %}", Refused::Loop),
            ("{% for x in rows(from='a') ~ y %}{% endfor %}", Refused::Loop),
            ("{{ rows(from='a') }}", Refused::Function("rows")),
            ("{% for x in y %}{% break %}{% endfor %}", Refused::Statement("break")),
            ("{% for x in y %}{{ [z for z in y] }}{% endfor %}", Refused::Loop),
            ("{{ [y for x in y] }}", Refused::Loop),
            ("{{ [x ~ x for x in y] }}", Refused::Loop),
            ("{{ [x for x in y | split(pat='')] }}", Refused::Loop),
            ("{{ [x for x in [z for z in y]] }}", Refused::Loop),
            ("{{ [[1]for x in y] }}", Refused::Loop),
            ("{{ range(end=9) }}", Refused::Function("range")),
            ("{{ not range (end=9) }}", Refused::Function("range")),
            ("{% <note> %}x{% </note> %}", Refused::Component("note")),
            ("{{ body[0] }}", Refused::Part),
            ("{{ body[x] }}", Refused::Part),
            ("{{ body?[1:2] }}", Refused::Part),
            ("{{ (a ~ b)[1:] }}", Refused::Part),
            ("{{ xs[0][1] }}", Refused::Part),
            ("{{ __tera_context }}", Refused::Name("__tera_context")),
            ("{% set __field = none %}", Refused::Name("__field")),
            ("{% for __field in xs %}{% endfor %}", Refused::Name("__field")),
            ("{% for x in xs %}{{ xs | sort | length }}{% endfor %}", Refused::Outside("xs")),
            ("{% for x in xs %}{% if x in a.b %}{% endif %}{% endfor %}", Refused::Outside("a")),
            ("{% for x in xs %}{% set y = xs %}{{ y | sort }}{% endfor %}", Refused::Outside("y")),
            ("{% for x in xs %}{{ t(key='a', name=text | upper) }}{% endfor %}", Refused::Outside("text")),
            ("{{ [x for x in xs if xs | sort | length] }}", Refused::Outside("xs")),
        ] {
            assert_eq!(refused(&read(text)).map(|(refused, _)| refused), Some(expected), "{text}");
        }
    }
}
