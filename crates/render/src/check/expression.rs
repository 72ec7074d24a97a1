//! The types of expressions.

use std::sync::Arc;

use sitegen_parser::Span;

use super::operator::is_missing;
use super::scope::{NameScope, ScopeNames};
use super::{CheckPosition, JudgedUse, TemplateChecker, errors};
use crate::syntax::{
    Comprehension, Expr, ExprKind, ListElement, Literal, LoopField, LoopItem, MapElement, MapKey, Name,
    SliceExpr, UnaryOperator,
};
use crate::types::{KindSet, OtherKeys, RecordDepth, Type, Wants};

/// The part that an expression plays for the one around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueRole {
    /// Its value is used, so it must have one.
    Used,
    /// It may have no value: it is a condition, or set to a name.
    Asked,
    /// It is asked for expressly if it has a value: `is defined`, `default`.
    Doubted,
}

impl<'a> TemplateChecker<'a> {
    /// Returns the type of an expression, and reports what is wrong in it.
    pub(super) fn expr(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        expr: &'a Expr,
        role: ValueRole,
    ) -> Type {
        if self.watched == Some((at.template, expr.id)) {
            self.visible.extend(scope.visible());
        }
        let known = self.kind(at, scope, expr, role);
        let known = match scope.fact_of(expr) {
            Some(fact) => fact.clone(),
            None => known,
        };
        // Nothing goes on from a value that is missing where it is used.
        let known = if role == ValueRole::Used && known == Type::Undefined { Type::Never } else { known };
        self.types.add(at.number, expr.id, &known);
        known
    }

    pub(super) fn used(&mut self, at: CheckPosition<'a>, scope: &NameScope, expr: &'a Expr) -> Type {
        self.expr(at, scope, expr, ValueRole::Used)
    }

    fn kind(&mut self, at: CheckPosition<'a>, scope: &NameScope, expr: &'a Expr, role: ValueRole) -> Type {
        match &expr.kind {
            ExprKind::Missing => Type::Unknown,
            ExprKind::Literal(literal) => of_literal(literal),
            ExprKind::List(elements) => self.list(at, scope, elements),
            ExprKind::Map(elements) => self.map(at, scope, elements),
            ExprKind::Variable(name) => {
                let known = scope.get(name);
                if role != ValueRole::Doubted && !(scope.is_open() && known == Type::Unknown) {
                    let is_lost =
                        known == Type::Undefined && (role == ValueRole::Used || !self.names.contains(name));
                    let problem =
                        is_lost.then(|| errors::unknown_variable(name, scope.names(), at.place(&expr.span)));
                    self.judge(at, &expr.span, JudgedUse::Name, problem);
                }
                self.read_name(at, scope, name, &expr.span);
                known
            }
            ExprKind::Loop(LoopField::First | LoopField::Last) => Type::Bool,
            ExprKind::Loop(_) => Type::Int,
            ExprKind::Attribute { of, name, is_optional } => {
                let base = if *is_optional { ValueRole::Asked } else { ValueRole::Used };
                let known = self.expr(at, scope, of, base);
                self.field(at, &known, name, role)
            }
            ExprKind::Item { of, key, is_optional } => self.item(at, scope, of, key, *is_optional),
            ExprKind::Slice(slice) => self.slice(at, scope, slice),
            ExprKind::Filter { of, call } => self.filter(at, scope, of, call),
            ExprKind::Test { of, call } => self.test(at, scope, of, call),
            ExprKind::Function(call) => self.function(at, scope, call, &expr.span),
            ExprKind::Component(call) => self.component(at, &mut scope.clone(), call),
            ExprKind::Ternary { condition, yes, no } => {
                self.expr(at, scope, condition, ValueRole::Asked);
                let (mut if_so, mut if_not) = (scope.clone(), scope.clone());
                self.narrow(&mut if_so, condition, true);
                self.narrow(&mut if_not, condition, false);
                let outcomes = self.outcomes(scope, condition);
                let yes = if outcomes.holds { self.expr(at, &if_so, yes, role) } else { Type::Never };
                let no = if outcomes.fails { self.expr(at, &if_not, no, role) } else { Type::Never };
                yes.union(no)
            }
            ExprKind::Comprehension(comprehension) => self.comprehension(at, scope, comprehension),
            ExprKind::Unary { operator: UnaryOperator::Not, of } => {
                self.expr(at, scope, of, ValueRole::Asked);
                Type::Bool
            }
            ExprKind::Unary { operator: UnaryOperator::Minus, of } => self.minus(at, scope, of),
            ExprKind::Binary { operator, left, right } => {
                self.binary(at, scope, *operator, (left, right), role)
            }
        }
    }

    fn list(&mut self, at: CheckPosition<'a>, scope: &NameScope, elements: &'a [ListElement]) -> Type {
        let mut items = Vec::with_capacity(elements.len());
        for element in elements {
            items.push(match element {
                ListElement::One(value) => self.expr(at, scope, value, ValueRole::Asked),
                ListElement::Spread(value) => {
                    let list = self.used(at, scope, value);
                    self.expect(at, &list, KindSet::LIST, &value.span);
                    self.item_of(&list)
                }
            });
        }
        Type::list(items.into_iter().fold(Type::Never, Type::union))
    }

    fn map(&mut self, at: CheckPosition<'a>, scope: &NameScope, elements: &'a [MapElement]) -> Type {
        let mut fields = ScopeNames::new();
        let mut is_known = true;
        for element in elements {
            match element {
                MapElement::Entry { key, value } => {
                    let known = self.expr(at, scope, value, ValueRole::Asked);
                    match &key.value {
                        MapKey::Text(name) => _ = fields.insert(Arc::clone(name), known),
                        MapKey::Int(_) | MapKey::Bool(_) => is_known = false,
                    }
                }
                MapElement::Spread(value) => {
                    let map = self.used(at, scope, value);
                    self.expect(at, &map, KindSet::MAP, &value.span);
                    self.read_all(at, &map, &value.span);
                    match self.spread(&map) {
                        Some(known) => {
                            for (name, known) in known {
                                put(&mut fields, name, known);
                            }
                        }
                        None => is_known = false,
                    }
                }
            }
        }
        if is_known { Type::with_keys(fields, OtherKeys::Elsewhere) } else { Type::Map(Type::Unknown.into()) }
    }

    /// Returns the type of a field, and reports one that can never be there.
    fn field(&mut self, at: CheckPosition<'a>, of: &Type, name: &'a Name, role: ValueRole) -> Type {
        let known = self.site.field(of, &name.value);
        self.read_field(at, of, &name.value, &name.span);
        if role == ValueRole::Doubted || is_missing(of) || *of == Type::Never {
            return known;
        }
        let may_ask = role == ValueRole::Asked && of.members().iter().any(is_written);
        let problem = (known == Type::Undefined && !may_ask).then(|| {
            let fields = self.site.fields(of);
            let names: Vec<_> = fields.iter().map(|(name, _)| &**name).collect();
            let problem = errors::unknown_field(&self.say(of), &name.value, &names, at.place(&name.span));
            if self.is_hidden(of, &name.value) { errors::in_circle(problem) } else { problem }
        });
        let is_there = problem.is_none();
        self.judge(at, &name.span, JudgedUse::Field, problem);
        if is_there { known } else { Type::Never }
    }

    /// Returns true if a record has a field that is not seen where it stands.
    fn is_hidden(&self, of: &Type, name: &str) -> bool {
        let is_hidden = |of: &Type| match of {
            Type::Record(id, RecordDepth::Name) => self.model.schema[*id].field(name).is_some(),
            _ => false,
        };
        of.members().iter().any(is_hidden)
    }

    fn item(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        of: &'a Expr,
        key: &'a Expr,
        is_optional: bool,
    ) -> Type {
        let base = if is_optional { ValueRole::Asked } else { ValueRole::Used };
        let known = self.expr(at, scope, of, base);
        let by = self.used(at, scope, key);
        if let ExprKind::Literal(Literal::Text(name)) = &key.kind {
            self.read_field(at, &known, name, &key.span);
            return self.site.field(&known, name);
        }
        if known.kinds() == KindSet::LIST {
            self.expect(at, &by, KindSet::NUMBER, &key.span);
        }
        let item = |of: &Type| match of {
            of if of.kinds() == KindSet::TEXT => of.clone(),
            // The field that a computed key names goes with what the key is computed from.
            Type::Record(..) | Type::Row(_) | Type::Struct(_) => Type::Unknown,
            of if of.kinds().meets(KindSet::LIST.and(KindSet::MAP)) => self.item_of(of),
            of if *of == Type::Never => Type::Never,
            _ => Type::Undefined,
        };
        known.members().iter().map(item).fold(Type::Undefined, Type::union)
    }

    fn slice(&mut self, at: CheckPosition<'a>, scope: &NameScope, slice: &'a SliceExpr) -> Type {
        let base = if slice.is_optional { ValueRole::Asked } else { ValueRole::Used };
        let known = self.expr(at, scope, &slice.of, base);
        for bound in [&slice.start, &slice.end, &slice.step].into_iter().flatten() {
            let bound_type = self.used(at, scope, bound);
            self.expect(at, &bound_type, KindSet::NUMBER.and(KindSet::NONE), &bound.span);
        }
        self.expect(at, &known, KindSet::LIST.and(KindSet::TEXT), &slice.of.span);
        known
    }

    fn comprehension(&mut self, at: CheckPosition<'a>, scope: &NameScope, of: &'a Comprehension) -> Type {
        let over = self.used(at, scope, &of.over);
        let names = self.items(at, &over, &of.item, &of.over.span);
        let mut inner = scope.clone();
        inner.enter_loop(names);
        if let Some(condition) = &of.condition {
            self.expr(at, &inner, condition, ValueRole::Asked);
            self.narrow(&mut inner, condition, true);
        }
        Type::list(self.expr(at, &inner, &of.of, ValueRole::Asked))
    }

    /// Returns the names that a loop over a value has in each round.
    pub(super) fn items(
        &mut self,
        at: CheckPosition<'a>,
        over: &Type,
        item: &LoopItem,
        span: &Span,
    ) -> ScopeNames {
        let mut names = ScopeNames::new();
        let Some(key) = &item.key else {
            self.expect(at, over, KindSet::LIST.and(KindSet::MAP).and(KindSet::TEXT), span);
            names.insert(item.value.value.clone(), self.item_of(over));
            return names;
        };
        self.expect(at, over, KindSet::MAP, span);
        names.insert(key.value.clone(), Type::Text);
        names.insert(item.value.value.clone(), self.item_of(over));
        names
    }

    /// Lists what is spread of a map; none if not all of its keys are known.
    pub(super) fn spread(&self, map: &Type) -> Option<Vec<(Arc<str>, Type)>> {
        let is_closed = |of: &Type| match of {
            Type::Struct(of) => of.others != OtherKeys::Any,
            of => matches!(of, Type::Record(..) | Type::Row(_) | Type::Never),
        };
        if !map.members().iter().all(is_closed) {
            return None;
        }
        let names = self.site.fields(map).into_iter().map(|(name, _)| name);
        Some(names.map(|name| (Arc::clone(&name), self.site.field(map, &name))).collect())
    }

    pub(super) fn say(&self, known: &Type) -> String {
        known.say(&self.model.schema)
    }

    /// Returns the type of what a loop over a value goes through.
    fn item_of(&self, over: &Type) -> Type {
        self.site.item(over).unwrap_or(Type::Unknown)
    }

    /// Reports a value that can be of no kind that is wanted, and returns true if it can.
    pub(super) fn expect(
        &mut self,
        at: CheckPosition<'a>,
        known: &Type,
        wanted: KindSet,
        span: &Span,
    ) -> bool {
        let can_be = *known == Type::Never || known.kinds().meets(wanted);
        let problem =
            (!can_be).then(|| errors::unfit(&Wants::Kinds(wanted).say(), &self.say(known), at.place(span)));
        self.judge(at, span, JudgedUse::Calculated, problem);
        can_be
    }
}

/// Returns true of a map that a template wrote.
fn is_written(of: &Type) -> bool {
    matches!(of, Type::Struct(of) if of.others == OtherKeys::Elsewhere)
}

/// Adds an entry that is spread. The one before stays if the new one can be missing.
fn put(fields: &mut ScopeNames, name: Arc<str>, known: Type) {
    let before = fields.remove(&name).filter(|_| known.kinds().meets(KindSet::UNDEFINED));
    fields.insert(name, before.map_or(known.clone(), |before| before.union(known)));
}

fn of_literal(literal: &Literal) -> Type {
    match literal {
        Literal::None => Type::None,
        Literal::Bool(_) => Type::Bool,
        Literal::Int(_) => Type::Int,
        Literal::Float(_) => Type::Float,
        Literal::Text(text) => Type::Choice([text.clone()].into()),
    }
}
