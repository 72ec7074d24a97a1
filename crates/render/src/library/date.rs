//! The filter that writes dates: a format's names of months, days and halves of the day are the language's words.

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;
use sitegen_model::Words;
use tera::{Error, TeraResult};

/// Writes a date or a time, such as `2026-01-31T09:30:00Z`, by a format of `strftime`.
///
/// # Errors
///
/// The text is no date, or something in the format does not stand for a part of one.
pub(super) fn date(text: &str, format: &str, words: &Words) -> TeraResult<String> {
    let moment = moment(text).ok_or_else(|| Error::message(format!("\"{text}\" is not a date")))?;
    let mut written = String::with_capacity(format.len() + 16);
    write(format, moment, words, &mut written)?;
    Ok(written)
}

/// Reads a day, and the time after it if there is one. Its fractions and its zone are left out.
fn moment(text: &str) -> Option<DateTime> {
    let (day, rest) = text.split_at_checked(10)?;
    let day = day.parse::<Date>().ok()?;
    let Some(time) = rest.strip_prefix(['T', ' ']) else {
        return rest.is_empty().then(|| day.at(0, 0, 0, 0));
    };
    let end = time.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(time.len());
    let seconds = if end == 5 { ":00" } else { "" };
    format!("{day}T{}{seconds}", &time[..end]).parse().ok()
}

fn write(format: &str, moment: DateTime, words: &Words, written: &mut String) -> TeraResult<()> {
    let mut rest = format;
    while let Some(start) = rest.find('%') {
        written.push_str(&rest[..start]);
        rest = &rest[start..];
        let (directive, after) = rest.split_at(end(rest));
        written.push_str(&part(directive, moment, words).map_err(|()| {
            Error::message(format!(
                "\"{directive}\" in the format \"{format}\" does not stand for a part of a date"
            ))
        })?);
        rest = after;
    }
    written.push_str(rest);
    Ok(())
}

/// Finds the end of the directive that a text begins with: after its letter, which can follow flags and a
/// width.
fn end(text: &str) -> usize {
    let is_before = |c: char| c.is_ascii_digit() || "-_^#.:".contains(c);
    let letter = text[1..].find(|c| !is_before(c)).map(|at| at + 1);
    letter.map_or(text.len(), |at| at + text[at..].chars().next().map_or(0, char::len_utf8))
}

/// Writes the part of a date that a directive stands for; fails if it stands for none.
fn part(directive: &str, moment: DateTime, words: &Words) -> Result<String, ()> {
    let (month, weekday) = (moment.month(), moment.weekday().to_monday_one_offset());
    let half = if moment.hour() < 12 { "am" } else { "pm" };
    let word = match directive.as_bytes().last() {
        Some(b'A') => words.say(&format!("weekday.{weekday}"), None, &[]),
        Some(b'a') => words.say(&format!("weekday.short.{weekday}"), None, &[]),
        Some(b'B') => words.say(&format!("month.{month}"), None, &[]),
        Some(b'b' | b'h') => words.say(&format!("month.short.{month}"), None, &[]),
        Some(b'p') => words.say(&format!("day.{half}"), None, &[]),
        Some(b'P') => words.say(&format!("day.{half}"), None, &[]).to_lowercase(),
        Some(b'r') => format!("{} {}", formatted("%-I:%M:%S", moment)?, part("%p", moment, words)?),
        Some(b'c') => format!("{} {}", part("%a", moment, words)?, formatted("%Y-%m-%d %H:%M:%S", moment)?),
        _ => return formatted(directive, moment),
    };
    Ok(match directive {
        _ if directive.contains('^') => word.to_uppercase(),
        "%#p" => word.to_lowercase(),
        _ => word,
    })
}

fn formatted(format: &str, moment: DateTime) -> Result<String, ()> {
    strtime::format(format, moment).map_err(|_| ())
}

#[cfg(test)]
mod tests {
    use sitegen_model::{Config, Inputs};

    use super::*;

    #[test]
    fn dates_take_a_format() {
        let config = Config { language: "en".into(), ..Config::default() };
        let words = Words::read(&Inputs::default(), &config).0;
        let date = |text, format| date(text, format, &words).ok();
        assert_eq!(date("2026-01-31", "%-d %B %Y").as_deref(), Some("31 January 2026"));
        assert_eq!(date("2026-01-31T09:30:00Z", "%H:%M").as_deref(), Some("09:30"));
        assert_eq!(date("2026-01-31", "%a %b %h %^A 100%%").as_deref(), Some("Sat Jan Jan SATURDAY 100%"));
        assert_eq!(date("2026-01-31T21:05:00", "%I %p %P %r").as_deref(), Some("09 PM pm 9:05:00 PM"));
        assert_eq!(date("2026-01-31 09:30", "%H:%M:%S").as_deref(), Some("09:30:00"));
        assert_eq!(date("2026-01-31T09:30+02:00", "%H:%M").as_deref(), Some("09:30"));
        assert_eq!(date("2026-01-31 09:30:15.250Z", "%S").as_deref(), Some("15"));
        assert!(date("2026-01-31 soon", "%Y").is_none() && date("2026-01-311", "%Y").is_none());
        for (text, format) in
            [("soon", "%Y"), ("2026-01-31", "%O"), ("2026-01-31", "%ü"), ("2026-01-31", "%")]
        {
            assert!(date(text, format).is_none(), "{text} {format}");
        }
    }
}
