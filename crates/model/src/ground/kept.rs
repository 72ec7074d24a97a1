//! Results that are kept with what they were made from, so that the same is not made twice.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use siphasher::sip128::{Hasher128 as _, SipHasher13};
use sitegen_parser::Diagnostics;

/// Tells values apart: a hash so long that two different ones never share it by chance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(u128);

impl Id {
    /// The id of a value.
    pub fn of(value: &(impl Hash + ?Sized)) -> Self {
        let mut hasher = SipHasher13::new();
        value.hash(&mut hasher);
        Self(hasher.finish128().as_u128())
    }

    /// The hash as a number, to be written down.
    pub fn number(self) -> u128 {
        self.0
    }

    /// The id of a number that was written down with 32 hexadecimal digits.
    pub fn parse(digits: &str) -> Option<Self> {
        u128::from_str_radix(digits, 16).ok().map(Self)
    }

    /// The id of values in their order.
    pub fn of_all(values: impl IntoIterator<Item = impl Hash>) -> Self {
        let mut hasher = SipHasher13::new();
        values.into_iter().for_each(|value| value.hash(&mut hasher));
        Self(hasher.finish128().as_u128())
    }

    /// Ten digits of it, which tell versions of a file apart.
    pub fn digits(self) -> String {
        format!("{:032x}", self.0)[..10].to_owned()
    }
}

/// What a stage sees of a value, and the id of all that it takes from there. It is known by the id alone.
///
/// That the id covers all that is taken cannot be checked here; that nothing else is seen, can: see [`Kept::or_make`].
#[derive(Debug, Clone, Copy)]
pub struct By<T>(pub Id, pub T);

impl<T> Hash for By<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// What a stage made, and what is wrong with it.
///
/// A stage is asked in each build, but only makes something if what it is made from is not what it was. There are no marks of what is stale, and
/// nothing is told that it changed: two ids are compared, so that a reused build cannot differ from a clean one for want of a
/// message.
#[derive(Debug)]
pub struct Kept<T> {
    /// The id of what it was made from.
    pub from: Id,
    /// The id that stands for the value in the ids of what is made of it.
    ///
    /// It is the same as `from`, unless the stage is one that knows its value by itself ([`Kept::known_by`]): then an edit that changes nothing,
    /// such as a comment in a declaration, ends there, and no later stage makes anything.
    pub id: Id,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
    value: Arc<T>,
}

impl<T> Kept<T> {
    /// What was made before from the same, or what is made now.
    ///
    /// `make` is no closure that could see more than it is given: what it depends on has to be among the inputs, which are what the id is
    /// made of. What had errors is made again in any case, because what they say can depend on more: they suggest what was
    /// meant, and show where it is declared.
    pub fn or_make<I: Hash>(previous: Option<&Self>, inputs: I, make: fn(I) -> (T, Diagnostics)) -> Self {
        let from = Id::of(&inputs);
        match previous.filter(|kept| kept.from == from && !kept.diagnostics.has_errors()) {
            Some(kept) => kept.clone(),
            None => Self::new(from, make(inputs)),
        }
    }

    /// What was made from something.
    pub fn new(from: Id, (value, diagnostics): (T, Diagnostics)) -> Self {
        Self { from, id: from, diagnostics, value: Arc::new(value) }
    }

    /// The same, known by what it is instead of by what it was made from.
    #[must_use]
    pub fn known_by(self, id: Id) -> Self {
        Self { id, ..self }
    }

    /// All of it, as what a stage sees.
    pub fn by(&self) -> By<&Self> {
        By(self.id, self)
    }

    /// Itself, if nothing is wrong with it, for stages whose warnings show more than they depend on, such as whole rows.
    pub fn without_problems(&self) -> Option<&Self> {
        Some(self).filter(|kept| kept.diagnostics.is_empty())
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        let Self { from, id, diagnostics, value } = self;
        Self { from: *from, id: *id, diagnostics: diagnostics.clone(), value: Arc::clone(value) }
    }
}

/// What was made of nothing. Its id is that of nothing, so that it is never taken over.
impl<T: Default> Default for Kept<T> {
    fn default() -> Self {
        Self::new(Id::default(), Default::default())
    }
}

impl<T> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
