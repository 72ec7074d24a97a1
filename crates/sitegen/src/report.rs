//! Reporting: diagnostics on stderr, in formats for people and for programs.

mod github;
mod group;
mod human;
mod json;
mod place;
mod text;

use std::path::Path;
use std::sync::Arc;

use sitegen_parser::{Diagnostic, Diagnostics, Severity};

use crate::console::{self, Console, Palette, ProblemFormat};
use crate::errors::Failure;
use crate::phrase::count;

use self::group::Group;
use self::text::Texts;

pub(crate) use self::place::Places;

/// Finds the text of a file that diagnostics name, by its path.
pub(crate) type Find<'a> = dyn Fn(&str) -> Option<Arc<str>> + 'a;

/// The consequence of errors, which is stated after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consequence {
    /// The site was to be published, and is not.
    NotPublished,
    /// Nothing, because the site was only checked.
    None,
}

/// A problem in parts, for a page that shows it.
#[derive(Debug)]
pub(crate) struct ProblemSummary {
    pub severity: Severity,
    /// The code and the message, in one line.
    pub title: String,
    /// The place to fix it.
    pub place: Option<Spot>,
    /// The whole report, as on a terminal.
    pub text: String,
}

/// A line of a file and a column in it, both from 1.
#[derive(Debug)]
pub(crate) struct Spot {
    /// The path of the file, as diagnostics name it.
    pub path: Arc<str>,
    /// The line; 1 for a file as a whole.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// The line that sums up all problems.
#[derive(Debug)]
struct Closing {
    /// The severity of the worst problem.
    severity: Severity,
    /// The number of problems, and the consequence.
    message: String,
}

/// Diagnostics, and all that is needed to print them.
#[derive(Clone, Copy)]
pub(crate) struct Report<'a> {
    /// The diagnostics, sorted.
    pub diagnostics: &'a Diagnostics,
    /// Finds the texts that they name.
    pub find: &'a Find<'a>,
    /// The folder that their paths are in.
    pub root: &'a Path,
    pub consequence: Consequence,
    /// Further facts, such as parts that were not checked, or files that are not the author's.
    pub remarks: &'a [String],
    /// The number of causes to show to people.
    pub most: usize,
}

/// The number of causes to show, which is more than anybody reads.
pub(crate) const MOST: usize = 1000;

/// Splits diagnostics into parts, one for each cause, and at most this many.
pub(crate) fn accounts(diagnostics: &Diagnostics, most: usize, find: &Find) -> Vec<ProblemSummary> {
    let mut groups = group::by_cause(diagnostics);
    groups.truncate(most);
    let texts = Texts::of(groups.iter().flat_map(Group::places), find);
    let account = |group: &Group| {
        let text = human::render(group, &texts, Palette::Plain);
        let place = group.first.place.as_ref().map(|place| {
            let (line, column) =
                texts.position(place).map_or((1, 1), |position| (position.line, position.column));
            Spot { path: Arc::clone(&place.path), line, column }
        });
        let title = text.lines().next().unwrap_or_default().to_owned();
        ProblemSummary { severity: group.first.severity, title, place, text: text.trim_end().to_owned() }
    };
    groups.iter().map(account).collect()
}

impl Report<'_> {
    /// Prints the diagnostics. For people and for GitHub, those with the same cause are printed as one.
    pub(crate) fn print(&self, console: &Console) {
        if self.diagnostics.is_empty() {
            return;
        }
        let mut printer = Printer::default();
        match console.format {
            ProblemFormat::Human => self.for_people(console, &mut printer),
            ProblemFormat::Json => self.for_programs(&mut printer),
            ProblemFormat::Github => self.for_github(&mut printer),
        }
        printer.flush();
    }

    fn for_people(&self, console: &Console, printer: &mut Printer) {
        let groups = group::by_cause(self.diagnostics);
        let causes = groups.len();
        let (groups, most) = if console.is_verbose() {
            (group::apart(self.diagnostics), self.diagnostics.len())
        } else {
            (groups, self.most)
        };
        let shown = &groups[..groups.len().min(most)];
        let texts = Texts::of(shown.iter().flat_map(Group::places), self.find);
        for group in shown {
            printer.put(&human::render(group, &texts, console.palette));
        }
        if groups.len() > most {
            let more = groups.len() - most;
            printer.put(&format!("and problems of {more} more causes: --verbose shows all\n\n"));
        }
        for remark in self.remarks {
            printer.put(&format!("{}\n", human::remark(remark, console.palette)));
        }
        printer.put(&human::closing(&self.closing(causes), console.palette));
    }

    fn for_programs(&self, printer: &mut Printer) {
        let related = self.diagnostics.iter().flat_map(|found| found.related.iter().map(|note| &note.place));
        let places = self.diagnostics.iter().filter_map(|found| found.place.as_ref());
        let texts = Texts::of(places.chain(related), self.find);
        for (diagnostic, cause) in self.diagnostics.iter().zip(group::causes(self.diagnostics)) {
            printer.put(&json::render(diagnostic, cause + 1, &texts));
        }
        for remark in self.remarks {
            printer.put(&json::remark(remark));
        }
    }

    fn for_github(&self, printer: &mut Printer) {
        let groups = group::by_cause(self.diagnostics);
        let texts = Texts::of(groups.iter().flat_map(Group::places), self.find);
        github::report(&groups, &texts, self.root, &mut |line| printer.put(line));
        for remark in self.remarks {
            printer.put(&format!("note: {remark}\n"));
        }
        printer.put(&human::closing(&self.closing(groups.len()), Palette::Plain));
    }

    /// Counts the problems: `3 errors, 1 warning; nothing was published`.
    fn closing(&self, causes: usize) -> Closing {
        let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
        let errors = self.diagnostics.iter().filter(is_error).count();
        let warnings = self.diagnostics.len() - errors;
        let counts = [(errors, "error"), (warnings, "warning")];
        let counts = counts.iter().filter(|(number, _)| *number > 0);
        let mut counts: Vec<_> = counts.map(|(number, noun)| count(*number, noun)).collect();
        if causes < self.diagnostics.len() {
            counts.push(count(causes, "cause"));
        }
        let counts = counts.join(", ");
        match (errors, self.consequence) {
            (0, _) => Closing { severity: Severity::Warning, message: counts },
            (_, Consequence::NotPublished) => {
                let message = format!("{counts}; nothing was published");
                Closing { severity: Severity::Error, message }
            }
            (_, Consequence::None) => Closing { severity: Severity::Error, message: counts },
        }
    }
}

/// Printed text, which is collected because many small writes to stderr are slow.
#[derive(Default)]
struct Printer(String);

impl Printer {
    fn put(&mut self, text: &str) {
        self.0.push_str(text);
        if self.0.len() > 1 << 16 {
            self.flush();
        }
    }

    fn flush(&mut self) {
        console::complain(&self.0);
        self.0.clear();
    }
}

/// Prints the reason why a command was not carried out.
pub(crate) fn failure(failure: &Failure, console: &Console) {
    console::complain(&match console.format {
        ProblemFormat::Human => human::failure(failure, console.palette),
        ProblemFormat::Json => json::failure(failure),
        ProblemFormat::Github => github::failure(failure),
    });
}
