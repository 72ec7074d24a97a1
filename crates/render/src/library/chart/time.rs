//! Dates on an axis: days, months or years apart, as there is room.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use sitegen_model::Words;

use crate::library::date::date as written;

/// Converts a date to a number of days; there is none for other texts. A month stands for its first day.
pub(super) fn days(text: &str) -> Option<f64> {
    let day = match text.len() {
        7 => format!("{text}-01").parse::<Date>().ok()?,
        10 => text.parse::<Date>().ok()?,
        19.. => {
            let moment = text.get(..19)?.parse::<jiff::civil::DateTime>().ok()?;
            let seconds = f64::from(moment.time().hour()) * 3600.0
                + f64::from(moment.time().minute()) * 60.0
                + f64::from(moment.time().second());
            return Some(since_epoch(moment.date()) + seconds / 86_400.0);
        }
        _ => return None,
    };
    Some(since_epoch(day))
}

const EPOCH: Date = date(1970, 1, 1);

fn since_epoch(day: Date) -> f64 {
    day.since(EPOCH).map_or(0.0, |span| f64::from(span.get_days()))
}

/// The distance of two lines of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CalendarStep {
    Days(i32),
    Months(i32),
    Years(i16),
}

const STEPS: [CalendarStep; 14] = [
    CalendarStep::Days(1),
    CalendarStep::Days(2),
    CalendarStep::Days(7),
    CalendarStep::Days(14),
    CalendarStep::Months(1),
    CalendarStep::Months(3),
    CalendarStep::Months(6),
    CalendarStep::Years(1),
    CalendarStep::Years(2),
    CalendarStep::Years(5),
    CalendarStep::Years(10),
    CalendarStep::Years(20),
    CalendarStep::Years(50),
    CalendarStep::Years(100),
];

impl CalendarStep {
    /// Returns the approximate length in days.
    fn days(self) -> f64 {
        match self {
            Self::Days(days) => f64::from(days),
            Self::Months(months) => f64::from(months) * 30.44,
            Self::Years(years) => f64::from(years) * 365.25,
        }
    }

    /// Returns the last line at or before a day.
    fn before(self, day: Date) -> Date {
        match self {
            Self::Days(_) => day,
            Self::Months(months) => {
                let month = (i32::from(day.month()) - 1) / months * months + 1;
                Date::new(day.year(), i8::try_from(month).unwrap_or(1), 1).unwrap_or(day)
            }
            Self::Years(years) => Date::new(day.year().div_euclid(years) * years, 1, 1).unwrap_or(day),
        }
    }

    /// Returns the line after one; none where the calendar ends.
    fn after(self, day: Date) -> Option<Date> {
        let span = match self {
            Self::Days(days) => days.days(),
            Self::Months(months) => months.months(),
            Self::Years(years) => i32::from(years).years(),
        };
        day.checked_add(span).ok()
    }

    fn format(self) -> &'static str {
        match self {
            Self::Days(_) => "%-d %b",
            Self::Months(_) => "%b %Y",
            Self::Years(_) => "%Y",
        }
    }
}

/// Returns the lines from one day to another, about `most` of them, each with its label.
pub(super) fn lines(low: f64, high: f64, most: usize, words: &Words) -> Vec<(f64, String)> {
    #[expect(clippy::cast_precision_loss, reason = "an axis has few lines")]
    let width = (high - low) / most.max(1) as f64;
    let step = STEPS.into_iter().find(|step| step.days() >= width).unwrap_or(CalendarStep::Years(100));
    #[expect(clippy::cast_possible_truncation, reason = "days of the calendar are few")]
    let first = EPOCH.checked_add((low.floor() as i32).days()).ok().map(|day| step.before(day));
    let mut lines = Vec::new();
    let mut next = first;
    while let Some(day) = next.filter(|day| since_epoch(*day) <= high && lines.len() <= 2 * most) {
        if since_epoch(day) >= low {
            let text = written(&day.to_string(), step.format(), words).unwrap_or_else(|_| day.to_string());
            lines.push((since_epoch(day), text));
        }
        next = step.after(day);
    }
    lines
}

#[cfg(test)]
mod tests {
    use sitegen_model::{Config, Inputs};

    use super::*;

    fn between(low: &str, high: &str) -> Vec<String> {
        let config = Config { language: "en".into(), ..Config::default() };
        let words = Words::read(&Inputs::default(), &config).0;
        let day = |text| days(text).expect("it is a date");
        lines(day(low), day(high), 6, &words).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn lines_are_days_months_or_years_apart() {
        assert_eq!(between("2026-01-30", "2026-02-03"), ["30 Jan", "31 Jan", "1 Feb", "2 Feb", "3 Feb"]);
        assert_eq!(between("2025-11-15", "2026-03-02"), ["Dec 2025", "Jan 2026", "Feb 2026", "Mar 2026"]);
        assert_eq!(between("2024-02", "2026-03"), ["Jul 2024", "Jan 2025", "Jul 2025", "Jan 2026"]);
        assert_eq!(between("1999-05-01", "2026-05-01"), ["2000", "2005", "2010", "2015", "2020", "2025"]);
    }

    #[test]
    fn moments_are_parts_of_days() {
        assert_eq!(days("1970-01-02T12:00:00Z"), Some(1.5));
        assert_eq!(days("1970-02"), Some(31.0));
        for text in ["soon", "2026", "2026-13-01", "2026-02-30", "äöüäöü-01"] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}
