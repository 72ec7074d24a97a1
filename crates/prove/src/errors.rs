//! The diagnostics of exercises that were run.

use std::sync::Arc;

use sitegen_model::{Case, Language, Program, Role};
use sitegen_parser::{Code, Diagnostic, Place};

use crate::proof::MissingEngine;

/// Names a program in a sentence.
fn called(program: &Program) -> String {
    let what = match program.role {
        Role::Starter => "the starter",
        Role::Solution => "the solution",
        Role::Wrong => "the mistake",
    };
    program.title.as_ref().map_or_else(|| what.to_owned(), |title| format!("{what} \"{title}\""))
}

pub(crate) fn failing_solution(program: &Program, case: &Case, difference: &str) -> Diagnostic {
    let message = format!("{} fails the case \"{}\": {difference}", called(program), case.name);
    Diagnostic::error(Code::FailingSolution, message)
        .at(program.place.clone())
        .related(case.place.clone(), "the case is here")
}

pub(crate) fn passing_starter(program: &Program) -> Diagnostic {
    Diagnostic::error(Code::PassingStarter, format!("{} passes every case", called(program)))
        .at(program.place.clone())
        .help("leave something to do, or add a case that it fails")
}

pub(crate) fn passing_mistake(program: &Program) -> Diagnostic {
    Diagnostic::error(Code::PassingMistake, format!("{} passes every case", called(program)))
        .at(program.place.clone())
        .help("add a case that it fails, so that readers who make it are told")
}

pub(crate) fn unordered_solution(program: &Program, case: &Case, difference: &str) -> Diagnostic {
    let message = format!("{} passes the case \"{}\" by chance of order only", called(program), case.name);
    Diagnostic::error(Code::UnorderedSolution, message)
        .at(program.place.clone())
        .related(case.place.clone(), "the case is here")
        .note(format!("with tables read backwards, {difference}"))
        .help("end it by an ORDER BY that tells all rows apart, or let rows come in any order")
}

pub(crate) fn broken_case(case: &Case, reason: &str) -> Diagnostic {
    Diagnostic::error(Code::BrokenCase, format!("the case \"{}\" cannot be set up: {reason}", case.name))
        .at(case.place.clone())
}

pub(crate) fn broken_engine(language: Language, reason: &str, path: Option<&Arc<str>>) -> Diagnostic {
    let message = format!("what runs {} cannot be started: {reason}", language.title());
    Diagnostic::error(Code::BrokenEngine, message)
        .at(path.map(Place::file))
        .help(format!("make it anew by \"sitegen add {}\"", language.addition()))
}

/// Returns none if the reason why there is no engine is reported already.
pub(crate) fn not_run(
    language: Language,
    count: usize,
    missing: &MissingEngine,
    config: &Arc<str>,
) -> Option<Diagnostic> {
    let (name, title) = (language.name(), language.title());
    let (reason, help) = match missing {
        MissingEngine::Reported => return None,
        MissingEngine::Files => (
            format!("there is no engines/{name}/"),
            format!("make {title}'s engine by \"sitegen add {}\"", language.addition()),
        ),
        MissingEngine::Permission => (
            "a build starts no program that nothing allows".to_owned(),
            format!("install Node 20 or later, and allow it by [engines] {name} = \"node\""),
        ),
        MissingEngine::Program(reason) => (reason.clone(), "install Node 20 or later".to_owned()),
    };
    let exercises = if count == 1 { "exercise was" } else { "exercises were" };
    let message = format!("{count} {title} {exercises} not run: {reason}");
    Some(Diagnostic::warning(Code::ExercisesNotRun, message).at(Place::file(config)).help(help))
}
