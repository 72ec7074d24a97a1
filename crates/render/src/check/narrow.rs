//! Conclusions from conditions: within `{% if company.offer %}`, the offer is there.

use std::sync::Arc;

use super::TemplateChecker;
use super::operator::{falsy, is_missing};
use super::scope::{NameScope, path};
use crate::syntax::{BinaryOperator, Expr, ExprKind, ListElement, Literal, UnaryOperator};
use crate::types::{KindSet, Type};

/// The tests that a value passes only if it is of some kinds.
const TESTS: [(&str, KindSet); 10] = [
    ("string", KindSet::TEXT),
    ("number", KindSet::NUMBER),
    ("integer", KindSet::INT),
    ("float", KindSet::FLOAT),
    ("bool", KindSet::BOOL),
    ("array", KindSet::LIST),
    ("map", KindSet::MAP),
    ("odd", KindSet::NUMBER),
    ("even", KindSet::NUMBER),
    ("starting_with", KindSet::TEXT),
];

impl TemplateChecker<'_> {
    /// Adds to a scope what follows from a condition that holds, or does not.
    pub(super) fn narrow(&self, scope: &mut NameScope, condition: &Expr, holds: bool) {
        match &condition.kind {
            ExprKind::Variable(_) | ExprKind::Attribute { .. } => {
                self.assume(
                    scope,
                    condition,
                    |known| if holds { known.without_none() } else { falsy(known) },
                );
            }
            ExprKind::Unary { operator: UnaryOperator::Not, of } => self.narrow(scope, of, !holds),
            ExprKind::Binary { operator: BinaryOperator::And, left, right } if holds => {
                self.narrow(scope, left, true);
                self.narrow(scope, right, true);
            }
            ExprKind::Binary { operator: BinaryOperator::Or, left, right } if !holds => {
                self.narrow(scope, left, false);
                self.narrow(scope, right, false);
            }
            ExprKind::Binary {
                operator: operator @ (BinaryOperator::Equal | BinaryOperator::NotEqual),
                left,
                right,
            } => {
                self.narrow_equal(scope, left, right, holds == (*operator == BinaryOperator::Equal));
            }
            ExprKind::Binary { operator: BinaryOperator::In, left, right } => {
                if let Some(texts) = texts(right) {
                    self.assume(scope, left, |known| {
                        chosen(known, |choice| texts.contains(choice) == holds, holds)
                    });
                }
            }
            ExprKind::Test { of, call } => self.narrow_test(scope, of, &call.name.value, holds),
            ExprKind::Filter { of, call } if holds && &*call.name.value == "length" => {
                self.assume(scope, of, Type::without_none);
            }
            // A comparison with a number fails for what is not there.
            ExprKind::Binary {
                operator:
                    BinaryOperator::Less
                    | BinaryOperator::Greater
                    | BinaryOperator::AtMost
                    | BinaryOperator::AtLeast,
                left,
                right,
            } if holds => {
                self.assume(scope, left, Type::without_none);
                self.assume(scope, right, Type::without_none);
            }
            _ => {}
        }
    }

    fn narrow_equal(&self, scope: &mut NameScope, left: &Expr, right: &Expr, are_equal: bool) {
        let is_none = |expr: &Expr| matches!(expr.kind, ExprKind::Literal(Literal::None));
        let is_literal = |expr: &Expr| matches!(expr.kind, ExprKind::Literal(_));
        for (of, with) in [(left, right), (right, left)] {
            if is_none(with) {
                self.assume(scope, of, |known| {
                    if are_equal { Type::None } else { known.among(KindSet::ANY.without(KindSet::NONE)) }
                });
            } else if let ExprKind::Literal(Literal::Text(text)) = &with.kind {
                self.assume(scope, of, |known| {
                    chosen(known, |choice| (*choice == *text) == are_equal, are_equal)
                });
            } else if is_literal(with) && are_equal {
                self.assume(scope, of, Type::without_none);
            }
        }
    }

    fn narrow_test(&self, scope: &mut NameScope, of: &Expr, test: &str, holds: bool) {
        match (test, holds) {
            ("defined", true) | ("undefined", false) => {
                self.assume(scope, of, |known| known.among(KindSet::DEFINED));
            }
            ("defined", false) | ("undefined", true) => self.assume(scope, of, |_| Type::Undefined),
            ("none", true) => self.assume(scope, of, |_| Type::None),
            ("none", false) => {
                self.assume(scope, of, |known| known.among(KindSet::ANY.without(KindSet::NONE)));
            }
            (test, true) => {
                if let Some((_, kinds)) = TESTS.iter().find(|(name, _)| *name == test) {
                    self.assume(scope, of, |known| known.among(*kinds));
                }
            }
            _ => {}
        }
    }

    fn assume(&self, scope: &mut NameScope, of: &Expr, conclude: impl FnOnce(&Type) -> Type) {
        if let Some(path) = path(of) {
            let known = self.look_up(scope, of);
            scope.assume(path, conclude(&known));
        }
    }

    /// Returns the type of a path without reporting anything.
    pub(super) fn look_up(&self, scope: &NameScope, of: &Expr) -> Type {
        match &of.kind {
            ExprKind::Variable(name) => scope.get(name),
            ExprKind::Attribute { of: base, name, .. } => {
                let known = scope.fact_of(of).cloned();
                known.unwrap_or_else(|| self.site.field(&self.look_up(scope, base), &name.value))
            }
            ExprKind::Literal(Literal::Text(text)) => Type::Choice([Arc::clone(text)].into()),
            _ => Type::Unknown,
        }
    }

    /// Returns whether a condition can hold, and whether it can fail to hold.
    pub(super) fn outcomes(&self, scope: &NameScope, condition: &Expr) -> Outcomes {
        let both = Outcomes { holds: true, fails: true };
        match &condition.kind {
            ExprKind::Variable(_) | ExprKind::Attribute { .. } => match self.look_up(scope, condition) {
                Type::Unknown | Type::Never => both,
                known => Outcomes { holds: !is_missing(&known), fails: falsy(&known) != Type::Never },
            },
            ExprKind::Unary { operator: UnaryOperator::Not, of } => self.outcomes(scope, of).reversed(),
            ExprKind::Binary { operator, left, right } => {
                let (one, other) = (|| self.outcomes(scope, left), || self.outcomes(scope, right));
                match operator {
                    BinaryOperator::And => one().and(other()),
                    BinaryOperator::Or => one().reversed().and(other().reversed()).reversed(),
                    BinaryOperator::Equal => self.equal(scope, left, right),
                    BinaryOperator::NotEqual => self.equal(scope, left, right).reversed(),
                    BinaryOperator::In => match (self.look_up(scope, left), texts(right)) {
                        (Type::Choice(choices), Some(texts)) => Outcomes {
                            holds: choices.iter().any(|choice| texts.contains(choice)),
                            fails: choices.iter().any(|choice| !texts.contains(choice)),
                        },
                        _ => both,
                    },
                    _ => both,
                }
            }
            ExprKind::Test { of, call } if path(of).is_some() => {
                match (&*call.name.value, self.look_up(scope, of)) {
                    ("defined", Type::Undefined) => Outcomes { holds: false, fails: true },
                    ("undefined", Type::Undefined) => Outcomes { holds: true, fails: false },
                    _ => both,
                }
            }
            _ => both,
        }
    }

    fn equal(&self, scope: &NameScope, left: &Expr, right: &Expr) -> Outcomes {
        match (self.look_up(scope, left), self.look_up(scope, right)) {
            (Type::Choice(some), Type::Choice(others)) => Outcomes {
                holds: some.iter().any(|choice| others.contains(choice)),
                fails: some.len() > 1 || others.len() > 1 || some != others,
            },
            _ => Outcomes { holds: true, fails: true },
        }
    }
}

/// The possible outcomes of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcomes {
    pub holds: bool,
    pub fails: bool,
}

impl Outcomes {
    fn reversed(self) -> Self {
        Self { holds: self.fails, fails: self.holds }
    }

    fn and(self, other: Self) -> Self {
        Self { holds: self.holds && other.holds, fails: self.fails || other.fails }
    }
}

/// Returns the texts of a list that is written out; none of anything else.
fn texts(list: &Expr) -> Option<Vec<Arc<str>>> {
    let ExprKind::List(elements) = &list.kind else { return None };
    let text = |element: &ListElement| match element {
        ListElement::One(Expr { kind: ExprKind::Literal(Literal::Text(text)), .. }) => Some(Arc::clone(text)),
        _ => None,
    };
    elements.iter().map(text).collect()
}

/// Returns a type with those of its choices that a condition leaves. If the condition says what the value is, it is
/// there.
fn chosen(known: &Type, is_left: impl Fn(&Arc<str>) -> bool, is_there: bool) -> Type {
    let member = |of: &Type| match of {
        Type::Choice(choices) => {
            let left: Arc<[_]> = choices.iter().filter(|choice| is_left(choice)).cloned().collect();
            if left.is_empty() { Type::Never } else { Type::Choice(left) }
        }
        of => of.clone(),
    };
    let left = known.members().iter().map(member).fold(Type::Never, Type::union);
    match (is_there, known.is_perhaps()) {
        (true, _) => left.without_none(),
        (false, true) => left.perhaps(),
        (false, false) => left,
    }
}
