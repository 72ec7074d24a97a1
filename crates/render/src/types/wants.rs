//! The values that a function or a filter takes in some place.

use super::{KindSet, OtherKeys, Type};

/// The values that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    /// Values of these kinds.
    Kinds(KindSet),
    /// A number without a fraction, even if it is calculated, so that a type does not tell.
    Whole,
    /// A record.
    Record,
    /// A list of maps.
    Rows,
    /// A value by which rows are looked up: a record, a text, a number or a truth value.
    Key,
    /// A `template` field.
    Field,
}

impl Wants {
    pub(crate) const ANY: Self = Self::Kinds(KindSet::ANY);
    pub(crate) const DEFINED: Self = Self::Kinds(KindSet::DEFINED);
    pub(crate) const BOOL: Self = Self::Kinds(KindSet::BOOL);
    pub(crate) const INT: Self = Self::Kinds(KindSet::INT);
    pub(crate) const NUMBER: Self = Self::Kinds(KindSet::NUMBER);
    pub(crate) const TEXT: Self = Self::Kinds(KindSet::TEXT);
    pub(crate) const LIST: Self = Self::Kinds(KindSet::LIST);
    pub(crate) const MAP: Self = Self::Kinds(KindSet::MAP);

    /// The kinds of the values that can be taken.
    pub(crate) fn kinds(self) -> KindSet {
        match self {
            Self::Kinds(kinds) => kinds,
            Self::Whole => KindSet::NUMBER,
            Self::Record | Self::Field => KindSet::MAP,
            Self::Key => KindSet::MAP.and(KindSet::TEXT).and(KindSet::NUMBER).and(KindSet::BOOL),
            Self::Rows => KindSet::LIST,
        }
    }

    /// Returns the part of a type that is not taken; none if every value of the type may be.
    ///
    /// All values of the part are refused, so whoever passes one is wrong. Of a type that perhaps is none, there
    /// is such a part only if no value but none would be taken.
    pub(crate) fn refused(self, given: &Type) -> Option<Type> {
        let refused: Vec<_> = given.members().iter().filter(|member| !self.takes(member)).collect();
        let is_forgiven = given.is_perhaps() && refused.len() < given.members().len();
        if refused.is_empty() || is_forgiven {
            return None;
        }
        Some(refused.into_iter().cloned().fold(Type::Never, Type::union))
    }

    /// Returns true if values of a type, which is not one of several, may be taken.
    fn takes(self, member: &Type) -> bool {
        if *member == Type::Unknown {
            return true;
        }
        self.kinds().has(member.kinds())
            && match (self, member) {
                (Self::Key, of) if of.kinds() != KindSet::MAP => true,
                (Self::Record | Self::Key, of) => {
                    matches!(of, Type::Record(..) | Type::Map(_)) || is_free(of)
                }
                (Self::Field, of) => {
                    matches!(of, Type::Field(_)) || matches!(of, Type::Map(_)) || is_free(of)
                }
                (Self::Rows, Type::List(item)) => Self::MAP.refused(item).is_none(),
                _ => true,
            }
    }
}

/// Returns true of a map that nothing declares, which can have the keys of a record.
fn is_free(of: &Type) -> bool {
    matches!(of, Type::Struct(of) if of.others != OtherKeys::None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::RecordDepth;
    use sitegen_model::CollectionId;

    #[test]
    fn the_part_of_a_type_that_does_not_fit_is_refused() {
        let optional = Type::Text.or_none();
        assert_eq!(Wants::TEXT.refused(&Type::Html), None);
        assert_eq!(Wants::TEXT.refused(&optional), Some(Type::None));
        assert_eq!(Wants::TEXT.refused(&Type::number()), Some(Type::number()));
        assert_eq!(Wants::TEXT.refused(&Type::Unknown), None);
        assert_eq!(Wants::ANY.refused(&Type::Undefined), None);
        assert_eq!(Wants::DEFINED.refused(&Type::Undefined), Some(Type::Undefined));
    }

    #[test]
    fn a_value_that_perhaps_is_none_is_taken_if_another_would_be() {
        assert_eq!(Wants::TEXT.refused(&Type::Text.perhaps()), None);
        assert_eq!(Wants::TEXT.refused(&Type::Text.union(Type::Int).perhaps()), None);
        assert_eq!(Wants::TEXT.refused(&Type::Int.perhaps()), Some(Type::Int));
    }

    #[test]
    fn records_and_rows_are_told_from_other_values() {
        let record = Type::Record(CollectionId(0), RecordDepth::Name);
        assert_eq!(Wants::Record.refused(&record), None);
        assert_eq!(Wants::Record.refused(&Type::Field(None)), Some(Type::Field(None)));
        assert_eq!(Wants::Rows.refused(&Type::list(record)), None);
        assert!(Wants::Rows.refused(&Type::list(Type::Int)).is_some());
        assert_eq!(Wants::Rows.refused(&Type::list(Type::Never)), None);
    }
}
