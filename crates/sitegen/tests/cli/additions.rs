//! Tests of `add`: the files for exercises, in sites and themes of others.

use std::fs;
use std::path::PathBuf;

use crate::sandbox::{Sandbox, copy, files, workspace};

/// Returns the files that a page of the documentation shows, each with its path in a comment at the top.
fn shown(page: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(workspace().join(page)).expect("is readable");
    let mut shown = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let fence: String = line.chars().take_while(|letter| *letter == '`').collect();
        if fence.len() < 3 {
            continue;
        }
        let block: Vec<_> = lines.by_ref().take_while(|line| *line != fence).collect();
        let first = block.first().copied().unwrap_or_default();
        let path = first.trim_matches(|letter: char| "#{}-<>! ".contains(letter));
        if path != first && path.contains('.') && !path.contains(' ') {
            shown.push((path.to_owned(), block.join("\n") + "\n"));
        }
    }
    shown
}

/// Returns the folder of the package that npm installs for `cargo xtask practice`, if it is installed.
fn package() -> Option<PathBuf> {
    let package = workspace().join("xtask/practice/node_modules/pyodide");
    if !package.exists() {
        eprintln!("skipped: there is no {}", package.display());
        return None;
    }
    Some(package)
}

/// Makes a small site, and beside it a package that claims to be the right one.
fn beside_a_package(about: &str) -> Sandbox {
    let site = Sandbox::small();
    site.write("package/package.json", about);
    site.write("package/pyodide.asm.wasm", "no WebAssembly");
    site.write("package/pyodide.asm.mjs", "no script");
    site
}

const RIGHT: &str = r#"{"name": "pyodide", "version": "314.0.7"}"#;

#[test]
fn a_theme_has_exercises_as_the_documentation_shows() {
    let site = Sandbox::empty();
    for (path, text) in shown("docs/exercises.md") {
        site.write(&path, &text);
    }
    let run = site.run(&["--root", "themes/tutorial", "add", "exercises"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let declared = site.read("themes/tutorial/theme.toml");
    let template = site.read("themes/tutorial/templates/lesson.html");
    for text in [declared, template] {
        for line in text.lines().skip(1).filter(|line| !line.is_empty()) {
            assert!(run.stdout.contains(line), "it says what the documentation does: {line}");
        }
    }
    copy(&workspace().join("engines/python"), &site.path("engines/python"));
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.count("exercises-not-run"), 1, "nothing allows Node: {}", run.stderr);
    assert!(run.stderr.ends_with("\nwarning: 1 warning\n"), "{}", run.stderr);
    for lesson in ["first-query", "first-function"] {
        let page = site.read(&format!("public/lessons/{lesson}/index.html"));
        assert!(page.contains("class=\"desk live\""), "{page}");
    }
}

#[test]
fn what_is_changed_is_not_replaced() {
    let site = Sandbox::small();
    site.write("assets/practice.css", "/* mine */");
    let run = site.run(&["add", "exercises"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("assets/practice.css"), "{}", run.stderr);
    assert!(!site.path("engines").exists(), "nothing is written");
    assert_eq!(site.run(&["add", "exercises", "--force"]).code, Some(0));
    let added = site.read("assets/practice.css");
    assert!(added.starts_with("/* Problems"), "{added}");
    let run = site.run(&["add", "exercises"]);
    assert!(run.stdout.starts_with("0 files"), "{}", run.stdout);
}

#[test]
fn nothing_is_added_where_nothing_is_built() {
    let place = Sandbox::empty();
    for arguments in [&["add", "exercises"][..], &["add", "python", "package"]] {
        let run = place.run(arguments);
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains("neither site.toml nor theme.toml"), "{}", run.stderr);
    }
    assert_eq!(place.files(".").len(), 0);
}

#[test]
fn what_is_not_the_package_is_refused() {
    let cases = [
        (r#"{"name": "pyodide", "version": "0.27.1"}"#, "it is pyodide 0.27.1"),
        ("{}", "its package.json names no package"),
        (RIGHT, "its pyodide.asm.wasm has the SHA-256 "),
    ];
    for (about, reason) in cases {
        let site = beside_a_package(about);
        let run = site.run(&["add", "python", "package"]);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(run.stderr.contains(reason) && run.stderr.contains("pyodide@314.0.7"), "{}", run.stderr);
        assert!(!site.path("engines").exists(), "nothing is written");
    }
    let site = beside_a_package(RIGHT);
    site.remove("package/pyodide.asm.wasm");
    assert!(site.run(&["add", "python", "package"]).stderr.contains("it has no pyodide.asm.wasm"));
    fs::create_dir(site.path("package/pyodide.asm.wasm")).expect("is writable");
    assert_eq!(site.run(&["add", "python", "package"]).code, Some(3));
}

#[test]
fn what_is_no_engine_is_not_replaced() {
    let site = beside_a_package(RIGHT);
    site.write("engines/python/mine.py", "");
    let run = site.run(&["add", "python", "package"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("is no engine as sitegen made it"), "{}", run.stderr);
    let run = site.run(&["add", "python", "package", "--force"]);
    assert!(run.stderr.contains("SHA-256"), "it is looked at last: {}", run.stderr);
    assert_eq!(site.files("engines").len(), 1);
}

#[test]
fn python_is_made_as_the_guide_has_it() {
    let Some(package) = package() else { return };
    let site = Sandbox::small();
    let add = |more: &[&str]| {
        let package = package.to_str().expect("is UTF-8");
        site.run(&[&["add", "python", package], more].concat())
    };
    let run = add(&[]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.starts_with("8 files written to "), "{}", run.stdout);
    let made = site.files("engines");
    let guide = files(&workspace().join("engines"));
    assert!(made == guide, "cargo xtask practice makes the same");

    assert_eq!(add(&[]).code, Some(0), "an engine as it was made is replaced");
    site.write("engines/python/worker.js", "// mine");
    assert_eq!(add(&[]).code, Some(2));
    assert_eq!(site.read("engines/python/worker.js"), "// mine");
    assert_eq!(add(&["--force"]).code, Some(0));
    assert!(site.files("engines") == guide, "nothing else is left there");
}
