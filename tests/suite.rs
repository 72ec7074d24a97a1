//! Runs the cases of `tests/suite`, each as a test of its own. With `UPDATE=1`, it writes the results into
//! the cases instead.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use sitegen_tests::{SuiteCase, check, update};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("suite");
    let trials: Vec<_> = case_files(&suite).into_iter().map(|path| trial(&suite, path)).collect();
    let marked = trials.iter().filter(|trial| trial.kind() == MARKED).count();
    let conclusion = libtest_mimic::run(&arguments, trials);
    if marked > 0 {
        println!("{marked} cases of the suite are expected to fail as yet\n");
    }
    conclusion.exit_code()
}

/// The kind of a case that is expected to fail.
const MARKED: &str = "expected to fail";

fn trial(suite: &Path, path: PathBuf) -> Trial {
    let name = path.strip_prefix(suite).unwrap_or(&path).with_extension("").to_string_lossy().into_owned();
    let is_marked = SuiteCase::read(&path).is_ok_and(|case| case.expected_to_fail.is_some());
    Trial::test(name, move || run(&path)).with_kind(if is_marked { MARKED } else { "" })
}

fn case_files(suite: &Path) -> Vec<PathBuf> {
    let folders = entries(suite).into_iter().filter(|path| path.is_dir());
    let mut files: Vec<_> = folders.flat_map(|folder| entries(&folder)).collect();
    files.sort();
    files
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

fn run(path: &Path) -> Result<(), Failed> {
    let case = SuiteCase::read(path)?;
    if std::env::var_os("UPDATE").is_some() && case.expected_to_fail.is_none() {
        return Ok(std::fs::write(path, update(&case)?)?);
    }
    Ok(check(&case)?)
}
