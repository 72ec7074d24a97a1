//! Judges whether an output folder holds a whole site after a build that was disturbed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Output;

use super::RunSummary;
use super::site::{self, ResettableSite};

/// The paths of files and folders in the output folder that belong to others.
const FOREIGN: [&str; 5] = ["CNAME", ".git/", ".git/objects/o", ".git/refs/", "n1/foreign.txt"];

/// The contents of a folder: files with their bytes, folders with their permissions.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FolderContents(BTreeMap<String, Vec<u8>>);

/// The end of a build under bad conditions.
pub(super) struct Ended {
    /// True if the build was killed on purpose.
    pub(super) was_killed: bool,
    pub(super) output: Output,
}

impl FolderContents {
    pub(super) fn of(folder: &Path) -> io::Result<Self> {
        let mut entries = BTreeMap::new();
        let mut left = vec![folder.to_owned()];
        while let Some(current) = left.pop() {
            for entry in fs::read_dir(&current)? {
                let path = entry?.path();
                let name =
                    path.strip_prefix(folder).map_err(io::Error::other)?.to_string_lossy().into_owned();
                if path.is_dir() {
                    let mode = fs::metadata(&path)?.permissions().mode();
                    entries.insert(format!("{name}/"), mode.to_le_bytes().to_vec());
                    left.push(path);
                } else {
                    entries.insert(name, fs::read(path)?);
                }
            }
        }
        Ok(Self(entries))
    }
}

impl RunSummary {
    /// Counts a build and its faults, and builds again to see that the next build succeeds.
    pub(super) fn judge(&mut self, site: &ResettableSite, ended: &Ended, what: &str) -> io::Result<()> {
        self.runs += 1;
        let left = FolderContents::of(&site.published())?;
        let code = ended.output.status.code();
        let is_after = left == site.after;
        if !ended.was_killed && code == Some(0) && is_after {
            self.tolerated += 1;
        }
        let mut wrong = faults(site, &left);
        let is_said = ended.was_killed || is_said(&ended.output) || code == Some(0) && is_after;
        if !is_said {
            wrong.push(format!("it ends with {code:?}: {}", last_line(&ended.output)));
        }
        let next = site.build(&site.run(), &[]).output()?;
        if !next.status.success() || FolderContents::of(&site.published())? != site.after {
            wrong.push(format!("the next build does not mend it: {}", last_line(&next)));
        }
        if site.run().join(".public.sitegen").exists() {
            wrong.push("the next build leaves its folder".to_owned());
        }
        self.faults.extend(wrong.into_iter().map(|wrong| format!("{what}: {wrong}")));
        Ok(())
    }
}

/// Returns true if a failed build exits with the status that it should.
fn is_said(output: &Output) -> bool {
    // 127: the program could not even be loaded.
    matches!(output.status.code(), Some(3 | 127))
}

/// Lists the faults of an output folder: missing files of others, and a mixture of two sites.
fn faults(site: &ResettableSite, left: &FolderContents) -> Vec<String> {
    let is_gone = |path: &&&str| left.0.get(**path) != site.before.0.get(**path);
    let mut wrong: Vec<_> =
        FOREIGN.iter().filter(is_gone).map(|path| format!("{path} is not as it was")).collect();
    if left == &site.before || left == &site.after {
        return wrong;
    }
    if site.output == site::OutputMount::Folder {
        wrong.push("a mixture of two sites".to_owned());
        return wrong;
    }
    // A mounted folder cannot be exchanged, so each file is judged alone.
    let is_torn = |(path, bytes): &(&String, &Vec<u8>)| {
        let whole = [site.before.0.get(*path), site.after.0.get(*path)];
        !path.contains(".sitegen-") && !whole.contains(&Some(*bytes))
    };
    wrong.extend(left.0.iter().filter(is_torn).map(|(path, _)| format!("{path} is not whole")));
    wrong
}

fn last_line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned()
}
