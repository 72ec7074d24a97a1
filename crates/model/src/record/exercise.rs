//! Exercises: records with programs, and with cases that tell what correct programs return.

mod case;
mod program;

use std::sync::Arc;

use sitegen_parser::{Diagnostics, Markdown, Place, Source, Spanned, Table, WrittenValue as Toml};

use super::errors;
use crate::ground::Id;
use crate::schema::{Exercises, Language, Spoken};

pub use self::case::{Case, Scenario, SqlValue};
use self::program::ExerciseText;
pub use self::program::{Program, Role};

/// A record that readers solve by writing a program.
#[derive(Debug)]
pub struct Exercise {
    /// The language of its programs.
    pub language: Language,
    /// The function that the cases call; none in SQL.
    pub entry: Option<String>,
    /// The rules for comparing answers.
    pub grade: Grade,
    /// The cases, at least two.
    pub cases: Vec<Case>,
    /// One starter, at least one solution and any number of typical mistakes, in the order of the text.
    pub programs: Vec<Program>,
    /// The text before the first program, which is the task.
    pub prompt: Arc<Markdown>,
    /// The text after the first program, without programs.
    pub rest: Arc<Markdown>,
}

/// The rules for comparing answers with what cases expect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grade {
    /// True if rows must be in the order of the case; otherwise any order is right.
    pub ordered: bool,
    /// True if columns must have the names of the case; otherwise only their number counts.
    pub named: bool,
    /// The largest difference between equal numbers: absolute for numbers up to 1, otherwise relative to the
    /// larger.
    pub tolerance: f64,
}

impl Default for Grade {
    fn default() -> Self {
        Self { ordered: false, named: true, tolerance: 1e-9 }
    }
}

impl Exercise {
    /// Hashes all that decides whether its programs pass.
    pub fn id(&self) -> Id {
        let Self { language, entry, grade, cases, programs, .. } = self;
        let grade = (grade.ordered, grade.named, grade.tolerance.to_bits());
        let programs = programs.iter().map(|program| (program.role, &program.text));
        let cases = cases.iter().map(Case::id);
        Id::of(&(language, entry, grade, Id::of_all(cases), Id::of_all(programs)))
    }

    /// Lists the programs with a role.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &Program> {
        self.programs.iter().filter(move |program| program.role == role)
    }
}

/// The parts of a record that an exercise is read from.
#[derive(Debug, Clone, Copy)]
pub(super) struct ExerciseSource<'a> {
    /// The record's name in diagnostics, such as `problem "type-caster"`.
    pub subject: &'a str,
    pub fields: &'a Table,
    pub body: Option<&'a Markdown>,
    pub source: &'a Source,
    /// The start of the record.
    pub place: &'a Place,
}

impl ExerciseSource<'_> {
    fn place(&self, value: &Spanned<Toml>) -> Place {
        Place::new(&self.source.path, &value.span)
    }
}

/// Reads a record as an exercise; none if it is not one, or has errors.
///
/// Values of wrong types are not reported here, because their fields report them.
pub(super) fn read(
    form: &Exercises,
    text: ExerciseSource<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Exercise> {
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
    let ExerciseText { programs, prompt, rest } =
        text.body.map(|body| program::split(body, text.source)).unwrap_or_default();
    // In a collection that is all in one language, a record without cases and programs only explains
    // something.
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
        // A tolerance is small, so the conversion is exact.
        #[expect(clippy::cast_precision_loss)]
        Some(Toml::Int(tolerance)) => *tolerance as f64,
        _ => Grade::default().tolerance,
    };
    Grade { ordered: is("order", "strict"), named: !is("columns", "count"), tolerance }
}

/// Returns the programs, and reports those that are missing, in another language or one too many.
fn checked(
    found: Vec<(Option<String>, Program)>,
    language: Language,
    text: ExerciseSource<'_>,
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
