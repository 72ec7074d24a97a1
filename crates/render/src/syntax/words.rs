//! The names and signs of what a tree is made of, and the expressions whose values are written out.

use super::{
    BinaryOperator, Expr, ExprKind, ListElement, Literal, LoopField, MapElement, ParameterType, UnaryOperator,
};

impl Expr {
    /// Returns true if the value is known without any data, as Tera decides it: literals, and lists and maps of
    /// them.
    pub(super) fn is_constant(&self) -> bool {
        match &self.kind {
            ExprKind::Literal(_) => true,
            ExprKind::Unary { operator: UnaryOperator::Minus, of } => of.is_number(),
            ExprKind::List(elements) => elements
                .iter()
                .all(|element| matches!(element, ListElement::One(value) if value.is_constant())),
            ExprKind::Map(elements) => elements
                .iter()
                .all(|element| matches!(element, MapElement::Entry { value, .. } if value.is_constant())),
            _ => false,
        }
    }

    /// Returns true of a number that is written out, with or without a sign.
    pub(super) fn is_number(&self) -> bool {
        match &self.kind {
            ExprKind::Literal(Literal::Int(_) | Literal::Float(_)) => true,
            ExprKind::Unary { operator: UnaryOperator::Minus, of } => of.is_number(),
            _ => false,
        }
    }

    /// Returns the type of a parameter whose default this is; none of `none`.
    pub(crate) fn parameter_type(&self) -> Option<ParameterType> {
        Some(match &self.kind {
            ExprKind::Literal(Literal::Bool(_)) => ParameterType::Bool,
            ExprKind::Literal(Literal::Int(_)) => ParameterType::Integer,
            ExprKind::Literal(Literal::Float(_)) => ParameterType::Float,
            ExprKind::Literal(Literal::Text(_)) => ParameterType::String,
            ExprKind::Unary { of, .. } => of.parameter_type()?,
            ExprKind::List(_) => ParameterType::Array,
            ExprKind::Map(_) => ParameterType::Map,
            _ => return None,
        })
    }
}

impl ParameterType {
    /// The types by the names that declarations write.
    pub(crate) const NAMES: [(&'static str, Self); 8] = [
        ("string", Self::String),
        ("bool", Self::Bool),
        ("integer", Self::Integer),
        ("float", Self::Float),
        ("number", Self::Number),
        ("array", Self::Array),
        ("map", Self::Map),
        ("bytes", Self::Bytes),
    ];

    /// Reads a type; Tera takes it in any case.
    pub(super) fn read(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, wants)| wants)
    }

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(_, wants)| *wants == self).map_or("", |(name, _)| name)
    }

    /// Returns true if a value of a type can be given where this one is wanted.
    pub(super) fn takes(self, given: Self) -> bool {
        self == given || self == Self::Number && matches!(given, Self::Integer | Self::Float)
    }
}

impl LoopField {
    pub(crate) const NAMES: [(&'static str, Self); 5] = [
        ("index", Self::Index),
        ("index0", Self::Index0),
        ("first", Self::First),
        ("last", Self::Last),
        ("length", Self::Length),
    ];

    pub(super) fn read(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, field)| field)
    }
}

impl UnaryOperator {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Not => "not",
            Self::Minus => "-",
        }
    }
}

impl BinaryOperator {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::DivideWhole => "//",
            Self::Power => "**",
            Self::Less => "<",
            Self::Greater => ">",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::And => "and",
            Self::Or => "or",
            Self::Join => "~",
            Self::In => "in",
        }
    }
}
