//! Results that are kept with what they were made from, so that the same is not made twice.

use std::hash::Hash;
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

/// What a stage made, what is wrong with it, and the id of all that both depend on.
///
/// The id stands for the value: what is made of it depends on nothing else. A value whose id is the default one was
/// made of nothing, and is never taken over.
#[derive(Debug)]
pub struct Kept<T> {
    /// The id of what it was made from.
    pub from: Id,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
    value: Arc<T>,
}

impl<T> Kept<T> {
    /// What was made before from the same, or what is made now.
    pub fn or_make(previous: Option<&Self>, from: Id, make: impl FnOnce() -> (T, Diagnostics)) -> Self {
        match previous.filter(|kept| kept.from == from) {
            Some(kept) => kept.clone(),
            None => Self::new(from, make()),
        }
    }

    /// What was made from something.
    pub fn new(from: Id, (value, diagnostics): (T, Diagnostics)) -> Self {
        Self { from, diagnostics, value: Arc::new(value) }
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self { from: self.from, diagnostics: self.diagnostics.clone(), value: Arc::clone(&self.value) }
    }
}

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
