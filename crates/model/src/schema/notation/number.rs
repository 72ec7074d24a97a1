//! Numbers as people write them: `1,234.50`, `1.234,50 €`, `(5 000)`, `12 %`.

use std::borrow::Cow;

use super::{Negative, Notation};
use crate::ground::trim;
use crate::schema::kind::float;

/// The spaces that stand between thousands: usual ones, those that do not break, and thin ones.
const SPACES: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}'];

/// A number taken apart: its sign, and the marks and digits between what is stripped.
pub(super) struct Core<'t> {
    pub is_negative: bool,
    /// Each mark of a number below zero that was found, beside a minus.
    pub marks: Vec<Negative>,
    pub digits: &'t str,
}

impl Notation {
    /// Returns a number as programs write it; none if the text is no number in this notation.
    pub(crate) fn number<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        let text = trim(text);
        let is_plain = self.decimal.is_none()
            && self.thousands.is_none()
            && self.scale.is_none()
            && self.strip.is_empty()
            && self.negative.is_empty();
        // A minus that typographers set is one in every notation.
        if is_plain && !text.starts_with('−') {
            return Some(Cow::Borrowed(text));
        }
        let core = Core::of(text, &self.strip, &self.negative)?;
        let number = plain(core.digits, self.decimal.unwrap_or('.'), self.thousands)?;
        let sign = if core.is_negative { "-" } else { "" };
        scaled(format!("{sign}{number}"), self.scale).map(Cow::Owned)
    }
}

impl<'t> Core<'t> {
    /// Takes a number apart: a sign, once; each of the texts to strip, at most once at either end.
    pub(super) fn of(text: &'t str, strip: &[String], negative: &[Negative]) -> Option<Self> {
        let mut core = Self { is_negative: false, marks: Vec::new(), digits: text };
        let mut is_signed = core.take_sign();
        core.take_marks(negative);
        core.strip(strip);
        if !is_signed && core.marks.is_empty() {
            is_signed = core.take_sign();
            core.take_marks(negative);
        }
        // Two signs say nothing that is sure.
        let signs = core.marks.len() + usize::from(is_signed);
        core.is_negative |= !core.marks.is_empty();
        (signs <= 1).then_some(core)
    }

    fn take_sign(&mut self) -> bool {
        let Some(rest) = self.digits.strip_prefix(['-', '−', '+']) else { return false };
        self.is_negative = !self.digits.starts_with('+');
        self.digits = trim(rest);
        true
    }

    fn take_marks(&mut self, negative: &[Negative]) {
        for mark in negative {
            let inner = match mark {
                Negative::Parentheses => {
                    self.digits.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
                }
                Negative::Trailing => self.digits.strip_suffix(['-', '−']),
            };
            if let Some(inner) = inner {
                self.digits = trim(inner);
                self.marks.push(*mark);
            }
        }
    }

    fn strip(&mut self, strip: &[String]) {
        let prefix = strip.iter().filter_map(|text| self.digits.strip_prefix(text.as_str()));
        self.digits = trim(prefix.min_by_key(|rest| rest.len()).unwrap_or(self.digits));
        let suffix = strip.iter().filter_map(|text| self.digits.strip_suffix(text.as_str()));
        self.digits = trim(suffix.min_by_key(|rest| rest.len()).unwrap_or(self.digits));
    }
}

/// Writes unsigned digits with these marks as programs write them; none if the marks are elsewhere than they
/// belong.
pub(super) fn plain(digits: &str, decimal: char, thousands: Option<char>) -> Option<String> {
    let (number, exponent) = match digits.find(['e', 'E']) {
        Some(at) => digits.split_at(at),
        None => (digits, ""),
    };
    let (whole, fraction) = match number.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !fraction.is_none_or(is_digits) || whole.is_empty() && fraction.is_none_or(str::is_empty) {
        return None;
    }
    let whole: Cow<str> = match thousands {
        Some(mark) if !is_digits(whole) => Cow::Owned(grouped(whole, mark)?),
        _ => Cow::Borrowed(whole),
    };
    let number = match fraction {
        Some(fraction) => format!("{whole}.{fraction}{exponent}"),
        None => format!("{whole}{exponent}"),
    };
    (is_digits(&whole) && float(&number).is_some()).then_some(number)
}

/// Returns the digits of groups: of three digits each, as in `1,234,567`, or by Indian custom as in
/// `12,34,567`. The first has at most as many and does not begin with a zero.
fn grouped(whole: &str, mark: char) -> Option<String> {
    let is_mark = |c: char| match mark {
        ' ' => SPACES.contains(&c),
        '\'' => matches!(c, '\'' | '’'),
        mark => c == mark,
    };
    let groups: Vec<_> = whole.split(is_mark).collect();
    let [first, inner @ .., last] = groups.as_slice() else { return None };
    let are = |length: usize| inner.iter().all(|group| group.len() == length) && first.len() <= length;
    let is_even = are(3) || mark == ',' && are(2);
    let holds = last.len() == 3 && !first.is_empty() && !first.starts_with('0') && is_even;
    holds.then(|| groups.concat())
}

/// Multiplies a number. A power of ten moves its point, so that 12.3 % is 0.123 and not next to it.
fn scaled(number: String, scale: Option<f64>) -> Option<String> {
    let Some(scale) = scale else { return Some(number) };
    match power_of_ten(scale) {
        Some(power) => {
            let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((&number, "0"));
            let exponent = exponent.parse::<i32>().ok()?.checked_add(power)?;
            Some(format!("{digits}e{exponent}"))
        }
        None => float(&number).map(|number| (number * scale).to_string()),
    }
}

/// Returns the power if a number is a power of ten.
pub(super) fn power_of_ten(number: f64) -> Option<i32> {
    (-12..=12).find(|power| format!("1e{power}").parse() == Ok(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(notation: &Notation, text: &str) -> Option<f64> {
        float(&notation.number(text)?)
    }

    fn marked(decimal: char, thousands: char) -> Notation {
        Notation { decimal: Some(decimal), thousands: Some(thousands), ..Notation::default() }
    }

    #[test]
    fn groups_are_strict() {
        let english = marked('.', ',');
        for (text, number) in [
            ("1,234.50", Some(1234.5)),
            ("1,234,567", Some(1_234_567.0)),
            ("12,34,567", Some(1_234_567.0)),
            ("1,00,000", Some(100_000.0)),
            ("1234", Some(1234.0)),
            ("-1,234", Some(-1234.0)),
            ("− 5", Some(-5.0)),
            (".5", Some(0.5)),
            ("1,5e3", None),
            ("1,23", None),
            ("1,2345", None),
            ("0,123", None),
            ("1234,567", None),
            ("12,345,67", None),
            (",123", None),
            ("1.234,5", None),
            ("", None),
            ("-", None),
            (".", None),
            ("--5", None),
        ] {
            assert_eq!(read(&english, text), number, "{text}");
        }
        assert_eq!(read(&marked(',', '.'), "1.234,50"), Some(1234.5));
        assert_eq!(read(&marked(',', '.'), "1.5"), None);
        for space in SPACES {
            assert_eq!(read(&marked(',', ' '), &format!("5{space}000,5")), Some(5000.5));
        }
        assert_eq!(read(&marked('.', '\''), "1’234'567"), Some(1_234_567.0));
    }

    #[test]
    fn signs_and_units_are_taken_away_once() {
        let notation = Notation {
            strip: ["$", "USD", "%"].map(str::to_owned).into(),
            negative: vec![Negative::Parentheses, Negative::Trailing],
            ..Notation::default()
        };
        for (text, number) in [
            ("$5", Some(5.0)),
            ("-$5", Some(-5.0)),
            ("$ -5", Some(-5.0)),
            ("($5)", Some(-5.0)),
            ("$(5)", Some(-5.0)),
            ("5-", Some(-5.0)),
            ("5 USD", Some(5.0)),
            ("$5 USD", Some(5.0)),
            ("(-5)", None),
            ("-(5)", None),
            ("$$5", None),
            ("5 EUR", None),
        ] {
            assert_eq!(read(&notation, text), number, "{text}");
        }
        assert_eq!(read(&Notation::default(), "(5)"), None);
    }

    #[test]
    fn scales_that_are_powers_of_ten_are_exact() {
        let scaled = |scale| Notation { scale: Some(scale), ..Notation::default() };
        assert_eq!(read(&scaled(0.01), "12.3"), Some(0.123));
        assert_eq!(read(&scaled(1000.0), "1.5e2"), Some(150_000.0));
        assert_eq!(read(&scaled(0.5), "3"), Some(1.5));
    }
}
