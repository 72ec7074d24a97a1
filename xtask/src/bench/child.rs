//! Runs the program that is measured, and notes its time and its peak memory.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A built sitegen.
pub(super) struct SitegenBinary(pub(super) PathBuf);

/// The cost of a run. Costs are ordered by time first, so the median of several has the median time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    pub(super) time: Duration,
    /// The most bytes that were resident.
    pub(super) memory: u64,
}

/// The time between two questions for the child's memory. Little is missed, because the system keeps the
/// peak.
const PAUSE: Duration = Duration::from_millis(1);

impl SitegenBinary {
    /// Builds a site.
    ///
    /// # Errors
    ///
    /// The program cannot be run, or refuses the site.
    pub(super) fn build(&self, site: &Path) -> io::Result<Cost> {
        let started = Instant::now();
        let mut command = Command::new(&self.0);
        command.args(["--quiet", "build", "--no-sync", "--root"]).arg(site).stdin(Stdio::null());
        let unknown = |error| io::Error::other(format!("{}: {error}", self.0.display()));
        let mut child = command.spawn().map_err(unknown)?;
        let process = child.id();
        let watch = thread::spawn(move || highest(process));
        let status = child.wait()?;
        let time = started.elapsed();
        if !status.success() {
            return Err(io::Error::other("sitegen refuses the site"));
        }
        Ok(Cost { time, memory: watch.join().expect("reading a file does not panic") })
    }
}

/// Returns the peak of a process's memory in bytes, read until the process is gone. Zero where the system
/// keeps none.
fn highest(process: u32) -> u64 {
    let mut highest = 0;
    while let Some(mark) = mark_of(process) {
        highest = highest.max(mark);
        thread::sleep(PAUSE);
    }
    highest
}

/// Returns the peak of a process's memory up to now; none if the process has ended.
pub(super) fn mark_of(process: u32) -> Option<u64> {
    mark(&fs::read_to_string(format!("/proc/{process}/status")).ok()?)
}

/// Reads the peak of the memory from a process's status; none if the process has ended.
fn mark(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_read_while_there_is_one() {
        assert_eq!(mark("Name:\tsitegen\nVmPeak:\t  900 kB\nVmHWM:\t  512 kB\n"), Some(512 * 1024));
        assert_eq!(mark("Name:\tsitegen\nState:\tZ (zombie)\n"), None);
    }
}
