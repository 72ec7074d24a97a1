//! A place of a template: the name that stands there, and those that could.

use std::io;
use std::path::{Path, absolute};

use serde::Serialize;
use sitegen_render::{Build, TemplateName};

use super::text::LabeledLines;
use crate::args::FilePosition;
use crate::errors::{self, Failure};
use crate::report::Places;
use crate::site::LoadedSite;

/// The names at a place of a template.
#[derive(Serialize)]
pub(super) struct PlaceAccount {
    here: Option<PlaceName>,
    could_be: Vec<PlaceName>,
}

/// A name that stands at the place, or could stand there.
#[derive(Serialize)]
struct PlaceName {
    name: String,
    kind: &'static str,
    value: Option<String>,
    declared: Option<String>,
}

impl PlaceAccount {
    /// Finds the names at a place.
    ///
    /// # Errors
    ///
    /// The site has no such file, or the file no such line.
    pub(super) fn of(at: &FilePosition, build: &Build, site: &LoadedSite) -> Result<Self, Failure> {
        let path = site_path(&at.file, site);
        let text = site.inputs.text(&path).ok_or_else(|| errors::unknown_source(&at.file))?;
        let offset =
            offset(&text, at.line, at.column).ok_or_else(|| errors::unknown_line(&at.file, at.line))?;
        let mut places = Places::new(&site.inputs);
        let mut name = |found: TemplateName| PlaceName {
            name: found.name,
            kind: found.kind.as_str(),
            value: found.value,
            declared: found.declared.map(|place| places.name(&place)),
        };
        let here = sitegen_render::name_at(build, &path, offset).map(|(_, found)| name(found));
        let could_be = sitegen_render::completions(build, &path, offset).into_iter().map(name).collect();
        Ok(Self { here, could_be })
    }

    pub(super) fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let json = serde_json::to_string_pretty(self).expect("texts are JSON");
        writeln!(out, "{json}")
    }

    pub(super) fn text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut lines = LabeledLines(out);
        let here = self.here.as_ref();
        let said = here.map_or_else(
            || "nothing with a name".to_owned(),
            |found| format!("{} {}", found.kind, found.name),
        );
        lines.group("here", [said])?;
        lines.group("value", here.and_then(|found| found.value.clone()))?;
        lines.group("declared", here.and_then(|found| found.declared.clone()))?;
        lines.group("could be", self.could_be.iter().map(PlaceName::offer))
    }
}

impl PlaceName {
    fn offer(&self) -> String {
        match &self.value {
            Some(value) => format!("{} {}: {value}", self.kind, self.name),
            None => format!("{} {}", self.kind, self.name),
        }
    }
}

/// Returns the path by which the site knows a file. Editors say whole paths; people those that problems say.
fn site_path(file: &Path, site: &LoadedSite) -> String {
    let written = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let below = || {
        let (file, root) = (absolute(file).ok()?, absolute(&site.root).ok()?);
        Some(written(file.strip_prefix(root).ok()?))
    };
    let given = written(file);
    if site.inputs.file(&given).is_some() { given } else { below().unwrap_or(given) }
}

/// Returns the offset of a line's character, both counted from 1; none if there is no such line. Behind its last
/// character is its end.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start = match line {
        1 => 0,
        _ => text.match_indices('\n').nth(line - 2)?.0 + 1,
    };
    let line = text[start..].split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let within = line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
    Some(start + within)
}

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn places_are_counted_from_one() {
        let text = "é {{ a }}\r\nb\n";
        assert_eq!(offset(text, 1, 1), Some(0));
        assert_eq!(offset(text, 1, 2), Some(2));
        assert_eq!(offset(text, 1, 99), Some(10));
        assert_eq!(offset(text, 2, 2), Some(13));
        assert_eq!(offset(text, 3, 1), Some(14));
        assert_eq!(offset(text, 5, 1), None);
    }
}
