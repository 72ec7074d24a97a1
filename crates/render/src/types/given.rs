//! The types that functions and filters give, as constants.

use super::{OtherKeys, Rule, SiteTypes, Type};

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

/// A call with what is known of its parts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TypedCall<'c> {
    /// The input of a filter.
    pub input: &'c Type,
    pub arguments: &'c [TypedArgument<'c>],
}

/// An argument of a call.
#[derive(Debug, Clone)]
pub(crate) struct TypedArgument<'c> {
    pub name: &'c str,
    pub of: Type,
}

impl TypedCall<'_> {
    /// Returns the type of an argument; none if it is not given.
    pub(super) fn argument(&self, name: &str) -> Option<&Type> {
        self.arguments.iter().find(|argument| argument.name == name).map(|argument| &argument.of)
    }
}

impl Gives {
    /// Returns the type that a call gives.
    pub(crate) fn of(self, call: &TypedCall, types: &SiteTypes) -> Type {
        match self {
            Self::Input => call.input.clone(),
            Self::Plain => call.input.plain(),
            Self::Marked => marked(call.input, call.arguments),
            Self::Item => types.item(call.input).map_or(Type::Unknown, Type::or_none),
            Self::Items => Type::list(types.item(call.input).unwrap_or(Type::Unknown)),
            Self::Rule(rule) => rule.of(call, types),
            fixed => fixed.fixed(),
        }
    }

    /// Returns the type, if it depends on nothing.
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
            Self::Open(fields) => {
                Type::with_keys(fields.iter().map(|(name, of)| (*name, of.fixed())), OtherKeys::Any)
            }
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

/// Returns the type of text that is made of a value and arguments: HTML if a part is.
pub(super) fn marked(input: &Type, arguments: &[TypedArgument]) -> Type {
    let part = |of: &Type| match of {
        Type::List(item) => (**item).clone(),
        of => of.clone(),
    };
    let parts: Vec<_> = input.members().iter().map(part).collect();
    let parts = || parts.iter().chain(arguments.iter().map(|argument| &argument.of)).flat_map(Type::members);
    let may_be = |of: &Type| matches!(of, Type::Html | Type::Unknown);
    match input {
        Type::Html => Type::Html,
        _ if parts().any(may_be) => Type::Text.union(Type::Html),
        _ => Type::Text,
    }
}
