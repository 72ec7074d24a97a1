//! The function that counts how many values lie between round numbers: `bins(values=…)`.

use tera::{Map, TeraResult, Value};

use super::axis::is_drawn;
use super::lines::Gridlines;
use crate::library::errors;

/// The most bins. Nobody tells more bars apart.
const MOST: usize = 100;

/// Counts numbers in bins, from the lowest to the highest, empty ones included: `{ low, high, count, share
/// }`. A bin includes `low` and excludes `high`, but the last one includes both. `share` is in percent of the
/// fullest bin. There are about `count` bins, or else as many as Sturges' rule has.
///
/// # Errors
///
/// Something is no number.
pub(super) fn bins(values: &[Value], count: Option<usize>) -> TeraResult<Value> {
    let numbers =
        values.iter().filter(|value| !value.is_none()).map(number).collect::<TeraResult<Vec<_>>>()?;
    let bins = counted(&numbers, count.unwrap_or_else(|| sturges(numbers.len())).clamp(1, MOST));
    let fullest = bins.iter().map(|bin| bin.count).max().unwrap_or_default();
    let bin = |bin: &Bin| {
        let mut map = Map::new();
        map.insert("low".into(), crate::value::row::number(bin.low));
        map.insert("high".into(), crate::value::row::number(bin.high));
        map.insert("count".into(), bin.count.into());
        map.insert("share".into(), crate::value::row::number(share(bin.count, fullest)));
        Value::from(map)
    };
    Ok(bins.iter().map(bin).collect::<Vec<_>>().into())
}

struct Bin {
    low: f64,
    high: f64,
    count: usize,
}

fn number(value: &Value) -> TeraResult<f64> {
    let number = value.as_f64().filter(|number| is_drawn(*number) && value.is_number());
    number.ok_or_else(|| errors::carry(&errors::not_a_figure("values", &value.to_string())))
}

/// Returns the number of bins for so many values by Sturges' rule.
fn sturges(count: usize) -> usize {
    usize::try_from(count.max(1).ilog2()).unwrap_or_default() + 2
}

fn counted(numbers: &[f64], count: usize) -> Vec<Bin> {
    let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if numbers.is_empty() {
        return Vec::new();
    }
    let lines = Gridlines::around(low, high, count);
    let mut bins: Vec<_> =
        lines.values().zip(lines.values().skip(1)).map(|(low, high)| Bin { low, high, count: 0 }).collect();
    for number in numbers {
        // A value on the last line belongs to the last bin.
        let at = bins.iter().rposition(|bin| bin.low <= *number).unwrap_or_default();
        bins[at].count += 1;
    }
    bins
}

#[expect(clippy::cast_precision_loss, reason = "no site has 2^53 rows")]
fn share(count: usize, of: usize) -> f64 {
    (count as f64 * 1e4 / of.max(1) as f64).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(numbers: &[f64], count: usize) -> Vec<(f64, f64, usize)> {
        counted(numbers, count).into_iter().map(|bin| (bin.low, bin.high, bin.count)).collect()
    }

    #[test]
    fn every_value_is_in_one_bin() {
        assert_eq!(
            counts(&[1.0, 2.0, 2.5, 9.0], 5),
            [(0.0, 2.0, 1), (2.0, 4.0, 2), (4.0, 6.0, 0), (6.0, 8.0, 0), (8.0, 10.0, 1)]
        );
    }

    #[test]
    fn a_value_on_a_line_belongs_to_the_bin_above_and_on_the_last_to_the_last() {
        assert_eq!(counts(&[0.0, 5.0, 10.0], 2), [(0.0, 5.0, 1), (5.0, 10.0, 2)]);
    }

    #[test]
    fn one_value_has_one_bin_around_it() {
        let bins = counts(&[7.0, 7.0], 10);
        assert_eq!(bins.iter().map(|(.., count)| count).sum::<usize>(), 2);
        assert!(counts(&[], 10).is_empty());
    }
}
