//! The axes of charts: the function that lays one out, `axis(values=…)`, and the place of a value on it,
//! `value | place(on=axis)`.

use std::collections::BTreeSet;

use sitegen_model::Words;
use tera::value::Key;
use tera::{Kwargs, Map, TeraResult, Value};

use super::columns::text;
use super::figure::Figure;
use super::lines::Gridlines;
use super::time;
use crate::library::argument::{optional, required};
use crate::library::errors;
use crate::value::row::number;

/// An axis of a chart, by the type of its values.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Axis {
    /// Numbers from one to another.
    Number { low: f64, high: f64 },
    /// Dates from one day to another.
    Time { low: f64, high: f64 },
    /// Names, each with a part of its own, in their order.
    Band(Vec<String>),
}

/// A line of an axis, with its label.
struct Tick {
    /// In percent of the axis.
    at: f64,
    text: String,
    /// The part of the text that stands at the line: `start`, `middle` or `end`.
    anchor: &'static str,
}

impl Tick {
    /// Makes a line whose text does not reach beyond the axis.
    fn within(at: f64, text: String) -> Self {
        let half = width(&text) / 2.0;
        let place = at / 100.0 * ROOMS[1];
        let anchor = match place {
            place if place < half => "start",
            place if place > ROOMS[1] - half => "end",
            _ => "middle",
        };
        Self { at, text, anchor }
    }

    /// Makes a line at the middle of its text.
    fn amid(at: f64, text: String) -> Self {
        Self { at, text, anchor: "middle" }
    }

    /// Returns the range that the text takes on an axis with room for so many letters.
    fn span(&self, room: f64) -> (f64, f64) {
        let (at, width) = (self.at / 100.0 * room, width(&self.text));
        match self.anchor {
            "start" => (at, at + width),
            "end" => (at - width, at),
            _ => (at - width / 2.0, at + width / 2.0),
        }
    }
}

/// The numbers of letters that fit along an axis: on a wide screen, and on a phone.
const ROOMS: [f64; 2] = [48.0, 26.0];

/// The least distance between two texts, in letters.
const GAP: f64 = 2.5;

/// The most parts of an axis of numbers that runs across.
const PARTS_ACROSS: usize = 10;

/// The most parts of an axis of numbers that runs up, unless a template asks for others.
const PARTS_UP: usize = 5;

pub(super) fn axis(args: &Kwargs, words: &Words) -> TeraResult<Value> {
    let values: &[Value] = required(args, "values")?;
    let values: Vec<_> = values.iter().filter(|value| !value.is_none()).collect();
    let axis = match kind(&values, optional(args, "band")?.unwrap_or(false))? {
        Scale::Band => Axis::Band(names(&values, words)),
        Scale::Time => {
            let days: Vec<_> = values.iter().filter_map(|value| time::days(value.as_str()?)).collect();
            let (low, high) = bounds(&days);
            Axis::Time { low, high: if high > low { high } else { low + 1.0 } }
        }
        Scale::Number => {
            let numbers: Vec<_> = values.iter().filter_map(|value| value.as_f64()).collect();
            return numeric(&numbers, args, words);
        }
    };
    let ticks = axis.ticks(words);
    Ok(axis.into_value(&ticks, args))
}

/// Lays out an axis of numbers.
fn numeric(numbers: &[f64], args: &Kwargs, words: &Words) -> TeraResult<Value> {
    let format = optional::<&str>(args, "format")?.unwrap_or_default();
    let are_whole = numbers.iter().all(|number| number.fract() == 0.0);
    let figure = Figure::of(format, numbers)?;
    let (mut low, mut high) = bounds(numbers);
    if optional(args, "zero")?.unwrap_or(false) {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    let is_nice = optional(args, "nice")?.unwrap_or(true);
    let laid = |parts| {
        let lines = if are_whole && figure != Figure::Percent {
            Gridlines::around_whole(low, high, parts)
        } else {
            Gridlines::around(low, high, parts)
        };
        let (first, last) = lines
            .values()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = if is_nice || low >= high { (first, last) } else { (low, high) };
        let axis = Axis::Number { low, high };
        let most = low.abs().max(high.abs());
        let within = lines.values().filter(|value| (low..=high).contains(value));
        let tick = |value| Tick::within(axis.share(value), figure.tick(value, lines.step(), most, words));
        let ticks = within.map(tick).collect::<Vec<_>>();
        (axis, ticks)
    };
    let (axis, ticks) = if optional(args, "room")?.unwrap_or(false) {
        let fits = |(_, ticks): &(Axis, Vec<Tick>)| fit(ticks, 1, ROOMS[0]);
        (3..=PARTS_ACROSS).rev().map(laid).find(fits).unwrap_or_else(|| laid(2))
    } else {
        laid(optional::<usize>(args, "ticks")?.unwrap_or(PARTS_UP).clamp(1, 50))
    };
    Ok(axis.into_value(&ticks, args))
}

/// Returns true if a chart can draw a number, because the distance of two such numbers is finite.
pub(super) fn is_drawn(number: f64) -> bool {
    number.abs() <= 1e300
}

enum Scale {
    Number,
    Time,
    Band,
}

/// Returns the type of values: all numbers, all dates, or names.
fn kind(values: &[&Value], is_band: bool) -> TeraResult<Scale> {
    let numbers = values.iter().filter(|value| value.is_number()).count();
    if let Some(odd) = values.iter().find(|value| value.as_f64().is_some_and(|number| !is_drawn(number))) {
        return Err(errors::carry(&errors::not_a_figure("values", &odd.to_string())));
    }
    match numbers {
        _ if is_band => Ok(Scale::Band),
        0 if !values.is_empty()
            && values.iter().all(|value| value.as_str().and_then(time::days).is_some()) =>
        {
            Ok(Scale::Time)
        }
        0 if !values.is_empty() => Ok(Scale::Band),
        count if count == values.len() => Ok(Scale::Number),
        _ => Err(errors::carry(&errors::mixed_axis())),
    }
}

fn names(values: &[&Value], words: &Words) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for value in values {
        let name = text(value, words);
        if seen.insert(name.clone()) {
            names.push(name);
        }
    }
    names
}

/// Returns the least and the greatest of numbers; without numbers, those of an axis that shows nothing.
fn bounds(numbers: &[f64]) -> (f64, f64) {
    let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if numbers.is_empty() { (0.0, 1.0) } else { (low, high) }
}

impl Axis {
    /// Reads the axis that a template was given.
    pub(super) fn of(value: &Value) -> TeraResult<Self> {
        let read = || {
            let map = value.as_map()?;
            let bound = |name| map.get(&Key::Str(name))?.as_f64();
            let name = |name: &Value| name.as_str().map(str::to_owned);
            Some(match map.get(&Key::Str("kind"))?.as_str()? {
                "number" => Self::Number { low: bound("low")?, high: bound("high")? },
                "time" => Self::Time { low: bound("low")?, high: bound("high")? },
                _ => Self::Band(map.get(&Key::Str("names"))?.as_array()?.iter().filter_map(name).collect()),
            })
        };
        read().ok_or_else(|| errors::carry(&errors::no_axis()))
    }

    /// Returns the place of a value, in percent of the axis.
    pub(super) fn place(&self, value: &Value, words: &Words) -> TeraResult<f64> {
        let place = match self {
            Self::Number { .. } => value.as_f64().map(|number| self.share(number)),
            Self::Time { .. } => value.as_str().and_then(time::days).map(|day| self.share(day)),
            Self::Band(names) => {
                let name = text(value, words);
                names.iter().position(|known| *known == name).map(|at| middle(at, names.len()))
            }
        };
        place.ok_or_else(|| errors::carry(&errors::off_axis(&value.to_string())))
    }

    fn share(&self, value: f64) -> f64 {
        let (Self::Number { low, high } | Self::Time { low, high }) = self else { return 0.0 };
        ((value - low) * 1e4 / (high - low)).round() / 100.0
    }

    fn ticks(&self, words: &Words) -> Vec<Tick> {
        match self {
            Self::Number { .. } => Vec::new(),
            Self::Time { low, high } => {
                let laid = |most| -> Vec<Tick> {
                    let lines = time::lines(*low, *high, most, words).into_iter();
                    lines.map(|(day, text)| Tick::within(self.share(day), text)).collect()
                };
                let is_fit = |ticks: &Vec<Tick>| !ticks.is_empty() && fit(ticks, 1, ROOMS[0]);
                (1..=PARTS_ACROSS).rev().map(laid).find(is_fit).unwrap_or_else(|| laid(PARTS_ACROSS))
            }
            Self::Band(names) => {
                let named = names.iter().enumerate();
                named.map(|(at, name)| Tick::amid(middle(at, names.len()), name.clone())).collect()
            }
        }
    }

    /// Returns the axis as templates see it. If it runs across, lines too near to each other are left out,
    /// and those that are too near only on a phone are marked.
    fn into_value(self, ticks: &[Tick], args: &Kwargs) -> Value {
        let runs_across =
            !matches!(self, Self::Number { .. }) || optional(args, "room").ok().flatten().unwrap_or(false);
        let [every, every_narrow] = ROOMS.map(|room| {
            let every = (1..=ticks.len()).find(|every| !runs_across || fit(ticks, *every, room));
            every.unwrap_or(ticks.len().max(1))
        });
        // The lines on a phone are some of the others.
        let every_narrow = every_narrow.next_multiple_of(every);
        let shown = ticks.iter().enumerate().filter(|(nth, _)| nth % every == 0);
        let tick = |(nth, tick): (usize, &Tick)| {
            let mut map = Map::new();
            map.insert("at".into(), number(tick.at));
            map.insert("text".into(), tick.text.as_str().into());
            map.insert("anchor".into(), tick.anchor.into());
            map.insert("roomy".into(), (nth % every_narrow != 0).into());
            Value::from(map)
        };
        let mut map = Map::new();
        map.insert("ticks".into(), shown.map(tick).collect::<Vec<_>>().into());
        match self {
            Self::Number { low, high } | Self::Time { low, high } => {
                let kind = if matches!(self, Self::Number { .. }) { "number" } else { "time" };
                map.insert("kind".into(), kind.into());
                map.insert("low".into(), number(low));
                map.insert("high".into(), number(high));
            }
            Self::Band(names) => {
                map.insert("kind".into(), "band".into());
                map.insert("names".into(), names.into_iter().map(Value::from).collect::<Vec<_>>().into());
            }
        }
        map.into()
    }
}

/// Returns the middle of a band, in percent of the axis.
#[expect(clippy::cast_precision_loss, reason = "an axis has few bands")]
fn middle(at: usize, of: usize) -> f64 {
    ((at as f64 + 0.5) * 1e4 / of as f64).round() / 100.0
}

#[expect(clippy::cast_precision_loss, reason = "a text is short")]
fn width(text: &str) -> f64 {
    text.chars().count() as f64
}

/// Returns true if every n-th of some texts fits along an axis.
fn fit(ticks: &[Tick], every: usize, room: f64) -> bool {
    let spans: Vec<_> = ticks.iter().step_by(every).map(|tick| tick.span(room)).collect();
    spans.windows(2).all(|pair| pair[0].1 + GAP <= pair[1].0)
}

#[cfg(test)]
mod tests {
    use sitegen_model::{Config, Inputs};

    use super::*;

    fn ticks(texts: &[&str]) -> Vec<Tick> {
        let texts = texts.iter().enumerate();
        texts.clone().map(|(at, text)| Tick::amid(middle(at, texts.len()), (*text).to_owned())).collect()
    }

    #[test]
    fn texts_keep_their_distance() {
        assert!(fit(&ticks(&["2019", "2020", "2021", "2022"]), 1, 28.0));
        assert!(!fit(&ticks(&["Design review"; 4]), 1, 28.0));
        assert!(fit(&ticks(&["Design review"; 4]), 1, 64.0));
        assert!(fit(&ticks(&["Design review"; 4]), 3, 28.0));
    }

    #[test]
    fn texts_stay_within_the_axis() {
        let anchor = |at, text: &str| Tick::within(at, text.to_owned()).anchor;
        assert_eq!(anchor(0.0, "0"), "start");
        assert_eq!(anchor(50.0, "50"), "middle");
        assert_eq!(anchor(97.0, "100K"), "end");
    }

    #[test]
    fn values_have_their_places() {
        let config = Config { language: "en".into(), ..Config::default() };
        let words = Words::read(&Inputs::default(), &config).0;
        let axis = Axis::Number { low: -10.0, high: 30.0 };
        assert_eq!(axis.place(&Value::from(0), &words).ok(), Some(25.0));
        let axis = Axis::Time { low: 0.0, high: 10.0 };
        assert_eq!(axis.place(&Value::from("1970-01-06"), &words).ok(), Some(50.0));
        let axis = Axis::Band(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(axis.place(&Value::from("b"), &words).ok(), Some(75.0));
        assert!(axis.place(&Value::from("c"), &words).is_err());
    }
}
