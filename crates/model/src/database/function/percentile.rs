//! Percentiles, as aggregates and over windows.
//!
//! SQLite has its own only if a flag is set when it is compiled, which `cargo install` does not do.

use rusqlite::functions::{Aggregate, Context, WindowAggregate};
use rusqlite::{Error, Result};

use super::number;

/// The message of the error that a percentile over a moving window sorts too many values.
pub(in crate::database) const TOO_MUCH_WORK: &str = "a percentile takes too much work";

/// The percentile of numbers by linear interpolation between the two nearest, R's type 7 (Hyndman and Fan, Sample
/// Quantiles in Statistical Packages, 1996).
pub(super) struct Percentile;

#[derive(Debug, Default)]
pub(super) struct Sample {
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
        sample.values.extend(number(context, "median and percentile_cont")?);
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
        let gone = number(context, "median and percentile_cont")?;
        let place =
            gone.and_then(|gone| sample.values.iter().position(|value| value.total_cmp(&gone).is_eq()));
        place.map(|place| sample.values.remove(place));
        Ok(())
    }
}

fn share(context: &Context<'_>) -> Result<f64> {
    let share = context.get::<f64>(1).unwrap_or(f64::NAN);
    if (0.0..=1.0).contains(&share) {
        return Ok(share);
    }
    Err(Error::UserFunctionError("percentile_cont takes a share between 0 and 1, such as 0.25".into()))
}
