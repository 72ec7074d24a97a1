//! Types that cover others: whatever has the other type has this one, too.

use std::sync::Arc;

use super::{KindSet, StructType, Type};

impl Type {
    /// True if the union with another type is this one, which is mostly so: values have the types again that they had on
    /// other pages. False of some that are, too.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let is_covered = |member: &Self| self.members().iter().any(|of| of.covers_one(member));
        (self.is_perhaps() || !other.is_perhaps()) && other.members().iter().all(is_covered)
    }

    /// True if a single type covers another.
    fn covers_one(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Choice(some), Self::Choice(others)) => {
                Arc::ptr_eq(some, others) || others.iter().all(|word| some.contains(word))
            }
            (Self::Text, other) => other.kinds() == KindSet::TEXT && *other != Self::Html,
            (Self::List(one), Self::List(other)) | (Self::Map(one), Self::Map(other)) => one.covers(other),
            (Self::Struct(one), Self::Struct(other)) => one == other || one.covers(other),
            (one, other) => one == other,
        }
    }
}

impl StructType {
    /// True if each map of the other type has this one.
    fn covers(&self, other: &Self) -> bool {
        let mut shared = 0;
        let mut is_covered = |(at, (name, of)): (usize, &(Arc<str>, Type))| match other.field(name, at) {
            Some(other) => {
                shared += 1;
                of.covers(other)
            }
            None => of.covers(&other.missing()),
        };
        self.others == other.others
            && self.fields.iter().enumerate().all(&mut is_covered)
            && shared == other.fields.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(words: &[&str]) -> Type {
        Type::Choice(words.iter().map(|word| Arc::from(*word)).collect())
    }

    #[test]
    fn a_type_covers_what_adds_nothing_to_it() {
        let number = Type::number();
        assert!(number.covers(&Type::Int) && !Type::Int.covers(&number));
        assert!(choice(&["a", "b"]).covers(&choice(&["b"])) && !choice(&["b"]).covers(&choice(&["c"])));
        assert!(Type::Text.covers(&Type::Date) && !Type::Text.covers(&Type::Html));
        assert!(Type::list(number.clone()).covers(&Type::list(Type::Int)));
        assert!(number.clone().perhaps().covers(&Type::Int) && !number.covers(&Type::Int.perhaps()));
    }

    #[test]
    fn a_map_covers_maps_of_the_same_keys_and_those_without_what_may_be_missing() {
        let map = |of| Type::with_fields([("a", Type::Text), ("b", of)]);
        let without = Type::with_fields([("a", Type::Text)]);
        let optional = map(Type::Int.union(Type::Undefined));
        assert!(optional.covers(&map(Type::Int)) && optional.covers(&without));
        assert!(!map(Type::Int).covers(&without) && !without.covers(&map(Type::Int)));
        let turned = Type::with_fields([("b", Type::Int), ("a", Type::Date)]);
        assert!(map(Type::Int).covers(&turned));
    }
}
