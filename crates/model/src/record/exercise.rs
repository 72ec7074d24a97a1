//! Exercises: records that hold programs, and cases that say what the right ones give.

mod case;

use sitegen_parser::{Diagnostics, Event, Markdown, Place, Source, Spanned, Table, Tag, Value as Toml};

use crate::errors;
use crate::kept::Id;
use crate::schema::{Exercises, Language, Spoken};

pub use self::case::{Case, Given, SqlValue};

/// A record that readers solve by writing a program.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// The language of its programs.
    pub language: Language,
    /// The function that cases call; none in SQL.
    pub entry: Option<String>,
    /// How answers are compared.
    pub grade: Grade,
    /// At least two.
    pub cases: Vec<Case>,
    /// One starter, at least one solution, any number of typical mistakes, in the order of the text.
    pub programs: Vec<Program>,
}

/// A program in an exercise's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// What it is there for.
    pub role: Role,
    /// What its author calls it.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
    /// Where its block of code is.
    pub place: Place,
}

/// What a program is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// What readers begin with. It fails at least one case.
    Starter,
    /// It passes all cases.
    Solution,
    /// A typical mistake. It fails at least one case.
    Wrong,
}

/// How answers are compared with what cases expect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grade {
    /// Whether rows must come in the order of the case; else they may come in any.
    pub ordered: bool,
    /// Whether columns must be called as in the case; else only their number counts.
    pub named: bool,
    /// How far numbers may be from each other: absolutely up to 1, else in proportion to the larger.
    pub tolerance: f64,
}

impl Default for Grade {
    fn default() -> Self {
        Self { ordered: false, named: true, tolerance: 1e-9 }
    }
}

impl Role {
    /// The word that follows the language where the code begins.
    pub fn word(self) -> &'static str {
        match self {
            Self::Starter => "starter",
            Self::Solution => "solution",
            Self::Wrong => "wrong",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Starter, Self::Solution, Self::Wrong].into_iter().find(|role| role.word() == word)
    }
}

impl Exercise {
    /// The id of all that decides how its programs fare.
    pub fn id(&self) -> Id {
        let Self { language, entry, grade, cases, programs } = self;
        let grade = (grade.ordered, grade.named, grade.tolerance.to_bits());
        let programs = programs.iter().map(|program| (program.role, &program.text));
        let cases = cases.iter().map(Case::id);
        Id::of(&(language, entry, grade, Id::of_all(cases), Id::of_all(programs)))
    }

    /// The programs of a role.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &Program> {
        self.programs.iter().filter(move |program| program.role == role)
    }
}

/// What an exercise is read from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    /// What its author calls it, such as `problem "type-caster"`.
    pub subject: &'a str,
    pub fields: &'a Table,
    pub body: Option<&'a Markdown>,
    pub source: &'a Source,
    /// Where the record begins.
    pub place: &'a Place,
}

impl Text<'_> {
    fn place(&self, value: &Spanned<Toml>) -> Place {
        Place::new(&self.source.path, &value.span)
    }
}

/// Reads a record as an exercise; none if it is none, or cannot be run.
///
/// What is of another type than its field is reported with the field.
pub(super) fn read(form: &Exercises, text: Text<'_>, diagnostics: &mut Diagnostics) -> Option<Exercise> {
    let known = diagnostics.len();
    let given = text.fields.get(&form.case);
    let language = match &form.language {
        Spoken::Always(language) => *language,
        Spoken::By(field) => {
            let word = text.fields.get(field);
            let Some(language) = word.and_then(|word| string(word)).and_then(Language::named) else {
                if let (Some(given), Some(word)) = (given, word) {
                    let (cases, field) = (text.place(given), text.place(word));
                    diagnostics.push(errors::cases_of_no_language(text.subject, cases, field));
                }
                return None;
            };
            language
        }
    };
    let programs = text.body.map(|body| programs(body, text.source)).unwrap_or_default();
    // Where all of a collection is in one language, some of it may only explain.
    if given.is_none() && programs.is_empty() && matches!(form.language, Spoken::Always(_)) {
        return None;
    }
    let entry = text.fields.get(&form.entry).and_then(string).map(str::to_owned);
    let grade = text.fields.get(&form.grade).map(grade).unwrap_or_default();
    let cases = case::read_all(given, language, text, diagnostics);
    let programs = checked(programs, language, text, diagnostics);
    if language == Language::Python && entry.is_none() {
        diagnostics.push(errors::exercise_lacks_entry(text.subject, &form.entry, text.place.clone()));
    }
    (diagnostics.len() == known).then_some(Exercise { language, entry, grade, cases, programs })
}

fn string(value: &Spanned<Toml>) -> Option<&str> {
    match &value.value {
        Toml::String(text) => Some(text),
        _ => None,
    }
}

fn grade(given: &Spanned<Toml>) -> Grade {
    let Toml::Table(table) = &given.value else { return Grade::default() };
    let is = |key: &str, word: &str| table.get(key).and_then(string).is_some_and(|text| text == word);
    let tolerance = match table.get("tolerance").map(|given| &given.value) {
        Some(Toml::Float(tolerance)) => *tolerance,
        // The number of a tolerance is small.
        #[expect(clippy::cast_precision_loss)]
        Some(Toml::Int(tolerance)) => *tolerance as f64,
        _ => Grade::default().tolerance,
    };
    Grade { ordered: is("order", "strict"), named: !is("columns", "count"), tolerance }
}

/// The blocks of code that are labelled as programs of exercises, with the names of their languages.
fn programs(body: &Markdown, source: &Source) -> Vec<(Option<String>, Program)> {
    let mut found = Vec::new();
    let mut open: Option<(Option<String>, Program)> = None;
    for event in &body.events {
        match (&event.value, &mut open) {
            (Event::Start(Tag::CodeBlock(info)), _) => {
                let role = info.words.first().and_then(|word| Role::of(&word.value));
                open = role.map(|role| {
                    let title = info.words.get(1).map(|title| title.value.clone());
                    let title = title.or_else(|| info.title.clone());
                    let place = Place::new(&source.path, &event.span);
                    let language = info.language.as_ref().map(|language| language.value.clone());
                    (language, Program { role, title, text: String::new(), place })
                });
            }
            (Event::Text(text), Some((_, program))) => program.text.push_str(text),
            (Event::End(_), open) => found.extend(open.take()),
            _ => {}
        }
    }
    found
}

/// The programs, if they are what an exercise must have.
fn checked(
    found: Vec<(Option<String>, Program)>,
    language: Language,
    text: Text<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Program> {
    let mut programs: Vec<Program> = Vec::new();
    for (written, program) in found {
        if written.as_deref().and_then(Language::named) != Some(language) {
            diagnostics.push(errors::program_in_other_language(&program, written.as_deref(), language));
        }
        let first =
            programs.iter().find(|other| other.role == Role::Starter && program.role == Role::Starter);
        if let Some(first) = first {
            diagnostics.push(errors::second_starter(&program.place, &first.place));
        }
        programs.push(program);
    }
    for role in [Role::Starter, Role::Solution] {
        if !programs.iter().any(|program| program.role == role) {
            diagnostics.push(errors::exercise_lacks_program(
                text.subject,
                role,
                language,
                text.place.clone(),
            ));
        }
    }
    programs
}
