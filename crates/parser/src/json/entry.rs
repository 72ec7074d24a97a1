//! Reads the entries of a JSON object, including those whose key stands twice.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::Span;

/// A key and its value as written.
#[derive(Debug)]
pub(crate) struct Member<'s> {
    pub(crate) key: Cow<'s, str>,
    pub(crate) value: &'s RawValue,
}

impl Member<'_> {
    /// Finds the entry's value in the text of which the object was read.
    pub(crate) fn span(&self, text: &str) -> Span {
        span(self.value, text)
    }
}

/// Finds a value in the text of which it was read, by its address in memory.
pub(crate) fn span(value: &RawValue, text: &str) -> Span {
    let start = value.get().as_ptr().addr() - text.as_ptr().addr();
    start..start + value.get().len()
}

/// Reads a text that holds one object and nothing else.
pub(crate) fn read<'s>(text: &'s str, entries: &mut Vec<Member<'s>>) -> serde_json::Result<()> {
    entries.clear();
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.deserialize_map(Object(entries))?;
    reader.end()
}

struct Object<'e, 's>(&'e mut Vec<Member<'s>>);

impl<'s> Visitor<'s> for Object<'_, 's> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'s>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(MemberName(key)) = map.next_key()? {
            self.0.push(Member { key, value: map.next_value()? });
        }
        Ok(())
    }
}

/// A key, borrowed from the text unless it holds escapes.
struct MemberName<'s>(Cow<'s, str>);

impl<'s> Deserialize<'s> for MemberName<'s> {
    fn deserialize<D: Deserializer<'s>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(MemberNameVisitor)
    }
}

struct MemberNameVisitor;

impl<'s> Visitor<'s> for MemberNameVisitor {
    type Value = MemberName<'s>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'s str) -> Result<MemberName<'s>, E> {
        Ok(MemberName(Cow::Borrowed(key)))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<MemberName<'s>, E> {
        Ok(MemberName(Cow::Owned(key.to_owned())))
    }
}
