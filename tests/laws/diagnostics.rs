//! Every diagnostic has its constructor in an `errors.rs`, a case that provokes it, and a line in the docs.

use std::collections::BTreeSet;

use regex_lite::Regex;
use sitegen_parser::Code;

use crate::project::{PURE, files, none, read, rust};

/// Returns true if a file is one in which a crate's diagnostics are made.
fn is_errors(path: &str) -> bool {
    path.ends_with("/errors.rs") || path.contains("/errors/")
}

/// Collects the variants of the codes that constructors make, which are all in an `errors.rs`.
fn made() -> BTreeSet<String> {
    let made =
        Regex::new(r"Diagnostic::(?:error|warning)\(\s*Code::(\w+)").expect("the expression is a constant");
    let errors = rust("crates").into_iter().filter(|source| is_errors(&source.path));
    let codes = errors.flat_map(|source| {
        made.captures_iter(&source.text).map(|found| found[1].to_owned()).collect::<Vec<_>>()
    });
    codes.collect()
}

/// Returns the names of the codes that fail a test.
fn but(is_so: impl Fn(Code) -> bool) -> Vec<String> {
    Code::ALL.iter().filter(|code| !is_so(**code)).map(Code::to_string).collect()
}

/// Reads the texts of the cases and of the program's own tests.
fn cases() -> String {
    let cases = files("tests/suite").into_iter().chain(files("crates/sitegen/tests"));
    cases.map(|source| source.text).collect()
}

#[test]
fn every_code_has_a_case() {
    let cases = cases();
    none("no case provokes", &but(|code| cases.contains(&format!("[{code}]"))));
}

#[test]
fn every_code_is_documented() {
    let docs = read("docs/diagnostics.md");
    none("docs/diagnostics.md does not know", &but(|code| docs.contains(&format!("`{code}`"))));
}

/// Returns the codes that the docs list, in their order.
fn documented() -> Vec<String> {
    let code = Regex::new(r"(?m)^(?:\| *|#+ *|- *)`([a-z0-9]+(?:-[a-z0-9]+)*)`")
        .expect("the expression is a constant");
    let docs = read("docs/diagnostics.md");
    code.captures_iter(&docs).map(|found| found[1].to_owned()).collect()
}

#[test]
fn every_documented_code_exists() {
    let unknown = documented().into_iter().filter(|name| Code::named(name).is_none());
    none("no diagnostic has the code", &unknown.collect::<Vec<_>>());
}

#[test]
fn every_code_is_documented_once() {
    let mut seen = BTreeSet::new();
    let twice = documented().into_iter().filter(|code| !seen.insert(code.clone()));
    none("docs/diagnostics.md lists twice", &twice.collect::<Vec<_>>());
}

#[test]
fn every_code_is_made() {
    let made = made();
    none("no constructor makes", &but(|code| made.contains(&format!("{code:?}"))));
}

#[test]
fn diagnostics_are_made_by_named_constructors() {
    let made = Regex::new(r"Diagnostic::(error|warning)\(").expect("the expression is a constant");
    let pure = PURE.iter().flat_map(|folder| rust(&format!("crates/{folder}/src")));
    let elsewhere = pure.into_iter().filter(|source| !is_errors(&source.path) && made.is_match(&source.text));
    none(
        "errors.rs is the place for diagnostics, not",
        &elsewhere.map(|source| source.path).collect::<Vec<_>>(),
    );
}

#[test]
fn messages_are_lower_case_without_a_full_stop() {
    let literal =
        Regex::new(r#"Diagnostic::(?:error|warning)\(\s*Code::\w+,\s*(?:format!\(\s*)?"((?:[^"\\]|\\.)*)""#)
            .expect("the expression is a constant");
    // "HTML" may begin a message, because it is a word.
    let capital = Regex::new("^[A-Z][a-z]").expect("the expression is a constant");
    let mut found = Vec::new();
    for source in rust("crates").iter().filter(|source| is_errors(&source.path)) {
        let messages = literal.captures_iter(&source.text).map(|found| found[1].to_owned());
        let wrong = |text: &String| text.ends_with('.') || capital.is_match(text);
        found.extend(messages.filter(wrong));
    }
    none("not a lower-case sentence without a full stop", &found);
}
