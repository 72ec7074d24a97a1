//! The inputs to begin with: the files of the suite's cases, and prose and data of others where there are
//! some.

use std::fs;
use std::path::{Path, PathBuf};

use super::FuzzTarget;
use crate::SuiteCase;

/// Files are cut at this length, because more of them does not help.
const LARGEST: usize = 8_000;

/// Collects the inputs from which those of a target are made.
///
/// # Panics
///
/// A case of the suite cannot be read.
pub fn corpus(target: &FuzzTarget) -> Vec<Vec<u8>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = below(&tests.join("suite"), &[".txt"]);
    let cases = cases.iter().map(|path| SuiteCase::read(path).expect("the case can be read"));
    if target.files.is_empty() {
        return cases.map(|case| case.before.into_bytes()).filter(|text| text.len() <= LARGEST).collect();
    }
    let sections = cases.flat_map(|case| case.sections);
    let wanted = sections.filter(|section| is_wanted(&section.header, target.files));
    let mut inputs: Vec<_> = wanted.map(|section| section.text.into_bytes()).collect();
    for path in below(&tests.join("../../shared/data"), target.files) {
        let mut bytes = fs::read(path).expect("the file can be read");
        bytes.truncate(LARGEST);
        inputs.push(bytes);
    }
    inputs.push(Vec::new());
    inputs
}

fn is_wanted(name: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| name.ends_with(end))
}

/// Lists the files below a folder whose names end in one of some ways, in the order of their paths.
pub fn below(folder: &Path, ends: &[&str]) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if is_wanted(&path.to_string_lossy(), ends) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
