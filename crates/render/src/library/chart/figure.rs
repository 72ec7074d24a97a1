//! The formats of a chart's figures: numbers, amounts of money, shares, or plain digits.

use sitegen_model::Words;
use tera::TeraResult;

use crate::library::errors;
use crate::library::format::{Amount, money, number, short_number, symbol};

/// A format of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Figure {
    Number,
    /// In a currency, by its code.
    Money(String),
    /// A share of one: 0.25 is 25%.
    Percent,
    /// Without marks between thousands, such as a year.
    Plain,
}

/// The names of formats, besides the codes of currencies.
pub(super) const NAMES: [&str; 4] = ["money", "number", "percent", "plain"];

impl Figure {
    /// Returns the format of a name; `Number` if the name is empty.
    ///
    /// # Errors
    ///
    /// No format has the name.
    pub(super) fn read(name: &str) -> TeraResult<Self> {
        Ok(match name {
            "" | "number" => Self::Number,
            "money" => Self::Money("USD".to_owned()),
            "percent" => Self::Percent,
            "plain" => Self::Plain,
            code if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                Self::Money(code.to_owned())
            }
            other => return Err(errors::carry(&errors::unknown_format(other, &NAMES))),
        })
    }

    /// Chooses the format of some numbers. Whole numbers that can be years are plain, unless a format is
    /// named.
    ///
    /// # Errors
    ///
    /// No format has the name.
    pub(super) fn of(format: &str, numbers: &[f64]) -> TeraResult<Self> {
        let is_year = |number: &f64| number.fract() == 0.0 && (1500.0..2200.0).contains(number);
        let are_years = format.is_empty() && !numbers.is_empty() && numbers.iter().all(is_year);
        if are_years { Ok(Self::Plain) } else { Self::read(format) }
    }

    /// Writes a figure in full.
    pub(super) fn exact(&self, value: f64, words: &Words) -> String {
        match self {
            Self::Number => number(amount(value), None, words),
            Self::Money(currency) => money(amount(value), currency, false, words),
            Self::Percent => {
                percent(rounded(value * 100.0, 2), decimals_of(rounded(value * 100.0, 2), 2), words)
            }
            Self::Plain => value.to_string(),
        }
    }

    /// Writes a figure in about three digits, as it stands beside a drawing.
    pub(super) fn short(&self, value: f64, words: &Words) -> String {
        match self {
            Self::Number if value.abs() >= 10_000.0 => {
                let sign = if value < 0.0 { "-" } else { "" };
                format!("{sign}{}", short_number(value.abs(), words))
            }
            Self::Number => {
                let decimals = fewer_decimals(value);
                number(amount(value), Some(decimals_of(value, decimals)), words)
            }
            Self::Money(currency) => money(amount(value), currency, true, words),
            Self::Percent => {
                let decimals = fewer_decimals(value * 100.0).min(1);
                percent(value * 100.0, decimals_of(rounded(value * 100.0, decimals), decimals), words)
            }
            Self::Plain => value.to_string(),
        }
    }

    /// Writes a figure on an axis whose lines are `step` apart and reach as far as `most`: exactly, and in
    /// one unit with the other lines.
    pub(super) fn tick(&self, value: f64, step: f64, most: f64, words: &Words) -> String {
        let (step, most, value) = match self {
            Self::Percent => (step * 100.0, most * 100.0, value * 100.0),
            _ => (step, most, value),
        };
        let (unit, mark) = match (self, most) {
            (Self::Plain | Self::Percent, _) => (1.0, ""),
            (_, most) if most >= 1e9 => (1e9, "B"),
            (_, most) if most >= 1e6 => (1e6, "M"),
            (Self::Money(_), most) if most >= 1e3 => (1e3, "K"),
            (_, most) if most >= 1e4 => (1e3, "K"),
            _ => (1.0, ""),
        };
        let decimals = decimals_of(step / unit, 9);
        let digits = |size: f64| number(Amount::Real(size), Some(decimals), words);
        match self {
            Self::Plain => format!("{value:.*}", usize::from(decimals)),
            Self::Percent => percent(value, decimals, words),
            _ if value == 0.0 => "0".to_owned(),
            Self::Number => format!("{}{mark}", digits(value / unit)),
            Self::Money(currency) => {
                let sign = if value < 0.0 { "-" } else { "" };
                format!("{sign}{}{}{mark}", symbol(currency), digits(value.abs() / unit))
            }
        }
    }
}

fn percent(value: f64, decimals: u8, words: &Words) -> String {
    words.say("number.percent", None, &[("number", &number(Amount::Real(value), Some(decimals), words))])
}

/// Converts a figure to an amount; a whole number keeps all its digits.
fn amount(value: f64) -> Amount {
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and at most 2^53")]
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        Amount::Whole(value as i128)
    } else {
        Amount::Real(value)
    }
}

/// Counts the decimals of a number, up to `most`.
fn decimals_of(value: f64, most: u8) -> u8 {
    let is_enough = |decimals: &u8| (rounded(value, *decimals) - value).abs() <= value.abs() * 1e-9;
    (0..most).find(is_enough).unwrap_or(most)
}

/// Returns the number of decimals that fit into about three digits.
fn fewer_decimals(value: f64) -> u8 {
    match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 || size == 0.0 => 2,
        _ => 3,
    }
}

fn rounded(value: f64, decimals: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(decimals));
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use sitegen_model::{Config, Inputs};

    use super::*;

    fn english() -> Words {
        Words::read(&Inputs::default(), &Config { language: "en".into(), ..Config::default() }).0
    }

    #[test]
    fn figures_are_exact_or_short() {
        let say = |name: &str, value| {
            let figure = Figure::read(name).expect("it is a format");
            (figure.exact(value, &english()), figure.short(value, &english()))
        };
        let both = |exact: &str, short: &str| (exact.to_owned(), short.to_owned());
        assert_eq!(say("", 12_345.5), both("12,345.5", "12K"));
        assert_eq!(say("number", -12_345.0), both("-12,345", "-12K"));
        assert_eq!(say("number", 2.345_67), both("2.34567", "2.35"));
        assert_eq!(say("number", 0.5), both("0.5", "0.5"));
        assert_eq!(say("money", 167_250.0), both("$167,250", "$167K"));
        assert_eq!(say("EUR", 12.5), both("€12.50", "€13"));
        assert_eq!(say("percent", 0.123_456), both("12.35%", "12.3%"));
        assert_eq!(say("percent", 0.29), both("29%", "29%"));
        assert_eq!(say("plain", 2026.0), both("2026", "2026"));
        assert!(Figure::read("dollars").is_err());
    }

    #[test]
    fn ticks_of_an_axis_are_exact_and_in_one_unit() {
        let ticks = |name: &str, step: f64, most: f64| {
            let figure = Figure::read(name).expect("it is a format");
            [0.0, step, most].map(|value| figure.tick(value, step, most, &english()))
        };
        assert_eq!(ticks("number", 2.5, 10.0), ["0", "2.5", "10.0"]);
        assert_eq!(ticks("number", 2_500.0, 12_500.0), ["0", "2.5K", "12.5K"]);
        assert_eq!(ticks("number", 2_000.0, 8_000.0), ["0", "2,000", "8,000"]);
        assert_eq!(ticks("money", 500_000.0, 1_500_000.0), ["0", "$0.5M", "$1.5M"]);
        assert_eq!(ticks("percent", 0.25, 1.0), ["0%", "25%", "100%"]);
        assert_eq!(ticks("plain", 1.0, 2026.0), ["0", "1", "2026"]);
        assert_eq!(Figure::Money("USD".into()).tick(-20_000.0, 10_000.0, 30_000.0, &english()), "-$20K");
    }
}
