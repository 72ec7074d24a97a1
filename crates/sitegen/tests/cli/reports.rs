//! Tests of the formats of problems.

use crate::sandbox::{Run, Sandbox};

fn broken() -> Sandbox {
    let site = Sandbox::small();
    site.write("content/notes/a.md", "+++\ntitle = \"A\"\nnext = \"bb\"\n+++\nText.\n");
    site
}

#[test]
fn for_people() {
    let run = broken().run(&["build"]);
    let expected = "error[unknown-reference]: no note is called \"bb\"\n \
                    --> content/notes/a.md:3:8\n  |\n3 | next = \"bb\"\n  |        ^^^^\n";
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
    assert!(run.stderr.contains("1 error"), "{}", run.stderr);
    assert!(run.stderr.contains("nothing was published"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[test]
fn as_json() {
    let run = broken().run(&["build", "--format", "json"]);
    let lines: Vec<_> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.stderr);
    let unchecked: serde_json::Value = serde_json::from_str(lines[1]).expect("it is JSON");
    assert_eq!(unchecked["severity"], "note");
    assert!(unchecked["message"].as_str().is_some_and(|it| it.contains("not checked")), "{unchecked}");
    let found: serde_json::Value = serde_json::from_str(lines[0]).expect("it is JSON");
    assert_eq!(found["code"], "unknown-reference");
    assert_eq!(found["severity"], "error");
    assert_eq!(found["message"], "no note is called \"bb\"");
    let place = found.to_string();
    assert!(place.contains("content/notes/a.md"), "{place}");
}

#[test]
fn as_annotations() {
    let run = broken().run(&["check", "--format", "github"]);
    assert!(run.stderr.starts_with("::error file="), "{}", run.stderr);
    assert!(run.stderr.contains("content/notes/a.md,line=3"), "{}", run.stderr);
    assert!(run.stderr.contains("no note is called \"bb\""), "{}", run.stderr);
}

#[test]
fn annotations_escape_what_would_be_a_command() {
    let site = Sandbox::small();
    site.write("content/notes/a.md", "+++\ntitle = \"A\"\nnext = \"x%0A\\n::error::y\"\n+++\n");
    let run = site.run(&["check", "--format", "github"]);
    assert_eq!(run.stderr.lines().filter(|line| line.starts_with("::")).count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("x%250A%0A::error::y"), "{}", run.stderr);
}

#[test]
fn why_nothing_was_done_has_no_code() {
    let site = Sandbox::small();
    site.write("public/own.txt", "Text.\n");
    let said = |format| site.run(&["build", "--format", format]).stderr;
    let (people, programs, github) = (said("human"), said("json"), said("github"));
    let help = "choose another folder by --output-dir, or publish beside them by --force";
    assert!(people.starts_with("error: the output folder "), "{people}");
    assert!(people.ends_with(&format!("no build wrote: own.txt\n  |\n  = help: {help}\n")), "{people}");
    assert!(
        programs.starts_with("{\"code\":null,\"severity\":\"error\",\"message\":\"the output folder "),
        "{programs}"
    );
    assert!(
        programs.ends_with(&format!("\"note\":null,\"help\":\"{help}\",\"cause\":null}}\n")),
        "{programs}"
    );
    assert!(github.starts_with("::error::the output folder "), "{github}");
    assert!(github.ends_with(&format!("own.txt%0Ahelp: {help}\n")), "{github}");
}

#[test]
fn colours_are_for_terminals_and_on_demand() {
    let site = broken();
    assert!(!site.run(&["check"]).stderr.contains('\u{1b}'));
    assert!(site.run(&["check", "--color", "always"]).stderr.contains('\u{1b}'));
    let mut command = site.command(&["check"]);
    command.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1");
    assert!(!Run::of(command).stderr.contains('\u{1b}'));
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let site = Sandbox::small();
    site.write(
        "content/notes/a.md",
        "+++\ntitle = \"A\"\nnext = \"\\u001b[31mred\"\n+++\n[x](\u{1b}]0;title\u{7})\n",
    );
    let run = site.run(&["check"]);
    assert_eq!(run.code, Some(1));
    assert!(!run.stderr.contains('\u{1b}') && !run.stderr.contains('\u{7}'), "{:?}", run.stderr);
}

#[test]
fn quiet_says_problems_only() {
    let site = Sandbox::small();
    assert_eq!(site.run(&["build", "-q"]).stdout, "");
    let verbose = site.run(&["build", "-v", "--base-url", "https://other.example"]);
    assert!(verbose.stdout.contains("rendered") || verbose.stderr.contains("rendered"), "{}", verbose.stdout);
}

#[test]
fn a_summary_counts_and_times() {
    let summary = Sandbox::small().build().stdout;
    assert!(summary.starts_with("2 pages, 2 files: 2 written, 0 unchanged, 0 deleted in "), "{summary}");
}
