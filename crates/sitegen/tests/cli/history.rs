//! Tests of the day on which a file last changed, as git tells.

use std::process::Command;

use crate::sandbox::{Run, Sandbox};

/// Runs git with a fixed author and day.
#[track_caller]
fn git(site: &Sandbox, day: &str, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C").arg(site.path("")).args(["-c", "user.name=A", "-c", "user.email=a@example.com"]);
    let noon = format!("{day}T12:00:00+0000");
    git.env("GIT_AUTHOR_DATE", &noon).env("GIT_COMMITTER_DATE", &noon).env("GIT_CONFIG_GLOBAL", "/dev/null");
    let run = Run::of({
        git.args(arguments);
        git
    });
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[track_caller]
fn commit(site: &Sandbox, day: &str) {
    git(site, day, &["add", "."]);
    git(site, day, &["commit", "-qm", "x"]);
}

/// Makes a site whose notes take their day from git, and show it.
fn dated(history: &str) -> Sandbox {
    let site = Sandbox::small();
    site.write("site.toml", &format!("{}[content]\nhistory = {history:?}\n", site.read("site.toml")));
    let fields = "[collections.notes.fields]\nupdated = { type = \"date?\", from = \"git\" }\n";
    let theme = site.read("themes/small/theme.toml");
    site.write("themes/small/theme.toml", &theme.replace("[collections.notes.fields]\n", fields));
    site.write(
        "themes/small/templates/note.html",
        "<!doctype html><title>{{ page.title }}</title>{{ note.updated }}\n",
    );
    site
}

#[track_caller]
fn shows(site: &Sandbox, page: &str, day: &str) {
    let html = site.read(&format!("public/{page}/index.html"));
    assert_eq!(html.rsplit_once("</title>").map(|(_, shown)| shown.trim()), Some(day), "{page}");
}

#[test]
fn the_newest_commit_that_changed_a_file_dates_it() {
    let site = dated("git");
    git(&site, "2026-01-01", &["init", "-q"]);
    site.write("content/notes/ä ü.md", "+++\ntitle = \"C\"\nslug = \"c\"\n+++\n");
    commit(&site, "2026-01-02");
    site.write("content/notes/a.md", "+++\ntitle = \"A\"\n+++\nMore.\n");
    site.write("content/notes/d.md", "+++\ntitle = \"D\"\nupdated = 2020-02-20\n+++\n");
    commit(&site, "2026-03-04");
    site.write("content/notes/e.md", "+++\ntitle = \"E\"\n+++\n");
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for (page, day) in
        [("a", "2026-03-04"), ("b", "2026-01-02"), ("c", "2026-01-02"), ("d", "2020-02-20"), ("e", "")]
    {
        shows(&site, page, day);
    }
}

#[test]
fn a_site_below_the_repository_has_its_days() {
    let outer = Sandbox::empty();
    git(&outer, "2026-01-01", &["init", "-q"]);
    let site = dated("git");
    crate::sandbox::copy(&site.path(""), &outer.path("docs"));
    commit(&outer, "2026-05-06");
    let run = outer.run(&["build", "--strict", "--root", "docs"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let html = outer.read("docs/public/a/index.html");
    assert!(html.contains("2026-05-06"), "{html}");
}

#[test]
fn git_is_not_asked_unless_the_site_asks() {
    let site = dated("");
    git(&site, "2026-01-01", &["init", "-q"]);
    commit(&site, "2026-01-02");
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    shows(&site, "a", "");
}

#[test]
fn a_folder_without_history_is_said() {
    let site = dated("git");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let message = "warning[no-history]: git tells no day on which a file was changed: not a git repository";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    assert!(run.stderr.contains("site.toml:5:"), "{}", run.stderr);
    shows(&site, "a", "");
}

#[test]
fn what_a_shallow_history_does_not_know_has_no_day() {
    let site = dated("git");
    git(&site, "2026-01-01", &["init", "-q"]);
    commit(&site, "2026-01-02");
    site.write("content/notes/a.md", "+++\ntitle = \"A\"\n+++\nMore.\n");
    commit(&site, "2026-03-04");
    site.write("content/notes/a.md", "+++\ntitle = \"A\"\n+++\nStill more.\n");
    commit(&site, "2026-05-06");
    let (copy, from) = (Sandbox::empty(), format!("file://{}", site.path("").display()));
    git(&copy, "2026-07-08", &["clone", "-q", "--depth", "2", &from, "site"]);
    let run = copy.run(&["build", "--root", "site"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("warning[shallow-history]"), "{}", run.stderr);
    assert!(copy.read("site/public/a/index.html").contains("2026-05-06"));
    assert!(!copy.read("site/public/b/index.html").contains("2026"));
}

#[test]
fn another_source_of_history_is_refused() {
    let site = dated("svn");
    let run = site.run(&["check"]);
    assert_eq!((run.code, run.count("invalid-choice")), (Some(2), 1), "{}", run.stderr);
}

#[test]
fn what_a_partial_clone_lacks_is_not_fetched() {
    let site = dated("git");
    git(&site, "2026-01-01", &["init", "-q"]);
    git(&site, "2026-01-01", &["config", "uploadpack.allowFilter", "true"]);
    commit(&site, "2026-01-02");
    let (copy, from) = (Sandbox::empty(), format!("file://{}", site.path("").display()));
    git(&copy, "2026-07-08", &["clone", "-q", "--filter=tree:0", "--no-checkout", &from, "site"]);
    crate::sandbox::copy(&site.path("content"), &copy.path("site/content"));
    crate::sandbox::copy(&site.path("themes"), &copy.path("site/themes"));
    copy.write("site/site.toml", &site.read("site.toml"));
    let started = copy.path("started");
    let fetch = format!("ext::touch {}", started.display());
    for (key, value) in [("protocol.ext.allow", "always"), ("remote.origin.url", &fetch)] {
        git(&copy, "2026-07-08", &["-C", "site", "config", key, value]);
    }
    let run = copy.run(&["check", "--root", "site"]);
    assert_eq!((run.code, run.count("no-history")), (Some(0), 1), "{}", run.stderr);
    assert!(!started.exists(), "a program of the repository's configuration was started");
}
