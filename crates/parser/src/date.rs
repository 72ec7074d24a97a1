//! Dates as ISO 8601 writes them.

use std::fmt;

use crate::toml::moment;
use crate::{Date, Datetime, WrittenValue};

impl Date {
    /// Reads a day such as 2026-01-31.
    pub fn parse(text: &str) -> Option<Self> {
        match moment(&text.parse().ok()?)? {
            WrittenValue::Date(date) => Some(date),
            _ => None,
        }
    }
}

impl Datetime {
    /// Reads a day and a time such as 2026-01-31T09:30:00Z.
    pub fn parse(text: &str) -> Option<Self> {
        match moment(&text.parse().ok()?)? {
            WrittenValue::Datetime(datetime) => Some(datetime),
            _ => None,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for Datetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}:{:02}", self.date, self.hour, self.minute, self.second)?;
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}
