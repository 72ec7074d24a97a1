//! `duration`: a length of time in whole seconds.

use jiff::{Span, SpanRelativeTo, Unit as TimeUnit};
use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::{CellContext, FieldContext, FieldType, FindRecord, Grammar, Kind, Misfit, TypeForm};
use crate::database::Affinity;
use crate::ground::{Given, Value, trim};
use crate::schema::{Unit, errors};

pub(super) const FORM: TypeForm = TypeForm {
    form: "duration",
    example: "\"1h 30m\"",
    expected: "a duration such as \"1h 30m\" or \"PT1H30M\"",
    declared: Grammar::Word(|_| Kind::Duration),
};

/// The unit of bounds, which messages write as authors do.
const SECONDS: Unit = Unit { say: written, name: "" };

pub(super) struct DurationType;

impl FieldType for DurationType {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn read_field(
        &self,
        given: &Spanned<Toml>,
        name: &str,
        context: &mut dyn FieldContext,
    ) -> Result<Value, Misfit> {
        let Toml::String(text) = &given.value else { return Err(Misfit::Other) };
        seconds(text).map(Value::Int).map_err(|objection| {
            let place = context.place(&given.span);
            Misfit::Problem(errors::invalid_duration(name, FORM.expected, objection, place))
        })
    }

    fn read_cell<'c>(&self, text: &'c str, context: &CellContext) -> Result<Given<'c>, Misfit> {
        seconds(trim(text)).map(Given::Int).map_err(|objection| {
            let name = format!("\"{}\"", context.name);
            Misfit::Problem(errors::invalid_duration(&name, FORM.expected, objection, context.place.clone()))
        })
    }

    fn read_answer<'v>(&self, answer: &Given<'v>, _: FindRecord) -> Option<Given<'v>> {
        matches!(answer, Given::Int(_)).then(|| answer.clone())
    }

    fn affinity(&self) -> Affinity {
        Affinity::Integer
    }

    fn size(&self, given: &Toml) -> Option<(f64, &'static Unit)> {
        Some((self.read_bound(given)?, self.unit()))
    }

    fn read_bound(&self, bound: &Toml) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "durations are at most 2^53 seconds")]
        match bound {
            Toml::String(text) => seconds(text).ok().map(|seconds| seconds as f64),
            _ => None,
        }
    }

    fn expected_bound(&self) -> &'static str {
        FORM.expected
    }

    fn unit(&self) -> &'static Unit {
        &SECONDS
    }

    fn bound_keywords(&self) -> Option<[&'static str; 2]> {
        None
    }
}

/// Reads a duration in the forms that people write (`1h 30m`, `90 minutes`) or in that of ISO 8601
/// (`PT1H30M`).
///
/// # Errors
///
/// The text is no duration, or not one of whole seconds that can be kept exactly. The message says why.
fn seconds(text: &str) -> Result<i64, &'static str> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let span: Span = text.parse().map_err(|_| "this is none")?;
    if span.get_years() != 0 || span.get_months() != 0 {
        return Err("years and months differ in length: say it in days");
    }
    if span.is_negative() {
        return Err("this is less than nothing");
    }
    let total = span.total((TimeUnit::Second, SpanRelativeTo::days_are_24_hours()));
    match total {
        Ok(seconds) if seconds.fract() != 0.0 => Err("only whole seconds are kept"),
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and at most 2^53")]
        Ok(seconds) if seconds <= EXACT => Ok(seconds as i64),
        _ => Err("this is too long"),
    }
}

/// Writes seconds as authors do: `1h 30m`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bounds are durations, so they are whole and not negative"
)]
fn written(seconds: f64) -> String {
    let parts = time_parts(seconds as u64).into_iter().zip(["d", "h", "m", "s"]);
    let parts: Vec<_> =
        parts.filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}")).collect();
    if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") }
}

/// Splits seconds into days, hours, minutes and seconds.
pub fn time_parts(seconds: u64) -> [u64; 4] {
    [seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_and_as_iso_8601_write_them() {
        for text in
            ["1h 30m", "1h30m", "90 minutes", "1.5h", "1 hour, 30 minutes", "PT1H30M", "PT90M", "PT1,5H"]
        {
            assert_eq!(seconds(text), Ok(5_400), "{text}");
        }
        assert_eq!(seconds("2d"), Ok(172_800));
        assert_eq!(seconds("P1W"), Ok(604_800));
        assert_eq!(seconds("0s"), Ok(0));
        for text in ["", "90", "1h and a half", "1y", "P1M", "-1h", "1h ago", "1.5s", "30000000000000w"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn bounds_are_written_as_durations() {
        assert_eq!(written(5_400.0), "1h 30m");
        assert_eq!(written(0.0), "0s");
        assert_eq!(written(172_805.0), "2d 5s");
    }
}
