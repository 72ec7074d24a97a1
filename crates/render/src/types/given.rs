//! The types that functions and filters give, as constants.

use super::{KindSet, Rule, SiteTypes, Type};

/// The type that a function or a filter gives, which can depend on the type of its input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gives {
    /// It gives nothing, since it always fails.
    Never,
    Bool,
    Int,
    Float,
    Number,
    Text,
    Html,
    Unknown,
    /// Text that is one of these.
    Choice(&'static [&'static str]),
    /// The type, or none.
    OrNone(&'static Gives),
    List(&'static Gives),
    /// A map with these keys and no others.
    Struct(&'static [(&'static str, Gives)]),
    /// A map with these keys and others.
    Open(&'static [(&'static str, Gives)]),
    /// The type of the input.
    Input,
    /// The type of the input, but HTML is text in the end.
    Plain,
    /// Text; HTML if the input is, or an item of it.
    Marked,
    /// An item of the input, or none.
    Item,
    /// A list of what a loop over the input would go through.
    Items,
    /// The type that a rule tells by the arguments of the call, or by the schema.
    Rule(Rule),
}

impl Gives {
    /// Returns the type for an input; what only a rule tells is unknown.
    pub(crate) fn of(self, input: &Type, types: &SiteTypes) -> Type {
        match self {
            Self::Input => input.clone(),
            Self::Plain => input.plain(),
            Self::Marked => marked(input),
            Self::Item => types.item(input).map_or(Type::Unknown, Type::or_none),
            Self::Items => Type::list(types.item(input).unwrap_or(Type::Unknown)),
            Self::Rule(_) => Type::Unknown,
            fixed => fixed.fixed(),
        }
    }

    /// Returns the type, which does not depend on an input.
    pub(super) fn fixed(self) -> Type {
        match self {
            Self::Never => Type::Never,
            Self::Bool => Type::Bool,
            Self::Int => Type::Int,
            Self::Float => Type::Float,
            Self::Number => Type::number(),
            Self::Text => Type::Text,
            Self::Html => Type::Html,
            Self::Choice(words) => Type::Choice(words.iter().map(|word| (*word).into()).collect()),
            Self::OrNone(of) => of.fixed().or_none(),
            Self::List(item) => Type::list(item.fixed()),
            Self::Struct(fields) => Type::with_fields(fields.iter().map(|(name, of)| (*name, of.fixed()))),
            Self::Open(fields) => Self::Struct(fields).fixed().opened(),
            Self::Unknown
            | Self::Input
            | Self::Plain
            | Self::Marked
            | Self::Item
            | Self::Items
            | Self::Rule(_) => Type::Unknown,
        }
    }
}

/// Returns the type of text that is made of a value.
fn marked(input: &Type) -> Type {
    let part = |of: &Type| match of {
        Type::List(item) => (**item).clone(),
        of => of.clone(),
    };
    let parts: Vec<_> = input.members().iter().map(part).collect();
    let is_html = |of: &Type| of.members().contains(&Type::Html);
    let is_all_html = |of: &Type| of.members().iter().all(|of| *of == Type::Html);
    match &parts[..] {
        parts if !parts.iter().any(is_html) => {
            let is_known = parts.iter().all(|of| *of != Type::Unknown);
            if is_known { Type::Text } else { Type::Text.union(Type::Html) }
        }
        parts if parts.iter().all(is_all_html) && input.kinds() == KindSet::TEXT => Type::Html,
        _ => Type::Text.union(Type::Html),
    }
}
