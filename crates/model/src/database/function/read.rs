//! `number(text)` and `parse_date(text, format)`, which read figures and days as people write them. A text that
//! is none is an error: no row is silently 0 or NULL.

use jiff::civil::Date;
use rusqlite::functions::Context;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Result};

use super::{PURE, refuse};

pub(super) fn register(connection: &Connection) -> Result<()> {
    connection.create_scalar_function("number", 1, PURE, |context| number(context, '.'))?;
    connection.create_scalar_function("number", 2, PURE, |context| match context.get_raw(1) {
        ValueRef::Text(b".") => number(context, '.'),
        ValueRef::Text(b",") => number(context, ','),
        _ => Err(refuse("number", "takes '.' or ',' as the mark before decimals")),
    })?;
    connection.create_scalar_function("parse_date", 2, PURE, parse_date)
}

fn number(context: &Context<'_>, point: char) -> Result<Value> {
    match context.get_raw(0) {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(value) => Ok(Value::Integer(value)),
        ValueRef::Real(value) => Ok(Value::Real(value)),
        ValueRef::Text(text) => {
            let text = String::from_utf8_lossy(text);
            read_number(&text, point)
                .ok_or_else(|| refuse("number", format!("reads no number in \"{}\"", short(&text))))
        }
        ValueRef::Blob(_) => Err(refuse("number", "takes texts, not bytes")),
    }
}

/// Reads a figure: `1,234.50`, `$1,200`, `5 000 €`, `(1200)`, `12%`. `point` stands before decimals.
fn read_number(text: &str, point: char) -> Option<Value> {
    let text = text.trim();
    let (text, negative) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner.trim(), true),
        None => (text, false),
    };
    let (text, percent) = text.strip_suffix('%').map_or((text, false), |rest| (rest.trim_end(), true));
    let is_currency = |c: char| "$€£¥₹₩".contains(c);
    let (text, minus) = sign(text);
    let text = text.trim_start_matches(is_currency).trim_end_matches(is_currency).trim();
    let (text, late) = if minus { (text, false) } else { sign(text) };
    let (whole, decimals) =
        text.split_once(point).map_or((text, None), |(whole, after)| (whole, Some(after)));
    let digits = without_groups(whole, point)?;
    let negative = negative != (minus || late);
    let sign = if negative { "-" } else { "" };
    if decimals.is_none() && !percent {
        return format!("{sign}{digits}").parse().ok().map(Value::Integer);
    }
    let decimals = decimals.unwrap_or("0");
    if decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: f64 =
        format!("{sign}{digits}.{decimals}").parse().ok().filter(|value: &f64| value.is_finite())?;
    Some(Value::Real(if percent { value / 100.0 } else { value }))
}

/// Splits off a sign; true if it is a minus.
fn sign(text: &str) -> (&str, bool) {
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (rest.trim_start(), true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    }
}

/// The digits of a whole number whose thousands may be set off; none if they are set off in another way, since
/// `1,23` is then more likely meant with decimals.
fn without_groups(whole: &str, point: char) -> Option<String> {
    let mark = whole.chars().find(|c| !c.is_ascii_digit());
    let is_group_mark = |c: char| c != point && (".,'’_".contains(c) || c.is_whitespace());
    let digits = match mark {
        None => whole.to_owned(),
        Some(mark) if is_group_mark(mark) => {
            let mut groups = whole.split(mark);
            let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
            let rest: Vec<_> = groups.collect();
            if rest.iter().any(|group| group.len() != 3) {
                return None;
            }
            format!("{first}{}", rest.concat())
        }
        Some(_) => return None,
    };
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// Reads a day by a format such as `%d.%m.%Y`, and writes it as dates are written.
fn parse_date(context: &Context<'_>) -> Result<Option<String>> {
    let (text, format) = match (context.get_raw(0), context.get_raw(1)) {
        (ValueRef::Null, _) => return Ok(None),
        (ValueRef::Text(text), ValueRef::Text(format)) => (text, format),
        _ => return Err(refuse("parse_date", "takes a text and a format such as '%d.%m.%Y'")),
    };
    let (text, format) = (String::from_utf8_lossy(text), String::from_utf8_lossy(format));
    match Date::strptime(&*format, text.trim()) {
        Ok(date) => Ok(Some(date.to_string())),
        Err(_) => {
            let why = format!("reads no day in \"{}\" by \"{}\"", short(&text), short(&format));
            Err(refuse("parse_date", why))
        }
    }
}

/// The start of a text, for messages.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::{Value, read_number};

    #[test]
    fn figures_are_read_as_people_write_them() {
        let real = |text, point| match read_number(text, point) {
            Some(Value::Real(value)) => Some(value),
            Some(Value::Integer(_)) | None => None,
            Some(other) => panic!("{other:?}"),
        };
        let int = |text, point| match read_number(text, point) {
            Some(Value::Integer(value)) => Some(value),
            _ => None,
        };
        assert_eq!(int("$1,200", '.'), Some(1_200));
        assert_eq!(int(" -$1,200,000 ", '.'), Some(-1_200_000));
        assert_eq!(int("$-7", '.'), Some(-7));
        assert_eq!(int("(1200)", '.'), Some(-1_200));
        assert_eq!(int("5\u{202f}000 €", ','), Some(5_000));
        assert_eq!(real("1,234.50", '.'), Some(1_234.5));
        assert_eq!(real("1.234,50", ','), Some(1_234.5));
        assert_eq!(real("12%", '.'), Some(0.12));
        for wrong in
            ["", "-", "abc", "1,23", "12,3456", "1.2.3", "1e3", "NaN", "1200 USD", "--1", "%", "1,234,5"]
        {
            assert!(read_number(wrong, '.').is_none(), "{wrong}");
        }
    }
}
