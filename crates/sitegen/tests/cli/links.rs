//! Tests that symbolic links do not lead out of a site, and that unreadable files are errors.

#![cfg(unix)]

use std::os::unix::fs::symlink;

use crate::sandbox::{Run, Sandbox};

#[track_caller]
fn refused(site: &Sandbox, code: &str) -> Run {
    let run = site.run(&["build"]);
    assert_ne!(run.code, Some(0));
    assert_eq!(run.count(code), 1, "{}", run.stderr);
    assert!(!site.path("public").exists());
    run
}

#[test]
fn content_out_of_the_site() {
    let (site, other) = (Sandbox::small(), Sandbox::empty());
    other.write("secret.md", "+++\ntitle = \"Secret\"\n+++\n");
    symlink(other.path("secret.md"), site.path("content/notes/c.md")).expect("is writable");
    refused(&site, "symlink-outside");
}

#[test]
fn a_folder_out_of_the_site() {
    let (site, other) = (Sandbox::small(), Sandbox::empty());
    other.write("secret.md", "+++\ntitle = \"Secret\"\n+++\n");
    symlink(other.path(""), site.path("content/notes/more")).expect("is writable");
    refused(&site, "symlink-outside");
}

#[test]
fn a_static_file_out_of_the_site() {
    let site = Sandbox::small();
    site.write("static/robots.txt", "");
    symlink("/etc/hostname", site.path("static/hostname.txt")).expect("is writable");
    refused(&site, "symlink-outside");
}

#[test]
fn out_of_the_folders_of_the_site() {
    let site = Sandbox::small();
    site.write("static/x", "x");
    site.write("notes/private.txt", "private");
    symlink("../notes/private.txt", site.path("static/private.txt")).expect("is writable");
    refused(&site, "symlink-outside");
}

#[test]
fn a_hidden_file() {
    let site = Sandbox::small();
    site.write("content/notes/.env", "TOKEN=1");
    site.write("static/x", "x");
    symlink("../content/notes/.env", site.path("static/env.txt")).expect("is writable");
    let run = refused(&site, "symlink-hidden");
    let message = "error[symlink-hidden]: the symbolic link leads to a hidden file";
    assert!(run.stderr.contains(message), "{}", run.stderr);
}

#[test]
fn the_declarations_of_a_theme_from_elsewhere() {
    let (site, other) = (Sandbox::small(), Sandbox::empty());
    other.write("secret", "password = hunter2\n");
    site.remove("themes/small/theme.toml");
    symlink(other.path("secret"), site.path("themes/small/theme.toml")).expect("is writable");
    let run = refused(&site, "symlink-outside");
    assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
}

#[test]
fn a_source_by_another_name() {
    for (link, target) in [
        ("content/notes/x.txt", "c.md"),
        ("content/notes/x.txt", "../data/d.csv"),
        ("content/notes/x.md", "../../themes/small/theme.toml"),
        ("static/x.txt", "../content/notes/c.md"),
        ("static/x.txt", "../content/data/d.csv"),
        ("static/x.txt", "../templates/t.html"),
        ("static/x.txt", "../queries/q.sql"),
        ("static/x.txt", "../site.toml"),
        ("static/x.txt", "../themes/small/theme.toml"),
        ("static/x", "../content"),
        ("static/x", "../content/notes"),
        ("static/x", "../themes"),
        ("static/x.png", "../content/notes/held/p.png"),
        ("assets/x.css", "../content/notes/c.md"),
        ("templates/x.html", "../content/notes/c.md"),
        ("content/notes/x", "../data"),
        ("content/notes/x.png", "held/p.png"),
        ("content/notes/own/x.png", "../held/p.png"),
        ("content/notes/own/x", "../held/more"),
    ] {
        let site = Sandbox::small();
        for held in ["content/notes/c.md", "content/notes/held/index.md"] {
            site.write(held, "+++\ntitle = \"C\"\ndraft = true\n+++\n");
        }
        site.write("content/notes/own/index.md", "+++\ntitle = \"Own\"\n+++\n");
        for file in ["content/notes/held/p.png", "content/notes/held/more/p.png", "static/s", "assets/a.txt"]
        {
            site.write(file, "p");
        }
        site.write("content/data/d.csv", "a\n");
        site.write("templates/t.html", "t");
        site.write("queries/q.sql", "select 1");
        symlink(target, site.path(link)).expect("is writable");
        let run = site.run(&["build"]);
        assert_eq!(run.count("symlink-source"), 1, "{link} -> {target}: {}", run.stderr);
    }
}

#[test]
fn a_published_folder_that_is_the_content() {
    let site = Sandbox::small();
    symlink("content", site.path("static")).expect("is writable");
    refused(&site, "symlink-source");
}

#[test]
fn published_files_may_have_other_names() {
    let site = Sandbox::small();
    site.write("static/p.png", "p");
    site.write("content/notes/own/index.md", "+++\ntitle = \"Own\"\n+++\n");
    site.write("content/notes/own/q.png", "q");
    symlink("../../static/p.png", site.path("content/notes/p.png")).expect("is writable");
    symlink("q.png", site.path("content/notes/own/r.png")).expect("is writable");
    symlink("p.png", site.path("static/s.png")).expect("is writable");
    site.build();
    for file in ["notes/p.png", "own/r.png", "s.png"] {
        assert!(site.path("public").join(file).exists(), "{file}");
    }
}

#[test]
fn a_loop() {
    let site = Sandbox::small();
    symlink("..", site.path("content/notes/up")).expect("is writable");
    refused(&site, "symlink-loop");
}

#[test]
fn a_link_to_nothing() {
    let site = Sandbox::small();
    symlink("nowhere.md", site.path("content/notes/c.md")).expect("is writable");
    refused(&site, "unreadable-file");
}

#[test]
fn a_link_within_the_site_is_followed() {
    let site = Sandbox::small();
    site.write("content/notes/more/c.md", "+++\ntitle = \"C\"\n+++\n");
    symlink("more/c.md", site.path("content/notes/d.md")).expect("is writable");
    site.build();
    assert!(site.path("public/d/index.html").exists());
}

#[test]
fn a_folder_named_like_a_record() {
    let site = Sandbox::small();
    site.write("content/notes/c.md/d.md", "+++\ntitle = \"D\"\n+++\n");
    site.build();
    assert!(site.path("public/d/index.html").exists());
}

#[test]
fn an_output_folder_may_be_a_link() {
    let (site, other) = (Sandbox::small(), Sandbox::empty());
    other.write("www/keep", "");
    other.remove("www/keep");
    symlink(other.path("www"), site.path("public")).expect("is writable");
    site.build();
    assert!(other.path("www/a/index.html").exists());
    assert!(site.path("public").is_symlink());
}
