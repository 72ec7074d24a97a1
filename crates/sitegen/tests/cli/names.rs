//! Tests of file names in another Unicode normalization form, as macOS and zip files write them.

#![cfg(unix)]

use crate::sandbox::Sandbox;

/// `é` and `ü`, each as a letter and a combining mark.
const FILES: [(&str, &str); 3] = [
    (
        "content/notes/cafe\u{301}.md",
        "+++\ntitle = \"Café\"\n+++\n\n![](bu\u{308}ro.svg) [menu](/menu\u{308}.txt)\n",
    ),
    ("content/notes/bu\u{308}ro.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>"),
    ("static/menu\u{308}.txt", "soup"),
];

fn site() -> Sandbox {
    let site = Sandbox::small();
    for (path, text) in FILES {
        site.write(path, text);
    }
    site
}

#[test]
fn are_published_composed() {
    let site = site();
    site.write("content/notes/d.md", "+++\ntitle = \"D\"\n+++\n\n[](@notes/café) [a](café.md)\n");
    site.build();
    let files = site.files("public");
    assert_eq!(files["menü.txt"], b"soup");
    assert!(files.contains_key("notes/büro.svg"));
    assert!(files.keys().all(|path| !path.contains(['\u{301}', '\u{308}'])), "{:?}", files.keys());
}

#[test]
fn that_look_the_same_are_one_problem() {
    let site = site();
    site.write("content/notes/café.md", "+++\ntitle = \"Café\"\n+++\n");
    let run = site.run(&["build"]);
    if site.files("content/notes").len() < 5 {
        // This file system takes both names for one, so there is nothing to test.
        return;
    }
    assert_eq!(run.count("equal-file-names"), 1, "{}", run.stderr);
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
}
