//! One value of a row: of a record, of a data file or of a query's answer.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::RecordId;

/// A value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar<'r> {
    /// There is none.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Text; of a list or a table, its JSON.
    Text(&'r Arc<str>),
    /// A record.
    Reference(RecordId),
}

/// A value for a row that is being put together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Given<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(std::borrow::Cow<'a, str>),
    Reference(RecordId),
}

impl<'r> From<Scalar<'r>> for Given<'r> {
    fn from(scalar: Scalar<'r>) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(value) => Self::Bool(value),
            Scalar::Int(value) => Self::Int(value),
            Scalar::Float(value) => Self::Float(value),
            Scalar::Text(text) => Self::Text((&**text).into()),
            Scalar::Reference(id) => Self::Reference(id),
        }
    }
}

impl Hash for Given<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Null => {}
            Self::Bool(value) => value.hash(state),
            Self::Int(value) => value.hash(state),
            Self::Float(value) => value.to_bits().hash(state),
            Self::Text(text) => text.hash(state),
            Self::Reference(id) => id.hash(state),
        }
    }
}
