//! The keys and values of an object, every one of them, also those that stand twice.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::data::column;

/// A key and its value as written.
#[derive(Debug)]
pub(super) struct Entry<'s> {
    key: Cow<'s, str>,
    pub(super) value: &'s RawValue,
}

impl Entry<'_> {
    /// The key without white space around it.
    pub(super) fn name(&self) -> Cow<'_, str> {
        column::name(&self.key)
    }

    /// Grows from entry to entry of a file.
    pub(super) fn offset(&self) -> usize {
        self.value.get().as_ptr().addr()
    }
}

/// Reads a line that holds one object and nothing else.
pub(super) fn read<'s>(line: &'s str, entries: &mut Vec<Entry<'s>>) -> serde_json::Result<()> {
    entries.clear();
    let mut reader = serde_json::Deserializer::from_str(line);
    reader.deserialize_map(Object(entries))?;
    reader.end()
}

struct Object<'e, 's>(&'e mut Vec<Entry<'s>>);

impl<'s> Visitor<'s> for Object<'_, 's> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'s>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            self.0.push(Entry { key, value: map.next_value()? });
        }
        Ok(())
    }
}

/// A key, borrowed from the line unless it holds escapes.
struct Key<'s>(Cow<'s, str>);

impl<'s> Deserialize<'s> for Key<'s> {
    fn deserialize<D: Deserializer<'s>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'s> Visitor<'s> for KeyVisitor {
    type Value = Key<'s>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'s str) -> Result<Key<'s>, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key<'s>, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }
}
