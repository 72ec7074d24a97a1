//! Advisories of `RustSec`: a folder for each package, a Markdown file for each advisory, which begins with TOML in a fence.

use std::fs;
use std::io;
use std::path::Path;

use toml::{Table, Value};

use super::version::{CrateVersion, VersionRange};

/// A copy of `RustSec`'s database.
pub(super) struct Advisories<'p>(pub(super) &'p Path);

/// A known problem of some versions of a package.
#[derive(Debug)]
pub(super) struct Advisory {
    pub(super) id: String,
    /// `vulnerable`, or another kind of information: `unmaintained`, `unsound`, `notice`.
    pub(super) kind: String,
    pub(super) title: String,
    /// The versions without the problem.
    free: Vec<VersionRange>,
    is_withdrawn: bool,
}

impl Advisories<'_> {
    /// Reads the advisories about a package.
    ///
    /// # Errors
    ///
    /// A file cannot be read or understood. It is not skipped, because it could be about this very version.
    pub(super) fn of(&self, package: &str) -> Result<Vec<Advisory>, String> {
        let folder = self.0.join("crates").join(package);
        let said = |error: io::Error| format!("{}: {error}", folder.display());
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(said)?,
        };
        let mut paths =
            entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>().map_err(said)?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
        paths.sort();
        paths.iter().map(|path| read(path)).collect()
    }
}

impl Advisory {
    /// Returns true if a version has the problem.
    pub(super) fn affects(&self, version: &CrateVersion) -> bool {
        !self.is_withdrawn && !self.free.iter().any(|range| range.contains(version))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let fence = text.strip_prefix("```toml\n").and_then(|text| text.split_once("\n```"));
        let (toml, prose) = fence.ok_or("it does not begin with TOML in a fence")?;
        let table: Table = toml.parse().map_err(|error| format!("{error}"))?;
        let advisory = table.get("advisory").and_then(Value::as_table).ok_or("it lacks `[advisory]`")?;
        let versions = table.get("versions").and_then(Value::as_table).ok_or("it lacks `[versions]`")?;
        let text = |key: &str| advisory.get(key).and_then(Value::as_str);
        let mut free = ranges(versions, "patched")?;
        free.extend(ranges(versions, "unaffected")?);
        Ok(Self {
            id: text("id").ok_or("it lacks an id")?.to_owned(),
            kind: text("informational").unwrap_or("vulnerable").to_owned(),
            title: prose.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default().to_owned(),
            free,
            is_withdrawn: advisory.contains_key("withdrawn"),
        })
    }
}

fn read(path: &Path) -> Result<Advisory, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string());
    text.and_then(|text| Advisory::parse(&text)).map_err(|error| format!("{}: {error}", path.display()))
}

/// Reads the ranges below a key; none if the key is missing.
fn ranges(versions: &Table, key: &str) -> Result<Vec<VersionRange>, String> {
    let Some(value) = versions.get(key) else { return Ok(Vec::new()) };
    let texts = value.as_array().ok_or_else(|| format!("`{key}` is no list"))?;
    let range = |text: &Value| text.as_str().ok_or_else(|| format!("`{key}` holds what is no text"))?.parse();
    texts.iter().map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::root;

    const TEXT: &str = "```toml\n[advisory]\nid = \"RUSTSEC-2021-0001\"\ninformational = \"unsound\"\n\n\
        [versions]\npatched = [\">= 1.2.0\"]\nunaffected = [\"< 1.0.0\"]\n```\n\n# It is wrong\n\nProse.\n";

    fn affects(text: &str, version: &str) -> bool {
        let advisory = Advisory::parse(text).expect("the test's advisory is one");
        advisory.affects(&version.parse().expect("the test's version is one"))
    }

    #[test]
    fn versions_between_are_affected() {
        let affected = ["0.9.0", "1.0.0", "1.1.9", "1.2.0"].map(|version| affects(TEXT, version));
        assert_eq!(affected, [false, true, true, false]);
    }

    #[test]
    fn kind_and_title_are_read() {
        let advisory = Advisory::parse(TEXT).expect("the test's advisory is one");
        assert_eq!((advisory.kind.as_str(), advisory.title.as_str()), ("unsound", "It is wrong"));
    }

    #[test]
    fn one_that_is_withdrawn_affects_nothing() {
        let text = TEXT.replace("informational", "withdrawn = \"2022-01-01\"\ninformational");
        assert!(!affects(&text, "1.0.0"));
    }

    #[test]
    fn what_is_no_advisory_is_an_error() {
        let wrong = [
            "# Prose",
            "```toml\n[advisory]\n```",
            "```toml\nid = \n```",
            &TEXT.replace(">= 1.2.0", ">= one"),
        ];
        for wrong in wrong {
            assert!(Advisory::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn all_of_the_real_advisories_can_be_read() {
        let database = root().join(super::super::ADVISORIES);
        let Ok(folders) = fs::read_dir(database.join("crates")) else { return };
        for folder in folders.flatten() {
            let package = folder.file_name().to_string_lossy().into_owned();
            Advisories(&database).of(&package).expect("an advisory can be read");
        }
    }
}
