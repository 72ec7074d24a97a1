//! Makes system calls fail and kills builds: at each call, by strace, and at random moments.

use std::fs;
use std::io;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::RunSummary;
use super::judge::Ended;
use super::site::{OutputMount, ResettableSite};
use crate::random::SplitMix;

/// The system calls that touch files, those included that this machine's library does not use.
pub(super) const CALLS: [&str; 22] = [
    "openat",
    "read",
    "write",
    "mkdir",
    "rename",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "rmdir",
    "fsync",
    "syncfs",
    "statx",
    "newfstatat",
    "getdents64",
    "flock",
    "readlink",
    "copy_file_range",
    "fchmod",
    "ftruncate",
    "close",
];

/// A disturbance at a system call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disturbance {
    Kill,
    Error,
}

impl Disturbance {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Kill => "killed at",
            Self::Error => "EIO of",
        }
    }

    fn injected(self) -> &'static str {
        match self {
            Self::Kill => "signal=KILL",
            Self::Error => "error=EIO",
        }
    }

    /// Returns true if strace's log says that it happened.
    fn is_in(self, log: &str) -> bool {
        log.contains(match self {
            Self::Kill => "killed by SIGKILL",
            Self::Error => "(INJECTED)",
        })
    }
}

/// Returns true if strace is installed and may trace.
pub(super) fn can_trace() -> bool {
    let traced =
        Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    traced.is_ok_and(|status| status.success())
}

/// Builds the site again and again, and disturbs each build one call later, until it makes no such call.
pub(super) fn at_each(site: &mut ResettableSite, fault: Disturbance, call: &str) -> io::Result<RunSummary> {
    let mut row = RunSummary::default();
    for when in 1.. {
        site.reset()?;
        let log = site.run().with_extension("log");
        let mut words: Vec<_> = ["strace", "-f", "-qq", "-o"].map(str::to_owned).to_vec();
        words.push(log.to_string_lossy().into_owned());
        words.extend(traced(site.output, call));
        words.extend(["-e".to_owned(), format!("inject={call}:{}:when={when}", fault.injected())]);
        let output = site.build(&site.run(), &words).output()?;
        if !fault.is_in(&written_by(call, &fs::read_to_string(&log)?)) {
            break;
        }
        row.judge(
            site,
            &Ended { was_killed: fault == Disturbance::Kill, output },
            &format!("{call} {when}"),
        )?;
    }
    Ok(row)
}

/// Returns strace's options for the calls to trace. Where no file system can be mounted, they make the
/// exchange of folders fail as it would on a mounted one.
fn traced(output: OutputMount, call: &str) -> Vec<String> {
    let words: &[&str] = match output {
        OutputMount::Refusing if call != "renameat2" => &["-e", "inject=renameat2:error=EBUSY"],
        _ => &[],
    };
    let calls = if words.is_empty() { call.to_owned() } else { format!("{call},renameat2") };
    ["-e".to_owned(), format!("trace={calls}")]
        .into_iter()
        .chain(words.iter().map(ToString::to_string))
        .collect()
}

/// Returns the lines of a log that are about a call, or about the end of a process.
fn written_by(call: &str, log: &str) -> String {
    let is_meant = |line: &&str| {
        line.contains(&format!("{call}("))
            || line.contains(call) && line.contains("resumed")
            || line.contains("killed by")
    };
    log.lines().filter(is_meant).collect::<Vec<_>>().join("\n")
}

/// Kills builds at random moments.
pub(super) fn kills(site: &mut ResettableSite, count: u32, seed: &str) -> io::Result<RunSummary> {
    let mut row = RunSummary::default();
    let mut random = SplitMix::named(&format!("kills {seed}"));
    site.reset()?;
    let started = Instant::now();
    site.build(&site.run(), &[]).output()?;
    let whole = started.elapsed() + Duration::from_millis(5);
    for number in 0..count {
        site.reset()?;
        let mut build = site.build(&site.run(), &[]).stderr(Stdio::piped()).spawn()?;
        let micros = random.below(u64::try_from(whole.as_micros()).unwrap_or(u64::MAX).max(1));
        thread::sleep(Duration::from_micros(micros));
        let _unless_it_has_ended = build.kill();
        let output = build.wait_with_output()?;
        let was_killed = output.status.code().is_none();
        row.judge(site, &Ended { was_killed, output }, &format!("kill {number} after {micros} µs"))?;
    }
    Ok(row)
}
