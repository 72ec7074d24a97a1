//! Exercises: records that hold programs, and cases that say what the right ones give.

mod case;
mod program;

use std::sync::Arc;

use sitegen_parser::{Diagnostics, Markdown, Place, Source, Spanned, Table, WrittenValue as Toml};

use super::errors;
use crate::ground::Id;
use crate::schema::{Exercises, Language, Spoken};

pub use self::case::{Case, Given, SqlValue};
use self::program::Parts;
pub use self::program::{Program, Role};

/// A record that readers solve by writing a program.
#[derive(Debug)]
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
    /// The text before the first program: what is to be done.
    pub prompt: Arc<Markdown>,
    /// The text after it, without programs.
    pub rest: Arc<Markdown>,
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

impl Exercise {
    /// The id of all that decides how its programs fare.
    pub fn id(&self) -> Id {
        let Self { language, entry, grade, cases, programs, .. } = self;
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
    let Parts { programs, prompt, rest } =
        text.body.map(|body| program::parts(body, text.source)).unwrap_or_default();
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
    (diagnostics.len() == known).then(|| Exercise {
        language,
        entry,
        grade,
        cases,
        programs,
        prompt: Arc::new(prompt),
        rest: Arc::new(rest),
    })
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
