//! The constraints that a field puts on its values besides their type: bounds, a pattern, uniqueness.

use std::hash::{Hash, Hasher};

use regex_lite::Regex;
use sitegen_parser::{Diagnostic, Diagnostics, Place};

use super::{Field, Kind, errors};
use crate::read::Layers;

/// The constraints on a field's values.
#[derive(Debug, Clone, Default)]
pub struct Constraints {
    /// The least number, or the least length of a text in characters or of a list in items.
    pub min: Option<f64>,
    /// The greatest number or length.
    pub max: Option<f64>,
    /// The pattern that all of a text matches.
    pub pattern: Option<Regex>,
    /// True if no two records have the same value.
    pub unique: bool,
}

impl Hash for Constraints {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { min, max, pattern, unique } = self;
        [min, max].map(|bound| bound.map(f64::to_bits)).hash(state);
        (pattern.as_ref().map(Regex::as_str), unique).hash(state);
    }
}

impl Constraints {
    /// Reads the constraints of a field. If its type is not known, because its declaration is wrong, bounds
    /// are read as numbers.
    pub(super) fn read(long: &mut Layers, kind: Option<&Kind>, diagnostics: &mut Diagnostics) -> Self {
        let rules = kind.unwrap_or(&Kind::Float).rules();
        let mut bound =
            |key| long.value_as(key, rules.expected_bound(), |value| rules.read_bound(value), diagnostics);
        Self {
            min: bound("min"),
            max: bound("max"),
            pattern: long.string("pattern", diagnostics).and_then(|(text, place)| {
                let invalid = |error: &str| errors::invalid_pattern(text, error, place);
                Regex::new(&format!("^(?:{text})$"))
                    .map_err(|error| diagnostics.push(invalid(&error.to_string())))
                    .ok()
            }),
            unique: long.bool("unique", diagnostics).unwrap_or(false),
        }
    }
}

impl Field {
    /// Returns a problem if a number, or the length of a text or a list, is beyond the field's bounds.
    pub(crate) fn out_of_bounds(&self, (size, unit): (f64, &Unit), place: &Place) -> Option<Diagnostic> {
        let Constraints { min, max, .. } = self.constraints;
        let is_beyond = min.is_some_and(|min| size < min) || max.is_some_and(|max| size > max);
        is_beyond.then(|| {
            errors::out_of_range(
                &self.name,
                &unit.of(size),
                &unit.between(min, max),
                place.clone(),
                &self.place,
            )
        })
    }

    /// Returns a problem if a text does not match the field's pattern.
    pub(crate) fn mismatch(&self, text: &str, place: &Place) -> Option<Diagnostic> {
        let pattern = self.constraints.pattern.as_ref().filter(|pattern| !pattern.is_match(text))?;
        Some(errors::pattern_not_met(&self.name, text, pattern.as_str(), place.clone(), &self.place))
    }
}

/// The unit of sizes that have bounds, for messages.
#[derive(Debug)]
pub(crate) struct Unit {
    /// Writes a size without the name of the unit.
    pub say: fn(f64) -> String,
    /// The plural of the unit's name, with a space before it; empty if the unit has no name.
    pub name: &'static str,
}

/// Numbers, which have no unit.
pub(crate) const NUMBERS: Unit = Unit { say: |number| number.to_string(), name: "" };
/// The characters of texts.
pub(crate) const CHARACTERS: Unit = Unit { say: |number| number.to_string(), name: " characters" };
/// The items of lists.
pub(crate) const ITEMS: Unit = Unit { say: |number| number.to_string(), name: " items" };

impl Unit {
    /// Says how much a size is: `1 item`.
    fn of(&self, size: f64) -> String {
        match (self.say)(size) {
            one if one == "1" => one + self.name.trim_end_matches('s'),
            number => number + self.name,
        }
    }

    /// Says what is within bounds: `between 1 and 5 items`.
    fn between(&self, min: Option<f64>, max: Option<f64>) -> String {
        let say = self.say;
        match (min, max) {
            (Some(min), Some(max)) => format!("between {} and {}{}", say(min), say(max), self.name),
            (Some(min), None) => format!("at least {}{}", say(min), self.name),
            (None, Some(max)) => format!("at most {}{}", say(max), self.name),
            (None, None) => String::new(),
        }
    }
}
