//! The types of maps whose keys are known.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use sitegen_model::Id;

use super::Type;

/// A map whose keys are known. Types of maps are compared all the time, and have others within them, so a hash stands for
/// what they are made of.
#[derive(Debug, Clone)]
pub(crate) struct StructType {
    pub fields: Vec<(Arc<str>, Type)>,
    pub others: OtherKeys,
    id: Id,
}

/// The keys that a map can have besides those that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum OtherKeys {
    /// None, so whoever asks for another is wrong.
    None,
    /// None, but a part of a theme can ask for keys that other maps have: a template wrote the map.
    Elsewhere,
    /// Any: nothing declares them.
    Any,
}

impl StructType {
    pub(crate) fn new(fields: Vec<(Arc<str>, Type)>, others: OtherKeys) -> Self {
        let id = Id::of(&(&fields, others));
        Self { fields, others, id }
    }

    /// Returns the type of a field, which most likely stands at a place among the others.
    pub(super) fn field(&self, name: &str, at: usize) -> Option<&Type> {
        let here = self.fields.get(at).filter(|(known, _)| **known == *name);
        here.or_else(|| self.fields.iter().find(|(known, _)| **known == *name)).map(|(_, of)| of)
    }

    /// Returns the type of maps that have one of two types. A key that only one of them has can be missing.
    pub(super) fn joined(&self, other: &Self) -> Self {
        let of_one = self.fields.iter().enumerate().map(|(at, (name, of))| {
            let also = other.field(name, at).cloned().unwrap_or_else(|| other.missing());
            (Arc::clone(name), of.clone().union(also))
        });
        let of_other = other.fields.iter().enumerate();
        let of_other = of_other.filter(|(at, (name, _))| self.field(name, *at).is_none());
        let of_other = of_other.map(|(_, (name, of))| (Arc::clone(name), of.clone().union(self.missing())));
        Self::new(of_one.chain(of_other).collect(), self.others.max(other.others))
    }

    /// The type of a key that is not known.
    pub(super) fn missing(&self) -> Type {
        if self.others == OtherKeys::Any { Type::Unknown } else { Type::Undefined }
    }
}

impl PartialEq for StructType {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for StructType {}

impl Hash for StructType {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}
