//! Runs the cases of `tests/suite`, each as a test of its own. With `UPDATE=1`, writes what comes of them instead.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use sitegen_tests::{Case, check, update};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("suite");
    let trials = case_files(&suite).into_iter().map(|path| {
        let name = path.strip_prefix(&suite).unwrap_or(&path).with_extension("");
        Trial::test(name.to_string_lossy(), move || run(&path))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
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
    let case = Case::read(path)?;
    if std::env::var_os("UPDATE").is_some() {
        return Ok(std::fs::write(path, update(&case)?)?);
    }
    Ok(check(&case)?)
}
