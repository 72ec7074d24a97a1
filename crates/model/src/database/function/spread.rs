//! `stddev(x)` and `stddev_pop(x)`: how far numbers lie from their mean.

use rusqlite::Result;
use rusqlite::functions::{Aggregate, Context, WindowAggregate};

use super::number;

/// A standard deviation, calculated in one pass (Welford, Note on a Method for Calculating Corrected Sums of Squares and
/// Products, 1962).
#[derive(Debug, Clone, Copy)]
pub(super) struct Spread {
    pub name: &'static str,
    /// The values that are not free: one in a sample, whose mean is not the mean of all.
    bound: f64,
}

impl Spread {
    pub(super) const OF_SAMPLE: Self = Self { name: "stddev", bound: 1.0 };
    pub(super) const OF_ALL: Self = Self { name: "stddev_pop", bound: 0.0 };

    fn of(self, moments: &Moments) -> Option<f64> {
        let free = moments.count - self.bound;
        (free > 0.0).then(|| (moments.squares.max(0.0) / free).sqrt())
    }
}

#[derive(Debug, Default)]
pub(super) struct Moments {
    count: f64,
    mean: f64,
    /// The sum of the squares of the distances from the mean.
    squares: f64,
}

impl Moments {
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        let distance = value - self.mean;
        self.mean += distance / self.count;
        self.squares += distance * (value - self.mean);
    }

    fn remove(&mut self, value: f64) {
        if self.count <= 1.0 {
            *self = Self::default();
            return;
        }
        let distance = value - self.mean;
        self.count -= 1.0;
        self.mean -= distance / self.count;
        self.squares -= distance * (value - self.mean);
    }
}

const TAKERS: &str = "stddev and stddev_pop";

impl Aggregate<Moments, Option<f64>> for Spread {
    fn init(&self, _: &mut Context<'_>) -> Result<Moments> {
        Ok(Moments::default())
    }

    fn step(&self, context: &mut Context<'_>, moments: &mut Moments) -> Result<()> {
        if let Some(value) = number(context, TAKERS)? {
            moments.add(value);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, moments: Option<Moments>) -> Result<Option<f64>> {
        Ok(moments.and_then(|moments| self.of(&moments)))
    }
}

impl WindowAggregate<Moments, Option<f64>> for Spread {
    fn value(&self, moments: Option<&mut Moments>) -> Result<Option<f64>> {
        Ok(moments.and_then(|moments| self.of(moments)))
    }

    fn inverse(&self, context: &mut Context<'_>, moments: &mut Moments) -> Result<()> {
        if let Some(value) = number(context, TAKERS)? {
            moments.remove(value);
        }
        Ok(())
    }
}
