//! Dates and times in the forms that a column declares, such as `%d.%m.%Y`.

use std::hash::{Hash, Hasher};

use crate::schema::kind::is_date;

/// A form of dates, perhaps with a time.
#[derive(Debug, Clone)]
pub(crate) struct DateFormat {
    /// The form as it is declared.
    pub pattern: String,
    parts: Vec<DatePart>,
}

/// A form is known by its pattern.
impl Hash for DateFormat {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.pattern.hash(state);
    }
}

impl PartialEq for DateFormat {
    fn eq(&self, other: &Self) -> bool {
        self.pattern == other.pattern
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DatePart {
    /// This character. A space stands for any spaces.
    Literal(char),
    /// A year of four digits.
    Year,
    /// A year of two digits: 69 to 99 is of the twentieth century, 00 to 68 of this one.
    ShortYear,
    Month,
    /// An English name of a month, whole or of three letters.
    MonthName,
    Day,
    Hour,
    /// An hour from 1 to 12, with `am` or `pm` elsewhere.
    HalfDayHour,
    Minute,
    Second,
    Half,
}

/// The letters of parts, as programs commonly have them.
const PARTS: [(char, DatePart); 13] = [
    ('Y', DatePart::Year),
    ('y', DatePart::ShortYear),
    ('m', DatePart::Month),
    ('b', DatePart::MonthName),
    ('B', DatePart::MonthName),
    ('d', DatePart::Day),
    ('e', DatePart::Day),
    ('H', DatePart::Hour),
    ('I', DatePart::HalfDayHour),
    ('M', DatePart::Minute),
    ('S', DatePart::Second),
    ('p', DatePart::Half),
    ('%', DatePart::Literal('%')),
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The numbers of a date while it is read.
#[derive(Default)]
struct DateNumbers {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    is_afternoon: bool,
    is_half: bool,
}

impl DateFormat {
    /// Reads the pattern of a form.
    ///
    /// # Errors
    ///
    /// The text says what is wrong with it.
    pub(super) fn read(pattern: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut letters = pattern.chars();
        while let Some(letter) = letters.next() {
            if letter != '%' {
                parts.push(DatePart::Literal(letter));
                continue;
            }
            let letter = letters.next();
            let part = PARTS.iter().find(|(known, _)| Some(*known) == letter);
            match part {
                Some((_, part)) => parts.push(*part),
                None => return Err(format!("nothing is called %{}", letter.map_or(' ', |letter| letter))),
            }
        }
        let has = |wanted: &[DatePart]| parts.iter().filter(|part| wanted.contains(part)).count();
        if has(&[DatePart::Year, DatePart::ShortYear]) != 1 {
            return Err("it wants the year once, as %Y or %y".to_owned());
        }
        if has(&[DatePart::Month, DatePart::MonthName]) != 1 || has(&[DatePart::Day]) != 1 {
            return Err("it wants the month once, as %m or %b, and the day, as %d".to_owned());
        }
        if has(&[DatePart::HalfDayHour]) != has(&[DatePart::Half]) {
            return Err("%I and %p go together".to_owned());
        }
        Ok(Self { pattern: pattern.to_owned(), parts })
    }

    /// Returns true if the form has a time.
    pub(super) fn has_time(&self) -> bool {
        let is_hour = |part: &DatePart| matches!(part, DatePart::Hour | DatePart::HalfDayHour);
        self.parts.iter().any(is_hour)
    }

    /// Reads a date as ISO writes it, with a time if the form has one; none if it is in another form or none
    /// of the calendar.
    pub(crate) fn iso(&self, text: &str) -> Option<String> {
        let mut numbers = DateNumbers::default();
        let mut rest = text;
        for part in &self.parts {
            rest = numbers.take(*part, rest)?;
        }
        if !rest.is_empty() {
            return None;
        }
        let DateNumbers { year, month, day, minute, second, .. } = numbers;
        let date = format!("{year:04}-{month:02}-{day:02}");
        let hour = numbers.hour()?;
        if !is_date(&date) || minute > 59 || second > 60 {
            return None;
        }
        Some(if self.has_time() { format!("{date}T{hour:02}:{minute:02}:{second:02}") } else { date })
    }
}

impl DateNumbers {
    /// Reads a part at the beginning of a text, and returns the rest.
    fn take<'t>(&mut self, part: DatePart, text: &'t str) -> Option<&'t str> {
        let (into, most) = match part {
            DatePart::Literal(' ') => {
                let rest = text.trim_start();
                return (rest.len() < text.len()).then_some(rest);
            }
            DatePart::Literal(letter) => return text.strip_prefix(letter),
            DatePart::MonthName => return self.take_month(text),
            DatePart::Half => return self.take_half(text),
            DatePart::Year => (&mut self.year, 4),
            DatePart::ShortYear => (&mut self.year, 2),
            DatePart::Month => (&mut self.month, 2),
            DatePart::Day => (&mut self.day, 2),
            DatePart::Hour | DatePart::HalfDayHour => (&mut self.hour, 2),
            DatePart::Minute => (&mut self.minute, 2),
            DatePart::Second => (&mut self.second, 2),
        };
        let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let is_whole = digits == most || digits > 0 && !matches!(part, DatePart::Year | DatePart::ShortYear);
        let number = text[..digits].parse::<u32>().ok().filter(|_| is_whole)?;
        *into = match part {
            DatePart::ShortYear => number + if number < 69 { 2000 } else { 1900 },
            _ => number,
        };
        self.is_half |= part == DatePart::HalfDayHour;
        Some(&text[digits..])
    }

    fn take_month<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = text[..letters].to_ascii_lowercase();
        let is_named = |month: &&str| {
            *month == word || month[..3] == word || word == "sept" && month.starts_with("sept")
        };
        self.month = u32::try_from(MONTHS.iter().position(is_named)? + 1).ok()?;
        Some(&text[letters..])
    }

    fn take_half<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let letters = text.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'.').count();
        match text[..letters].to_ascii_lowercase().replace('.', "").as_str() {
            "am" => self.is_afternoon = false,
            "pm" => self.is_afternoon = true,
            _ => return None,
        }
        Some(&text[letters..])
    }

    fn hour(&self) -> Option<u32> {
        match (self.is_half, self.hour) {
            (false, hour) => (hour < 24).then_some(hour),
            (true, hour @ 1..=12) => Some(hour % 12 + if self.is_afternoon { 12 } else { 0 }),
            (true, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DateFormat;

    #[test]
    fn dates_are_read_by_their_form() {
        for (pattern, text, iso) in [
            ("%d.%m.%Y", "31.12.2024", Some("2024-12-31")),
            ("%d/%m/%Y", "1/7/1985", Some("1985-07-01")),
            ("%m/%d/%y", "7/1/85", Some("1985-07-01")),
            ("%d %b %Y", "3  sept 2024", Some("2024-09-03")),
            ("%B %d, %Y", "July 4, 2024", Some("2024-07-04")),
            ("%Y%m%d", "20240131", Some("2024-01-31")),
            ("%d/%m/%Y %H:%M", "1/7/1985 9:05", Some("1985-07-01T09:05:00")),
            ("%m/%d/%Y %I:%M %p", "7/1/1985 12:05 a.m.", Some("1985-07-01T00:05:00")),
            ("%m/%d/%Y %I:%M %p", "7/1/1985 1:05 PM", Some("1985-07-01T13:05:00")),
            ("%d/%m/%Y", "31/02/2024", None),
            ("%d/%m/%Y", "1/7/85", None),
            ("%d/%m/%Y", "1/7/1985 9:05", None),
            ("%d/%m/%Y %H:%M", "1/7/1985 25:00", None),
            ("%d %b %Y", "3 Foo 2024", None),
            ("%d/%m/%Y", "é", None),
        ] {
            let format = DateFormat::read(pattern).expect("the pattern is one");
            assert_eq!(format.iso(text).as_deref(), iso, "{text}");
        }
    }

    #[test]
    fn patterns_name_a_day() {
        for pattern in ["", "%Y", "%d.%m", "%d.%m.%Y %Q", "%d.%m.%Y %", "%d.%m.%Y %I", "%d.%d.%m.%Y"] {
            assert!(DateFormat::read(pattern).is_err(), "{pattern}");
        }
    }
}
