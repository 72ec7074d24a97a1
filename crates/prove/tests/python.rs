//! Runs right, wrong and misbehaving programs in Python as a build does. Needs Node.
//!
//! `node crates/prove/src/python/ways-out.mjs` tries to reach what programs must not reach.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sitegen_model::{Case, Exercise, Grade, Id, Language, Program, Role, Scenario};
use sitegen_parser::{Diagnostics, Markdown, Place};
use sitegen_prove::{Engines, MissingEngine, Proof, Python, prove};

fn engine() -> Python {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../engines/python");
    let folder = folder.canonicalize().expect("the engine is in the project");
    Python { node: "node".to_owned(), folder, id: Id::default() }
}

fn place(start: usize) -> Place {
    Place::new(&"a.md".into(), &(start..start + 1))
}

/// Makes an exercise whose function `f` should return the squares of its arguments, 0 and 3.
fn squares(programs: &[(Role, &str)]) -> Exercise {
    exercise(&[("(0,)", "0"), ("(3,)", "9")], programs)
}

fn exercise(cases: &[(&str, &str)], programs: &[(Role, &str)]) -> Exercise {
    let nothing = || Arc::new(Markdown::default());
    let case = |(at, (args, expect)): (usize, &(&str, &str))| Case {
        name: format!("case {at}"),
        place: place(at),
        given: Scenario::Python { args: (*args).to_owned(), expect: (*expect).to_owned() },
    };
    let program = |(at, (role, text)): (usize, &(Role, &str))| Program {
        role: *role,
        title: None,
        text: (*text).to_owned(),
        code: nothing(),
        place: place(100 + at),
    };
    Exercise {
        language: Language::Python,
        entry: Some("f".to_owned()),
        grade: Grade::default(),
        cases: cases.iter().enumerate().map(case).collect(),
        programs: programs.iter().enumerate().map(program).collect(),
        prompt: nothing(),
        rest: nothing(),
    }
}

fn proof(exercises: &[Exercise], python: Result<Python, MissingEngine>, known: &BTreeSet<Id>) -> Proof {
    let engines = Engines { sql: Err(MissingEngine::Files), python };
    prove(exercises.iter(), &engines, known, &"site.toml".into())
}

fn messages(found: &Diagnostics) -> Vec<String> {
    found.iter().map(|found| format!("{}: {}", found.code, found.message)).collect()
}

/// Asserts that there are as many messages as expectations, and that each meets its own.
fn each(messages: &[String], expected: &[&str], meets: impl Fn(&str, &str) -> bool) {
    assert_eq!(messages.len(), expected.len(), "{messages:#?}");
    for (message, expected) in messages.iter().zip(expected) {
        assert!(meets(message, expected), "{message}");
    }
}

#[test]
fn solutions_pass_and_mistakes_fail() {
    let right = squares(&[
        (Role::Starter, "def f(x): ..."),
        (Role::Solution, "def f(x): return x * x"),
        (Role::Wrong, "def f(x): return 2 * x"),
        (Role::Wrong, "def f(x): return float(x * x)"),
    ]);
    let wrong = squares(&[
        (Role::Starter, "f = lambda x: x ** 2"),
        (Role::Solution, "def f(x): return x + x"),
        (Role::Solution, "def f(x) return x"),
        (Role::Solution, "def g(x): return x"),
    ]);
    let broken = exercise(
        &[("(1,)", "1"), ("(1,", "1"), ("(1,)", "undefined")],
        &[(Role::Starter, "def f(x): return 0"), (Role::Solution, "def f(x): return x")],
    );
    let proof = proof(&[right, wrong, broken], Ok(engine()), &BTreeSet::new());
    assert_eq!(proof.proved.len(), 1);
    let messages = messages(&proof.diagnostics);
    let begins = [
        "passing-starter: the starter passes every case",
        "failing-solution: the solution fails the case \"case 1\": it gives 6 instead of 9",
        "failing-solution: the solution fails the case \"case 0\": ",
        "failing-solution: the solution fails the case \"case 0\": ",
        "broken-case: the case \"case 1\" cannot be set up: ",
        "broken-case: the case \"case 2\" cannot be set up: ",
    ];
    each(&messages, &begins, |message, begin| message.starts_with(begin));
}

#[test]
fn programs_that_do_not_behave_are_stopped_and_the_next_ones_run() {
    let right = "def f(x): return x * x";
    let solutions = [
        "def f(x):\n    while True:\n        pass",
        right,
        "import os\ndef f(x): os._exit(0)",
        right,
        "def f(x):\n    y = [x]\n    while True:\n        y = y * 2",
        right,
        "def f(x): return open('/etc/passwd').read()",
        "def f(x):\n    import js\n    return js.fetch",
    ];
    let mut programs = vec![(Role::Starter, "def f(x): ...")];
    programs.extend(solutions.map(|text| (Role::Solution, text)));
    let proof = proof(&[squares(&programs)], Ok(engine()), &BTreeSet::new());
    let messages = messages(&proof.diagnostics);
    let holds = [
        "it does not end, or takes too long",
        "it breaks the interpreter",
        "it raises MemoryError",
        "it raises FileNotFoundError",
        "it raises ModuleNotFoundError",
    ];
    each(&messages, &holds, |message, holds| message.contains(holds));
}

#[test]
fn what_is_known_to_hold_starts_nothing() {
    let exercise =
        || squares(&[(Role::Starter, "def f(x): ..."), (Role::Solution, "def f(x): return x * x")]);
    let known = proof(&[exercise()], Ok(engine()), &BTreeSet::new()).proved;
    let nowhere = Python { folder: PathBuf::from("/nowhere"), ..engine() };
    let again = proof(&[exercise()], Ok(nowhere), &known);
    assert_eq!((again.proved, messages(&again.diagnostics)), (known, Vec::new()));
}

#[test]
fn a_program_that_is_no_node_says_so() {
    let missing = Python { node: "no-such-node".to_owned(), ..engine() };
    let found = proof(&[squares(&[])], Ok(missing), &BTreeSet::new()).diagnostics;
    let begin = "exercises-not-run: 1 Python exercise was not run: no-such-node cannot be started";
    each(&messages(&found), &[begin], |message, begin| message.starts_with(begin));
    let proof = proof(
        &[squares(&[])],
        Err(MissingEngine::Program("node is version v18.0.0, but 20 or later is needed".to_owned())),
        &BTreeSet::new(),
    );
    let expected = "exercises-not-run: 1 Python exercise was not run: node is version v18.0.0, but 20 or later is needed";
    assert_eq!(messages(&proof.diagnostics), [expected]);
}
