//! The forms of dates, and which of them are enough for all dates of a column.

use std::collections::BTreeMap;

use super::FormGuess;
use crate::schema::notation::{DateFormat, Notation};

/// Forms of days. Where two could be meant, the other stands beside it.
const DAYS: [&str; 17] = [
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y-%m-%d",
    "%Y%m%d",
    "%d.%m.%y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d %b %Y",
    "%b %d, %Y",
    "%b %d %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
];

/// Forms of times behind a day.
const TIMES: [&str; 6] = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", "T%H:%M:%S"];

/// The most forms that a column has.
const MOST: usize = 3;

/// The longest text that is taken for a date.
const LONGEST: usize = 40;

/// A set of forms: a bit for each.
type FormSet = u128;

/// The forms of the dates of a column.
#[derive(Debug)]
pub(crate) struct DayForms {
    declared: Vec<DateFormat>,
    formats: Vec<DateFormat>,
    /// Each set of forms in which some date can be read, with the number of these dates.
    sets: BTreeMap<FormSet, usize>,
    /// All forms in these sets.
    seen: FormSet,
}

impl DayForms {
    pub(super) fn new(declared: &Notation) -> Self {
        let patterns = TIMES.iter().flat_map(|time| DAYS.map(|day| format!("{day}{time}")));
        let formats =
            patterns.map(|pattern| DateFormat::read(&pattern).expect("each of these is a form of dates"));
        Self {
            declared: declared.formats.clone(),
            formats: formats.collect(),
            sets: BTreeMap::new(),
            seen: 0,
        }
    }

    pub(super) fn take(&mut self, text: &str) -> bool {
        if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        // Most dates of a column are in few forms.
        let known = self.fitting(text, self.seen);
        let set = if known == 0 { self.fitting(text, !self.seen) } else { known };
        if set == 0 {
            return false;
        }
        self.seen |= set;
        *self.sets.entry(set).or_default() += 1;
        true
    }

    fn fitting(&self, text: &str, among: FormSet) -> FormSet {
        let bits = self.formats.iter().enumerate().map(|(at, format)| (1 << at, format));
        let fitting = bits.filter(|(bit, format)| among & bit != 0 && format.iso(text).is_some());
        fitting.fold(0, |set, (bit, _)| set | bit)
    }

    pub(super) fn guess(&self) -> Option<FormGuess> {
        let chosen = self.cover()?;
        let has_time = self.formats[*chosen.first()?].has_time();
        if chosen.iter().any(|format| self.formats[*format].has_time() != has_time) {
            return None;
        }
        let swapped: Vec<_> = chosen.iter().map(|format| self.other(*format).unwrap_or(*format)).collect();
        let is_other = swapped != chosen && self.covers(&swapped);
        let notation = |chosen: &[usize]| Notation {
            formats: self
                .declared
                .iter()
                .chain(chosen.iter().map(|format| &self.formats[*format]))
                .cloned()
                .collect(),
            ..Notation::default()
        };
        Some(FormGuess {
            other: is_other.then(|| notation(&swapped)),
            notation: notation(&chosen),
            has_time,
            is_usual: true,
            ..FormGuess::default()
        })
    }

    /// Chooses few forms in which all dates can be read, the most frequent first.
    fn cover(&self) -> Option<Vec<usize>> {
        let mut chosen: Vec<usize> = Vec::new();
        while !self.covers(&chosen) {
            let left =
                || self.sets.iter().filter(|(set, _)| !chosen.iter().any(|format| has(**set, *format)));
            let count = |format: usize| {
                left().filter(|(set, _)| has(**set, format)).map(|(_, count)| *count).sum::<usize>()
            };
            let best = (0..self.formats.len()).rev().max_by_key(|format| count(*format))?;
            chosen.push(best);
            if chosen.len() > MOST {
                return None;
            }
        }
        Some(chosen)
    }

    fn covers(&self, chosen: &[usize]) -> bool {
        self.sets.keys().all(|set| chosen.iter().any(|format| has(*set, *format)))
    }

    /// Returns the form with day and month the other way round.
    fn other(&self, format: usize) -> Option<usize> {
        let pattern = &self.formats[format].pattern;
        let other = pattern.replacen("%d", "%0", 1).replacen("%m", "%d", 1).replacen("%0", "%m", 1);
        self.formats.iter().position(|format| format.pattern == other)
    }
}

fn has(set: FormSet, format: usize) -> bool {
    set & (1 << format) != 0
}
