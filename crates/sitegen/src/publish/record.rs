//! The record of which folders a build is about to replace.
//!
//! It is written to the staging folder before the exchange. If the build is killed, the next one must know if
//! the tree there is the new site, not yet published, or the old one, already replaced. Paths do not tell,
//! because both changed places; the numbers of folders on the disk do.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs::Metadata;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::disk::{self, Identity, Moment};

/// The folders that are about to be replaced, and the time of writing this down.
#[derive(Debug, Clone, Default)]
pub(super) struct ExchangeRecord {
    /// The identity of the old site; none on systems that do not number folders.
    site: Option<Identity>,
    /// The identities of foreign folders in it. The new site has stand-ins for them until they are moved
    /// there.
    originals: HashSet<Identity>,
    /// The moment at which the record was written, shortly before the exchange.
    pub moment: Moment,
}

impl ExchangeRecord {
    /// Writes down the site that is about to be replaced and the foreign folders in it.
    ///
    /// # Errors
    ///
    /// A folder cannot be looked at, or the record cannot be written.
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

    /// Reads the record of a build, if it wrote one.
    ///
    /// # Errors
    ///
    /// The record cannot be read.
    pub(super) fn read(path: &Path) -> io::Result<Option<Self>> {
        let Some(metadata) = disk::find(path)? else { return Ok(None) };
        let bytes = disk::read(path)?;
        // We drop a line that was cut short by a kill, because a part of a number is another number.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end);
        let text = String::from_utf8_lossy(&bytes[..whole]).into_owned();
        let mut lines = text.lines().map(parse);
        let site = lines.next().flatten();
        Ok(Some(Self { site, originals: lines.flatten().collect(), moment: disk::changed(&metadata) }))
    }

    /// Returns true if a folder is the site that was about to be replaced.
    pub(super) fn is_site(&self, folder: &Path) -> io::Result<bool> {
        let found = disk::find(folder)?.and_then(|it| disk::identity(&it));
        Ok(found.is_some() && found == self.site)
    }

    /// Returns true if a folder is one of the foreign ones that were in the old site.
    pub(super) fn is_original(&self, folder: &Metadata) -> bool {
        disk::identity(folder).is_some_and(|identity| self.originals.contains(&identity))
    }
}

fn parse(line: &str) -> Option<Identity> {
    let (device, number) = line.split_once(' ')?;
    Some((device.parse().ok()?, number.parse().ok()?))
}
