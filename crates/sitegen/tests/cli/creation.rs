//! `init` and `new`.

use crate::sandbox::Sandbox;

#[test]
fn the_binary_alone_makes_a_working_site() {
    let place = Sandbox::empty();
    assert_eq!(place.run(&["init", "guide"]).code, Some(0));
    let run = place.run(&["--root", "guide", "build"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(place.path("guide/public/index.html").exists());
    assert!(!place.path("guide/themes").exists(), "the theme is in the binary");
}

#[test]
fn init_does_not_touch_what_is_there() {
    let place = Sandbox::empty();
    place.write("guide/notes.txt", "mine");
    let run = place.run(&["init", "guide"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("notes.txt"), "{}", run.stderr);
    assert_eq!(place.files("guide").len(), 1);
}

#[test]
fn new_makes_a_record_that_lacks_nothing() {
    let place = Sandbox::empty();
    place.run(&["init"]);
    for collection in ["companies", "roles", "rounds", "problems", "skills", "plans", "levels", "faqs"] {
        let run = place.run(&["new", collection, "fresh"]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{collection}");
        let check = place.run(&["check", "--drafts"]);
        for code in [
            "missing-field",
            "wrong-type",
            "unknown-key",
            "invalid-choice",
            "out-of-range",
            "unknown-reference",
        ] {
            assert_eq!(check.count(code), 0, "{collection}: {}", check.stderr);
        }
    }
}

#[test]
fn new_refuses_what_is_taken() {
    let site = Sandbox::small();
    let run = site.run(&["new", "notes", "a"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(site.read("content/notes/a.md").contains("See"));
}

#[test]
fn new_suggests() {
    let site = Sandbox::small();
    assert!(site.run(&["new", "nots", "c"]).stderr.contains("did you mean \"notes\"?"));
    assert!(site.run(&["new", "notes", "My Note"]).stderr.contains("did you mean \"my-note\"?"));
    assert_eq!(site.run(&["new", "notes", "../../c"]).code, Some(2));
}
