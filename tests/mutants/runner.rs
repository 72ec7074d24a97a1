//! Runs programs in cases, and makes variations of cases, by the engines of the build.

use std::time::Duration;

use serde_json::json;
use sitegen_model::{Case, Exercise, Id, Language, Program, Role, Scenario};
use sitegen_prove::{Answer, Fared, Interpreter, Outcome, Python, Running, Sqlite, difference};
use sitegen_tests::Random;

use crate::database::{CaseDatabase, ask};
use crate::guide::{Problem, root};
use crate::promise::Promise;
use crate::variation;

/// The time that a program in Python may take in a case. A mutant that takes longer counts as endless.
const TIME: Duration = Duration::from_secs(5);

/// The most rows of a database that is varied. Databases that show how slow an answer is have more.
const ROWS: usize = 200;

/// The program that varies arguments, within the engine.
const VARY: &str = include_str!("vary.py");

/// Returns the path of the engine that runs programs, from the project's root.
pub(crate) fn interpreter(language: Language) -> &'static str {
    match language {
        Language::Sql => "themes/guide/engines/sql/sqlite3.wasm.gz",
        Language::Python => "engines/python/pyodide.asm.wasm.gz",
    }
}

/// The result of a program.
#[derive(Debug)]
pub(crate) enum Verdict {
    Passed,
    /// It gave another result, which is shown.
    Missed(String),
    /// It gave nothing, because it failed.
    Failed,
    /// It did not end, or gave far too much.
    Stopped,
}

/// The result of varying a case.
pub(crate) enum Varied {
    /// A case in which all solutions give the same.
    Case(Case),
    /// A case in which solutions differ, or one gives another result if rows come in another order.
    Disputed(Case, String),
    /// The variation breaks a promise or a constraint, or the solution fails.
    Refused,
}

/// The engines, each started when it is first needed.
pub(crate) struct Runner<'e> {
    sqlite: &'e Sqlite,
    python: &'e Python,
    running: Option<Running<'e>>,
    interpreter: Option<Interpreter<'e>>,
}

impl<'e> Runner<'e> {
    pub(crate) fn new(sqlite: &'e Sqlite, python: &'e Python) -> Self {
        Self { sqlite, python, running: None, interpreter: None }
    }

    fn sql(&mut self) -> &mut Running<'e> {
        self.running.get_or_insert_with(|| self.sqlite.start().expect("SQLite starts"))
    }

    fn python(&mut self) -> &mut Interpreter<'e> {
        self.interpreter.get_or_insert_with(|| {
            let permission = self.python.permission().expect("Node is there");
            self.python.start(permission, TIME).expect("Python starts")
        })
    }

    /// Runs a program in a case.
    pub(crate) fn run(&mut self, exercise: &Exercise, program: &str, case: &Case) -> Verdict {
        match &case.given {
            Scenario::Sql { setup, columns, rows } => match self.sql().run(setup, program) {
                Ok(Outcome::Answered(answer)) => {
                    let found = difference(&exercise.grade, columns.as_deref(), rows, &answer);
                    found.map_or(Verdict::Passed, Verdict::Missed)
                }
                Ok(Outcome::Stopped(_)) => Verdict::Stopped,
                Ok(Outcome::Failed(_)) | Err(_) => Verdict::Failed,
            },
            Scenario::Python { .. } => match self.fare(exercise, program, case) {
                Fared::Passed => Verdict::Passed,
                Fared::Missed(message) if message.starts_with("it raises") => Verdict::Failed,
                Fared::Missed(message) if message.starts_with("it gives") => Verdict::Missed(message),
                Fared::Missed(_) => Verdict::Stopped,
                Fared::ByChance(_) | Fared::Broken(_) => Verdict::Failed,
            },
        }
    }

    fn fare(&mut self, exercise: &Exercise, program: &str, case: &Case) -> Fared {
        let of = &exercise.programs[0];
        let (code, place) = (of.code.clone(), of.place.clone());
        let program = Program { role: Role::Wrong, title: None, text: program.to_owned(), code, place };
        self.python().fare(exercise, &program, case)
    }

    /// Returns the cases of a problem that can be varied.
    pub(crate) fn sources(&mut self, exercise: &Exercise) -> Vec<VariableCase> {
        let sources = exercise.cases.iter().filter_map(|case| match &case.given {
            Scenario::Sql { setup, columns, .. } => {
                let database =
                    CaseDatabase::read(self.sql(), setup).filter(|database| database.size() <= ROWS)?;
                Some(VariableCase::Sql { database, columns: columns.clone(), of: case.clone() })
            }
            // Cases with ranges only show how slow an answer is.
            Scenario::Python { args, .. } if args.contains("range(") => None,
            Scenario::Python { args, .. } => {
                Some(VariableCase::Python { args: args.clone(), of: case.clone() })
            }
        });
        sources.collect()
    }

    /// Makes a variation of one of a problem's cases.
    pub(crate) fn vary(
        &mut self,
        problem: &Problem,
        sources: &[VariableCase],
        promises: &[&Promise],
        seed: u64,
    ) -> Varied {
        let mut random = Random::new(seed);
        let at = random.below(sources.len());
        match &sources[at] {
            VariableCase::Sql { database, columns, of } => {
                let setup = variation::of(database, &mut random).setup();
                self.vary_sql(problem, promises, setup, columns.as_ref(), of)
            }
            VariableCase::Python { of, .. } => {
                let call = PythonCall { sources, at, seed };
                let solutions = json!([problem.solutions(), problem.exercise.entry, texts(promises)]);
                let (args, expect) = (call.of("args", ""), call.of("expected", &format!(", *{solutions}")));
                let case = Case { given: Scenario::Python { args, expect }, ..of.clone() };
                match self.fare(&problem.exercise, problem.solutions()[0], &case) {
                    Fared::Passed => Varied::Case(case),
                    Fared::Broken(reason) if reason.contains("the solutions differ") => {
                        Varied::Disputed(case, reason)
                    }
                    _ => Varied::Refused,
                }
            }
        }
    }

    fn vary_sql(
        &mut self,
        problem: &Problem,
        promises: &[&Promise],
        setup: String,
        columns: Option<&Vec<String>>,
        of: &Case,
    ) -> Varied {
        let (running, grade) = (self.sql(), &problem.exercise.grade);
        let holds = texts(promises).iter().all(|holds| {
            let answer = ask(running, &setup, &format!("SELECT 1 WHERE {holds}"));
            answer.is_some_and(|answer| answer.rows.len() == 1)
        });
        if !holds {
            return Varied::Refused;
        }
        let reversed = format!("{setup}pragma reverse_unordered_selects = on");
        let solutions = problem.solutions();
        let runs = solutions.iter().flat_map(|solution| [(&setup, solution), (&reversed, solution)]);
        let answers: Option<Vec<Answer>> =
            runs.map(|(setup, solution)| ask(running, setup, solution)).collect();
        let Some(answers) = answers else { return Varied::Refused };
        let columns = columns.cloned().or_else(|| Some(answers[0].columns.clone()));
        let rows = answers[0].rows.clone();
        let found = answers.iter().find_map(|answer| difference(grade, columns.as_deref(), &rows, answer));
        let case = Case { given: Scenario::Sql { setup, columns, rows }, ..of.clone() };
        match found {
            None => Varied::Case(case),
            Some(difference) => Varied::Disputed(case, difference),
        }
    }

    /// Writes the inputs of a case in words.
    pub(crate) fn shown(&mut self, exercise: &Exercise, case: &Case) -> String {
        let Scenario::Python { args, .. } = &case.given else {
            let Scenario::Sql { setup, .. } = &case.given else { return String::new() };
            return setup.clone();
        };
        let mut shown = String::new();
        // The text is asked for in pieces, because an error shows no more than this at once.
        for start in (0..4000).step_by(200) {
            let end = start + 200;
            let expect = args.replace(ARGS, PIECE).replace(END, &format!(", {start}, {end}{END}"));
            let case = Case { given: Scenario::Python { args: "()".to_owned(), expect }, ..case.clone() };
            let Fared::Broken(reason) = self.fare(exercise, "", &case) else { break };
            let piece = reason.split_once("ValueError: ").map_or("", |(_, piece)| piece);
            shown.push_str(piece);
            if piece.len() < 200 {
                break;
            }
        }
        shown
    }
}

fn texts<'p>(promises: &[&'p Promise]) -> Vec<&'p str> {
    promises.iter().map(|promise| promise.holds.as_str()).collect()
}

/// The beginnings and the end of the calls that give arguments, and that give a piece of them.
const ARGS: &str = "V[\"args\"](";
const PIECE: &str = "V[\"piece\"](";
const END: &str = "))[-1]";

/// A case that can be varied.
pub(crate) enum VariableCase {
    Sql { database: CaseDatabase, columns: Option<Vec<String>>, of: Case },
    Python { args: String, of: Case },
}

/// An expression of Python that varies a case's arguments.
struct PythonCall<'s> {
    sources: &'s [VariableCase],
    at: usize,
    seed: u64,
}

impl PythonCall<'_> {
    /// Writes an expression that calls a function of `vary.py`. JSON's texts, lists and numbers are Python's,
    /// too.
    fn of(&self, function: &str, more: &str) -> String {
        let args = self.sources.iter().filter_map(|source| match source {
            VariableCase::Python { args, .. } => Some(args),
            VariableCase::Sql { .. } => None,
        });
        let (vary, cases) = (json!(VARY), json!(args.collect::<Vec<_>>()));
        let given = format!("{cases}, {}, {}", self.at, self.seed);
        format!("(V := {{}}, exec({vary}, V), V[\"{function}\"]({given}{more}{END}")
    }
}

/// Reads the engines' files.
///
/// # Panics
///
/// If they are not there.
pub(crate) fn engines() -> (Sqlite, Python) {
    let wasm = std::fs::read(root().join(interpreter(Language::Sql))).expect("SQLite is there");
    let sqlite = Sqlite::new(&wasm).expect("it can be run");
    let python = Python { node: "node".to_owned(), folder: root().join("engines/python"), id: Id::default() };
    (sqlite, python)
}
