//! The types of calls that depend on their arguments or on the schema.

use std::sync::Arc;

use sitegen_model::RelationId;

use super::given::marked;
use super::{KindSet, OtherKeys, RecordDepth, SiteTypes, Type, TypedCall};

/// A type that depends on the arguments of a call or on the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The rows of the relation `from`.
    Rows,
    /// One row of the relation `from`. A record is there or the call fails; a row of another relation may be none.
    Row,
    /// The records that refer to another one, of the collection `from` or of any.
    ReferencedBy,
    /// A list of pages, of the family `family` or of all.
    Pages,
    /// The input, or `value` where the input is undefined; where it is false in any way if `boolean` is given.
    Default,
    /// The value of the input at `key`, or `default`.
    Get,
    /// Lists of the input's items by their values of `attribute`, which are texts, whole numbers or truth values.
    Groups,
    /// The names of a map's entries.
    Keys,
    /// Lists of two, the name of an entry and its value.
    Pairs,
    /// Text with the other arguments put in; HTML if one of them is.
    Words,
}

impl Rule {
    /// Returns the type that a call gives.
    pub(super) fn of(self, call: &TypedCall, types: &SiteTypes) -> Type {
        match self {
            Self::Rows => Type::list(row(call, types)),
            Self::Row => match row(call, types) {
                of if of.members().iter().any(|of| matches!(of, Type::Row(_))) => of.perhaps(),
                of => of,
            },
            Self::ReferencedBy => Type::list(referring(call, types)),
            Self::Pages => Type::list(types.listed_page()),
            Self::Default => default(call),
            Self::Get => get(call, types),
            Self::Groups => Type::Map(Type::list(types.item(call.input).unwrap_or(Type::Unknown)).into()),
            Self::Keys => Type::list(call.input.key()),
            Self::Pairs => {
                let value = types.item(call.input).unwrap_or(Type::Unknown);
                Type::list(Type::list(call.input.key().union(value)))
            }
            Self::Words => marked(&Type::Text, call.arguments),
        }
    }
}

/// Returns the type of a row of the relation `from`; unknown if the relation is not known.
fn row(call: &TypedCall, types: &SiteTypes) -> Type {
    let Some(Type::Choice(names)) = call.argument("from") else { return Type::Unknown };
    let row = |name: &Arc<str>| types.relation(name).map_or(Type::Unknown, SiteTypes::row);
    names.iter().map(row).fold(Type::Never, Type::union)
}

/// Returns the type of a record that refers to another.
fn referring(call: &TypedCall, types: &SiteTypes) -> Type {
    match (call.argument("from"), call.argument("record")) {
        (Some(_), _) => row(call, types),
        (None, Some(Type::Record(to, _))) => {
            let from = types.referring(*to).map(|from| Type::Record(from, RecordDepth::Whole));
            from.fold(Type::Never, Type::union)
        }
        _ => Type::Unknown,
    }
}

fn default(call: &TypedCall) -> Type {
    let otherwise = call.argument("value").cloned().unwrap_or(Type::Unknown);
    if call.argument("boolean").is_some() {
        return call.input.without_none().union(otherwise);
    }
    let known = call.input.among(KindSet::DEFINED);
    if call.input.kinds().meets(KindSet::UNDEFINED) { known.union(otherwise) } else { known }
}

fn get(call: &TypedCall, types: &SiteTypes) -> Type {
    let otherwise = || call.argument("default").cloned().unwrap_or(Type::Never);
    let Some(Type::Choice(keys)) = call.argument("key") else {
        return types.item(call.input).unwrap_or(Type::Unknown).union(otherwise());
    };
    let at = |key: &Arc<str>| match types.field(call.input, key) {
        of if matches!(call.input, Type::Map(_)) => of.union(otherwise()),
        of if of.kinds().meets(KindSet::UNDEFINED) => of.among(KindSet::DEFINED).union(otherwise()),
        of => of,
    };
    keys.iter().map(at).fold(Type::Never, Type::union)
}

impl SiteTypes<'_> {
    /// Finds a relation by the name that templates call it.
    pub(crate) fn relation(&self, name: &str) -> Option<RelationId> {
        let schema = self.schema();
        schema.relations().find(|id| schema.relation_name(*id) == name)
    }
}

impl Type {
    /// The type of the names in a map.
    pub(crate) fn key(&self) -> Self {
        match self {
            Self::Record(..) | Self::Row(_) | Self::Field(_) => Self::Text,
            Self::Struct(of) if of.others != OtherKeys::Any => Self::Text,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Gives, TypedArgument};
    use sitegen_model::Schema;

    /// Returns the type that a rule gives for an input and arguments.
    fn given(rule: Rule, input: &Type, arguments: &[(&'static str, Type)]) -> Type {
        let schema = Schema::default();
        let arguments: Vec<_> =
            arguments.iter().map(|(name, of)| TypedArgument { name, of: of.clone() }).collect();
        Gives::Rule(rule).of(&TypedCall { input, arguments: &arguments }, &SiteTypes::new(&schema))
    }

    #[test]
    fn a_default_is_for_what_is_undefined() {
        let value = [("value", Type::Int)];
        assert_eq!(given(Rule::Default, &Type::Undefined, &value), Type::Int);
        assert_eq!(given(Rule::Default, &Type::Text.or_none(), &value), Type::Text.or_none());
        let boolean = [("value", Type::Int), ("boolean", Type::Bool)];
        assert_eq!(given(Rule::Default, &Type::Text.or_none(), &boolean), Type::Text.union(Type::Int));
        assert_eq!(given(Rule::Default, &Type::Unknown, &value), Type::Unknown);
    }

    #[test]
    fn a_value_is_got_by_a_known_key() {
        let key = ("key", Type::Choice(["a".into()].into()));
        let map = Type::with_fields([("a", Type::Bool)]);
        assert_eq!(given(Rule::Get, &map, std::slice::from_ref(&key)), Type::Bool);
        let other = Type::with_fields([("b", Type::Bool)]);
        assert_eq!(given(Rule::Get, &other, &[key.clone(), ("default", Type::Int)]), Type::Int);
        let any = Type::Map(Type::Bool.into());
        let got = given(Rule::Get, &any, &[key, ("default", Type::None)]);
        assert_eq!(got, Type::Bool.or_none());
        let either = Type::with_fields([("a", Type::Bool), ("b", Type::Int)]);
        assert_eq!(given(Rule::Get, &either, &[("key", Type::Text)]), Type::Bool.union(Type::Int));
    }

    #[test]
    fn maps_are_taken_apart_and_lists_put_together() {
        let map = Type::with_fields([("a", Type::Bool)]);
        assert_eq!(given(Rule::Keys, &map, &[]), Type::list(Type::Text));
        assert_eq!(given(Rule::Pairs, &map, &[]), Type::list(Type::list(Type::Text.union(Type::Bool))));
        let groups = Type::Map(Type::list(map.clone()).into());
        assert_eq!(given(Rule::Groups, &Type::list(map), &[]), groups);
    }

    #[test]
    fn words_are_html_if_a_part_is() {
        assert_eq!(given(Rule::Words, &Type::Never, &[("name", Type::Text)]), Type::Text);
        assert_eq!(given(Rule::Words, &Type::Never, &[("name", Type::Html)]), Type::Text.union(Type::Html));
    }
}
