//! The forms of declarations: the keys that each table of `site.toml` and `theme.toml` may have, and the
//! values that they hold.
//!
//! A reader reports the keys that its form lacks, and JSON Schema for editors is made of the forms, so that
//! both know the same keys.

/// The keys that a table of declarations may have.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TableForm {
    /// These.
    Keys(fn() -> Vec<KeyForm>),
    /// Names that the author chooses. Each holds such a value.
    Names(fn() -> ValueForm),
}

/// A key that a table of declarations may have.
#[derive(Debug, Clone)]
pub(crate) struct KeyForm {
    pub name: &'static str,
    pub value: ValueForm,
    /// A sentence about the value, which editors show to authors.
    pub about: &'static str,
}

/// The values that a key of declarations may hold.
#[derive(Debug, Clone)]
pub(crate) enum ValueForm {
    /// A string.
    Text,
    /// A string, or a list of strings.
    Texts,
    /// One of these words.
    Word(Vec<&'static str>),
    /// One of these words, or a list of them.
    Words(Vec<&'static str>),
    /// A string that declares the type of a field.
    Type,
    /// `true` or `false`.
    Bool,
    /// Any number.
    Number,
    /// A whole number that is at least this.
    Count(u8),
    /// A list of such values.
    List(Box<ValueForm>),
    /// A table.
    Table(TableForm),
    /// A table that holds tables of its own form. JSON Schema refers to it by the name.
    Recursive(&'static str, TableForm),
    /// Any of these.
    OneOf(Vec<ValueForm>),
    /// Any value.
    Any,
}

impl KeyForm {
    pub(crate) fn new(name: &'static str, value: ValueForm, about: &'static str) -> Self {
        Self { name, value, about }
    }
}

impl TableForm {
    /// The form of a table that declares nothing.
    pub(crate) const NONE: Self = Self::Keys(Vec::new);

    /// Lists the names of the keys; none if the author chooses them.
    pub(crate) fn names(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Keys(keys) => Some(keys().into_iter().map(|key| key.name).collect()),
            Self::Names(_) => None,
        }
    }

    /// Returns the form of the table under a key.
    pub(crate) fn below(self, name: &str) -> Self {
        let value = match self {
            Self::Keys(keys) => keys().into_iter().find(|key| key.name == name).map(|key| key.value),
            Self::Names(value) => Some(value()),
        };
        value.and_then(|value| value.table()).unwrap_or(Self::NONE)
    }
}

impl ValueForm {
    /// Returns the form of the value if the value is a table.
    fn table(&self) -> Option<TableForm> {
        match self {
            Self::Table(form) | Self::Recursive(_, form) => Some(*form),
            Self::OneOf(forms) => forms.iter().find_map(Self::table),
            _ => None,
        }
    }
}
