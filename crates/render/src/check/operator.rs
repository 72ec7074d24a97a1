//! The types of operations.

use std::sync::Arc;

use super::expression::ValueRole;
use super::scope::NameScope;
use super::{CheckPosition, JudgedUse, TemplateChecker, errors};
use crate::syntax::{BinaryOperator, Expr, ExprKind};
use crate::types::{KindSet, Type};

/// The most texts that two parts can be joined to before they are any text.
const MAX_JOINED: usize = 64;

/// The most bytes of a text that is known letter by letter. Names and keys are shorter.
const MAX_TEXT: usize = 200;

impl<'a> TemplateChecker<'a> {
    pub(super) fn binary(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        operator: BinaryOperator,
        (left, right): (&'a Expr, &'a Expr),
        role: ValueRole,
    ) -> Type {
        match operator {
            BinaryOperator::And | BinaryOperator::Or => {
                let first = self.expr(at, scope, left, ValueRole::Asked);
                let mut inner = scope.clone();
                self.narrow(&mut inner, left, operator == BinaryOperator::And);
                let outcomes = self.outcomes(scope, left);
                let goes_on = if operator == BinaryOperator::And { outcomes.holds } else { outcomes.fails };
                if !goes_on {
                    return first;
                }
                let role = if role == ValueRole::Used { ValueRole::Asked } else { role };
                let second = self.expr(at, &inner, right, role);
                let kept = if operator == BinaryOperator::And { falsy(&first) } else { first.without_none() };
                kept.union(second)
            }
            BinaryOperator::Equal | BinaryOperator::NotEqual => {
                self.expr(at, scope, left, ValueRole::Asked);
                self.expr(at, scope, right, ValueRole::Asked);
                self.check_choice(at, scope, left, right);
                self.check_choice(at, scope, right, left);
                Type::Bool
            }
            BinaryOperator::Join => {
                let (first, second) = (
                    self.expr(at, scope, left, ValueRole::Asked),
                    self.expr(at, scope, right, ValueRole::Asked),
                );
                joined(&first, &second)
            }
            BinaryOperator::In => {
                self.expr(at, scope, left, ValueRole::Asked);
                let within = self.used(at, scope, right);
                self.expect(at, &within, KindSet::LIST.and(KindSet::MAP).and(KindSet::TEXT), &right.span);
                self.check_choices(at, scope, left, right);
                Type::Bool
            }
            BinaryOperator::Less
            | BinaryOperator::Greater
            | BinaryOperator::AtMost
            | BinaryOperator::AtLeast => self.compared(at, scope, left, right),
            _ => self.calculated(at, scope, operator, left, right),
        }
    }

    pub(super) fn minus(&mut self, at: CheckPosition<'a>, scope: &NameScope, of: &'a Expr) -> Type {
        let known = self.used(at, scope, of);
        if self.expect(at, &known, KindSet::NUMBER, &of.span) { known } else { Type::Unknown }
    }

    fn compared(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        left: &'a Expr,
        right: &'a Expr,
    ) -> Type {
        let (first, second) = (self.used(at, scope, left), self.used(at, scope, right));
        let span = left.span.start..right.span.end;
        let is_unreached = first == Type::Never || second == Type::Never;
        let can_be = is_unreached || can_compare(first.kinds(), second.kinds());
        let problem =
            (!can_be).then(|| errors::incomparable(&self.say(&first), &self.say(&second), at.place(&span)));
        self.judge(at, &span, JudgedUse::Compared, problem);
        Type::Bool
    }

    fn calculated(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        operator: BinaryOperator,
        left: &'a Expr,
        right: &'a Expr,
    ) -> Type {
        let (first, second) = (self.used(at, scope, left), self.used(at, scope, right));
        self.check_filter_binds(at, operator, right);
        let is_left = self.expect(at, &first, KindSet::NUMBER, &left.span);
        let is_right = self.expect(at, &second, KindSet::NUMBER, &right.span);
        match (is_left && is_right, operator) {
            (false, _) => Type::Unknown,
            (true, BinaryOperator::Divide) => Type::Float,
            (true, BinaryOperator::Power) => Type::number(),
            (true, _) => calculated(&first, &second),
        }
    }

    /// Reports a filter that is applied to the last number of a calculation, where the whole was most likely meant:
    /// `a * 100 | number`.
    fn check_filter_binds(&mut self, at: CheckPosition<'a>, operator: BinaryOperator, right: &'a Expr) {
        let ExprKind::Filter { of, call } = &right.kind else { return };
        let formats = ["number", "money", "percent", "round", "str", "minutes", "duration", "letter"];
        if right.is_grouped || of.is_grouped || !formats.contains(&&*call.name.value) {
            return;
        }
        let filter = &*call.name.value;
        self.report(errors::filter_binds(filter, operator.sign(), at.place(&right.span)));
    }
}

/// Returns true if a value is never there.
pub(super) fn is_missing(known: &Type) -> bool {
    matches!(known, Type::Undefined | Type::None)
}

/// Returns the type of a value that does not count as true.
pub(super) fn falsy(known: &Type) -> Type {
    let is_always = |of: &Type| {
        matches!(
            of,
            Type::Record(..) | Type::Row(_) | Type::Field(_) | Type::Date | Type::DateTime | Type::Url
        )
    };
    if known.is_perhaps() {
        return known.clone();
    }
    known.members().iter().filter(|of| !is_always(of)).cloned().fold(Type::Never, Type::union)
}

fn can_compare(first: KindSet, second: KindSet) -> bool {
    let both = |kinds: KindSet| first.meets(kinds) && second.meets(kinds);
    both(KindSet::NUMBER) || both(KindSet::TEXT) || both(KindSet::BOOL) || both(KindSet::LIST)
}

/// Returns the type of a calculation with two numbers.
fn calculated(first: &Type, second: &Type) -> Type {
    let (first, second) = (first.kinds(), second.kinds());
    match () {
        () if KindSet::INT.has(first) && KindSet::INT.has(second) => Type::Int,
        () if KindSet::FLOAT.has(first) || KindSet::FLOAT.has(second) => Type::Float,
        () => Type::number(),
    }
}

/// Returns the type of two joined texts: if each is one of a few, so is the whole.
fn joined(first: &Type, second: &Type) -> Type {
    match (first, second) {
        (Type::Choice(first), Type::Choice(second)) if are_few(first, second) => {
            let texts =
                first.iter().flat_map(|first| second.iter().map(move |second| format!("{first}{second}")));
            Type::Choice(texts.map(Arc::from).collect())
        }
        _ => Type::Text,
    }
}

/// Returns true if two texts are known so well that their joined texts are worth knowing. Texts that grow with each call
/// of a component or round of a loop are not.
fn are_few(first: &[Arc<str>], second: &[Arc<str>]) -> bool {
    let longest = |texts: &[Arc<str>]| texts.iter().map(|text| text.len()).max().unwrap_or_default();
    first.len() * second.len() <= MAX_JOINED && longest(first) + longest(second) <= MAX_TEXT
}
