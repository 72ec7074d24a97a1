//! The promises of the problems' texts about the inputs of programs. A variation that breaks one proves
//! nothing.

use toml::Value;

use crate::guide::{Problem, root};

/// A promise, as `promises.toml` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promise {
    problem: String,
    /// The words of the problem that promise it.
    says: String,
    /// An expression that is true if the promise is kept: of SQL, or of Python, where it sees the arguments
    /// by name.
    pub holds: String,
}

/// Reads all promises.
///
/// # Panics
///
/// If the file is missing or malformed.
pub(crate) fn all() -> Vec<Promise> {
    let text = std::fs::read_to_string(root().join("tests/mutants/promises.toml"))
        .expect("there is a file of promises");
    let file: toml::Table = text.parse().expect("it is TOML");
    let promises = file.get("promise").and_then(Value::as_array).into_iter().flatten();
    promises.map(read).collect()
}

fn read(promise: &Value) -> Promise {
    let key = |name: &str| {
        let value = promise.get(name).and_then(Value::as_str);
        value.unwrap_or_else(|| panic!("a promise lacks {name}: {promise:?}")).trim().to_owned()
    };
    Promise { problem: key("problem"), says: key("says"), holds: key("holds") }
}

/// Returns the promises of a problem.
pub(crate) fn of<'p>(problem: &'p Problem, promises: &'p [Promise]) -> impl Iterator<Item = &'p Promise> {
    promises.iter().filter(|promise| promise.problem == problem.slug)
}

/// Finds promises that no problem makes in these words.
pub(crate) fn unsaid(promises: &[Promise], problems: &[Problem]) -> Vec<String> {
    let is_said = |promise: &Promise| {
        problems.iter().any(|problem| problem.slug == promise.problem && problem.text.contains(&promise.says))
    };
    let unsaid = promises.iter().filter(|promise| !is_said(promise));
    unsaid.map(|promise| format!("{}: \"{}\"", promise.problem, promise.says)).collect()
}
