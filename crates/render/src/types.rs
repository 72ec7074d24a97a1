//! The types of the values that templates compute, as far as declarations tell them.
//!
//! A type is data without names of a site: what a record or a row has is looked up in the schema ([`SiteTypes`]).

mod cover;
mod given;
mod kind;
mod reach;
mod rule;
mod say;
mod signature;
mod site;
mod structure;
mod wants;

use std::sync::Arc;

use sitegen_model::{CollectionId, RelationId};

pub(crate) use self::given::{Gives, TypedArgument, TypedCall};
pub(crate) use self::kind::KindSet;
pub(crate) use self::reach::Reachability;
pub(crate) use self::rule::Rule;
pub(crate) use self::signature::{CallKind, Signature, SignatureArgument, Signatures};
pub(crate) use self::site::SiteTypes;
pub(crate) use self::structure::{OtherKeys, StructType};
pub(crate) use self::wants::Wants;

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    /// Nothing is known of the value, so nothing can be wrong with it.
    Unknown,
    /// There is no such value, as in a list that is empty.
    Never,
    /// The value is missing, as a field that does not exist.
    Undefined,
    None,
    Bool,
    Int,
    Float,
    /// Text, which is escaped where it is shown.
    Text,
    /// Text that is one of these.
    Choice(Arc<[Arc<str>]>),
    /// Text such as `2026-01-31`.
    Date,
    /// Text such as `2026-01-31T09:30:00Z`.
    DateTime,
    /// Text that is an absolute URL.
    Url,
    /// Text that is shown as it is.
    Html,
    /// A `template` field, which is no text until it is evaluated; none for one that is not of a record's own.
    Field(Option<FieldOrigin>),
    List(Arc<Type>),
    /// A map with any keys, and values of a type.
    Map(Arc<Type>),
    /// A map whose keys are known.
    Struct(Arc<StructType>),
    Record(CollectionId, RecordDepth),
    /// A row of a dataset or a query.
    Row(RelationId),
    /// One of several types, at least two. None of them is unknown or itself one of several.
    OneOf(Arc<[Type]>),
    /// This type or none, where nothing declares whether there is a value: SQL answers null in any column. Whoever
    /// uses it as the type is not wrong.
    Perhaps(Arc<Type>),
}

/// A field of a collection, by its place among the collection's fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FieldOrigin {
    pub collection: CollectionId,
    pub field: usize,
}

/// The part of a record that is seen where it stands. Records refer to each other in circles, but values are
/// trees, so a record that others lead to shows less of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RecordDepth {
    /// All that it has. Its references are whole, too, or cards where they can lead back to it.
    Whole,
    /// All that it has, but its references are only names.
    Card,
    /// Its collection, slug, title and URL.
    Name,
}

/// The most types that a value can be one of. If there are more, maps are joined to one; if that does not help, the
/// type counts as unknown.
const MOST_TYPES: usize = 16;

impl Type {
    /// A whole number or another.
    pub(crate) fn number() -> Self {
        Self::Int.union(Self::Float)
    }

    pub(crate) fn list(item: Self) -> Self {
        Self::List(Arc::new(item))
    }

    /// The type, or none.
    pub(crate) fn or_none(self) -> Self {
        self.union(Self::None)
    }

    /// The type, or none where nothing declares whether there is a value.
    pub(crate) fn perhaps(self) -> Self {
        match self {
            Self::Unknown | Self::Perhaps(_) => self,
            of => Self::Perhaps(Arc::new(of)),
        }
    }

    /// The map with these keys and no others.
    pub(crate) fn with_fields<N: Into<Arc<str>>>(fields: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::with_keys(fields, OtherKeys::None)
    }

    /// The map with these keys, if others are possible, too.
    pub(crate) fn with_keys<N: Into<Arc<str>>>(
        fields: impl IntoIterator<Item = (N, Self)>,
        others: OtherKeys,
    ) -> Self {
        let fields = fields.into_iter().map(|(name, of)| (name.into(), of)).collect();
        Self::Struct(Arc::new(StructType::new(fields, others)))
    }

    /// The types that a value of this type can have.
    pub(crate) fn members(&self) -> &[Self] {
        match self {
            Self::OneOf(members) => members,
            Self::Perhaps(of) => of.members(),
            of => std::slice::from_ref(of),
        }
    }

    /// True if the value may be none though nothing declares it.
    pub(crate) fn is_perhaps(&self) -> bool {
        matches!(self, Self::Perhaps(_))
    }

    /// The type of a value that has this type or the other.
    pub(crate) fn union(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Never, of) | (of, Self::Never) => of,
            // Mostly a value has a type again that it had on other pages.
            (one, other) if one.covers(&other) => one,
            (Self::Perhaps(one), Self::Perhaps(other)) => (*one).clone().union((*other).clone()).perhaps(),
            (Self::Perhaps(one), other) | (other, Self::Perhaps(one)) => {
                (*one).clone().union(other).perhaps()
            }
            (one, other) => {
                let mut members = one.members().to_vec();
                other.members().iter().for_each(|member| add(&mut members, member));
                Self::one_of(members)
            }
        }
    }

    /// The type of a value that has one of several types.
    pub(crate) fn of_all(types: &[Self]) -> Self {
        if types.contains(&Self::Unknown) {
            return Self::Unknown;
        }
        let mut members = Vec::new();
        for member in types.iter().flat_map(Self::members).filter(|member| **member != Self::Never) {
            add(&mut members, member);
        }
        let of = Self::one_of(members);
        if types.iter().any(Self::is_perhaps) { of.perhaps() } else { of }
    }

    fn one_of(mut members: Vec<Self>) -> Self {
        match members.len() {
            0 => Self::Never,
            1 => members.remove(0),
            2..=MOST_TYPES => Self::OneOf(members.into()),
            _ => Self::one_of_many(members),
        }
    }

    /// Joins all maps among too many types to one; the type is unknown if there are still too many.
    fn one_of_many(members: Vec<Self>) -> Self {
        let mut map: Option<StructType> = None;
        let mut others = Vec::new();
        for member in members {
            match member {
                Self::Struct(of) => {
                    map = Some(map.map_or_else(|| (*of).clone(), |map| map.joined(&of)));
                }
                other => others.push(other),
            }
        }
        others.extend(map.map(|map| Self::Struct(map.into())));
        if others.len() <= MOST_TYPES { Self::one_of(others) } else { Self::Unknown }
    }

    /// The type without the members that fail a test; nothing is known to fail of an unknown type.
    fn only(&self, passes: impl Fn(&Self) -> bool) -> Self {
        if *self == Self::Unknown {
            return Self::Unknown;
        }
        Self::one_of(self.members().iter().filter(|member| passes(member)).cloned().collect())
    }

    /// The type of a value of this type that is known to be of one of some kinds.
    pub(crate) fn among(&self, kinds: KindSet) -> Self {
        let known = self.only(|member| kinds.meets(member.kinds()));
        if self.is_perhaps() && kinds.meets(KindSet::NONE) { known.perhaps() } else { known }
    }

    /// The type of a value of this type that is known to be there.
    pub(crate) fn without_none(&self) -> Self {
        self.among(KindSet::DEFINED.without(KindSet::NONE))
    }

    /// The kinds that Tera tells apart which a value can have.
    pub(crate) fn kinds(&self) -> KindSet {
        match self {
            Self::Unknown => KindSet::ANY,
            Self::Never => KindSet::EMPTY,
            Self::Undefined => KindSet::UNDEFINED,
            Self::None => KindSet::NONE,
            Self::Bool => KindSet::BOOL,
            Self::Int => KindSet::INT,
            Self::Float => KindSet::FLOAT,
            Self::Text | Self::Choice(_) | Self::Date | Self::DateTime | Self::Url | Self::Html => {
                KindSet::TEXT
            }
            Self::List(_) => KindSet::LIST,
            Self::Field(_) | Self::Map(_) | Self::Struct(_) | Self::Record(..) | Self::Row(_) => KindSet::MAP,
            Self::OneOf(members) => members.iter().fold(KindSet::EMPTY, |kinds, of| kinds.and(of.kinds())),
            Self::Perhaps(of) => of.kinds().and(KindSet::NONE),
        }
    }

    /// The same as plain text, if it is text of any form.
    pub(crate) fn plain(&self) -> Self {
        match self {
            of if of.kinds() == KindSet::TEXT => Self::Text,
            Self::OneOf(_) => self.members().iter().map(Self::plain).fold(Self::Never, Self::union),
            Self::Perhaps(of) => of.plain().perhaps(),
            of => of.clone(),
        }
    }
}

/// Adds a type to others, and to the one that it is much the same as.
fn add(members: &mut Vec<Type>, member: &Type) {
    let joined = members.iter().enumerate().find_map(|(at, known)| Some((at, joined(known, member)?)));
    match joined {
        Some((at, joined)) => members[at] = joined,
        None => members.push(member.clone()),
    }
}

/// The single type of values of two types; none if these are better kept apart.
fn joined(one: &Type, other: &Type) -> Option<Type> {
    let is_plain = |of: &Type| of.kinds() == KindSet::TEXT && *of != Type::Html;
    Some(match (one, other) {
        (one, other) if one == other => one.clone(),
        (Type::Choice(some), Type::Choice(more)) => {
            let new = more.iter().filter(|word| !some.contains(word));
            Type::Choice(some.iter().chain(new).cloned().collect())
        }
        (one, other) if is_plain(one) && is_plain(other) => Type::Text,
        (Type::List(one), Type::List(other)) => Type::list((**one).clone().union((**other).clone())),
        // Templates put maps together key by key, so there can be many that differ in little.
        (Type::Struct(one), Type::Struct(other))
            if one.others == OtherKeys::Elsewhere && other.others == OtherKeys::Elsewhere =>
        {
            Type::Struct(one.joined(other).into())
        }
        (Type::Map(one), Type::Map(other)) => Type::Map(Arc::new((**one).clone().union((**other).clone()))),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(words: &[&str]) -> Type {
        Type::Choice(words.iter().map(|word| Arc::from(*word)).collect())
    }

    #[test]
    fn a_union_is_flat_and_joins_what_is_alike() {
        let number = Type::number();
        assert_eq!(number.clone().union(Type::Float), number);
        assert_eq!(Type::Text.or_none().or_none(), Type::OneOf([Type::Text, Type::None].into()));
        assert_eq!(choice(&["a", "b"]).union(choice(&["b", "c"])), choice(&["a", "b", "c"]));
        assert_eq!(Type::Date.union(Type::Url), Type::Text);
        assert_ne!(Type::Html.union(Type::Text), Type::Text);
        assert_eq!(Type::list(Type::Never).union(Type::list(Type::Int)), Type::list(Type::Int));
        assert_eq!(number.union(Type::Unknown), Type::Unknown);
    }

    #[test]
    fn a_type_that_perhaps_is_none_stays_so_in_unions() {
        let perhaps = Type::Int.perhaps();
        assert_eq!(perhaps.clone().union(Type::Float), Type::number().perhaps());
        assert_eq!(perhaps.without_none(), Type::Int);
        assert!(perhaps.kinds().meets(KindSet::NONE));
    }

    #[test]
    fn kinds_narrow_types() {
        let of = Type::number().union(Type::Text).or_none();
        assert_eq!(of.among(KindSet::NUMBER), Type::number());
        assert_eq!(of.without_none(), Type::number().union(Type::Text));
        assert_eq!(Type::Unknown.without_none(), Type::Unknown);
        assert_eq!(Type::Text.perhaps().among(KindSet::LIST), Type::Never);
    }

    #[test]
    fn too_many_types_are_unknown() {
        let rows = (0..=MOST_TYPES).map(|id| Type::Record(CollectionId(id), RecordDepth::Whole));
        assert_eq!(rows.fold(Type::Never, Type::union), Type::Unknown);
    }
}
