//! SQLite's functions of mathematics, which give what SQLite's own give: NULL of NULL, and beyond a function's domain.

use rusqlite::functions::Context;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Result};

use super::{PURE, refuse};

/// A function of one number, with its name.
type OfOne = (&'static str, fn(f64) -> f64);

/// A function of two numbers, with its name.
type OfTwo = (&'static str, fn(f64, f64) -> f64);

const OF_ONE: [OfOne; 20] = [
    ("acos", f64::acos),
    ("acosh", f64::acosh),
    ("asin", f64::asin),
    ("asinh", f64::asinh),
    ("atan", f64::atan),
    ("atanh", f64::atanh),
    ("cos", f64::cos),
    ("cosh", f64::cosh),
    ("degrees", f64::to_degrees),
    ("exp", f64::exp),
    ("ln", f64::ln),
    ("log", f64::log10),
    ("log10", f64::log10),
    ("log2", f64::log2),
    ("radians", f64::to_radians),
    ("sin", f64::sin),
    ("sinh", f64::sinh),
    ("sqrt", f64::sqrt),
    ("tan", f64::tan),
    ("tanh", f64::tanh),
];

const OF_TWO: [OfTwo; 5] = [
    ("atan2", f64::atan2),
    ("log", |base, value| value.ln() / base.ln()),
    ("mod", |a, b| a % b),
    ("pow", f64::powf),
    ("power", f64::powf),
];

/// Functions that leave whole numbers as they are.
const TO_WHOLE: [OfOne; 4] =
    [("ceil", f64::ceil), ("ceiling", f64::ceil), ("floor", f64::floor), ("trunc", f64::trunc)];

pub(super) fn register(connection: &Connection) -> Result<()> {
    for (name, of) in OF_ONE {
        connection.create_scalar_function(name, 1, PURE, move |context| {
            Ok(argument(context, 0, name)?.and_then(|value| known(of(value))))
        })?;
    }
    for (name, of) in OF_TWO {
        connection.create_scalar_function(name, 2, PURE, move |context| {
            let both = argument(context, 0, name)?.zip(argument(context, 1, name)?);
            Ok(both.and_then(|(a, b)| known(of(a, b))))
        })?;
    }
    for (name, of) in TO_WHOLE {
        connection.create_scalar_function(name, 1, PURE, move |context| match context.get_raw(0) {
            ValueRef::Integer(value) => Ok(Value::Integer(value)),
            _ => Ok(argument(context, 0, name)?.map_or(Value::Null, |value| Value::Real(of(value)))),
        })?;
    }
    connection.create_scalar_function("pi", 0, PURE, |_| Ok(std::f64::consts::PI))
}

/// Returns an argument as a number. A text that is one counts as one, as in SQLite; of any other, SQLite gives
/// NULL, which would be silence.
fn argument(context: &Context<'_>, place: usize, name: &str) -> Result<Option<f64>> {
    match context.get_raw(place) {
        ValueRef::Null => Ok(None),
        #[expect(clippy::cast_precision_loss, reason = "these functions calculate with 53 bits")]
        ValueRef::Integer(value) => Ok(Some(value as f64)),
        ValueRef::Real(value) => Ok(Some(value)),
        ValueRef::Text(text) | ValueRef::Blob(text) => {
            let text = String::from_utf8_lossy(text);
            let number = text.trim().parse().ok().filter(|value: &f64| value.is_finite());
            number.map(Some).ok_or_else(|| refuse(name, format!("takes a number, not \"{text}\"")))
        }
    }
}

fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}
