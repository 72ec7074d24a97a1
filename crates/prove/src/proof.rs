//! Proves exercises: solutions pass all cases, starters and mistakes do not.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_model::{Case, Exercise, Id, Language, Program, Role, Scenario};
use sitegen_parser::{Diagnostic, Diagnostics};

use crate::answer::Outcome;
use crate::python::{Permission, Python, TIME};
use crate::sqlite::{Running, Sqlite};
use crate::{errors, grade};

/// The version of our judgment, which is part of the id of each proof. Raise it whenever the same exercise
/// would be judged in another way.
const JUDGE: u32 = 1;

/// The engines that run programs, or why one is missing.
pub struct Engines<'e> {
    /// The engine for SQL.
    pub sql: Result<SqlEngine<'e>, MissingEngine>,
    /// The engine for Python.
    pub python: Result<Python, MissingEngine>,
}

/// A reason why no engine runs a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MissingEngine {
    /// The engine's files are not there.
    Files,
    /// The engine cannot be used, and a diagnostic says so already.
    Reported,
    /// `site.toml` does not allow a build to start the program that runs the engine.
    Permission,
    /// The program that runs the engine is missing or fails, for this reason.
    Program(String),
}

/// The engine for SQL, whose file is read only if a program has to run.
pub struct SqlEngine<'e> {
    /// The id of its file.
    pub id: Id,
    /// The path of the file in diagnostics.
    pub path: Arc<str>,
    /// Reads its WebAssembly, or says why that is not possible.
    pub load: &'e (dyn Fn() -> Result<Vec<u8>, String> + Sync),
}

/// The result of proving exercises.
#[derive(Debug, Default)]
pub struct Proof {
    /// The ids of the exercises that hold, each made of the exercise and its engine.
    pub proved: BTreeSet<Id>,
    /// The problems of the exercises that do not hold.
    pub diagnostics: Diagnostics,
}

/// The result of a program in a case.
#[derive(Debug)]
pub enum Fared {
    /// It gave the expected result.
    Passed,
    /// It gave another result, said in the words after "the solution fails the case: ".
    Missed(String),
    /// It gave the expected result, but gives another, said here, if tables are read in another order.
    ByChance(String),
    /// The case itself cannot be set up, for this reason.
    Broken(String),
}

/// Runs all exercises but those that are known to hold. `config` is the file in which authors allow a build
/// to start a program.
pub fn prove<'a>(
    exercises: impl Iterator<Item = &'a Exercise>,
    engines: &Engines<'_>,
    known: &BTreeSet<Id>,
    config: &Arc<str>,
) -> Proof {
    let (sql, python): (Vec<_>, Vec<_>) = exercises.partition(|exercise| exercise.language == Language::Sql);
    let mut proof = Proof::default();
    match &engines.sql {
        Ok(engine) => {
            let left = proof.take(&sql, engine.id, known);
            if !left.is_empty() {
                proof.add(prove_sql(&left, engine));
            }
        }
        Err(missing) => proof.miss(&sql, missing, config),
    }
    match &engines.python {
        Ok(engine) => {
            let left = proof.take(&python, engine.id, known);
            // If no exercise has to run, no process is started, not even to ask Node for its version.
            if !left.is_empty() {
                match engine.permission() {
                    Ok(permission) => proof.add(prove_python(&left, engine, permission)),
                    Err(reason) => proof.miss(&python, &MissingEngine::Program(reason), config),
                }
            }
        }
        Err(missing) => proof.miss(&python, missing, config),
    }
    proof
}

/// Exercises that have to run, each with the id of its proof.
type Left<'a> = Vec<(Id, &'a Exercise)>;

/// The ids of exercises that were run, each with its problems.
type Judged = Vec<(Id, Diagnostics)>;

impl Proof {
    /// Takes over the exercises that are known to hold, and returns the others.
    fn take<'a>(&mut self, exercises: &[&'a Exercise], engine: Id, known: &BTreeSet<Id>) -> Left<'a> {
        let all = exercises.iter().map(|exercise| (Id::of(&(JUDGE, engine, exercise.id())), *exercise));
        let (held, left): (Vec<_>, Vec<_>) = all.partition(|(id, _)| known.contains(id));
        self.proved.extend(held.into_iter().map(|(id, _)| id));
        left
    }

    fn miss(&mut self, exercises: &[&Exercise], missing: &MissingEngine, config: &Arc<str>) {
        let Some(first) = exercises.first() else { return };
        self.diagnostics.extend(errors::not_run(first.language, exercises.len(), missing, config));
    }

    fn add(&mut self, judged: Result<Judged, Diagnostic>) {
        match judged {
            Ok(judged) => {
                for (id, found) in judged {
                    if found.is_empty() {
                        self.proved.insert(id);
                    }
                    self.diagnostics.extend(found);
                }
            }
            Err(broken) => self.diagnostics.push(broken),
        }
    }
}

fn prove_sql(left: &Left<'_>, engine: &SqlEngine<'_>) -> Result<Judged, Diagnostic> {
    let broken = |reason: String| errors::broken_engine(Language::Sql, &reason, Some(&engine.path));
    let sqlite = (engine.load)().and_then(|wasm| Sqlite::new(&wasm)).map_err(broken)?;
    let judge = |running: &mut Result<Running<'_>, String>, (id, exercise): &(Id, &Exercise)| match running {
        Ok(running) => Ok((*id, judge(exercise, |program, case| fare(running, exercise, program, case)))),
        Err(reason) => Err(broken(reason.clone())),
    };
    left.par_iter().map_init(|| sqlite.start(), judge).collect()
}

/// Runs all exercises in one process, because starting Python takes longer than running them.
fn prove_python(left: &Left<'_>, engine: &Python, permission: Permission) -> Result<Judged, Diagnostic> {
    let broken = |reason: String| errors::broken_engine(Language::Python, &reason, None);
    let mut interpreter = engine.start(permission, TIME).map_err(broken)?;
    let judge = |(id, exercise): &(Id, &Exercise)| {
        (*id, judge(exercise, |program, case| interpreter.fare(exercise, program, case)))
    };
    Ok(left.iter().map(judge).collect())
}

/// Runs a program of SQL in a case, and a solution once more with tables read backwards.
fn fare(running: &mut Running<'_>, exercise: &Exercise, program: &Program, case: &Case) -> Fared {
    let Scenario::Sql { setup, columns, rows } = &case.given else {
        return Fared::Broken("it holds no database".to_owned());
    };
    let mut compare = |setup: &str| {
        let outcome = running.run(setup, &program.text).map_err(Fared::of_setup)?;
        Ok(match outcome {
            Outcome::Answered(answer) => {
                grade::difference(&exercise.grade, columns.as_deref(), rows, &answer)
            }
            Outcome::Failed(message) => Some(message),
            Outcome::Stopped(bound) => Some(format!("it {}", bound.words())),
        })
    };
    match compare(setup) {
        Err(broken) => return broken,
        Ok(Some(difference)) => return Fared::Missed(difference),
        Ok(None) => {}
    }
    // Rows that no ORDER BY sorts come in another order if tables are read backwards.
    if program.role == Role::Solution && exercise.grade.ordered {
        let reversed = format!("{setup}\n;pragma reverse_unordered_selects = on");
        if let Ok(Some(difference)) = compare(&reversed) {
            return Fared::ByChance(difference);
        }
    }
    Fared::Passed
}

impl Fared {
    fn of_setup(outcome: Outcome) -> Self {
        Self::Broken(match outcome {
            Outcome::Answered(_) => "it gives a table".to_owned(),
            Outcome::Failed(message) => message,
            Outcome::Stopped(bound) => format!("it {}", bound.words()),
        })
    }
}

/// Runs the programs of an exercise, each until it fails a case.
fn judge(exercise: &Exercise, mut fare: impl FnMut(&Program, &Case) -> Fared) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut broken = BTreeSet::new();
    for program in &exercise.programs {
        let mut passed = 0;
        for (at, case) in exercise.cases.iter().enumerate() {
            match fare(program, case) {
                Fared::Passed => passed += 1,
                Fared::Broken(reason) => {
                    if broken.insert(at) {
                        found.push(errors::broken_case(case, &reason));
                    }
                }
                Fared::ByChance(difference) => {
                    found.push(errors::unordered_solution(program, case, &difference));
                    break;
                }
                Fared::Missed(difference) => {
                    if program.role == Role::Solution {
                        found.push(errors::failing_solution(program, case, &difference));
                    }
                    break;
                }
            }
        }
        match program.role {
            _ if passed < exercise.cases.len() => {}
            Role::Starter => found.push(errors::passing_starter(program)),
            Role::Wrong => found.push(errors::passing_mistake(program)),
            Role::Solution => {}
        }
    }
    found
}
