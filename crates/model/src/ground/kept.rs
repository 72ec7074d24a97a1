//! Memoization: results are stored with a hash of their inputs, and used again while the hash is the same.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use siphasher::sip128::{Hasher128 as _, SipHasher13};
use sitegen_parser::Diagnostics;

/// A hash of 128 bits that stands for a value, long enough that different values never share it by chance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(u128);

impl Id {
    /// Hashes a value.
    pub fn of(value: &(impl Hash + ?Sized)) -> Self {
        let mut hasher = SipHasher13::new();
        value.hash(&mut hasher);
        Self(hasher.finish128().as_u128())
    }

    /// Returns the hash as a number, to be written down.
    pub fn number(self) -> u128 {
        self.0
    }

    /// Parses an id that was written down as 32 hexadecimal digits.
    pub fn parse(digits: &str) -> Option<Self> {
        u128::from_str_radix(digits, 16).ok().map(Self)
    }

    /// Hashes several values in their order.
    pub fn of_all(values: impl IntoIterator<Item = impl Hash>) -> Self {
        let mut hasher = SipHasher13::new();
        values.into_iter().for_each(|value| value.hash(&mut hasher));
        Self(hasher.finish128().as_u128())
    }

    /// Returns ten digits of the hash, which are enough to tell versions of a file apart.
    pub fn digits(self) -> String {
        format!("{:032x}", self.0)[..10].to_owned()
    }
}

/// An input of a stage that is hashed by a given id instead of by its value.
///
/// The id must cover all that the stage reads of the value, which nothing checks. That a stage reads only its
/// inputs is checked by the signature of [`Kept::or_make`].
#[derive(Debug, Clone, Copy)]
pub struct By<T>(pub Id, pub T);

impl<T> Hash for By<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// The result of a stage, with its diagnostics and a hash of its inputs.
///
/// In each build, a stage compares the hash of its inputs with that of the previous build, and makes its
/// result again only if they differ or the result had errors. There is no dirty flag and no notification, so
/// a reused build cannot differ from a clean one because a notification is missing.
#[derive(Debug)]
pub struct Kept<T> {
    /// The id of the stage's inputs.
    pub from: Id,
    /// The id that stands for the value among the inputs of later stages.
    ///
    /// It equals `from`, unless the stage identifies its value by the value itself ([`Kept::known_by`]): then
    /// an edit that does not change the value, such as a comment in a declaration, makes no later stage run.
    pub id: Id,
    /// The problems that the stage found.
    pub diagnostics: Diagnostics,
    value: Arc<T>,
}

impl<T> Kept<T> {
    /// Returns the previous result if the inputs are the same, or else makes a new one.
    ///
    /// `make` is a function pointer, not a closure, so that the result cannot depend on anything but the
    /// hashed inputs. A result with errors is always made again, because messages about errors depend on more
    /// than the inputs: they suggest names and show declarations.
    pub fn or_make<I: Hash>(previous: Option<&Self>, inputs: I, make: fn(I) -> (T, Diagnostics)) -> Self {
        let from = Id::of(&inputs);
        match previous.filter(|kept| kept.from == from && !kept.diagnostics.has_errors()) {
            Some(kept) => kept.clone(),
            None => Self::new(from, make(inputs)),
        }
    }

    /// Creates the result of the inputs that `from` stands for.
    pub fn new(from: Id, (value, diagnostics): (T, Diagnostics)) -> Self {
        Self { from, id: from, diagnostics, value: Arc::new(value) }
    }

    /// Returns the same result, identified by a hash of its value instead of by its inputs.
    #[must_use]
    pub fn known_by(self, id: Id) -> Self {
        Self { id, ..self }
    }

    /// Returns the whole result as an input of another stage.
    pub fn by(&self) -> By<&Self> {
        By(self.id, self)
    }

    /// Returns the result if it has no problems at all, for stages whose warnings show more than their
    /// inputs, such as whole rows.
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

/// An empty result. Its id is 0, which no inputs have, so it is never used instead of making one.
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
