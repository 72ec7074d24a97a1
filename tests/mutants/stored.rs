//! The results of the gate, which are stored in the project.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::PathBuf;

use flate2::read::GzDecoder;
use serde_json::json;
use sitegen_model::{Scenario, hash_bytes};
use toml::{Table, Value};

use crate::guide::{Problem, problems, root};
use crate::promise::{self, Promise};
use crate::runner::interpreter;

/// The version of the gate. It is raised whenever the same problem would have other mutants or variations.
const GATE: u32 = 1;

/// The result of a problem in which no mutant survived.
#[derive(Debug, Default)]
pub(crate) struct ProblemResult {
    pub problem: String,
    /// The hash of all that it depends on.
    pub id: String,
    pub variations: usize,
    pub mutants: usize,
    pub killed: usize,
    /// The mutants that are no programs, or never end, so that they show nothing.
    pub broken: usize,
    /// The solutions that have fewer mutants than they should.
    pub few: Vec<usize>,
    /// The mutants that never gave another result.
    pub equivalent: Vec<String>,
}

impl ProblemResult {
    pub(crate) fn of(problem: &Problem, id: String) -> Self {
        Self { problem: problem.slug.clone(), id, ..Self::default() }
    }
}

/// Hashes everything that decides the result of a problem: its solutions, cases and promises, and its engine.
/// Its name, its text and the names of its cases are not included.
pub(crate) fn id(problem: &Problem, promises: &[Promise]) -> String {
    let exercise = &problem.exercise;
    let packed = std::fs::read(root().join(interpreter(exercise.language))).expect("the engine is there");
    // The engine is unpacked, because compression does not matter.
    let mut engine = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut engine).expect("the engine is compressed");
    let mut all = format!("{GATE} {:x} {:?} {:?}", hash_bytes(&engine), exercise.entry, exercise.grade);
    let mut put = |piece: String| write!(all, "\n{piece}").expect("memory takes all");
    problem.solutions().into_iter().for_each(|solution| put(format!("{solution:?}")));
    for case in &exercise.cases {
        put(match &case.given {
            Scenario::Sql { setup, columns, rows } => format!("{setup:?} {columns:?} {rows:?}"),
            Scenario::Python { args, expect } => format!("{args:?} {expect:?}"),
        });
    }
    promise::of(problem, promises).for_each(|promise| put(format!("{:?}", promise.holds)));
    format!("{:032x}", hash_bytes(all.as_bytes()))
}

fn file() -> PathBuf {
    root().join("tests/mutants/results.toml")
}

/// Reads the stored results.
///
/// # Panics
///
/// If the file is malformed.
pub(crate) fn read() -> Vec<ProblemResult> {
    let text = std::fs::read_to_string(file()).unwrap_or_default();
    let table: Table = text.parse().expect("the results are TOML");
    let problems = table.get("problem").and_then(Value::as_array).into_iter().flatten();
    problems.filter_map(Value::as_table).map(read_one).collect()
}

fn read_one(table: &Table) -> ProblemResult {
    let text = |key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = |value: &Value| {
        value.as_integer().and_then(|number| usize::try_from(number).ok()).unwrap_or_default()
    };
    let count = |key: &str| table.get(key).map(number).unwrap_or_default();
    let list = |key: &str| table.get(key).and_then(Value::as_array).into_iter().flatten();
    ProblemResult {
        problem: text("name"),
        id: text("id"),
        variations: count("variations"),
        mutants: count("mutants"),
        killed: count("killed"),
        broken: count("broken"),
        few: list("few").map(number).collect(),
        equivalent: list("equivalent").filter_map(Value::as_str).map(str::to_owned).collect(),
    }
}

/// Stores the results of all problems.
///
/// # Panics
///
/// If the file cannot be written.
pub(crate) fn write(mut results: Vec<ProblemResult>) {
    results.sort_by(|a, b| a.problem.cmp(&b.problem));
    let mut text =
        "# Written by `cargo xtask mutants`: what came of the mutants of the problems' solutions.\n"
            .to_owned();
    for ProblemResult { problem, id, variations, mutants, killed, broken, few, equivalent } in results {
        write!(
            text,
            "\n[[problem]]\nname = {problem:?}\nid = {id:?}\nvariations = {variations}\nmutants = {mutants}\nkilled = {killed}\n\
             broken = {broken}\n"
        )
        .expect("memory takes all");
        if !few.is_empty() {
            writeln!(text, "few = {few:?}").expect("memory takes all");
        }
        let equivalent: Vec<_> =
            equivalent.into_iter().map(|change| format!("\n  {},", json!(change))).collect();
        let end = if equivalent.is_empty() { "" } else { "\n" };
        let equivalent = format!("[{}{end}]", equivalent.concat());
        writeln!(text, "equivalent = {equivalent}").expect("memory takes all");
    }
    std::fs::write(file(), text).expect("the results can be written");
}

/// Finds the problems that have changed since their results were stored.
pub(crate) fn stale() -> Vec<String> {
    let (results, promises) = (read(), promise::all());
    let is_kept = |problem: &Problem| results.iter().any(|result| result.id == id(problem, &promises));
    problems().iter().filter(|problem| !is_kept(problem)).map(|problem| problem.slug.clone()).collect()
}
