//! Recognizes local dates, numbers with marks, amounts and shares, which datasets read only as text.

/// A common format of texts that people read as dates or numbers, but datasets do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    /// Days as `31/01/2024`.
    DayFirst,
    /// Days as `01/31/2024`.
    MonthFirst,
    /// Days of which nothing says whether the day or the month stands first: `01/02/2024`.
    EitherFirst,
    /// Some days with the day first, some with the month.
    BothFirst,
    /// Numbers with marks between thousands, or a comma for the point: `1,200`, `1 200`, `1,5`.
    Marked,
    /// Amounts with a sign of money: `$ 12.50`, `12,50 €`.
    Money,
    /// Shares as `12 %`.
    Percent,
}

impl Look {
    /// Returns the look of one value, if it has a known one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if digits == 0 || text.len() > 40 || text.bytes().any(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        if let Some(day) = day(text) {
            return Some(day);
        }
        let is_sign = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₽' | '₩' | '₺' | '₴' | '₪' | '₫');
        let number = |text: &str| is_number(text.trim().trim_start_matches(['+', '-', '−']).trim());
        if let Some(share) = text.strip_suffix('%') {
            return number(share).then_some(Self::Percent);
        }
        if text.starts_with(is_sign)
            || text.ends_with(is_sign)
            || text.starts_with(['-', '(']) && text.contains(is_sign)
        {
            let amount = text.replace(is_sign, "");
            return number(amount.trim_matches(['(', ')'])).then_some(Self::Money);
        }
        if let Some((_, amount)) = text.split_once(' ').filter(|(code, _)| is_currency(code)) {
            return number(amount).then_some(Self::Money);
        }
        (number(text) && text.contains([',', ' ', '\'', '’', '\u{a0}', '\u{202f}'])).then_some(Self::Marked)
    }

    /// Returns true if people read values of this look as numbers.
    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Marked | Self::Money | Self::Percent)
    }

    /// Returns the look of a column with values of both looks, if one look covers both.
    pub(super) fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (one, other) if one == other => Some(one),
            (Self::EitherFirst, day @ (Self::DayFirst | Self::MonthFirst | Self::BothFirst))
            | (day @ (Self::DayFirst | Self::MonthFirst | Self::BothFirst), Self::EitherFirst) => Some(day),
            (
                Self::DayFirst | Self::MonthFirst | Self::BothFirst,
                Self::DayFirst | Self::MonthFirst | Self::BothFirst,
            ) => Some(Self::BothFirst),
            _ => None,
        }
    }
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns true if a text consists of digits in groups, perhaps with a fraction.
fn is_number(text: &str) -> bool {
    let inner =
        |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}');
    let is_digit = |c: char| c.is_ascii_digit();
    text.starts_with(is_digit) && text.ends_with(is_digit) && text.chars().all(inner) && has_groups(text)
}

/// Returns true if marks split the digits into groups of thousands, but for the first group and a fraction.
fn has_groups(text: &str) -> bool {
    let parts: Vec<_> = text.split(|c: char| !c.is_ascii_digit()).collect();
    match parts.as_slice() {
        [] | [_] => true,
        [whole, _] => !whole.is_empty() && whole.len() <= 15 && !text.contains(' ') || parts[1].len() == 3,
        [first, inner @ .., last] => {
            let marks: Vec<_> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
            let is_fraction = marks.last() != marks.first() && matches!(marks.last(), Some('.' | ','));
            first.len() <= 3
                && inner.iter().all(|part| part.len() == 3 || part.len() == 2)
                && (last.len() == 3 || is_fraction)
        }
    }
}

/// Returns the look of a day with slashes, points or hyphens between its numbers and the year last.
fn day(text: &str) -> Option<Look> {
    let text = text.split([' ', 'T']).next()?;
    let mut parts = text.split(['/', '.', '-']);
    let (a, b, year) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str, most: usize| {
        (!part.is_empty() && part.len() <= most).then(|| part.parse::<u32>().ok()).flatten()
    };
    let (a, b) = (number(a, 2)?, number(b, 2)?);
    number(year, 4).filter(|_| year.len() == 4 || year.len() == 2)?;
    if parts.next().is_some() || a == 0 || b == 0 {
        return None;
    }
    match (a, b) {
        (13..=31, 1..=12) => Some(Look::DayFirst),
        (1..=12, 13..=31) => Some(Look::MonthFirst),
        (1..=12, 1..=12) => Some(Look::EitherFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Look;

    #[test]
    fn looks_are_told_apart() {
        for (text, look) in [
            ("13/02/2024", Some(Look::DayFirst)),
            ("2/13/24", Some(Look::MonthFirst)),
            ("01.02.2024", Some(Look::EitherFirst)),
            ("1,200", Some(Look::Marked)),
            ("-1 200,50", Some(Look::Marked)),
            ("12,5", Some(Look::Marked)),
            ("$1,200.00", Some(Look::Money)),
            ("12 €", Some(Look::Money)),
            ("USD 12", Some(Look::Money)),
            ("12.5 %", Some(Look::Percent)),
            ("1.234.567,89", Some(Look::Marked)),
            ("12,34,567", Some(Look::Marked)),
            ("+49 30 10237", None),
            ("1.2.3", None),
            ("12", None),
            ("A1", None),
            ("10 Downing", None),
            ("", None),
        ] {
            assert_eq!(Look::of(text), look, "{text}");
        }
    }

    #[test]
    fn days_in_two_orders_are_both() {
        assert_eq!(Look::EitherFirst.with(Look::DayFirst), Some(Look::DayFirst));
        assert_eq!(Look::MonthFirst.with(Look::DayFirst), Some(Look::BothFirst));
        assert_eq!(Look::Money.with(Look::Percent), None);
    }
}
