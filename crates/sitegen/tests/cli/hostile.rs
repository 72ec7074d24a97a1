//! Tests with files that cannot be read or written: named pipes, and a full disk.
#![cfg(unix)]

use std::fs::File;
use std::process::Command;

use crate::sandbox::{Run, Sandbox};

#[test]
fn a_named_pipe_is_not_waited_for() {
    for path in
        ["themes/small/theme.toml", "site.toml", "content/notes/b.md", "themes/small/templates/note.html"]
    {
        let site = Sandbox::small();
        site.remove(path);
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
