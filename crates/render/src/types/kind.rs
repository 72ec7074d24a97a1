//! The kinds of values that Tera tells apart, as sets.

/// A set of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KindSet(u8);

impl KindSet {
    pub(crate) const EMPTY: Self = Self(0);
    pub(crate) const UNDEFINED: Self = Self(1);
    pub(crate) const NONE: Self = Self(1 << 1);
    pub(crate) const BOOL: Self = Self(1 << 2);
    pub(crate) const INT: Self = Self(1 << 3);
    pub(crate) const FLOAT: Self = Self(1 << 4);
    pub(crate) const TEXT: Self = Self(1 << 5);
    pub(crate) const LIST: Self = Self(1 << 6);
    pub(crate) const MAP: Self = Self(1 << 7);

    pub(crate) const NUMBER: Self = Self::INT.and(Self::FLOAT);
    pub(crate) const ANY: Self = Self(u8::MAX);
    /// Every kind of value that is there.
    pub(crate) const DEFINED: Self = Self::ANY.without(Self::UNDEFINED);

    /// Every kind with its name in the words of authors.
    pub(crate) const NAMES: [(Self, &str); 8] = [
        (Self::UNDEFINED, "nothing"),
        (Self::BOOL, "a truth value"),
        (Self::INT, "a whole number"),
        (Self::FLOAT, "a number"),
        (Self::TEXT, "text"),
        (Self::LIST, "a list"),
        (Self::MAP, "a map"),
        (Self::NONE, "none"),
    ];

    /// The kinds of both sets.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// True if the sets have a kind in common.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// True if all kinds of the other set are in this one.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}
