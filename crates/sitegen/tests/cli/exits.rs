//! Tests of exit codes: 0 done, 1 the site has errors, 2 wrong usage or configuration, 3 a file cannot be
//! read or written.

use crate::sandbox::Sandbox;

#[track_caller]
fn exits(site: &Sandbox, arguments: &[&str], code: i32) -> String {
    let run = site.run(arguments);
    assert_eq!(run.code, Some(code), "{arguments:?}: {}", run.stderr);
    run.stderr
}

#[test]
fn done() {
    let site = Sandbox::small();
    for command in ["build", "check", "clean"] {
        assert_eq!(exits(&site, &[command], 0), "");
    }
    exits(&site, &["--help"], 0);
    exits(&site, &["--version"], 0);
    exits(&site, &["completions", "bash"], 0);
}

#[test]
fn a_warning_is_no_error() {
    let site = Sandbox::small();
    site.write("content/notes/b.md", "+++\ntitle = \"B\"\n+++\n```slq\nselect\n```\n");
    assert!(exits(&site, &["build"], 0).contains("warning[unknown-language]"));
    assert!(site.path("public/b/index.html").exists());
}

#[test]
fn the_site_has_errors() {
    let site = Sandbox::small();
    site.write("content/notes/b.md", "[A](nowhere.md)");
    for command in ["build", "check"] {
        let printed = exits(&site, &[command], 1);
        assert!(printed.contains("error[missing-field]"), "{printed}");
        assert!(printed.contains("error[broken-link]"), "{printed}");
    }
}

#[test]
fn usage_is_wrong() {
    let site = Sandbox::small();
    exits(&site, &[], 2);
    exits(&site, &["bild"], 2);
    exits(&site, &["build", "--fast"], 2);
    exits(&site, &["build", "--threads", "0"], 2);
    exits(&site, &["build", "--root", "nowhere"], 2);
    exits(&site, &["completions", "dos"], 2);
    exits(&site, &["new", "nots", "x"], 2);
}

#[test]
fn the_configuration_is_wrong() {
    let site = Sandbox::small();
    exits(&site, &["build", "--config", "nowhere.toml"], 2);
    exits(&site, &["build", "--base-url", "example"], 2);
    site.write("site.toml", "title = \"Site\"\n");
    assert!(exits(&site, &["build"], 2).contains("error[missing-key]"));
    let theme = "title = \"Site\"\nbase_url = \"https://example.com\"\ntheme = \"gide\"\n";
    site.write("site.toml", theme);
    assert!(exits(&site, &["build"], 2).contains("error[missing-theme]"));
    site.write("site.toml", "title = ");
    assert!(exits(&site, &["build"], 2).contains("error[invalid-toml]"));
}

#[test]
fn something_cannot_be_written() {
    let site = Sandbox::small();
    site.write("file", "");
    exits(&site, &["init", "file/below"], 3);
}

#[cfg(unix)]
#[test]
fn something_cannot_be_read() {
    let site = Sandbox::small();
    std::os::unix::fs::symlink("nowhere.md", site.path("content/notes/c.md")).expect("is writable");
    let run = site.run(&["build"]);
    assert!(run.stderr.contains("error[unreadable-file]"), "{}", run.stderr);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(!site.path("public").exists());
}
