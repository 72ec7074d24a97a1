//! Measures what the check of templates costs, by a program of the tests, because these have the guide in memory.

use std::process::ExitCode;

use crate::step::Step;

/// Measures, and prints the results.
pub(super) fn run(options: &[String]) -> ExitCode {
    let mut arguments = vec!["bench", "--locked", "--package", "sitegen-tests", "--bench", "check", "--"];
    arguments.extend(options.iter().map(String::as_str));
    ExitCode::from(u8::from(!Step::new("cargo", &arguments).run().succeeded))
}
