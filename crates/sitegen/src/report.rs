//! Reporting: diagnostics on stderr, for people and for programs.

mod github;
mod human;
mod json;
mod place;
mod text;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use sitegen_parser::{Diagnostic, Diagnostics, Severity};

use crate::args::Format;
use crate::console::{self, Console, Palette, count};
use crate::errors::Failure;

use self::text::Texts;

pub(crate) use self::place::Places;

/// The text of a file that diagnostics name, by its path.
pub(crate) type Find<'a> = dyn Fn(&str) -> Option<Arc<str>> + 'a;

/// What becomes of a site that has errors, said after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consequence {
    /// It would have been published.
    NotPublished,
    /// It was only looked at.
    None,
}

/// A problem in parts, for a page that shows it.
#[derive(Debug)]
pub(crate) struct Account {
    /// How bad it is.
    pub severity: Severity,
    /// Its code and what it is, in a line.
    pub title: String,
    /// Where it is to be mended.
    pub place: Option<Spot>,
    /// All of it, as people see it on a terminal.
    pub text: String,
}

/// A line of a file and a column in it, both from 1.
#[derive(Debug)]
pub(crate) struct Spot {
    /// The file, as diagnostics name it.
    pub path: Arc<str>,
    /// The line; the first for a file as a whole.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// Diagnostics in parts.
pub(crate) fn accounts(diagnostics: &Diagnostics, find: &Find) -> Vec<Account> {
    let texts = Texts::of(diagnostics, find);
    let account = |diagnostic: &Diagnostic| {
        let text = human::render(diagnostic, &texts, Palette::Plain);
        let place = diagnostic.place.as_ref().map(|place| {
            let (line, column) =
                texts.position(place).map_or((1, 1), |position| (position.line, position.column));
            Spot { path: Arc::clone(&place.path), line, column }
        });
        let title = text.lines().next().unwrap_or_default().to_owned();
        Account { severity: diagnostic.severity, title, place, text: text.trim_end().to_owned() }
    };
    diagnostics.iter().map(account).collect()
}

/// Prints all diagnostics, and for people how many there are.
pub(crate) fn diagnostics(
    diagnostics: &Diagnostics,
    find: &Find,
    root: &Path,
    consequence: Consequence,
    console: &Console,
) {
    if diagnostics.is_empty() {
        return;
    }
    let texts = Texts::of(diagnostics, find);
    let mut output = String::new();
    for diagnostic in diagnostics {
        output.push_str(&one(diagnostic, &texts, root, console));
        if output.len() > 1 << 16 {
            console::complain(&output);
            output.clear();
        }
    }
    if console.format == Format::Human {
        let _infallible =
            writeln!(output, "{}", human::closing(&tally(diagnostics, consequence), console.palette));
    }
    console::complain(&output);
}

fn one(diagnostic: &Diagnostic, texts: &Texts, root: &Path, console: &Console) -> String {
    match console.format {
        Format::Human => human::render(diagnostic, texts, console.palette),
        Format::Json => json::render(diagnostic, texts),
        Format::Github => github::render(diagnostic, texts, root),
    }
}

/// Prints why a command was not carried out.
pub(crate) fn failure(failure: &Failure, console: &Console) {
    let mut diagnostic = Diagnostic::error("", failure.message.as_str());
    diagnostic.help.clone_from(&failure.help);
    let text = one(&diagnostic, &Texts::default(), Path::new("."), console);
    console::complain(&format!("{}\n", text.trim_end()));
}

/// How many problems there are: `3 errors, 1 warning; nothing was published`.
fn tally(diagnostics: &Diagnostics, consequence: Consequence) -> Diagnostic {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let counts = [(errors, "error"), (warnings, "warning")];
    let counts: Vec<_> =
        counts.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(*number, noun)).collect();
    let counts = counts.join(", ");
    match (errors, consequence) {
        (0, _) => Diagnostic::warning("", counts),
        (_, Consequence::NotPublished) => Diagnostic::error("", format!("{counts}; nothing was published")),
        (_, Consequence::None) => Diagnostic::error("", counts),
    }
}
