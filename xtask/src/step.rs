//! A command that must succeed.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// A command that must succeed.
pub(crate) struct Step {
    program: String,
    arguments: Vec<String>,
    folder: PathBuf,
    variables: Vec<(String, String)>,
}

/// The output of a command, and its success.
pub(crate) struct Ran {
    pub(crate) lines: Vec<String>,
    pub(crate) succeeded: bool,
}

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package is below the root").to_owned()
}

/// Returns the folder in which cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Returns the named sitegen, or else builds one for a release.
///
/// # Errors
///
/// It cannot be built.
pub(crate) fn program(named: Option<&Path>) -> io::Result<PathBuf> {
    match named {
        Some(program) => Ok(program.to_owned()),
        None if Step::new("cargo", &["build", "--locked", "--release"]).run().succeeded => {
            Ok(target().join("release/sitegen"))
        }
        None => Err(io::Error::other("sitegen cannot be built")),
    }
}

impl Step {
    pub(crate) fn new(program: &str, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(ToString::to_string).collect();
        Self { program: program.to_owned(), arguments, folder: root(), variables: Vec::new() }
    }

    /// Runs in a folder of the project.
    pub(crate) fn within(mut self, folder: &str) -> Self {
        self.folder = root().join(folder);
        self
    }

    /// Runs with an environment variable.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Runs a program that the project has built.
    pub(crate) fn own(mut self) -> Self {
        let name = self.program.strip_prefix("target/").unwrap_or(&self.program).to_owned();
        self.program = target().join(name).to_string_lossy().into_owned();
        self
    }

    /// Runs the command, showing what it prints.
    pub(crate) fn run(&self) -> Ran {
        let name = format!("{} {}", self.program, self.arguments.join(" "));
        println!("\n── {name}");
        let started = Instant::now();
        let ran = self.execute().unwrap_or_else(|error| {
            println!("{error}");
            Ran { lines: Vec::new(), succeeded: false }
        });
        let outcome = if ran.succeeded { "done" } else { "FAILED" };
        println!("── {outcome} after {:.1} s: {name}", started.elapsed().as_secs_f64());
        ran
    }

    fn execute(&self) -> std::io::Result<Ran> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(&self.folder).envs(self.variables.clone());
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut lines = Vec::new();
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).split(b'\n') {
                let line = String::from_utf8_lossy(&line?).into_owned();
                println!("{line}");
                lines.push(line);
            }
        }
        Ok(Ran { lines, succeeded: child.wait()?.success() })
    }
}
