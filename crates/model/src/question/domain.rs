//! The types of terms in SQL: what values can be, as far as it is known.

use crate::ground::CollectionId;

/// The type of a term's values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Domain {
    /// Not known, and so never wrong.
    Unknown,
    Null,
    Int,
    Float,
    /// Whole or not.
    Number,
    /// 0 or 1, as comparisons give it.
    Truth,
    /// A declared truth value.
    Bool,
    /// A whole number of seconds.
    Duration,
    Text,
    /// A text of digits, which can be calculated with.
    Digits,
    Date,
    Datetime,
    Url,
    Path,
    Choice(Vec<String>),
    /// The slugs of a collection's own records, under that name.
    Slug(CollectionId),
    /// A reference.
    Record(CollectionId),
    /// A list, as JSON.
    List(Box<Domain>),
    /// A table, as JSON.
    Table(Vec<(String, Domain)>),
}

impl Domain {
    pub(super) fn is_known(&self) -> bool {
        *self != Self::Unknown
    }

    pub(super) fn is_number(&self) -> bool {
        use Domain::{Bool, Duration, Float, Int, Number, Truth};
        matches!(self, Int | Float | Number | Truth | Bool | Duration)
    }

    /// Returns true if values are whole numbers for SQL.
    pub(super) fn is_whole(&self) -> bool {
        use Domain::{Bool, Duration, Int, Truth};
        matches!(self, Int | Truth | Bool | Duration)
    }

    /// Returns true if values are texts for SQL, and no lists or tables.
    pub(super) fn is_text(&self) -> bool {
        self.is_known() && *self != Self::Null && !self.is_number() && !self.is_json()
    }

    pub(super) fn is_json(&self) -> bool {
        matches!(self, Self::List(_) | Self::Table(_))
    }

    /// The collection whose slugs the values are.
    pub(super) fn collection(&self) -> Option<CollectionId> {
        match self {
            Self::Slug(collection) | Self::Record(collection) => Some(*collection),
            _ => None,
        }
    }

    /// The type of values of which each is of one or the other.
    pub(super) fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Null, one) | (one, Self::Null) => one,
            (one, two) if one == two => one,
            (one, two) if one.collection().is_some() && one.collection() == two.collection() => {
                one.collection().map_or(Self::Text, Self::Record)
            }
            (one, two) if one.is_whole() && two.is_whole() => match (&one, &two) {
                (Self::Bool | Self::Truth, Self::Bool | Self::Truth) => Self::Truth,
                _ => Self::Int,
            },
            (one, two) if one.is_number() && two.is_number() => Self::Number,
            (one, two) if one.is_text() && two.is_text() => Self::Text,
            _ => Self::Unknown,
        }
    }

    /// The type of the values in a list.
    pub(super) fn item(&self) -> Self {
        match self {
            Self::List(item) => (**item).clone(),
            _ => Self::Unknown,
        }
    }

    /// The type of what a table holds under a name, such as `level` or `$.level`.
    pub(super) fn at(&self, path: &str) -> Self {
        let name = path.strip_prefix("$.").unwrap_or(path);
        match self {
            Self::Table(fields) => {
                let found = fields.iter().find(|(field, _)| field == name);
                found.map_or(Self::Unknown, |(_, domain)| domain.clone())
            }
            _ => Self::Unknown,
        }
    }
}
