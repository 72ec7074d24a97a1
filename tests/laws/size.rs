//! Functions and files stay small, and each file says what lives in it.

use regex_lite::Regex;

use crate::project::{SourceFile, none, rust};

const LINES_OF_A_FUNCTION: usize = 80;
const LINES_OF_A_FILE: usize = 400;
const MEDIAN_OF_FUNCTIONS: usize = 12;

fn sources() -> Vec<SourceFile> {
    ["crates", "tests", "xtask"].into_iter().flat_map(rust).collect()
}

/// Each function's name and its lines.
fn functions(source: &SourceFile) -> Vec<(String, usize)> {
    let head = Regex::new(r"^( *)(?:pub(?:\([a-z]+\))? )?(?:const )?fn (\w+)")
        .expect("the expression is a constant");
    let lines: Vec<_> = source.text.lines().collect();
    let mut functions = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let Some(found) = head.captures(line) else { continue };
        let end = format!("{}}}", &found[1]);
        let length = match lines[number..].iter().position(|line| **line == end) {
            Some(length) if !line.ends_with('}') => length + 1,
            _ => 1,
        };
        functions.push((format!("{}: {} has {length} lines", source.path, &found[2]), length));
    }
    functions
}

#[test]
fn functions_are_short() {
    let functions: Vec<_> = sources().iter().flat_map(functions).collect();
    let long = functions.iter().filter(|(_, length)| *length > LINES_OF_A_FUNCTION);
    none("too long", &long.map(|(name, _)| name.clone()).collect::<Vec<_>>());
    let mut lengths: Vec<_> = functions.iter().map(|(_, length)| *length).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= MEDIAN_OF_FUNCTIONS, "the median function has {median} lines");
}

#[test]
fn files_are_short() {
    let lines = |source: &SourceFile| source.text.lines().count();
    let long = sources().into_iter().filter(|source| lines(source) > LINES_OF_A_FILE);
    none("too long", &long.map(|source| format!("{}: {}", source.path, lines(&source))).collect::<Vec<_>>());
}

#[test]
fn files_say_what_lives_in_them() {
    let silent = sources().into_iter().filter(|source| !source.text.starts_with("//! "));
    none("without a first line that says it", &silent.map(|source| source.path).collect::<Vec<_>>());
}

#[test]
fn no_file_is_called_mod() {
    let found = sources().into_iter().filter(|source| source.path.ends_with("/mod.rs"));
    none("foo.rs and foo/ instead of", &found.map(|source| source.path).collect::<Vec<_>>());
}
