//! Filters that put values into words: numbers, money, durations, dates.

use std::sync::Arc;

use sitegen_model::Words;
use tera::{Kwargs, Number, State, TeraResult, Value};

use super::Library;
use super::argument::{optional, required};
use super::date::date;
use super::duration::{duration, in_minutes, iso_duration};
use super::registry::Registry;
use crate::library::errors;
use crate::types::{Gives, Signature, SignatureArgument, Wants};

const NUMBER: Signature = Signature::filter(
    "number",
    Wants::NUMBER,
    &[SignatureArgument::optional("decimals", Wants::Whole)],
    Gives::Text,
)
.for_fields();

const MONEY: Signature = Signature::filter(
    "money",
    Wants::NUMBER,
    &[
        SignatureArgument::optional("currency", Wants::TEXT),
        SignatureArgument::optional("short", Wants::BOOL),
    ],
    Gives::Text,
)
.for_fields();

const PLURAL: Signature = Signature::filter(
    "plural",
    Wants::Whole,
    &[SignatureArgument::required("one", Wants::TEXT), SignatureArgument::required("many", Wants::TEXT)],
    Gives::Text,
)
.for_fields();

const MINUTES: Signature = Signature::filter("minutes", Wants::Whole, &[], Gives::Text).for_fields();

const DURATION: Signature = Signature::filter(
    "duration",
    Wants::Whole,
    &[SignatureArgument::optional("form", Wants::TEXT)],
    Gives::Text,
)
.for_fields();

const DATE: Signature = Signature::filter(
    "date",
    Wants::TEXT,
    &[SignatureArgument::required("format", Wants::TEXT)],
    Gives::Text,
)
.for_fields();

const ROUND: Signature = Signature::filter(
    "round",
    Wants::NUMBER,
    &[
        SignatureArgument::optional("method", Wants::TEXT),
        SignatureArgument::optional("precision", Wants::Whole),
    ],
    Gives::Float,
)
.for_fields();

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.filter(&NUMBER, move |value: Number, args: Kwargs, _: &State| -> TeraResult<String> {
        let decimals = optional::<u8>(&args, "decimals")?;
        Ok(number(finite(value)?, decimals, &of.model.words))
    });
    let of = Arc::clone(library);
    registry.filter(&MONEY, move |value: Number, args: Kwargs, _: &State| -> TeraResult<String> {
        let currency = optional::<&str>(&args, "currency")?.unwrap_or("USD");
        let short = optional::<bool>(&args, "short")?.unwrap_or(false);
        Ok(money(finite(value)?, currency, short, &of.model.words))
    });
    let of = Arc::clone(library);
    registry.filter(&PLURAL, move |count: i64, args: Kwargs, _: &State| -> TeraResult<String> {
        let (one, many): (&str, &str) = (required(&args, "one")?, required(&args, "many")?);
        let shown = number(Amount::Whole(count.into()), Some(0), &of.model.words);
        Ok(format!("{shown} {}", if count == 1 { one } else { many }))
    });
    let of = Arc::clone(library);
    registry.filter(&MINUTES, move |minutes: i64, _: Kwargs, _: &State| in_minutes(minutes, &of.model.words));
    let of = Arc::clone(library);
    registry.filter(&DURATION, move |seconds: i64, args: Kwargs, _: &State| -> TeraResult<String> {
        let seconds = u64::try_from(seconds).map_err(|_| {
            tera::Error::message(format!("{seconds} is less than nothing, so it is no duration"))
        })?;
        match optional::<&str>(&args, "form")? {
            None | Some("long") => Ok(duration(seconds, &of.model.words)),
            Some("iso") => Ok(iso_duration(seconds)),
            Some(form) => {
                Err(tera::Error::message(format!("\"{form}\" is no form of a duration: long, iso")))
            }
        }
    });
    let of = Arc::clone(library);
    registry.filter(&DATE, move |text: &str, args: Kwargs, _: &State| -> TeraResult<String> {
        date(text, required(&args, "format")?, &of.model.words)
    });
    registry.filter(&ROUND, |value: f64, args: Kwargs, _: &State| round(value, &args));
}

/// Returns a number that can be shown.
///
/// # Errors
///
/// It is not a number, or it is infinite.
fn finite(value: Number) -> TeraResult<Amount> {
    match value {
        Number::Float(real) if !real.is_finite() => Err(errors::carry(&errors::not_finite())),
        value => Ok(value.into()),
    }
}

/// Rounds a number. Tera's filter would make it infinite if it were asked for too many digits.
fn round(value: f64, args: &Kwargs) -> TeraResult<Value> {
    let scale = 10f64.powi(optional::<i32>(args, "precision")?.unwrap_or_default());
    let scaled = value * scale;
    let whole = match optional::<&str>(args, "method")? {
        None => scaled.round(),
        Some("ceil") => scaled.ceil(),
        Some("floor") => scaled.floor(),
        Some(other) => {
            return Err(tera::Error::message(format!(
                "the argument \"method\" is \"ceil\" or \"floor\", not \"{other}\""
            )));
        }
    };
    let rounded = whole / scale;
    if rounded.is_finite() { Ok(rounded.into()) } else { Err(errors::carry(&errors::not_finite())) }
}

/// A number as it is to be shown.
#[derive(Debug, Clone, Copy)]
pub(super) enum Amount {
    /// With all its digits, also those that a floating-point number would lose.
    Whole(i128),
    Real(f64),
}

impl From<Number> for Amount {
    fn from(number: Number) -> Self {
        match number {
            Number::Integer(whole) => Self::Whole(whole),
            Number::Float(real) => Self::Real(real),
            _ => Self::Real(f64::NAN),
        }
    }
}

pub(super) fn money(value: Amount, currency: &str, short: bool, words: &Words) -> String {
    let amount = match (short, size(value)) {
        (true, Amount::Whole(whole)) => short_number(real(whole), words),
        (true, Amount::Real(real)) => short_number(real, words),
        (false, Amount::Real(real)) if real.fract() != 0.0 => number(size(value), Some(2), words),
        (false, size) => number(size, Some(0), words),
    };
    format!("{}{}{amount}", sign(value, &amount), symbol(currency))
}

/// Writes a number with the language's mark between thousands, and with all its decimals unless their number
/// is given.
pub(super) fn number(value: Amount, decimals: Option<u8>, words: &Words) -> String {
    localized(&grouped(value, decimals), words)
}

/// Replaces the marks of an English number by those of the language.
pub(super) fn localized(number: &str, words: &Words) -> String {
    let mut text = String::with_capacity(number.len());
    for c in number.chars() {
        match c {
            ',' => text.push_str(&words.say("number.group", None, &[])),
            '.' => text.push_str(&words.say("number.decimal", None, &[])),
            c => text.push(c),
        }
    }
    text
}

/// Writes a number with a comma between thousands.
fn grouped(value: Amount, decimals: Option<u8>) -> String {
    let digits = digits(size(value), decimals);
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::with_capacity(digits.len() + whole.len() / 3 + 1);
    grouped.push_str(sign(value, &digits));
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 && digit.is_ascii_digit() {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// Writes the digits of a number that is not negative.
fn digits(size: Amount, decimals: Option<u8>) -> String {
    match (size, decimals) {
        (Amount::Real(real), _) if real.is_nan() => "–".to_owned(),
        (Amount::Real(real), _) if real.is_infinite() => "∞".to_owned(),
        (Amount::Real(real), Some(decimals)) => fixed(real, decimals),
        (Amount::Real(real), None) => real.to_string(),
        (Amount::Whole(whole), Some(decimals @ 1..)) => format!("{whole}.{}", "0".repeat(decimals.into())),
        (Amount::Whole(whole), _) => whole.to_string(),
    }
}

/// Returns a number without its sign.
fn size(value: Amount) -> Amount {
    match value {
        Amount::Whole(whole) => Amount::Whole(whole.saturating_abs()),
        Amount::Real(real) => Amount::Real(real.abs()),
    }
}

/// Returns the sign of a number that is shown by some digits; none if these are only zeros.
fn sign(value: Amount, shown: &str) -> &'static str {
    let is_negative = match value {
        Amount::Whole(whole) => whole < 0,
        Amount::Real(real) => real < 0.0,
    };
    if is_negative && shown.contains(|c: char| !matches!(c, '0' | '.' | ',' | ' ')) { "-" } else { "" }
}

#[expect(clippy::cast_precision_loss, reason = "what is shown of large amounts are their first digits")]
fn real(whole: i128) -> f64 {
    whole as f64
}

/// Writes a number's size with so many decimals. A half is rounded up, as readers do, even if its last binary
/// digits say less.
fn fixed(value: f64, decimals: u8) -> String {
    let scale = 10_f64.powi(i32::from(decimals));
    let scaled = value.abs() * scale;
    let rounded = if scaled < 9e15 { (scaled * (1.0 + f64::EPSILON)).round() / scale } else { value.abs() };
    format!("{rounded:.*}", usize::from(decimals))
}

pub(super) fn trimmed(fixed: String) -> String {
    if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.').to_owned() } else { fixed }
}

/// Writes thousands as K, millions as M, billions as B, in three digits at most, which are no more than a
/// twentieth off. Below ten of a unit there are up to two decimals. A number below ten keeps its hundredths.
pub(super) fn short_number(value: f64, words: &Words) -> String {
    let (unit, sign, decimals) = match value {
        _ if value < 10.0 && value.fract() != 0.0 => return number(Amount::Real(value), Some(2), words),
        _ if value < 999.5 => return number(Amount::Real(value), Some(0), words),
        // From ten thousand on, there are no decimals, because readers would take them for exact.
        _ if value < 999_500.0 => (1e3, "K", 0),
        _ if value < 999_500_000.0 => (1e6, "M", 1),
        _ => (1e9, "B", 1),
    };
    let size = value / unit;
    let decimals = match size {
        _ if size < 9.995 => 2,
        _ if size < 99.95 => decimals,
        _ => 0,
    };
    format!("{}{sign}", localized(&trimmed(grouped(Amount::Real(size), Some(decimals))), words))
}

pub(super) fn symbol(currency: &str) -> String {
    match currency {
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        code => format!("{code} "),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use sitegen_model::{Config, Inputs};

    use super::*;

    pub(in crate::library) fn english() -> Words {
        Words::read(&Inputs::default(), &Config { language: "en".into(), ..Config::default() }).0
    }

    #[test]
    fn numbers_are_grouped() {
        let number = |value, decimals| number(Amount::Real(value), decimals, &english());
        assert_eq!(number(1_234_567.0, None), "1,234,567");
        assert_eq!(number(1_234_567.891, None), "1,234,567.891");
        assert_eq!(number(0.004, None), "0.004");
        assert_eq!(number(1e-7, None), "0.0000001");
        assert_eq!(number(1e21, None), "1,000,000,000,000,000,000,000");
        assert_eq!(number(-999.996, Some(2)), "-1,000.00");
        assert_eq!(number(-0.001, Some(2)), "0.00");
        assert_eq!(number(-0.0, None), "0");
        assert_eq!(number(1.005, Some(2)), "1.01");
        assert_eq!(number(f64::NEG_INFINITY, None), "-∞");
    }

    #[test]
    fn whole_numbers_keep_their_digits() {
        let number = |value, decimals| super::number(Amount::Whole(value), decimals, &english());
        assert_eq!(number(i64::MAX.into(), None), "9,223,372,036,854,775,807");
        assert_eq!(number(-1_000, Some(2)), "-1,000.00");
    }

    #[test]
    fn amounts_have_cents_and_a_sign_if_they_show_any() {
        let money = |value, short| money(Amount::Real(value), "USD", short, &english());
        assert_eq!(money(1_234.5, false), "$1,234.50");
        assert_eq!(money(-12.0, false), "-$12");
        assert_eq!(money(-0.001, false), "$0.00");
        assert_eq!(money(0.25, true), "$0.25");
        assert_eq!(money(999.7, true), "$1K");
        assert_eq!(money(2_500_000_000.0, true), "$2.5B");
    }

    #[test]
    fn money_is_short_where_asked() {
        let short_number = |value| short_number(value, &english());
        assert_eq!(short_number(1_500.0), "1.5K");
        assert_eq!(short_number(1_049.0), "1.05K");
        assert_eq!(short_number(9_996.0), "10K");
        assert_eq!(short_number(24_600.0), "25K");
        assert_eq!(short_number(167_000.0), "167K");
        assert_eq!(short_number(214_500.0), "215K");
        assert_eq!(short_number(999_600.0), "1M");
        assert_eq!(short_number(1_250_000.0), "1.25M");
        assert_eq!(short_number(12_340_000.0), "12.3M");
        assert_eq!(short_number(123_400_000.0), "123M");
        assert_eq!(short_number(1_234e9), "1,234B");
    }
}
