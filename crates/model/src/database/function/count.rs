//! Aggregates that give one of the values: the one that is most frequent, or any.

use std::collections::BTreeMap;

use rusqlite::Result;
use rusqlite::functions::{Aggregate, Context, WindowAggregate};
use rusqlite::types::{Value, ValueRef};

use super::refuse;

/// `mode(x)`: the value that stands most often; the least of several.
pub(super) struct Mode;

/// The number of times that each value stands.
type Frequencies = BTreeMap<Counted, usize>;

/// A value in an order: numbers before texts, as in SQLite.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counted {
    Int(i64),
    /// The bits of a number, made such that their order is that of the numbers.
    Real(i64),
    Text(String),
}

impl Counted {
    fn read(context: &Context<'_>) -> Result<Option<Self>> {
        Ok(match context.get_raw(0) {
            ValueRef::Null => None,
            ValueRef::Integer(value) => Some(Self::Int(value)),
            ValueRef::Real(value) => Some(Self::Real(ordered(value.to_bits().cast_signed()))),
            ValueRef::Text(text) => Some(Self::Text(String::from_utf8_lossy(text).into_owned())),
            ValueRef::Blob(_) => return Err(refuse("mode", "takes numbers or texts, not bytes")),
        })
    }

    fn value(&self) -> Value {
        match self {
            Self::Int(value) => Value::Integer(*value),
            Self::Real(bits) => Value::Real(f64::from_bits(ordered(*bits).cast_unsigned())),
            Self::Text(text) => Value::Text(text.clone()),
        }
    }
}

/// Turns the bits of a number into an integer of the same order, and back.
fn ordered(bits: i64) -> i64 {
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

fn most_frequent(counts: &Frequencies) -> Value {
    let first = counts.iter().rev().max_by_key(|(_, count)| **count);
    first.map_or(Value::Null, |(value, _)| value.value())
}

impl Aggregate<Frequencies, Value> for Mode {
    fn init(&self, _: &mut Context<'_>) -> Result<Frequencies> {
        Ok(Frequencies::new())
    }

    fn step(&self, context: &mut Context<'_>, counts: &mut Frequencies) -> Result<()> {
        if let Some(value) = Counted::read(context)? {
            *counts.entry(value).or_default() += 1;
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, counts: Option<Frequencies>) -> Result<Value> {
        Ok(counts.map_or(Value::Null, |counts| most_frequent(&counts)))
    }
}

impl WindowAggregate<Frequencies, Value> for Mode {
    fn value(&self, counts: Option<&mut Frequencies>) -> Result<Value> {
        Ok(counts.map_or(Value::Null, |counts| most_frequent(counts)))
    }

    fn inverse(&self, context: &mut Context<'_>, counts: &mut Frequencies) -> Result<()> {
        let Some(gone) = Counted::read(context)? else { return Ok(()) };
        match counts.get_mut(&gone) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(counts.remove(&gone)),
        }
        Ok(())
    }
}

/// `any_value(x)`: the first value that is not NULL.
pub(super) struct AnyValue;

impl Aggregate<Option<Value>, Option<Value>> for AnyValue {
    fn init(&self, _: &mut Context<'_>) -> Result<Option<Value>> {
        Ok(None)
    }

    fn step(&self, context: &mut Context<'_>, found: &mut Option<Value>) -> Result<()> {
        if found.is_none() {
            *found = context.get::<Option<Value>>(0)?;
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, found: Option<Option<Value>>) -> Result<Option<Value>> {
        Ok(found.flatten())
    }
}
