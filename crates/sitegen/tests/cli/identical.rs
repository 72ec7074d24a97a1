//! Tests that the same site gives the same bytes, wherever and however it is built.

use std::collections::BTreeMap;

use crate::sandbox::{Run, Sandbox, copy, program};

fn site() -> Sandbox {
    let site = Sandbox::small();
    for page in 0..50 {
        let text =
            format!("+++\ntitle = \"N{page}\"\nnext = \"a\"\n+++\n## Part\n\n```sql\nselect {page}\n```\n");
        site.write(&format!("content/notes/n{page}.md"), &text);
    }
    site.write("static/robots.txt", "User-agent: *\n");
    site.write("assets/style.css", "body {}\n");
    site
}

#[track_caller]
fn built(site: &Sandbox, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let run = site.run(arguments);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    site.files("public")
}

#[test]
fn threads_do_not_matter() {
    let one = built(&site(), &["build", "--threads", "1"]);
    assert_eq!(one, built(&site(), &["build", "--threads", "2"]));
    assert_eq!(one, built(&site(), &["build", "--threads", "7"]));
}

#[test]
fn the_current_folder_does_not_matter() {
    let here = site();
    let expected = built(&here, &["build"]);
    let there = site();
    let mut command = program(&["build", "--root", &there.path("").to_string_lossy()]);
    command.current_dir("/");
    let run = Run::of(command);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(expected, there.files("public"));
}

#[test]
fn the_time_zone_does_not_matter() {
    let here = site();
    let expected = built(&here, &["build"]);
    let there = site();
    let mut command = there.command(&["build"]);
    command.env("TZ", "Pacific/Kiritimati").env("LANG", "tr_TR.UTF-8").env("LC_ALL", "tr_TR.UTF-8");
    assert_eq!(Run::of(command).code, Some(0));
    assert_eq!(expected, there.files("public"));
}

#[test]
fn a_copied_folder_gives_the_same() {
    let here = site();
    let expected = built(&here, &["build"]);
    let there = Sandbox::empty();
    copy(&here.path(""), &there.path("deep/below"));
    std::fs::remove_dir_all(there.path("deep/below/public")).expect("was copied");
    let root = there.path("deep/below");
    let run = Run::of(program(&["build", "--root", &root.to_string_lossy()]));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(expected, there.files("deep/below/public"));
}

#[test]
fn diagnostics_do_not_depend_on_threads() {
    let site = site();
    for page in 0..50 {
        site.write(&format!("content/notes/n{page}.md"), "[B](nowhere.md) [C](@notes/nothing)\n");
    }
    let one = site.run(&["build", "--threads", "1"]);
    assert_eq!(one.count("missing-field"), 1);
    assert_eq!(one.stderr, site.run(&["build", "--threads", "4"]).stderr);
    assert_eq!(site.run(&["build", "--verbose"]).count("missing-field"), 50);
}
