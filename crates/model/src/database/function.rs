//! SQL functions that are added to SQLite's own: percentiles, slugs, folding, index letters, and the
//! collation `site`.
//!
//! Percentiles are among them because SQLite has its own only if a flag is set when it is compiled, which
//! `cargo install` does not do.

use std::sync::Arc;

use rusqlite::functions::{Aggregate, Context, FunctionFlags, WindowAggregate};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};
use sitegen_parser::{loose, slugify};

use crate::ground::TextOrder;

/// The message of the error that a percentile over a moving window sorts too many values.
pub(super) const TOO_MUCH_WORK: &str = "a percentile takes too much work";

/// Registers `median(x)`, `percentile_cont(x, p)`, `slug(text)`, `fold(text)` and `letter(text)`, and the
/// collation `site`.
pub(super) fn register(connection: &Connection, order: &Arc<TextOrder>) -> Result<()> {
    let pure = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_window_function("median", 1, pure, Percentile)?;
    connection.create_window_function("percentile_cont", 2, pure, Percentile)?;
    connection.create_scalar_function("slug", 1, pure, |context| text(context, slugify))?;
    connection.create_scalar_function("fold", 1, pure, |context| text(context, loose))?;
    let letters = Arc::clone(order);
    let letter = move |context: &Context<'_>| text(context, |name| letters.letter(name));
    connection.create_scalar_function("letter", 1, pure, letter)?;
    let order = Arc::clone(order);
    connection.create_collation("site", move |a, b| order.compare(a, b))
}

fn text(context: &Context<'_>, change: impl Fn(&str) -> String) -> Result<Option<String>> {
    Ok(match context.get_raw(0) {
        ValueRef::Null => None,
        ValueRef::Text(text) => Some(change(&String::from_utf8_lossy(text))),
        ValueRef::Integer(value) => Some(change(&value.to_string())),
        ValueRef::Real(value) => Some(change(&value.to_string())),
        ValueRef::Blob(_) => {
            return Err(Error::UserFunctionError("slug, fold and letter take a text".into()));
        }
    })
}

/// The percentile of numbers by linear interpolation between the two nearest, R's type 7 (Hyndman and Fan, Sample
/// Quantiles in Statistical Packages, 1996).
struct Percentile;

#[derive(Debug, Default)]
struct Sample {
    values: Vec<f64>,
    /// The fraction of the values that lie below the percentile, between 0 and 1.
    share: f64,
    /// The number of values sorted so far. A moving window sorts its values again for each row.
    work: usize,
}

/// The most values that one query may sort: about half a minute of work, which SQLite does not count as
/// steps.
const MAX_WORK: usize = 10_000_000_000;

impl Sample {
    fn percentile(&mut self) -> Result<Option<f64>> {
        self.work += self.values.len();
        if self.work > MAX_WORK {
            return Err(Error::UserFunctionError(TOO_MUCH_WORK.into()));
        }
        // A stable sort is fast here, because all values but the newest are in order already.
        self.values.sort_by(f64::total_cmp);
        Ok(self.interpolated())
    }

    fn interpolated(&self) -> Option<f64> {
        let sorted = &self.values;
        #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^52")]
        let position = self.share * sorted.len().checked_sub(1)? as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the last")]
        let (below, above) = (position.floor() as usize, position.ceil() as usize);
        Some(sorted[below] + (sorted[above] - sorted[below]) * position.fract())
    }
}

impl Aggregate<Sample, Option<f64>> for Percentile {
    fn init(&self, _: &mut Context<'_>) -> Result<Sample> {
        Ok(Sample { share: 0.5, ..Sample::default() })
    }

    fn step(&self, context: &mut Context<'_>, sample: &mut Sample) -> Result<()> {
        if context.len() > 1 {
            sample.share = share(context)?;
        }
        sample.values.extend(number(context)?);
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, sample: Option<Sample>) -> Result<Option<f64>> {
        sample.map_or(Ok(None), |mut sample| sample.percentile())
    }
}

impl WindowAggregate<Sample, Option<f64>> for Percentile {
    fn value(&self, sample: Option<&mut Sample>) -> Result<Option<f64>> {
        sample.map_or(Ok(None), Sample::percentile)
    }

    fn inverse(&self, context: &mut Context<'_>, sample: &mut Sample) -> Result<()> {
        let gone = number(context)?;
        let place =
            gone.and_then(|gone| sample.values.iter().position(|value| value.total_cmp(&gone).is_eq()));
        place.map(|place| sample.values.remove(place));
        Ok(())
    }
}

fn number(context: &Context<'_>) -> Result<Option<f64>> {
    match context.get_raw(0) {
        ValueRef::Null => Ok(None),
        #[expect(
            clippy::cast_precision_loss,
            reason = "amounts beyond 2^53 lose digits that no percentile shows"
        )]
        ValueRef::Integer(value) => Ok(Some(value as f64)),
        ValueRef::Real(value) => Ok(Some(value)),
        ValueRef::Text(_) | ValueRef::Blob(_) => {
            Err(Error::UserFunctionError("median and percentile_cont take numbers".into()))
        }
    }
}

fn share(context: &Context<'_>) -> Result<f64> {
    let share = context.get::<f64>(1).unwrap_or(f64::NAN);
    if (0.0..=1.0).contains(&share) {
        return Ok(share);
    }
    Err(Error::UserFunctionError("percentile_cont takes a share between 0 and 1, such as 0.25".into()))
}
