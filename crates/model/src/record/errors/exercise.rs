//! The diagnostics of exercises that are found without running them.

use sitegen_parser::{Code, Diagnostic, Place};

use crate::record::{Program, Role};
use crate::schema::Language;
use crate::schema::errors::languages;

pub(crate) fn cases_of_no_language(subject: &str, cases: Place, field: Place) -> Diagnostic {
    Diagnostic::error(Code::IncompleteExercise, format!("the cases of {subject} are run by nothing"))
        .at(cases)
        .related(field, "this is no language of exercises")
        .help(format!("remove them, or choose one of {}", languages()))
}

pub(crate) fn exercise_lacks_entry(subject: &str, field: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::IncompleteExercise,
        format!("{subject} does not say which function its cases call"),
    )
    .at(place)
    .help(format!("name it, such as {field} = \"solve\""))
}

pub(crate) fn exercise_lacks_program(
    subject: &str,
    role: Role,
    language: Language,
    place: Place,
) -> Diagnostic {
    let (word, language) = (role.word(), language.name());
    Diagnostic::error(Code::IncompleteExercise, format!("{subject} has no {word}"))
        .at(place)
        .help(format!("write one in its text, as a block of code that begins with ```{language} {word}"))
}

pub(crate) fn second_starter(place: &Place, first: &Place) -> Diagnostic {
    Diagnostic::error(Code::IncompleteExercise, "an exercise has only one starter")
        .at(place.clone())
        .related(first.clone(), "the first is here")
}

pub(crate) fn program_in_other_language(
    program: &Program,
    written: Option<&str>,
    language: Language,
) -> Diagnostic {
    let (word, wanted) = (program.role.word(), language.name());
    let message = match written {
        Some(written) => format!("the {word} is in {written}, but the exercise in {wanted}"),
        None => format!("the {word} does not say its language"),
    };
    Diagnostic::error(Code::IncompleteExercise, message)
        .at(program.place.clone())
        .help(format!("begin it with ```{wanted} {word}"))
}

pub(crate) fn too_few_cases(subject: &str, count: usize, least: usize, place: Place) -> Diagnostic {
    let found = match count {
        0 => "no cases".to_owned(),
        1 => "only one case".to_owned(),
        _ => format!("only {count} cases"),
    };
    Diagnostic::error(Code::IncompleteExercise, format!("{subject} has {found}, but needs at least {least}"))
        .at(place)
        .help("a program that only returns one expected answer would pass; add a case that it fails")
}

pub(crate) fn equal_cases(name: &str, first: &Place, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidCase, format!("two cases are called \"{name}\""))
        .at(place)
        .related(first.clone(), "the first is here")
        .help("readers tell cases apart by their names: say what each is about")
}

pub(crate) fn case_lacks(key: &str, name: &str, place: &Place) -> Diagnostic {
    let subject = if name.is_empty() { "a case".to_owned() } else { format!("the case \"{name}\"") };
    Diagnostic::error(Code::InvalidCase, format!("{subject} lacks \"{key}\"")).at(place.clone())
}

pub(crate) fn invalid_rows(name: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidCase,
        format!("the rows of the case \"{name}\" cannot be read: {objection}"),
    )
    .at(place)
}
