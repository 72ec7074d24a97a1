//! The names of a dataset's files: a pattern with `*` and with placeholders, which columns hold.

use sitegen_parser::{Diagnostic, Place};

use super::{DataField, Locator};
use crate::ground::suggest;
use crate::schema::errors;

/// A pattern of the names of files.
#[derive(Debug)]
pub(crate) struct FilePattern<'p>(Vec<NamePart<'p>>);

#[derive(Debug, Clone, Copy)]
enum NamePart<'p> {
    /// This text.
    Text(&'p str),
    /// Any text without a slash.
    Any,
    /// The same, which the column of this name holds. It is not empty.
    Column(&'p str),
}

/// The most parts of a pattern that stand for any text.
const MOST: usize = 8;

impl<'p> FilePattern<'p> {
    /// Reads a pattern; none if the text is the name of a single file.
    pub(crate) fn read(text: &'p str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['*', '{']) {
            parts.push(NamePart::Text(&rest[..at]));
            let (part, length) = match rest[at..].split_once('}') {
                Some((name, _)) if name.starts_with('{') => (NamePart::Column(&name[1..]), name.len() + 1),
                _ if rest[at..].starts_with('*') => (NamePart::Any, 1),
                _ => return None,
            };
            parts.push(part);
            rest = &rest[at + length..];
        }
        parts.push(NamePart::Text(rest));
        (parts.len() > 1 && parts.len() <= 2 * MOST + 1).then_some(Self(parts))
    }

    /// Lists the columns that hold parts of the name.
    fn columns(&self) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter_map(|part| match part {
            NamePart::Column(name) => Some(*name),
            NamePart::Text(_) | NamePart::Any => None,
        })
    }

    /// Returns the text that each placeholder stands for; none if the name does not fit.
    pub(crate) fn fit<'n>(&self, name: &'n str) -> Option<Vec<&'n str>> {
        let mut said = Vec::new();
        fit(&self.0, name, &mut said).then_some(said)
    }
}

fn fit<'n>(parts: &[NamePart], name: &'n str, said: &mut Vec<&'n str>) -> bool {
    let Some((part, rest)) = parts.split_first() else { return name.is_empty() };
    let least = match part {
        NamePart::Text(text) => {
            return name.strip_prefix(text).is_some_and(|behind| fit(rest, behind, said));
        }
        NamePart::Any => 0,
        NamePart::Column(_) => 1,
    };
    let ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
    for end in ends.filter(|end| *end >= least).take_while(|end| !name[..*end].contains('/')) {
        let known = said.len();
        if matches!(part, NamePart::Column(_)) {
            said.push(&name[..end]);
        }
        if fit(rest, &name[end..], said) {
            return true;
        }
        said.truncate(known);
    }
    false
}

/// Lets the columns that a pattern names be read from the names of files, and reports names of none.
pub(super) fn take_columns(
    dataset: &str,
    file: &str,
    place: &Place,
    fields: &mut [DataField],
) -> Vec<Diagnostic> {
    let Some(pattern) = FilePattern::read(file) else { return Vec::new() };
    let mut problems = Vec::new();
    for (number, name) in pattern.columns().enumerate() {
        match fields.iter().position(|column| column.field.name == name) {
            Some(column) => fields[column].locator = Locator::FileName(number),
            None => {
                let nearest = suggest::nearest(name, fields.iter().map(|column| column.field.name.as_str()));
                problems.push(errors::missing_column(name, dataset, nearest, place.clone()));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::FilePattern;

    #[test]
    fn names_fit_patterns() {
        for (pattern, name, said) in [
            ("data/pay-{year}.csv", "data/pay-2024.csv", Some(vec!["2024"])),
            ("data/pay-{year}.csv", "data/pay-.csv", None),
            ("data/{city}/{year}-*.csv", "data/ulm/2024-01.csv", Some(vec!["ulm", "2024"])),
            ("data/{city}/{year}.csv", "data/a/b/2024.csv", None),
            ("data/*.csv", "data/.csv", Some(vec![])),
            ("data/{a}-{b}.csv", "data/x-y-z.csv", Some(vec!["x", "y-z"])),
        ] {
            let pattern = FilePattern::read(pattern).expect("it is one");
            assert_eq!(pattern.fit(name), said, "{name}");
        }
        assert!(FilePattern::read("data/pay.csv").is_none() && FilePattern::read("data/{pay.csv").is_none());
    }
}
