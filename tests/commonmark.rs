//! Runs the examples of the specification of `CommonMark`, each as a test of its own, and expects the differences that
//! `tests/commonmark/differences.toml` lists, no more and no fewer. Without the specification, which npm installs in
//! that folder, one test is counted as ignored.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use sitegen_tests::prose::{self, RenderedText};
use sitegen_tests::{LinkScope, decoded, normal};

/// The number of examples in the specification. It is checked, because an example that is not read would not
/// be run.
const EXAMPLES: usize = 652;
const FENCE: &str = "````````````````````````````````";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let path = folder().join("node_modules/commonmark-spec/spec.txt");
    let trials = match std::fs::read_to_string(&path) {
        Ok(spec) => trials(&spec),
        Err(error) => {
            eprintln!("ignored: {}: {error}", path.display());
            vec![Trial::test("examples", || Ok(())).with_ignored_flag(true)]
        }
    };
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("commonmark")
}

/// An example of the specification.
struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

fn trials(spec: &str) -> Vec<Trial> {
    let examples = examples(spec);
    let mut differences = differences();
    let texts: Vec<_> = examples.iter().map(|example| example.markdown.as_str()).collect();
    let shown = prose::show(&texts, &files(&examples));
    let count = examples.len();
    let mut trials: Vec<_> = examples
        .into_iter()
        .zip(shown)
        .map(|(example, shown)| {
            let reason = differences.remove(&example.number);
            let name = format!("{}/{}", example.section, example.number);
            Trial::test(name, move || check(&example, &shown, reason.as_deref()))
        })
        .collect();
    trials.push(Trial::test("all examples are read", move || match count {
        EXAMPLES if differences.is_empty() => Ok(()),
        _ => Err(format!("{count} examples; listed, but none of them: {:?}", differences.keys()).into()),
    }));
    trials
}

fn examples(spec: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut section = "";
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix('#') {
            section = title.trim_start_matches('#').trim();
        } else if line == format!("{FENCE} example") {
            let mut part = |end: &str| {
                let lines = lines.by_ref().take_while(|line| *line != end);
                lines.flat_map(|line| [line, "\n"]).collect::<String>().replace('→', "\t")
            };
            let (markdown, html) = (part("."), part(FENCE));
            examples.push(Example {
                number: examples.len() + 1,
                section: section.to_owned(),
                markdown,
                html,
            });
        }
    }
    examples
}

/// Reads the examples that are meant to differ, with the reasons.
fn differences() -> BTreeMap<usize, String> {
    let text = std::fs::read_to_string(folder().join("differences.toml")).expect("the list is there");
    let table: BTreeMap<String, Vec<usize>> = toml::from_str(&text).expect("the list is TOML");
    let listed = table.into_iter().flat_map(|(reason, numbers)| {
        numbers.into_iter().map(move |number| (number, reason.clone())).collect::<Vec<_>>()
    });
    listed.collect()
}

/// Collects the files to which the links of the examples lead, because a link that leads nowhere is an error.
fn files(examples: &[Example]) -> Vec<String> {
    let mut files = BTreeSet::new();
    for example in examples {
        for attribute in ["href=\"", "src=\""] {
            let values = example.html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
            files.extend(values.filter_map(linked_file));
        }
    }
    files.into_iter().collect()
}

/// The file of a link within the site.
fn linked_file(link: &str) -> Option<String> {
    let path = link.split(['?', '#']).next()?;
    let scheme = path
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_alphanumeric() || "+-".contains(c)));
    if path.is_empty() || scheme {
        return None;
    }
    let path = decoded(path);
    Some(match path.strip_prefix('/') {
        Some(path) => format!("static/{path}"),
        None => format!("content/notes/{}", path.trim_start_matches("./")),
    })
}

fn check(example: &Example, shown: &RenderedText, reason: Option<&str>) -> Result<(), Failed> {
    let Example { markdown, html: specified, .. } = example;
    // Links to files beside the text are written from the root.
    let found = shown.html.replace("=\"/notes/", "=\"");
    match (normal(specified, LinkScope::All) == normal(&found, LinkScope::All), reason) {
        (true, None) | (false, Some(_)) => Ok(()),
        (true, Some(reason)) => Err(format!("no difference any more, listed as: {reason}").into()),
        (false, None) => {
            let problems: Vec<_> = shown.problems.iter().map(|problem| &problem.message).collect();
            Err(format!("{markdown}--- specified\n{specified}--- found\n{found}--- {problems:?}").into())
        }
    }
}
