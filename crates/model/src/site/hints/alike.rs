//! Merges broken relative links that are written alike in several folders into one problem.

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_parser::{Among, Diagnostic};

use crate::site::errors;

/// Gives links that are written alike one cause, if they mean files of several folders and none of these has
/// a suggestion.
pub(super) fn as_one(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut files: HashMap<String, (Arc<str>, bool)> = HashMap::new();
    for problem in &problems {
        let Some((written, file)) = broken(problem) else { continue };
        match files.get_mut(written) {
            Some((first, several)) => *several |= first != file,
            None => _ = files.insert(written.to_owned(), (Arc::clone(file), false)),
        }
    }
    files.retain(|_, (_, several)| *several);
    if files.is_empty() {
        return problems;
    }
    for problem in &mut problems {
        if let Some((written, _)) = broken(problem).and_then(|(written, _)| files.get_key_value(written)) {
            *problem = errors::broken_alike(problem.clone(), written);
        }
    }
    problems
}

/// Returns a broken relative link without a suggestion, as it is written, and the file that it means.
fn broken(problem: &Diagnostic) -> Option<(&str, &Arc<str>)> {
    let cause =
        problem.cause.as_ref().filter(|cause| cause.among == Among::Files && problem.help.is_none())?;
    Some((errors::broken_as_written(problem)?, &cause.name))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use sitegen_parser::{Among, Diagnostic, Place};

    use super::as_one;
    use crate::site::errors;

    #[test]
    fn links_that_are_written_alike_have_one_cause() {
        let place = || Place::file(&Arc::from("content/a.md"));
        let broken = |to: &str, file: &str| errors::broken_link(to, Among::Files, file, place());
        let name = |problem: &Diagnostic| problem.cause.as_ref().map(|cause| cause.name.to_string());
        let problems = [("g", "a/g"), ("g#x", "b/g"), ("h", "a/h"), ("../a/h", "a/h"), ("i", "a/i")];
        let told = as_one(problems.iter().map(|(to, file)| broken(to, file)).collect());
        let names: Vec<_> = told.iter().filter_map(name).collect();
        assert_eq!(names, ["g", "g", "a/h", "a/h", "a/i"]);
        let hinted = vec![broken("g", "a/g").suggest(Some("h")), broken("g", "b/g")];
        assert_eq!(as_one(hinted.clone()), hinted);
    }
}
