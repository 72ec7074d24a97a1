//! Versions in their order, and the ranges of versions in advisories: `>= 1.18.5, < 1.19.0`, `^0.3.4`.

use std::fmt;
use std::ops::{Bound, RangeBounds};
use std::str::FromStr;

/// A version. The order of the fields makes versions compare as they should.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CrateVersion {
    numbers: [u64; 3],
    /// False for `1.0.0-rc.1`, which is less than `1.0.0`.
    is_release: bool,
    before: Vec<PreReleaseId>,
}

/// A part of the suffix behind the hyphen. Numbers are less than words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum PreReleaseId {
    Number(u64),
    Word(String),
}

/// The versions between two bounds, for each of the parts that a comma separates.
#[derive(Debug)]
pub(super) struct VersionRange(Vec<(Bound<CrateVersion>, Bound<CrateVersion>)>);

impl CrateVersion {
    /// Returns the numbers that compatible versions have in common.
    pub(super) fn line(&self) -> String {
        match self.numbers {
            [0, 0, patch] => format!("0.0.{patch}"),
            [0, minor, _] => format!("0.{minor}"),
            [major, ..] => major.to_string(),
        }
    }

    /// Returns the least version, pre-releases included, in which the number at a place is higher.
    fn after(&self, place: usize) -> Self {
        let mut numbers = [0; 3];
        numbers[..=place].copy_from_slice(&self.numbers[..=place]);
        numbers[place] += 1;
        Self { numbers, is_release: false, before: vec![PreReleaseId::Number(0)] }
    }
}

impl VersionRange {
    /// Returns true if a version is in the range.
    pub(super) fn contains(&self, version: &CrateVersion) -> bool {
        self.0.iter().all(|bounds| bounds.contains(version))
    }
}

/// Reads a version that may be short, and counts its numbers.
fn partial(text: &str) -> Result<(CrateVersion, usize), String> {
    let wrong = || format!("`{text}` is no version");
    let text = text.split_once('+').map_or(text, |(text, _)| text);
    let (numbers, before) = match text.split_once('-') {
        Some((numbers, before)) => (numbers, before.split('.').map(part).collect()),
        None => (text, Vec::new()),
    };
    let mut version = CrateVersion { numbers: [0; 3], is_release: before.is_empty(), before };
    let mut count = 0;
    for number in numbers.split('.') {
        *version.numbers.get_mut(count).ok_or_else(wrong)? = number.parse().map_err(|_| wrong())?;
        count += 1;
    }
    Ok((version, count))
}

fn part(text: &str) -> PreReleaseId {
    text.parse().map_or_else(|_| PreReleaseId::Word(text.to_owned()), PreReleaseId::Number)
}

impl FromStr for CrateVersion {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match partial(text)? {
            (version, 3) => Ok(version),
            _ => Err(format!("`{text}` is no whole version")),
        }
    }
}

impl FromStr for VersionRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',').map(|part| bounds(part.trim())).collect::<Result<_, _>>().map(Self)
    }
}

/// Reads a range such as `^1.2` or `< 1`, as Cargo does.
fn bounds(text: &str) -> Result<(Bound<CrateVersion>, Bound<CrateVersion>), String> {
    let start =
        text.find(|char: char| char.is_ascii_digit()).ok_or_else(|| format!("`{text}` is no range"))?;
    let (operator, version) = text.split_at(start);
    let (version, count) = partial(version)?;
    let last = count - 1;
    let whole = count == 3;
    let compatible = || version.numbers[..=last].iter().position(|number| *number > 0).unwrap_or(last);
    let up_to = |place: usize| Bound::Excluded(version.after(place));
    let from = Bound::Included(version.clone());
    Ok(match operator.trim() {
        ">=" => (from, Bound::Unbounded),
        ">" if whole => (Bound::Excluded(version), Bound::Unbounded),
        ">" => (Bound::Included(version.after(last)), Bound::Unbounded),
        "<" => (Bound::Unbounded, Bound::Excluded(version)),
        "<=" if whole => (Bound::Unbounded, from),
        "<=" => (Bound::Unbounded, up_to(last)),
        "=" if whole => (from.clone(), from),
        "=" => (from, up_to(last)),
        "~" => (from, up_to(last.min(1))),
        "^" | "" => (from, up_to(compatible())),
        other => return Err(format!("`{other}` in `{text}` is no comparison")),
    })
}

impl fmt::Display for CrateVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(formatter, "{major}.{minor}.{patch}")?;
        for (index, part) in self.before.iter().enumerate() {
            let mark = if index == 0 { '-' } else { '.' };
            match part {
                PreReleaseId::Number(number) => write!(formatter, "{mark}{number}")?,
                PreReleaseId::Word(word) => write!(formatter, "{mark}{word}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> CrateVersion {
        text.parse().expect("the test's version is one")
    }

    /// Returns the versions that are in a range.
    fn within<'v>(range: &str, versions: &[&'v str]) -> Vec<&'v str> {
        let range: VersionRange = range.parse().expect("the test's range is one");
        versions.iter().copied().filter(|text| range.contains(&version(text))).collect()
    }

    #[test]
    fn versions_are_in_the_order_of_semver() {
        let ordered = [
            "1.0.0-1",
            "1.0.0-2",
            "1.0.0-11",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.2.0",
            "1.10.0",
        ];
        assert!(ordered.map(version).is_sorted());
        assert_eq!(version("1.2.1+spec-1.1.0"), version("1.2.1"));
        assert_eq!(version("1.0.0-rc.1").to_string(), "1.0.0-rc.1");
    }

    #[test]
    fn bounds_hold() {
        let versions = ["0.9.9", "1.0.0", "1.0.5", "1.1.0", "2.0.0-rc.1", "2.0.0"];
        assert_eq!(within(">= 1.0.5, < 2.0.0-alpha.1", &versions), ["1.0.5", "1.1.0"]);
        assert_eq!(within("> 1.1.0", &versions), ["2.0.0-rc.1", "2.0.0"]);
        assert_eq!(within("> 1", &versions), ["2.0.0-rc.1", "2.0.0"]);
        assert_eq!(within("<= 1.0.0", &versions), ["0.9.9", "1.0.0"]);
        assert_eq!(within("<= 1.0", &versions), ["0.9.9", "1.0.0", "1.0.5"]);
        assert_eq!(within("< 1", &versions), ["0.9.9"]);
        assert_eq!(within("=1.0.5", &versions), ["1.0.5"]);
        assert_eq!(within("< 0.10.0, >= 0.9.3", &["0.9.2", "0.9.3", "0.10.0"]), ["0.9.3"]);
    }

    #[test]
    fn a_caret_and_nothing_mean_what_is_compatible() {
        let versions = ["0.3.3", "0.3.4", "0.3.9", "0.4.0-rc.1", "0.4.0"];
        assert_eq!(within("^0.3.4", &versions), ["0.3.4", "0.3.9"]);
        assert_eq!(within("^ 0.3.4", &versions), ["0.3.4", "0.3.9"]);
        assert_eq!(within("0.3.4", &versions), ["0.3.4", "0.3.9"]);
        assert_eq!(within("^1.2", &["1.1.9", "1.2.0", "1.9.0", "2.0.0-0", "2.0.0"]), ["1.2.0", "1.9.0"]);
        assert_eq!(within("^0.0.3", &["0.0.2", "0.0.3", "0.0.4"]), ["0.0.3"]);
        assert_eq!(within("~1.2.3", &["1.2.2", "1.2.9", "1.3.0"]), ["1.2.9"]);
    }

    #[test]
    fn what_is_no_version_or_range_is_an_error() {
        for wrong in ["", "1.2", "1.2.3.4", "a.b.c", "1..2"] {
            assert!(wrong.parse::<CrateVersion>().is_err(), "{wrong}");
        }
        for wrong in ["", ">=", "!1", ">= 1.x", ">= 1.0,", "*"] {
            assert!(wrong.parse::<VersionRange>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn lines_are_what_cargo_takes_for_compatible() {
        let lines = ["0.0.3", "0.8.9", "2.1.0"].map(|text| version(text).line());
        assert_eq!(lines, ["0.0.3", "0.8", "2"]);
    }
}
