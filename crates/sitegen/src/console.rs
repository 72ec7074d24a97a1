//! Printing: what goes to stdout and stderr, and in what form.
//!
//! A reader that closed the pipe is no error, but a full disk is.

use std::fmt;
use std::io::{self, IsTerminal as _, Write as _};

use clap::ValueEnum;

use crate::errors::{self, Failure};

/// The streams of the program, and the form in which to use them.
#[derive(Debug)]
pub(crate) struct Console {
    verbosity: Verbosity,
    /// The format of problems.
    pub format: ProblemFormat,
    /// The colors on stderr.
    pub palette: Palette,
    /// True if somebody watches stderr.
    pub watched: bool,
    /// The form of data on stdout.
    pub screen: Screen,
}

/// The form in which data is printed to stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Screen {
    pub palette: Palette,
    /// The number of columns of the terminal; none if stdout is no terminal.
    pub width: Option<usize>,
}

/// The format of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProblemFormat {
    /// With excerpts, for people.
    Human,
    /// One JSON object a line.
    Json,
    /// As annotations of a GitHub workflow.
    Github,
}

/// The amount of messages about the work itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verbosity {
    /// Problems only.
    Quiet,
    /// The result, too.
    Normal,
    /// All stages of the work.
    Verbose,
}

/// The choice of colors by the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The colors on a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Palette {
    /// Text alone.
    Plain,
    /// ANSI colors.
    Colored,
}

impl Console {
    /// Sets up the streams by the command line and the environment.
    pub(crate) fn new(verbosity: Verbosity, color: Color, format: ProblemFormat) -> Self {
        let terminal = io::stderr().is_terminal();
        let watched =
            terminal && !is_dumb() && verbosity == Verbosity::Normal && format == ProblemFormat::Human;
        let palette = Palette::new(color, terminal);
        Self { verbosity, format, palette, watched, screen: Screen::new(color) }
    }

    /// Prints a line about what was done, unless told to be quiet.
    ///
    /// # Errors
    ///
    /// It cannot be printed.
    pub(crate) fn say(&self, line: fmt::Arguments) -> Result<(), Failure> {
        if self.verbosity > Verbosity::Quiet { print(format!("{line}\n").as_bytes()) } else { Ok(()) }
    }

    /// Returns true if the user asked for all messages.
    pub(crate) fn is_verbose(&self) -> bool {
        self.verbosity == Verbosity::Verbose
    }

    /// Prints a line to stderr that explains the work, if the user asked for all messages.
    pub(crate) fn explain(&self, line: fmt::Arguments) {
        if self.verbosity == Verbosity::Verbose {
            complain(&format!("{line}\n"));
        }
    }

    /// Prints a line to stderr about something unexpected, unless told to be quiet.
    pub(crate) fn notice(&self, line: &str) {
        if self.verbosity > Verbosity::Quiet {
            complain(&format!("{line}\n"));
        }
    }
}

impl Palette {
    fn new(color: Color, terminal: bool) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match color {
            Color::Auto if terminal && !is_dumb() && !unwanted => Self::Colored,
            Color::Always => Self::Colored,
            Color::Auto | Color::Never => Self::Plain,
        }
    }
}

fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb")
}

impl Screen {
    fn new(color: Color) -> Self {
        let terminal = io::stdout().is_terminal();
        let width = if terminal { width() } else { None };
        Self { palette: Palette::new(color, terminal), width }
    }
}

#[cfg(unix)]
fn width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}

#[cfg(not(unix))]
fn width() -> Option<usize> {
    None
}

/// Prints data to stdout in pieces.
///
/// # Errors
///
/// It cannot be printed.
pub(crate) fn stream(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    match write(&mut stdout).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(errors::cannot_print(&error)),
        _ => Ok(()),
    }
}

/// Prints to stdout.
///
/// # Errors
///
/// It cannot be printed.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Failure> {
    stream(|out| out.write_all(bytes))
}

/// Prints to stderr.
pub(crate) fn complain(text: &str) {
    #[cfg(test)]
    eprint!("{text}");
    #[cfg(not(test))]
    let _gone = io::stderr().lock().write_all(text.as_bytes());
}
