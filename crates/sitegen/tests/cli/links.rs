//! Symbolic links do not lead out of a site, and what cannot be read is an error.

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
