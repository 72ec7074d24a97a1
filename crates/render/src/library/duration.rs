//! The filters that write lengths of time, in the language's words or for machines.

use std::fmt::Write as _;

use sitegen_model::Words;

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

/// The units of durations: the word, the letter in ISO 8601, the seconds.
const UNITS: [(&str, char, u64); 4] =
    [("days", 'D', 86_400), ("hours", 'H', 3_600), ("minutes", 'M', 60), ("seconds", 'S', 1)];

/// Splits seconds into days, hours, minutes and seconds.
fn split_seconds(seconds: u64) -> impl Iterator<Item = (&'static str, char, u64)> {
    let mut rest = seconds;
    UNITS.into_iter().filter_map(move |(word, letter, length)| {
        let count = rest / length;
        rest %= length;
        (count > 0 || seconds == 0 && length == 1).then_some((word, letter, count))
    })
}

/// Writes seconds in words: `1 hour 30 minutes`.
pub(super) fn duration(seconds: u64, words: &Words) -> String {
    let part = |(word, _, count): (&str, char, u64)| {
        words.say(&format!("duration.{word}"), Some(count), &[("count", &count.to_string())])
    };
    split_seconds(seconds).map(part).collect::<Vec<_>>().join(" ")
}

/// Writes seconds for machines, by ISO 8601: `PT1H30M`.
pub(super) fn iso_duration(seconds: u64) -> String {
    let mut written = String::from("P");
    for (_, letter, count) in split_seconds(seconds) {
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
