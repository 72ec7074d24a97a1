//! Asking git on which day each file of the content last changed. Git is started only for sites that ask for
//! this.

use std::collections::HashSet;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use sitegen_model::{Gap, History, Inputs};
use sitegen_parser::Date;

/// The answers of git, and the state of the repository to which they belong.
#[derive(Debug, Default)]
pub(super) struct GitAnswers {
    /// The commit that is checked out, and a note if older ones are missing; empty if git did not answer.
    state: String,
    /// The files in question.
    files: HashSet<Arc<str>>,
    pub(super) told: History,
}

/// Reads the history of the content's files, unless it is unchanged.
pub(super) fn read(root: &Path, inputs: &Inputs, before: &GitAnswers) -> GitAnswers {
    let is_content = |path: &&Arc<str>| inputs.folders.name(path).is_some();
    let files: HashSet<_> = inputs.site.keys().filter(is_content).cloned().collect();
    let state = state(root).unwrap_or_default();
    if !state.is_empty() && state == before.state && files == before.files {
        return GitAnswers { state, files, told: before.told.clone() };
    }
    let told = tell(root, &files, state.starts_with("true")).unwrap_or_else(|error| History {
        gap: Some(Gap::Unknown(format!("git cannot be started: {error}"))),
        ..History::default()
    });
    GitAnswers { state, files, told }
}

/// Asks git if the history is shallow, and which commit is checked out.
fn state(root: &Path) -> io::Result<String> {
    let output = git(root).args(["rev-parse", "--is-shallow-repository", "HEAD"]).output()?;
    Ok(if output.status.success() {
        String::from_utf8_lossy(&output.stdout).into_owned()
    } else {
        String::new()
    })
}

/// Makes a git command that starts no other program and connects to nothing. Without these settings, git
/// would fetch what a partial clone lacks by programs that the repository's configuration names, and nobody
/// need trust a repository to build its site.
fn git(root: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false"]);
    git.args(["-c", "log.showSignature=false"]).stdin(Stdio::null());
    git.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "").env("GIT_TERMINAL_PROMPT", "0");
    git
}

/// Goes back through the commits until the day of each file is known.
fn tell(root: &Path, files: &HashSet<Arc<str>>, is_shallow: bool) -> io::Result<History> {
    let log = ["log", "--format=%x01%cs %p", "--name-only", "--no-renames", "--relative", "-z", "--", "."];
    let mut child = git(root).args(log).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut history = History::default();
    let mut day = None;
    if let Some(output) = child.stdout.take() {
        for part in BufReader::new(output).split(0) {
            let part = part?;
            let part = part.strip_prefix(b"\n").unwrap_or(&part);
            let Ok(part) = str::from_utf8(part) else { continue };
            if let Some(commit) = part.strip_prefix('\u{1}') {
                let (written, parents) = commit.split_once(' ').unwrap_or((commit, ""));
                // The oldest commit of a shallow history seems to add all files, which may be older.
                day = Date::parse(written).filter(|_| !is_shallow || !parents.is_empty());
            } else if let Some((path, day)) = files.get(part).zip(day) {
                history.days.entry(Arc::clone(path)).or_insert(day);
                if history.days.len() == files.len() {
                    return end(child).map(|()| history);
                }
            }
        }
    }
    history.gap = gap(child, is_shallow)?;
    Ok(history)
}

/// Stops git, because all days are known.
fn end(mut child: Child) -> io::Result<()> {
    child.kill()?;
    child.wait().map(drop)
}

/// Returns what the history lacks, after git has ended.
fn gap(child: Child, is_shallow: bool) -> io::Result<Option<Gap>> {
    let output = child.wait_with_output()?;
    if output.status.success() {
        return Ok(is_shallow.then_some(Gap::Shallow));
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said.lines().next().unwrap_or("it failed");
    Ok(Some(Gap::Unknown(line.trim_start_matches("fatal: ").to_owned())))
}
