//! Filters that put values into words: numbers, money, durations, dates, JSON.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use sitegen_model::Words;
use tera::{Kwargs, Map, State, Tera, TeraResult, Value};

use super::{Library, expect};

pub(super) fn register(tera: &mut Tera, library: &Arc<Library>) {
    let of = Arc::clone(library);
    tera.register_filter("number", move |value: f64, args: Kwargs, _: &State| -> TeraResult<String> {
        expect(&args, "number", &["decimals"])?;
        let decimals = args.get::<u8>("decimals")?;
        Ok(number(value, decimals, &of.model.words))
    });
    let of = Arc::clone(library);
    tera.register_filter("money", move |value: f64, args: Kwargs, _: &State| -> TeraResult<String> {
        expect(&args, "money", &["currency", "short"])?;
        let currency = args.get::<&str>("currency")?.unwrap_or("USD");
        let short = args.get::<bool>("short")?.unwrap_or(false);
        Ok(money(value, currency, short, &of.model.words))
    });
    let of = Arc::clone(library);
    tera.register_filter("plural", move |count: i64, args: Kwargs, _: &State| -> TeraResult<String> {
        expect(&args, "plural", &["one", "many"])?;
        let word: &str = args.must_get(if count == 1 { "one" } else { "many" })?;
        #[expect(clippy::cast_precision_loss, reason = "counts beyond 2^53 are not met")]
        let count = number(count as f64, Some(0), &of.model.words);
        Ok(format!("{count} {word}"))
    });
    let of = Arc::clone(library);
    tera.register_filter("minutes", move |minutes: i64, _: Kwargs, _: &State| {
        duration(minutes, &of.model.words)
    });
    let of = Arc::clone(library);
    tera.register_filter("date", move |text: &str, args: Kwargs, _: &State| -> TeraResult<String> {
        expect(&args, "date", &["format"])?;
        date(text, args.must_get("format")?, &of.model.words)
    });
    tera.register_filter("json", |value: Value, args: Kwargs, _: &State| -> TeraResult<Value> {
        expect(&args, "json", &["nulls"])?;
        match args.get::<bool>("nulls")? {
            Some(false) => json(&without_nulls(&value)),
            _ => json(&value),
        }
    });
}

fn money(value: f64, currency: &str, short: bool, words: &Words) -> String {
    let decimals = if value.fract() == 0.0 { 0 } else { 2 };
    let amount =
        if short { short_number(value.abs(), words) } else { number(value.abs(), Some(decimals), words) };
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}{amount}", symbol(currency))
}

/// A number with the language's mark between thousands; as many decimals as it has, up to two, if none are given.
pub(super) fn number(value: f64, decimals: Option<u8>, words: &Words) -> String {
    localized(&grouped(value, decimals), words)
}

/// A number as in English, in the language's marks.
fn localized(number: &str, words: &Words) -> String {
    let mut text = String::with_capacity(number.len());
    for c in number.chars() {
        match c {
            ',' => text.push_str(&words.say("number.group", None, &[])),
            '.' => text.push_str(&words.say("number.decimal", None, &[])),
            c => text.push(c),
        }
    }
    text
}

/// A number with a comma between thousands.
fn grouped(value: f64, decimals: Option<u8>) -> String {
    let digits = match decimals {
        Some(decimals) => fixed(value, decimals),
        None => trimmed(fixed(value, 2)),
    };
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::with_capacity(digits.len() + whole.len() / 3 + 1);
    if value < 0.0 && digits.chars().any(|c| c.is_ascii_digit() && c != '0') {
        grouped.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// A number's size with so many decimals. A half is rounded up, as readers do; so is what is a half but for its last
/// binary digits.
fn fixed(value: f64, decimals: u8) -> String {
    let scale = 10_f64.powi(i32::from(decimals));
    let scaled = value.abs() * scale;
    let rounded = if scaled < 9e15 { (scaled * (1.0 + f64::EPSILON)).round() / scale } else { value.abs() };
    format!("{rounded:.*}", usize::from(decimals))
}

fn trimmed(fixed: String) -> String {
    if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.').to_owned() } else { fixed }
}

/// Thousands as K, millions as M with up to two decimals.
fn short_number(value: f64, words: &Words) -> String {
    if value < 1_000.0 {
        number(value, Some(0), words)
    } else if value < 999_500.0 {
        format!("{}K", fixed(value / 1_000.0, 0))
    } else {
        format!("{}M", localized(&trimmed(fixed(value / 1_000_000.0, 2)), words))
    }
}

fn symbol(currency: &str) -> String {
    match currency {
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        code => format!("{code} "),
    }
}

/// Minutes up to an hour and a half as such, more as hours.
fn duration(minutes: i64, words: &Words) -> String {
    let (key, count, amount) = if minutes <= 90 {
        ("duration.minutes", u64::try_from(minutes).ok(), minutes.to_string())
    } else {
        #[expect(clippy::cast_precision_loss, reason = "durations beyond 2^53 minutes are not met")]
        let hours = trimmed(format!("{:.1}", minutes as f64 / 60.0));
        ("duration.hours", hours.parse().ok(), localized(&hours, words))
    };
    words.say(key, count, &[("count", &amount)])
}

fn date(text: &str, format: &str, words: &Words) -> TeraResult<String> {
    let day = text.get(..10).unwrap_or(text);
    let moment = match text.get(..19) {
        Some(moment) => moment.parse::<DateTime>().ok(),
        None => day.parse::<Date>().ok().map(|day| day.at(0, 0, 0, 0)),
    };
    let moment = moment.ok_or_else(|| tera::Error::message(format!("\"{text}\" is not a date")))?;
    let month = words.say(&format!("month.{}", moment.month()), None, &[]);
    let format = format.replace("%B", &month.replace('%', "%%"));
    jiff::fmt::strtime::format(&format, moment)
        .map_err(|_| tera::Error::message(format!("\"{format}\" is not a date's format")))
}

/// A value without the entries of maps that are nothing. Values nest no deeper than templates do.
fn without_nulls(value: &Value) -> Value {
    if let Some(items) = value.as_array() {
        return items.iter().map(without_nulls).collect::<Vec<_>>().into();
    }
    match value.as_map() {
        Some(map) => {
            let entries = map.iter().filter(|(_, value)| !value.is_none() && !value.is_undefined());
            entries.map(|(key, value)| (key.clone(), without_nulls(value))).collect::<Map>().into()
        }
        None => value.clone(),
    }
}

/// JSON that cannot end the element that it stands in.
fn json(value: &Value) -> TeraResult<Value> {
    let json = serde_json::to_string(value).map_err(tera::Error::message)?;
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            c => safe.push(c),
        }
    }
    Ok(Value::safe_string(&safe))
}

#[cfg(test)]
mod tests {
    use sitegen_model::{Config, Inputs};

    use super::*;

    fn english() -> Words {
        Words::read(&Inputs::default(), &Config { language: "en".into(), ..Config::default() }).0
    }

    #[test]
    fn numbers_are_grouped() {
        let number = |value, decimals| number(value, decimals, &english());
        assert_eq!(number(1_234_567.0, None), "1,234,567");
        assert_eq!(number(12_345.5, None), "12,345.5");
        assert_eq!(number(-999.996, Some(2)), "-1,000.00");
        assert_eq!(number(-0.001, None), "0");
        assert_eq!(number(1.005, Some(2)), "1.01");
    }

    #[test]
    fn money_is_short_where_asked() {
        let short_number = |value| short_number(value, &english());
        assert_eq!(short_number(167_000.0), "167K");
        assert_eq!(short_number(214_500.0), "215K");
        assert_eq!(short_number(999_600.0), "1M");
        assert_eq!(short_number(1_250_000.0), "1.25M");
    }

    #[test]
    fn durations_read_well() {
        let duration = |minutes| duration(minutes, &english());
        assert_eq!(duration(1), "1 minute");
        assert_eq!(duration(60), "60 minutes");
        assert_eq!(duration(288), "4.8 hours");
        assert_eq!(duration(120), "2 hours");
    }

    #[test]
    fn dates_take_a_format() {
        let date = |text, format| date(text, format, &english()).ok();
        assert_eq!(date("2026-01-31", "%-d %B %Y").as_deref(), Some("31 January 2026"));
        assert_eq!(date("2026-01-31T09:30:00Z", "%H:%M").as_deref(), Some("09:30"));
        assert!(date("soon", "%Y").is_none());
    }
}
