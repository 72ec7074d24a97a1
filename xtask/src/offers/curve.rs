//! Quantiles by linear interpolation (type 7), and numbers that have given quantiles.

/// A percentage and the value at it, rising in both, from 0 (the least) to 100 (the greatest).
pub(crate) type Curve = [(i64, i64)];

/// Makes so many values, in order, with exactly the quantiles of the curve.
pub(crate) fn values(curve: &Curve, count: i64) -> Vec<i64> {
    (0..count).map(|rank| value(curve, rank * 100, count - 1)).collect()
}

/// Returns the value at a rank (in hundredths). Both ranks about a point of the curve have its value, because
/// it is then met exactly.
fn value(curve: &Curve, rank: i64, last: i64) -> i64 {
    let at = |(percent, value): (i64, i64)| (percent * last, value);
    if let Some(&(_, value)) = curve.iter().find(|point| at(**point).0.abs_diff(rank) < 100) {
        return value;
    }
    let segments = curve.windows(2).map(|pair| (at(pair[0]), at(pair[1])));
    let mut around = segments.filter(|(low, high)| (low.0..high.0).contains(&rank));
    let (low, high) = around.next().expect("a curve goes from 0 to 100");
    low.1 + (high.1 - low.1) * (rank - low.0) / (high.0 - low.0)
}

/// Returns the quantile at a percentage, in hundredths, because these are exact.
#[cfg(test)]
pub(crate) fn quantile(values: &[i64], percent: usize) -> i64 {
    let mut values = values.to_vec();
    values.sort_unstable();
    let place = percent * (values.len() - 1);
    let (below, above) = (values[place / 100], values[place.div_ceil(100)]);
    let part = i64::try_from(place % 100).expect("a remainder is less than its divisor");
    below * 100 + (above - below) * part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_interpolated() {
        assert_eq!(quantile(&[40, 10, 20, 30], 50), 2500);
        assert_eq!(quantile(&[40, 10, 20, 30], 25), 1750);
        assert_eq!(quantile(&[7], 90), 700);
    }

    #[test]
    fn values_rise_and_have_the_quantiles_of_their_curve() {
        let curve = [(0, 5), (25, 50), (50, 60), (90, 400), (100, 401)];
        let values = values(&curve, 208);
        assert!(values.is_sorted());
        let found = curve.map(|(percent, _)| quantile(&values, usize::try_from(percent).expect("positive")));
        assert_eq!(found, curve.map(|(_, value)| value * 100));
    }
}
