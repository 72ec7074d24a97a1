//! What a build leaves word of before it replaces a site, so that the next one can end what it began.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs::Metadata;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::disk::{self, Identity, Moment};

/// The folders that are about to be replaced, and when that was written down.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    /// The old site's; none where the system does not tell folders from one another.
    site: Option<Identity>,
    /// Those of others in it, in whose places the new site has folders of its own making until they come.
    originals: HashSet<Identity>,
    pub moment: Moment,
}

impl Record {
    /// Writes down which site is about to be replaced, and which of its folders are those of others.
    ///
    /// # Errors
    ///
    /// They cannot be looked at, or it cannot be written.
    pub(super) fn write(path: &Path, target: &Path, foreign: &[PathBuf]) -> io::Result<Self> {
        let mut text = String::new();
        for folder in [target.to_owned()].into_iter().chain(foreign.iter().map(|folder| target.join(folder)))
        {
            if let Some((device, number)) = disk::find(&folder)?.and_then(|it| disk::identity(&it)) {
                let _infallible = writeln!(text, "{device} {number}");
            }
        }
        disk::create(path)?.write_all(text.as_bytes())?;
        Self::read(path).map(Option::unwrap_or_default)
    }

    /// What a build wrote down; nothing if it did not.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub(super) fn read(path: &Path) -> io::Result<Option<Self>> {
        let Some(metadata) = disk::find(path)? else { return Ok(None) };
        let bytes = disk::read(path)?;
        // A line that was cut short names nothing.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end);
        let text = String::from_utf8_lossy(&bytes[..whole]).into_owned();
        let mut lines = text.lines().map(parse);
        let site = lines.next().flatten();
        Ok(Some(Self { site, originals: lines.flatten().collect(), moment: disk::changed(&metadata) }))
    }

    /// Whether a folder is the site that was about to be replaced.
    pub(super) fn is_site(&self, folder: &Path) -> io::Result<bool> {
        let found = disk::find(folder)?.and_then(|it| disk::identity(&it));
        Ok(found.is_some() && found == self.site)
    }

    /// Whether a folder is one of others that was in that site.
    pub(super) fn is_original(&self, folder: &Metadata) -> bool {
        disk::identity(folder).is_some_and(|identity| self.originals.contains(&identity))
    }
}

fn parse(line: &str) -> Option<Identity> {
    let (device, number) = line.split_once(' ')?;
    Some((device.parse().ok()?, number.parse().ok()?))
}
