//! The signatures of functions, filters and tests: the values that they take and give.

use super::{Gives, KindSet, Rule, Wants};

/// The way in which templates call something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallKind {
    /// `name(…)`
    Function,
    /// `input | name(…)`
    Filter,
    /// `input is name(…)`
    Test,
}

/// The values that a function, a filter or a test takes and gives.
///
/// Whatever a signature refuses fails when it is called; what it takes can fail nevertheless, as a division by
/// zero does.
#[derive(Debug, PartialEq)]
pub(crate) struct Signature {
    pub kind: CallKind,
    pub name: &'static str,
    /// The input of a filter or a test; a function has none.
    pub input: Wants,
    pub arguments: &'static [SignatureArgument],
    /// The values of arguments of other names; none if there can be no others.
    pub others: Option<Wants>,
    pub gives: Gives,
    /// True if `template` fields may call it, whose authors can be strangers.
    pub is_for_fields: bool,
}

/// An argument that a signature names.
#[derive(Debug, PartialEq)]
pub(crate) struct SignatureArgument {
    pub name: &'static str,
    pub wants: Wants,
    pub is_required: bool,
}

impl Signature {
    pub(crate) const fn function(
        name: &'static str,
        arguments: &'static [SignatureArgument],
        gives: Gives,
    ) -> Self {
        let (kind, input) = (CallKind::Function, Wants::ANY);
        Self { kind, name, input, arguments, others: None, gives, is_for_fields: false }
    }

    pub(crate) const fn filter(
        name: &'static str,
        input: Wants,
        arguments: &'static [SignatureArgument],
        gives: Gives,
    ) -> Self {
        let kind = CallKind::Filter;
        Self { kind, name, input, arguments, others: None, gives, is_for_fields: false }
    }

    pub(crate) const fn test(
        name: &'static str,
        input: Wants,
        arguments: &'static [SignatureArgument],
    ) -> Self {
        let (kind, gives) = (CallKind::Test, Gives::Bool);
        Self { kind, name, input, arguments, others: None, gives, is_for_fields: true }
    }

    /// The signature of what `template` fields may call, too.
    pub(crate) const fn for_fields(self) -> Self {
        Self { is_for_fields: true, ..self }
    }

    /// The signature of what takes arguments of other names as well.
    pub(crate) const fn with_others(self, wants: Wants) -> Self {
        Self { others: Some(wants), ..self }
    }

    /// Returns true of a filter whose work grows with its input.
    pub(crate) fn walks(&self) -> bool {
        let of_many = KindSet::TEXT.and(KindSet::LIST).and(KindSet::MAP);
        let is_of_many = matches!(self.input, Wants::Kinds(kinds) if of_many.has(kinds));
        let is_look = matches!(self.gives, Gives::Item | Gives::Rule(Rule::Get)) || self.name == "length";
        is_of_many && !is_look
    }

    /// Finds an argument by its name.
    pub(crate) fn argument(&self, name: &str) -> Option<&'static SignatureArgument> {
        self.arguments.iter().find(|argument| argument.name == name)
    }

    /// Lists the names of the arguments.
    pub(crate) fn argument_names(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.arguments.iter().map(|argument| argument.name)
    }
}

impl SignatureArgument {
    pub(crate) const fn required(name: &'static str, wants: Wants) -> Self {
        Self { name, wants, is_required: true }
    }

    pub(crate) const fn optional(name: &'static str, wants: Wants) -> Self {
        Self { name, wants, is_required: false }
    }
}

/// Everything that templates can call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Signatures(Vec<&'static Signature>);

impl Signatures {
    pub(crate) fn add(&mut self, signature: &'static Signature) {
        self.0.push(signature);
    }

    pub(crate) fn find(&self, kind: CallKind, name: &str) -> Option<&'static Signature> {
        self.of(kind).find(|signature| signature.name == name)
    }

    /// Lists what is called in one way.
    pub(crate) fn of(&self, kind: CallKind) -> impl Iterator<Item = &'static Signature> {
        self.0.iter().copied().filter(move |signature| signature.kind == kind)
    }

    /// Lists the names of what is called in one way.
    pub(crate) fn names(&self, kind: CallKind) -> impl Iterator<Item = &'static str> {
        self.of(kind).map(|signature| signature.name)
    }
}
