//! Reads expressions, by precedence (a Pratt parser, as Tera's is).

use std::sync::Arc;

use sitegen_parser::Span;

use super::cursor::{Parsed, Reported, TreeReader};
use super::lexeme::LexemeKind;
use super::{
    BinaryOperator, Expr, ExprKind, Invocation, Literal, LoopField, NamedArgument, SliceExpr, UnaryOperator,
    errors,
};

/// The bounds of expressions, which are Tera's.
const MAX_DEPTH: usize = 40;
const MAX_STEPS: usize = 256;
const MAX_BRACKETS: usize = 4;

/// The powers with which operators bind on their left and right.
const NOT: u8 = 5;
const MINUS: u8 = 20;
pub(super) const TERNARY: u8 = 0;
const TEST: (u8, u8) = (5, 6);
const FILTER: (u8, u8) = (17, 18);

fn power(operator: BinaryOperator) -> (u8, u8) {
    match operator {
        BinaryOperator::Or => (1, 2),
        BinaryOperator::And => (3, 4),
        BinaryOperator::In => TEST,
        BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::AtMost
        | BinaryOperator::Greater
        | BinaryOperator::AtLeast => (7, 8),
        BinaryOperator::Add | BinaryOperator::Subtract => (11, 12),
        BinaryOperator::Multiply
        | BinaryOperator::Divide
        | BinaryOperator::Remainder
        | BinaryOperator::Join
        | BinaryOperator::DivideWhole => (13, 14),
        BinaryOperator::Power => (16, 15),
    }
}

fn operator(kind: &LexemeKind) -> Option<BinaryOperator> {
    Some(match kind {
        LexemeKind::Sign("*") => BinaryOperator::Multiply,
        LexemeKind::Sign("/") => BinaryOperator::Divide,
        LexemeKind::Sign("//") => BinaryOperator::DivideWhole,
        LexemeKind::Sign("%") => BinaryOperator::Remainder,
        LexemeKind::Sign("+") => BinaryOperator::Add,
        LexemeKind::Sign("-") => BinaryOperator::Subtract,
        LexemeKind::Sign("**") => BinaryOperator::Power,
        LexemeKind::Sign("<") => BinaryOperator::Less,
        LexemeKind::Sign("<=") => BinaryOperator::AtMost,
        LexemeKind::Sign(">") => BinaryOperator::Greater,
        LexemeKind::Sign(">=") => BinaryOperator::AtLeast,
        LexemeKind::Sign("==") => BinaryOperator::Equal,
        LexemeKind::Sign("!=") => BinaryOperator::NotEqual,
        LexemeKind::Sign("~") => BinaryOperator::Join,
        LexemeKind::Word("in") => BinaryOperator::In,
        LexemeKind::Word("and") => BinaryOperator::And,
        LexemeKind::Word("or") => BinaryOperator::Or,
        _ => return None,
    })
}

impl TreeReader<'_, '_> {
    /// Reads an expression whose operators bind at least with a power.
    pub(super) fn expression(&mut self, least: u8) -> Parsed<Expr> {
        if self.counts.depth == 0 {
            self.counts.steps = 0;
        }
        if self.counts.depth == MAX_DEPTH {
            return Err(self.too_complex());
        }
        self.counts.depth += 1;
        let start = self.span().start;
        let read = self.operand().and_then(|first| self.operations(first, start, least));
        self.counts.depth -= 1;
        read
    }

    fn too_complex(&mut self) -> Reported {
        let span = self.span();
        self.fault("the expression is too complex; set a part of it to a name before", span)
    }

    fn step(&mut self) -> Parsed<()> {
        self.counts.steps += 1;
        if self.counts.steps > MAX_STEPS { Err(self.too_complex()) } else { Ok(()) }
    }

    fn operand(&mut self) -> Parsed<Expr> {
        let start = self.span().start;
        let Some(kind) = self.peek().cloned() else { return Err(self.unexpected("an expression")) };
        let literal = match kind {
            LexemeKind::Int(number) => Literal::Int(number),
            LexemeKind::Float(number) => Literal::Float(number),
            LexemeKind::Text(text) => Literal::Text(Arc::from(&*text)),
            LexemeKind::Bool(value) => Literal::Bool(value),
            LexemeKind::Word("none" | "None" | "null") => Literal::None,
            LexemeKind::Word("not") => return self.unary(UnaryOperator::Not, NOT),
            LexemeKind::Sign("-") => return self.unary(UnaryOperator::Minus, MINUS),
            LexemeKind::Word(_) => return self.named(),
            LexemeKind::Sign("<") => return self.component_inline(),
            LexemeKind::Sign("{") => {
                self.at += 1;
                return self.map(start);
            }
            LexemeKind::Sign("[") => {
                self.at += 1;
                return self.list(start);
            }
            LexemeKind::Sign("(") => {
                self.at += 1;
                let inner = self.expression(0)?;
                self.expect_sign(")")?;
                return Ok(Expr { is_grouped: true, ..inner });
            }
            _ => return Err(self.unexpected("an expression")),
        };
        self.at += 1;
        Ok(self.expr(start, ExprKind::Literal(literal)))
    }

    fn unary(&mut self, operator: UnaryOperator, power: u8) -> Parsed<Expr> {
        let start = self.span().start;
        self.at += 1;
        if self.is_sign("-") || self.is_word("not") {
            let span = self.span();
            return Err(self.fault("`-` and `not` cannot follow one another", span));
        }
        let of = Box::new(self.expression(power)?);
        Ok(self.expr(start, ExprKind::Unary { operator, of }))
    }

    /// Reads what follows the first operand, which begins at `start`, with its parentheses.
    fn operations(&mut self, mut left: Expr, start: usize, least: u8) -> Parsed<Expr> {
        while let Some(kind) = self.peek().cloned() {
            left = match kind {
                LexemeKind::Sign("[") => {
                    self.step()?;
                    self.subscript(left, start)?
                }
                LexemeKind::Word("if") if least == TERNARY => {
                    self.at += 1;
                    let condition = Box::new(self.expression(0)?);
                    self.expect_word("else")?;
                    let no = Box::new(self.expression(0)?);
                    return Ok(self.expr(start, ExprKind::Ternary { condition, yes: Box::new(left), no }));
                }
                LexemeKind::Word("is") if TEST.0 >= least => {
                    self.step()?;
                    self.at += 1;
                    let is_negated = self.take_word("not");
                    let call = self.invocation("the name of a test")?;
                    let test = self.expr(start, ExprKind::Test { of: Box::new(left), call });
                    if is_negated { self.negated(test) } else { test }
                }
                LexemeKind::Sign("|") if FILTER.0 >= least => {
                    self.step()?;
                    self.at += 1;
                    let call = self.invocation("the name of a filter")?;
                    self.expr(start, ExprKind::Filter { of: Box::new(left), call })
                }
                LexemeKind::Word("not") if TEST.0 >= least => {
                    self.at += 1;
                    if !self.is_word("in") {
                        let span = self.span();
                        return Err(self.fault("`not` can only stand here before `in`", span));
                    }
                    let compared = self.binary(BinaryOperator::In, left, start)?;
                    self.negated(compared)
                }
                kind => match operator(&kind) {
                    Some(operator) if power(operator).0 >= least => self.binary(operator, left, start)?,
                    _ => break,
                },
            };
        }
        Ok(left)
    }

    fn binary(&mut self, operator: BinaryOperator, left: Expr, start: usize) -> Parsed<Expr> {
        self.step()?;
        self.at += 1;
        let right = self.expression(power(operator).1)?;
        if operator == BinaryOperator::Join
            && let ExprKind::Unary { operator, .. } = right.kind
            && !right.is_number()
        {
            let message = format!("`{}` cannot stand behind `~`", operator.sign());
            return Err(self.fault(&message, right.span));
        }
        let (left, right) = (Box::new(left), Box::new(right));
        Ok(self.expr(start, ExprKind::Binary { operator, left, right }))
    }

    fn negated(&mut self, of: Expr) -> Expr {
        let start = of.span.start;
        self.expr(start, ExprKind::Unary { operator: UnaryOperator::Not, of: Box::new(of) })
    }

    /// Reads a variable with its attributes, or the call of a function.
    fn named(&mut self) -> Parsed<Expr> {
        let start = self.span().start;
        let name = self.expect_name("a name")?;
        if self.is_sign("(") {
            let arguments = self.arguments()?;
            return Ok(self.expr(start, ExprKind::Function(Invocation { name, arguments })));
        }
        let is_loop = &*name.value == "loop" && self.is_in_loop();
        let mut value = self.expr(start, ExprKind::Variable(name.value));
        loop {
            let is_optional = self.is_sign("?.");
            if is_optional || self.is_sign(".") {
                self.step()?;
                self.at += 1;
                let name = self.expect_name("the name of a field")?;
                value = if is_loop {
                    let field = self.loop_field(&name.value, name.span)?;
                    self.expr(start, ExprKind::Loop(field))
                } else {
                    self.expr(start, ExprKind::Attribute { of: Box::new(value), name, is_optional })
                };
            } else if self.is_sign("[") || self.is_sign("?[") {
                self.step()?;
                value = self.subscript(value, start)?;
            } else if self.is_sign("(") {
                let span = self.span();
                return Err(self.fault("only functions can be called, by their names alone", span));
            } else {
                return Ok(value);
            }
        }
    }

    fn loop_field(&mut self, name: &str, span: Span) -> Parsed<LoopField> {
        LoopField::read(name).ok_or_else(|| {
            let names = LoopField::NAMES.map(|(name, _)| name).join(", ");
            self.fault(&format!("`loop` has no `{name}`; it has {names}"), span)
        })
    }

    /// Reads `[key]` or `[start:end:step]` behind a value that begins at `start`.
    fn subscript(&mut self, of: Expr, start: usize) -> Parsed<Expr> {
        let is_optional = self.is_sign("?[");
        self.at += 1;
        if self.counts.brackets == MAX_BRACKETS {
            let span = self.span();
            return Err(self.fault(&format!("brackets are nested deeper than {MAX_BRACKETS} levels"), span));
        }
        self.counts.brackets += 1;
        let read = self.key_or_slice(of, start, is_optional);
        self.counts.brackets -= 1;
        read
    }

    fn key_or_slice(&mut self, of: Expr, from: usize, is_optional: bool) -> Parsed<Expr> {
        let start = if self.is_sign(":") { None } else { Some(self.expression(0)?) };
        let kind = if self.take_sign(":") {
            let is_end = self.is_sign(":") || self.is_sign("]");
            let end = if is_end { None } else { Some(self.expression(0)?) };
            let step = if self.take_sign(":") { Some(self.expression(0)?) } else { None };
            ExprKind::Slice(Box::new(SliceExpr { of, start, end, step, is_optional }))
        } else {
            let key = Box::new(start.expect("without a colon there is a key"));
            ExprKind::Item { of: Box::new(of), key, is_optional }
        };
        self.expect_sign("]")?;
        Ok(self.expr(from, kind))
    }

    /// Reads a filter or a test: its name, and arguments if it has any.
    pub(super) fn invocation(&mut self, expected: &str) -> Parsed<Invocation> {
        let name = self.expect_name(expected)?;
        let arguments = if self.is_sign("(") { self.arguments()? } else { Vec::new() };
        Ok(Invocation { name, arguments })
    }

    fn arguments(&mut self) -> Parsed<Vec<NamedArgument>> {
        let mut arguments: Vec<NamedArgument> = Vec::new();
        self.at += 1;
        while self.next_element(")", arguments.is_empty())? {
            let name = self.expect_name("the name of an argument, as in `name=value`")?;
            if let Some(first) = arguments.iter().find(|known| known.name.value == name.value) {
                let first = self.place(first.name.span.clone());
                let place = self.place(name.span);
                return Err(self.report(errors::again("argument", &name.value, place, first)));
            }
            self.expect_sign("=")?;
            let value = self.expression(0)?;
            arguments.push(NamedArgument { name, value });
        }
        Ok(arguments)
    }
}
