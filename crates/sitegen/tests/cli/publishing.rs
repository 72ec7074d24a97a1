//! Tests that a build publishes a whole site or nothing, writes only what differs, and deletes only what it
//! wrote.

use std::fs;
use std::time::SystemTime;

use crate::sandbox::Sandbox;

fn modified(site: &Sandbox, path: &str) -> SystemTime {
    fs::metadata(site.path(path)).and_then(|metadata| metadata.modified()).expect("is there")
}

#[test]
fn a_second_build_writes_nothing() {
    let site = Sandbox::small();
    let first = site.build();
    assert!(first.stdout.contains("2 written, 0 unchanged, 0 deleted"), "{}", first.stdout);
    let before = (modified(&site, "public/a/index.html"), modified(&site, "public"));
    let second = site.build();
    assert!(second.stdout.contains("0 written, 2 unchanged, 0 deleted"), "{}", second.stdout);
    assert_eq!(before, (modified(&site, "public/a/index.html"), modified(&site, "public")));
}

#[test]
fn a_build_writes_only_what_differs() {
    let site = Sandbox::small();
    site.build();
    let before = (modified(&site, "public/a/index.html"), modified(&site, "public/b/index.html"));
    site.write("content/notes/b.md", "+++\ntitle = \"B\"\n+++\nOther text.\n");
    let run = site.build();
    assert!(run.stdout.contains("1 written, 1 unchanged, 0 deleted"), "{}", run.stdout);
    assert_eq!(modified(&site, "public/a/index.html"), before.0);
    assert_ne!(modified(&site, "public/b/index.html"), before.1);
}

#[test]
fn a_build_deletes_what_an_earlier_one_wrote() {
    let site = Sandbox::small();
    site.write("content/notes/c.md", "+++\ntitle = \"C\"\n+++\n");
    site.build();
    site.remove("content/notes/c.md");
    let run = site.build();
    assert!(run.stdout.contains("0 written, 2 unchanged, 1 deleted"), "{}", run.stdout);
    assert!(!site.path("public/c").exists(), "the empty folder is gone, too");
}

#[test]
fn a_single_error_leaves_the_old_site_untouched() {
    let mistakes = [
        ("content/notes/a.md", "+++\ntitle = \"A\"\nnext = \"nowhere\"\n+++\n"),
        ("content/notes/a.md", "+++\ntitle = \"A\"\n+++\n[B](nowhere.md)\n"),
        ("content/notes/c.md", "no front matter"),
        ("content/notes/c.md", "+++\ntitle = \"C\"\nslug = \"a\"\n+++\n"),
        ("content/lost.md", "in no collection"),
        ("site.toml", "title = \"Site\"\n"),
        ("themes/small/theme.toml", "[collections.notes\n"),
        ("themes/small/templates/note.html", "{{ nothing }}"),
        ("themes/small/templates/note.html", "{% if %}"),
        ("themes/small/templates/note.html", "<a href=\"/nowhere/\">"),
    ];
    for (path, text) in mistakes {
        let site = Sandbox::small();
        site.build();
        let before = (site.files("public"), modified(&site, "public"));
        site.write("content/notes/b.md", "+++\ntitle = \"B\"\n+++\nChanged.\n");
        site.write(path, text);
        let run = site.run(&["build"]);
        assert!([Some(1), Some(2)].contains(&run.code), "{path}: {:?} {}", run.code, run.stderr);
        assert_eq!(before, (site.files("public"), modified(&site, "public")), "{path}");
        let left: Vec<_> =
            fs::read_dir(site.path("")).expect("is there").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(left.len(), 4, "nothing else is left behind: {left:?}");
    }
}

#[test]
fn a_site_with_errors_is_not_published_at_all() {
    let site = Sandbox::small();
    site.write("content/notes/c.md", "no front matter");
    site.run(&["build"]);
    assert!(!site.path("public").exists());
}

#[test]
fn files_of_others_are_refused() {
    let site = Sandbox::small();
    site.write("public/thesis.txt", "years of work");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("thesis.txt"), "{}", run.stderr);
    assert_eq!(site.files("public").len(), 1);
}

#[test]
fn files_of_others_are_kept_when_forced() {
    let site = Sandbox::small();
    site.write("public/thesis.txt", "years of work");
    site.write("public/a/notes.txt", "mine");
    let run = site.run(&["build", "--force"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(site.read("public/thesis.txt"), "years of work");
    assert_eq!(site.read("public/a/notes.txt"), "mine");
    assert!(site.path("public/a/index.html").exists());
    site.remove("content/notes/a.md");
    assert_eq!(site.run(&["build", "--force"]).code, Some(0));
    assert_eq!(site.read("public/a/notes.txt"), "mine");
    assert!(!site.path("public/a/index.html").exists());
}

#[test]
fn clean_deletes_what_builds_wrote_and_nothing_else() {
    let site = Sandbox::small();
    site.build();
    site.write("public/thesis.txt", "years of work");
    let run = site.run(&["clean"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(site.files("public").into_keys().collect::<Vec<_>>(), ["thesis.txt"]);
    site.remove("public/thesis.txt");
    assert_eq!(site.run(&["clean"]).code, Some(0));
    site.build();
    site.run(&["clean"]);
    assert!(!site.path("public").exists());
}

#[test]
fn what_was_changed_by_hand_is_made_right() {
    let site = Sandbox::small();
    site.build();
    let right = site.files("public");
    site.write("public/a/index.html", "vandalism");
    site.remove("public/b/index.html");
    site.build();
    assert_eq!(site.files("public"), right);
}

#[test]
fn the_output_folder_may_be_elsewhere() {
    let site = Sandbox::small();
    assert_eq!(site.run(&["build", "--output-dir", "out/below"]).code, Some(0));
    assert!(site.path("out/below/a/index.html").exists());
    assert!(!site.path("public").exists());
}

#[test]
fn the_output_folder_cannot_be_a_source() {
    let site = Sandbox::small();
    for folder in [".", "content", "content/notes", "themes/small", ".."] {
        let run = site.run(&["build", "--force", "--output-dir", folder]);
        assert_eq!(run.code, Some(2), "{folder}: {}", run.stderr);
    }
    assert!(site.path("content/notes/a.md").exists());
}

#[test]
fn check_writes_nothing() {
    let site = Sandbox::small();
    let run = site.run(&["check"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(!site.path("public").exists());
}
