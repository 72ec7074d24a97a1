//! The offers of the reference slice, Amazon × senior data engineer × Boston, which are made to have given
//! quantiles.

use super::Offer;
use super::curve::{self, Curve};
use super::market::level;
use crate::random::SplitMix;

/// The slugs: company, role and location.
pub(crate) const KEY: [&str; 3] = ["amazon", "senior-data-engineer", "boston-cambridge"];

/// The name of the random sequence: of some thousands that were tried, the one whose medians by year rise
/// most like a market's.
const SEED: &str = "reference 19593";

/// The number of offers of each year; 208 in all.
const YEARS: [(i64, usize); 6] = [(2021, 20), (2022, 31), (2023, 28), (2024, 39), (2025, 54), (2026, 36)];

// Percentages and values there: thousands of dollars a year, and years. The calibrated points are those of the test's table; the
// others shape the curve between and beyond them.
const TOTAL: [(i64, i64); 9] =
    [(0, 118), (10, 172), (25, 215), (40, 279), (50, 334), (60, 378), (75, 430), (90, 508), (100, 690)];
const BASE: [(i64, i64); 9] =
    [(0, 104), (10, 130), (25, 148), (40, 167), (50, 181), (60, 207), (75, 226), (90, 242), (100, 268)];
const EQUITY: [(i64, i64); 9] =
    [(0, 6), (10, 30), (25, 54), (40, 96), (50, 132), (60, 149), (75, 180), (90, 240), (100, 392)];
const EXPERIENCE: [(i64, i64); 5] = [(0, 6), (10, 10), (50, 14), (90, 20), (100, 26)];

/// The bonus in thousands of dollars: what is left of the total once base salary and equity are taken off.
const BONUS: std::ops::RangeInclusive<i64> = 2..=46;

/// The looseness with which year and experience follow the total: the greater, the less they depend on it.
const LOOSE: (i64, i64) = (700, 900);

/// The slice's offers.
pub(crate) fn offers() -> Vec<Offer> {
    let mut random = SplitMix::named(SEED);
    let [company, role, location] = KEY;
    let years: Vec<i64> = YEARS.iter().flat_map(|&(year, count)| vec![year; count]).collect();
    let count = i64::try_from(years.len()).expect("it is 208");
    let values = |curve: &Curve| curve::values(curve, count);
    let years = loosely(&years, LOOSE.0, &mut random);
    let experience = loosely(&values(&EXPERIENCE), LOOSE.1, &mut random);
    let pay = mixed(&values(&TOTAL), values(&BASE), values(&EQUITY), &mut random);
    let level = level(company, role);
    let rows = pay.into_iter().zip(years).zip(experience);
    let offers = rows.map(|(([base, equity, bonus], year), experience)| Offer {
        company,
        role,
        location,
        level,
        year,
        base: base * 1000,
        equity: equity * 1000,
        bonus: bonus * 1000,
        experience,
    });
    offers.collect()
}

/// Deals values, which are in order, to the ranks, which they follow more or less.
fn loosely(values: &[i64], loose: i64, random: &mut SplitMix) -> Vec<i64> {
    let ranks = (0..).zip(0..values.len());
    let mut order: Vec<(i64, usize)> =
        ranks.map(|(strength, rank)| (strength + random.within(0, loose), rank)).collect();
    order.sort_unstable();
    let mut dealt: Vec<_> = order.iter().zip(values).map(|((_, rank), value)| (*rank, *value)).collect();
    dealt.sort_unstable();
    dealt.into_iter().map(|(_, value)| value).collect()
}

/// Splits the total of each rank into base salary, equity and bonus. Ranks exchange base salaries and
/// equities, which keeps the quantiles of both.
fn mixed(totals: &[i64], mut base: Vec<i64>, mut equity: Vec<i64>, random: &mut SplitMix) -> Vec<[i64; 3]> {
    for _ in 0..totals.len() * 40 {
        exchange(totals, &mut base, &equity, random);
        exchange(totals, &mut equity, &base, random);
    }
    let bonus = |rank: usize| totals[rank] - base[rank] - equity[rank];
    (0..totals.len()).map(|rank| [base[rank], equity[rank], bonus(rank)]).collect()
}

/// Exchanges a part of the pay between two ranks if the bonus, which absorbs the difference, stays plausible.
fn exchange(totals: &[i64], part: &mut [i64], other_part: &[i64], random: &mut SplitMix) {
    let (one, other) = (random.position(totals.len()), random.position(totals.len()));
    let bonus = |rank: usize, part: i64| totals[rank] - other_part[rank] - part;
    if BONUS.contains(&bonus(one, part[other])) && BONUS.contains(&bonus(other, part[one])) {
        part.swap(one, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offers::curve::quantile;

    /// A figure, a percentage, and the figure's value there.
    const CALIBRATED: [(OfferMeasure, usize, i64); 12] = [
        (Offer::total, 25, 215_000),
        (Offer::total, 40, 279_000),
        (Offer::total, 50, 334_000),
        (Offer::total, 60, 378_000),
        (Offer::total, 75, 430_000),
        (|offer| offer.base, 40, 167_000),
        (|offer| offer.base, 50, 181_000),
        (|offer| offer.base, 60, 207_000),
        (|offer| offer.equity, 50, 132_000),
        (|offer| offer.experience, 10, 10),
        (|offer| offer.experience, 50, 14),
        (|offer| offer.experience, 90, 20),
    ];

    type OfferMeasure = fn(&Offer) -> i64;

    fn figure(offers: &[Offer], figure: OfferMeasure, percent: usize) -> i64 {
        quantile(&offers.iter().map(figure).collect::<Vec<_>>(), percent)
    }

    #[test]
    fn quantiles_are_those_given() {
        let offers = offers();
        assert_eq!(offers.len(), 208);
        for (number, (of, percent, value)) in CALIBRATED.into_iter().enumerate() {
            assert_eq!(figure(&offers, of, percent), value * 100, "line {number}, P{percent}");
        }
    }

    #[test]
    fn every_offer_is_plausible() {
        for offer in offers() {
            assert_eq!(offer.level, "L6");
            assert!(BONUS.contains(&(offer.bonus / 1000)), "bonus: {}", offer.bonus);
        }
    }

    #[test]
    fn medians_rise_with_the_years() {
        let offers = offers();
        let of_year = |year: i64| offers.iter().filter(move |offer| offer.year == year);
        let medians = YEARS.map(|(year, count)| {
            let totals: Vec<_> = of_year(year).map(Offer::total).collect();
            assert!(totals.len() == count && count >= 12, "{year}");
            quantile(&totals, 50) / 100_000
        });
        assert_eq!(medians, [276, 303, 299, 330, 351, 403], "thousands of dollars");
    }

    #[test]
    fn the_median_is_a_tenth_below_the_company_s() {
        let all = crate::offers::all();
        let peers: Vec<_> = all.iter().filter(|offer| [offer.company, offer.role] == KEY[..2]).collect();
        let median = quantile(&peers.iter().map(|offer| offer.total()).collect::<Vec<_>>(), 50);
        let below = (median - 33_400_000) * 1000 / median;
        assert!((95..=105).contains(&below), "{below} thousandths below {median}");
    }
}
