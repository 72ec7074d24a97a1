//! Things on disk that are not what they seem to be.
#![cfg(unix)]

use std::fs::File;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::sandbox::{Run, Sandbox};

fn refuses(site: &Sandbox, message: &str) {
    let run = site.run(&["build"]);
    assert!(run.stderr.contains(message), "{}", run.stderr);
    assert_ne!(run.code, Some(0));
    assert!(!site.path("public").exists());
}

#[test]
fn a_link_to_a_hidden_file_is_refused() {
    let site = Sandbox::small();
    site.write("content/notes/.env", "TOKEN=1");
    site.write("static/x", "x");
    symlink("../content/notes/.env", site.path("static/env.txt")).expect("is writable");
    refuses(&site, "error[symlink-hidden]: the symbolic link leads to a hidden file");
}

#[test]
fn a_link_out_of_the_folders_of_the_site_is_refused() {
    let site = Sandbox::small();
    site.write("static/x", "x");
    site.write("notes/private.txt", "private");
    symlink("../notes/private.txt", site.path("static/private.txt")).expect("is writable");
    refuses(&site, "error[symlink-outside]");
}

#[test]
fn the_declarations_of_a_theme_do_not_come_from_elsewhere() {
    let site = Sandbox::small();
    let outside = Sandbox::empty();
    outside.write("secret", "password = hunter2\n");
    std::fs::remove_file(site.path("themes/small/theme.toml")).expect("is writable");
    symlink(outside.path("secret"), site.path("themes/small/theme.toml")).expect("is writable");
    let run = site.run(&["build"]);
    assert!(
        run.stderr.contains("error[symlink-outside]") && !run.stderr.contains("hunter2"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_named_pipe_is_not_waited_for() {
    for path in
        ["themes/small/theme.toml", "site.toml", "content/notes/b.md", "themes/small/templates/note.html"]
    {
        let site = Sandbox::small();
        std::fs::remove_file(site.path(path)).expect("is writable");
        let made = Command::new("mkfifo").arg(site.path(path)).status().expect("runs");
        assert!(made.success());
        let run = site.run(&["build"]);
        assert_eq!(run.code, Some(3), "{path}: {}", run.stderr);
        assert!(run.stderr.contains("it is not a regular file"), "{}", run.stderr);
    }
}

#[test]
fn what_cannot_be_printed_is_an_error() {
    let Ok(full) = File::options().write(true).open("/dev/full") else { return };
    let site = Sandbox::paid();
    let mut query = site.command(&["query", "select 1"]);
    query.stdout(full);
    let run = Run::of(query);
    assert_eq!(run.code, Some(3));
    assert!(run.stderr.contains("cannot be printed: no space left on device"), "{}", run.stderr);
}
