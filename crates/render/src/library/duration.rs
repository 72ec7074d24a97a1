//! The filters that write lengths of time, in the language's words or for machines.

use std::fmt::Write as _;

use sitegen_model::{Words, time_parts};

use super::format::{localized, trimmed};

/// Writes minutes up to an hour and a half as such, more as hours.
pub(super) fn in_minutes(minutes: i64, words: &Words) -> String {
    let (key, count, amount) = if minutes <= 90 {
        ("duration.minutes", u64::try_from(minutes).ok(), minutes.to_string())
    } else {
        #[expect(clippy::cast_precision_loss, reason = "durations beyond 2^53 minutes are not met")]
        let hours = trimmed(format!("{:.1}", minutes as f64 / 60.0));
        ("duration.hours", hours.parse().ok(), localized(&hours, words))
    };
    words.say(key, count, &[("count", &amount)])
}

/// The units of durations, the word for each and its letter in ISO 8601.
const UNITS: [(&str, char); 4] = [("days", 'D'), ("hours", 'H'), ("minutes", 'M'), ("seconds", 'S')];

/// Counts the units of a duration that it has; one of no length has seconds.
fn parts(seconds: u64) -> impl Iterator<Item = (&'static str, char, u64)> {
    let parts = UNITS.into_iter().zip(time_parts(seconds));
    parts.filter_map(move |((word, letter), count)| {
        (count > 0 || seconds == 0 && letter == 'S').then_some((word, letter, count))
    })
}

/// Writes seconds in words: `1 hour 30 minutes`.
pub(super) fn duration(seconds: u64, words: &Words) -> String {
    let part = |(word, _, count): (&str, char, u64)| {
        words.say(&format!("duration.{word}"), Some(count), &[("count", &count.to_string())])
    };
    parts(seconds).map(part).collect::<Vec<_>>().join(" ")
}

/// Writes seconds for machines, by ISO 8601: `PT1H30M`.
pub(super) fn iso_duration(seconds: u64) -> String {
    let mut written = String::from("P");
    for (_, letter, count) in parts(seconds) {
        if letter != 'D' && !written.contains('T') {
            written.push('T');
        }
        let _infallible = write!(written, "{count}{letter}");
    }
    written
}

#[cfg(test)]
mod tests {
    use super::super::format::tests::english;
    use super::*;

    #[test]
    fn durations_read_well() {
        let minutes = |minutes| in_minutes(minutes, &english());
        assert_eq!(minutes(1), "1 minute");
        assert_eq!(minutes(60), "60 minutes");
        assert_eq!(minutes(288), "4.8 hours");
        assert_eq!(minutes(120), "2 hours");
        assert_eq!(duration(5_400, &english()), "1 hour 30 minutes");
        assert_eq!(duration(90_001, &english()), "1 day 1 hour 1 second");
        assert_eq!(duration(0, &english()), "0 seconds");
        assert_eq!(iso_duration(5_400), "PT1H30M");
        assert_eq!(iso_duration(172_800), "P2D");
        assert_eq!(iso_duration(0), "PT0S");
    }
}
