//! Round numbers at equal steps: the lines of an axis, and the bounds of bins.

/// Numbers at equal steps of 1, 2, 2.5 or 5 times a power of ten.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Gridlines {
    step: RoundStep,
    /// The first and the last, in steps from zero.
    first: f64,
    last: f64,
}

/// A step in tenths of a power of ten. Each line is one quotient of whole numbers, because that is as exact
/// as a float can be.
#[derive(Debug, Clone, Copy, PartialEq)]
struct RoundStep {
    tenths: f64,
    exponent: i32,
}

const TENTHS: [f64; 4] = [10.0, 20.0, 25.0, 50.0];

impl RoundStep {
    fn times(self, count: f64) -> f64 {
        let power = 10_f64.powi((self.exponent - 1).abs());
        if self.exponent > 1 { count * self.tenths * power } else { count * self.tenths / power }
    }

    fn size(self) -> f64 {
        self.times(1.0)
    }
}

impl Gridlines {
    /// Returns the lines from the last at or below `low` to the first at or above `high`, with so many parts
    /// at most. A single number has lines on either side, but zero only above.
    pub(super) fn around(low: f64, high: f64, parts: usize) -> Self {
        Self::fitting(low, high, parts, |_| true)
    }

    /// Returns such lines, a whole number apart.
    pub(super) fn around_whole(low: f64, high: f64, parts: usize) -> Self {
        Self::fitting(low, high, parts, |step| step.size().fract() == 0.0)
    }

    fn fitting(low: f64, high: f64, parts: usize, is_fit: impl Fn(RoundStep) -> bool) -> Self {
        let (low, high) = widened(low, high);
        let width = high - low;
        #[expect(clippy::cast_precision_loss, reason = "an axis has few parts")]
        let parts = parts.max(1) as f64;
        #[expect(clippy::cast_possible_truncation, reason = "an exponent of a number is small")]
        let least = (width / parts).log10().floor() as i32 - 1;
        let steps = (least..least + 24)
            .flat_map(|exponent| TENTHS.into_iter().map(move |tenths| RoundStep { tenths, exponent }));
        let lines = steps.filter(|step| is_fit(*step)).map(|step| Self::at(step, low, high));
        let mut found = lines.clone().find(|lines| lines.last - lines.first <= parts);
        found = found.or_else(|| lines.last());
        found.unwrap_or_else(|| Self::at(RoundStep { tenths: 10.0, exponent: 0 }, low, high))
    }

    fn at(step: RoundStep, low: f64, high: f64) -> Self {
        // A number counts as a line if only its last binary digits differ.
        let (low, high) = (low / step.size(), high / step.size());
        let near = |number: f64| ((number - number.round()).abs() < 1e-9).then_some(number.round());
        let first = near(low).unwrap_or(low.floor());
        let last = near(high).unwrap_or(high.ceil());
        // Numbers so near to each other that they cannot be told apart have lines on either side, too.
        if first < last {
            Self { step, first, last }
        } else {
            Self { step, first: first - 1.0, last: last + 1.0 }
        }
    }

    pub(super) fn step(&self) -> f64 {
        self.step.size()
    }

    /// Lists the lines, from the lowest to the highest.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> + Clone + use<> {
        let Self { step, first, last } = *self;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an axis has few parts")]
        let count = (last - first).clamp(0.0, 1e3) as u32;
        (0..=count).map(move |number| step.times(first + f64::from(number)))
    }
}

/// Returns the range that an axis shows at least: for a single number, a range around it.
fn widened(low: f64, high: f64) -> (f64, f64) {
    if low < high {
        return (low, high);
    }
    if low == 0.0 {
        return (0.0, 1.0);
    }
    let margin = (low.abs() / 20.0).max(0.5);
    (low - margin, low + margin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(low: f64, high: f64, parts: usize) -> Vec<f64> {
        Gridlines::around(low, high, parts).values().collect()
    }

    #[test]
    fn steps_are_round() {
        assert_eq!(around(0.0, 10.0, 5), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(around(0.0, 9.0, 4), [0.0, 2.5, 5.0, 7.5, 10.0]);
        assert_eq!(
            around(98_000.0, 163_000.0, 5),
            [80_000.0, 100_000.0, 120_000.0, 140_000.0, 160_000.0, 180_000.0]
        );
        assert_eq!(around(0.1, 0.32, 4), [0.1, 0.2, 0.3, 0.4]);
        assert_eq!(around(-3.0, 4.0, 4), [-4.0, -2.0, 0.0, 2.0, 4.0]);
    }

    #[test]
    fn whole_numbers_have_no_half_steps() {
        assert_eq!(Gridlines::around_whole(0.0, 3.0, 5).values().collect::<Vec<_>>(), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(
            Gridlines::around_whole(2015.0, 2025.0, 4).values().collect::<Vec<_>>(),
            [2015.0, 2020.0, 2025.0]
        );
    }

    #[test]
    fn one_number_has_a_line_on_either_side() {
        assert_eq!(around(7.0, 7.0, 5), [6.5, 6.75, 7.0, 7.25, 7.5]);
        assert_eq!(around(0.0, 0.0, 5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        let large = around(1e15, 1e15 + 0.25, 5);
        assert!(large.len() >= 2 && large.len() <= 7, "{large:?}");
    }
}
