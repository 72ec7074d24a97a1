//! Examines the cases of the guide's problems with mutants, programs that differ from a solution in one
//! place: each must fail a case, or never give another result.
//!
//! As a test, it only checks that the stored results are those of the problems as they are. `cargo xtask
//! mutants` makes them.

mod token;
mod mutant;
mod sql;
mod python;
mod guide;
mod promise;
mod database;
mod variation;
mod runner;
mod stored;
mod gate;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if let Some((first, options)) = arguments.split_first()
        && first == "--gate"
    {
        return gate::run(options);
    }
    let trials = vec![Trial::test("no_problem_changed_since_its_mutants_were_run", unchanged)];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn unchanged() -> Result<(), Failed> {
    match stored::stale().join(", ") {
        none if none.is_empty() => Ok(()),
        stale => Err(format!("run `cargo xtask mutants`: {stale}").into()),
    }
}
