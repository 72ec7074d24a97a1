//! Runs Python by Pyodide, from the files that pages load, in one process of Node.
//!
//! A stranger may have written a program in Python, and Node gives every right to everybody. So Python lives
//! in a realm without Node, in a process that gave up its rights (`python/host.mjs`), and nothing in its
//! engine leads to JavaScript.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value as Json, json};
use sitegen_model::{Case, Exercise, Id, Program, Scenario};

use crate::proof::Fared;

/// The program that the process runs.
const HOST: &str = include_str!("python/host.mjs");

/// The time in which Python has to start, also on a busy machine.
const START: Duration = Duration::from_mins(2);
/// The time that a program of a site may take in a case.
pub(crate) const TIME: Duration = Duration::from_secs(10);
/// The option that bounds JavaScript's memory, in megabytes. The engine itself bounds the memory of Python.
const HEAP: &str = "--max-old-space-size=256";

/// The files and the program that run Python.
#[derive(Debug, Clone)]
pub struct Python {
    /// The program `node`.
    pub node: String,
    /// The folder of Pyodide, as an absolute path without links.
    pub folder: PathBuf,
    /// The id of the files in it.
    pub id: Id,
}

/// A process that runs Python. The process ends when this value is dropped.
pub struct Interpreter<'p> {
    python: &'p Python,
    permission: Permission,
    time: Duration,
    process: Process,
}

/// The option by which a version of Node takes away all rights.
#[derive(Debug, Clone, Copy)]
pub struct Permission(&'static str);

struct Process {
    child: Child,
    stdin: ChildStdin,
    lines: Receiver<String>,
}

impl Python {
    /// Asks Node for its version, and returns the option by which that version takes away all rights.
    ///
    /// # Errors
    ///
    /// Node cannot be started, or is too old, for this reason.
    pub fn permission(&self) -> Result<Permission, String> {
        let output = Command::new(&self.node).arg("--version").env_clear().stdin(Stdio::null()).output();
        let output = output.map_err(|error| format!("{} cannot be started: {error}", self.node))?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let mut numbers = version.trim_start_matches('v').split('.').map_while(|part| part.parse().ok());
        match (numbers.next(), numbers.next()) {
            (Some(24..), _) | (Some(23), Some(5..)) | (Some(22), Some(13..)) => {
                Ok(Permission("--permission"))
            }
            (Some(20..), _) => Ok(Permission("--experimental-permission")),
            (Some(_), _) => Err(format!("{} is version {version}, but 20 or later is needed", self.node)),
            _ => Err(format!("{} does not say which version of Node it is", self.node)),
        }
    }

    /// Starts a process. `time` is the time that a program may take in a case.
    ///
    /// # Errors
    ///
    /// The process cannot be started, or does not get ready, for this reason.
    pub fn start(&self, permission: Permission, time: Duration) -> Result<Interpreter<'_>, String> {
        Ok(Interpreter { python: self, permission, time, process: self.process(permission)? })
    }

    fn process(&self, Permission(permission): Permission) -> Result<Process, String> {
        let folder = self.folder.to_string_lossy();
        let mut command = Command::new(&self.node);
        command
            .args([permission, &format!("--allow-fs-read={folder}/*")])
            .args(["--disallow-code-generation-from-strings", "--no-addons", "--unhandled-rejections=none"])
            .args(["--no-warnings", "--liftoff-only", HEAP, "--input-type=module", "--eval", HOST])
            .env_clear()
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child =
            command.spawn().map_err(|error| format!("{} cannot be started: {error}", self.node))?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (sender, lines) = mpsc::channel();
        let reader = BufReader::new(stdout.expect("is piped"));
        // The thread ends with the process, which closes its output.
        thread::spawn(move || reader.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut process = Process { child, stdin: stdin.expect("is piped"), lines };
        match process.ask(&json!({ "folder": folder }), START) {
            Some(answer) if answer["ready"] == Json::Bool(true) => Ok(process),
            Some(answer) => Err(answer["error"].as_str().unwrap_or("it is not Pyodide").to_owned()),
            None => Err("it does not get ready".to_owned()),
        }
    }
}

impl Interpreter<'_> {
    /// Runs a program in a case.
    pub fn fare(&mut self, exercise: &Exercise, program: &Program, case: &Case) -> Fared {
        let Scenario::Python { args, expect } = &case.given else {
            return Fared::Broken("it holds no arguments".to_owned());
        };
        let job = json!({
            "program": program.text,
            "entry": exercise.entry,
            "tolerance": exercise.grade.tolerance,
            "cases": [{ "args": args, "expect": expect }],
        });
        let Some(answer) = self.process.ask(&job, self.time) else {
            let outcome = "it does not end, or takes too long";
            return self.again().map_or_else(Fared::Broken, |()| Fared::Missed(outcome.to_owned()));
        };
        let is_over = self.process.next(self.time).is_none_or(|done| done["ends"] == Json::Bool(true));
        if is_over && let Err(reason) = self.again() {
            return Fared::Broken(reason);
        }
        let text = |key: &str| answer[key].as_str().map(str::to_owned);
        match (text("broken"), answer["passed"] == Json::Bool(true)) {
            (Some(reason), _) => Fared::Broken(reason),
            (None, true) => Fared::Passed,
            (None, false) => Fared::Missed(text("message").unwrap_or_else(|| "it fails".to_owned())),
        }
    }

    /// Replaces a process that cannot go on.
    fn again(&mut self) -> Result<(), String> {
        self.process = self.python.process(self.permission)?;
        Ok(())
    }
}

impl Process {
    /// Sends a line and waits for an answer; returns none if no answer comes in time.
    fn ask(&mut self, question: &Json, time: Duration) -> Option<Json> {
        self.send(question).ok()?;
        self.next(time)
    }

    fn send(&mut self, question: &Json) -> io::Result<()> {
        writeln!(self.stdin, "{question}")?;
        self.stdin.flush()
    }

    fn next(&mut self, time: Duration) -> Option<Json> {
        self.lines.recv_timeout(time).ok().and_then(|line| serde_json::from_str(&line).ok())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Killing fails if the process ended by itself, which needs no handling.
        let _ended = self.child.kill();
        let _code = self.child.wait();
    }
}
