//! Tests that problems of one cause are shown as one, but all are counted.

use crate::sandbox::Sandbox;

/// Makes a site with this many notes, each of which links to the same missing file.
fn unlicensed(notes: usize) -> Sandbox {
    let site = Sandbox::small();
    for number in 0..notes {
        let text = format!("+++\ntitle = \"{number}\"\n+++\nSee the [license](../LICENSE.md).\n");
        site.write(&format!("content/notes/n{number:03}.md"), &text);
    }
    site
}

#[test]
fn people_see_the_first_place_and_some_others() {
    let run = unlicensed(20).run(&["build"]);
    let expected = "\
error[broken-link]: the link to \"../LICENSE.md\" leads nowhere
 --> content/notes/n000.md:4:19
  |
4 | See the [license](../LICENSE.md).
  |                   ^^^^^^^^^^^^^
  |
  = note: and 19 more in 19 files: content/notes/n001.md:4:19, content/notes/n002.md:4:19, content/notes/n003.md:4:19, … (--verbose shows all)

error: 20 errors, 1 cause; nothing was published
";
    assert_eq!(run.stderr, expected);
    assert_eq!(run.code, Some(1));
}

#[test]
fn few_places_are_all_named() {
    let run = unlicensed(3).run(&["check"]);
    let expected = "= note: and 2 more: content/notes/n001.md:4:19 and content/notes/n002.md:4:19\n";
    assert!(run.stderr.contains(expected), "{}", run.stderr);
    assert!(run.stderr.ends_with("error: 3 errors, 1 cause\n"), "{}", run.stderr);
}

#[test]
fn all_places_are_shown_on_demand() {
    let run = unlicensed(20).run(&["check", "--verbose"]);
    assert_eq!(run.stderr.matches("error[broken-link]").count(), 20, "{}", run.stderr);
    assert!(run.stderr.contains("error: 20 errors, 1 cause\n"), "{}", run.stderr);
}

#[test]
fn links_that_are_written_alike_have_one_cause() {
    let site = Sandbox::small();
    for folder in ["one", "two"] {
        let text = format!("+++\ntitle = \"{folder}\"\n+++\n[x](missing.md)\n");
        site.write(&format!("content/notes/{folder}/{folder}.md"), &text);
    }
    let run = site.run(&["check"]);
    assert_eq!(run.stderr.matches("error[broken-link]").count(), 1, "{}", run.stderr);
    assert!(run.stderr.ends_with("error: 2 errors, 1 cause\n"), "{}", run.stderr);
    // The same link has two causes now, because in one of the folders there is a file that it may have meant.
    site.write("content/notes/two/missin.md", "+++\ntitle = \"Missin\"\n+++\n");
    let run = site.run(&["check"]);
    assert_eq!(run.stderr.matches("error[broken-link]").count(), 2, "{}", run.stderr);
}

#[test]
fn programs_get_all_places_and_the_number_of_their_cause() {
    let site = unlicensed(20);
    site.write("content/notes/z.md", "+++\ntitle = \"Z\"\nnext = \"bb\"\n+++\n");
    let run = site.run(&["check", "--format", "json"]);
    let lines = run.stderr.lines().map(serde_json::from_str::<serde_json::Value>);
    let lines: Vec<_> = lines.collect::<Result<_, _>>().expect("each line is JSON");
    let problems = lines.iter().filter(|line| line["severity"] != "note");
    let causes: Vec<_> = problems.map(|line| line["cause"].as_u64()).collect();
    let mut expected = vec![Some(1); 20];
    expected.push(Some(2));
    assert_eq!(causes, expected, "{}", run.stderr);
}

#[test]
fn github_gets_no_more_annotations_than_it_shows() {
    let site = unlicensed(20);
    for number in 0..15 {
        let text = format!("+++\ntitle = \"{number}\"\n+++\n[x](missing-{number:02}.md)\n");
        site.write(&format!("content/notes/x{number:02}.md"), &text);
    }
    let run = site.run(&["check", "--format", "github"]);
    let annotations: Vec<_> = run.stderr.lines().filter(|line| line.starts_with("::error ")).collect();
    assert_eq!(annotations.len(), 10, "{}", run.stderr);
    assert!(annotations[0].contains("%0Anote: and 19 more in 19 files: "), "{}", run.stderr);
    let rest = "error[broken-link]: content/notes/x14.md:4:5: the link to \"missing-14.md\" leads nowhere\n";
    assert!(run.stderr.contains(rest), "{}", run.stderr);
    assert!(run.stderr.ends_with("error: 35 errors, 16 causes\n"), "{}", run.stderr);
}

#[test]
fn what_was_not_checked_is_said_once() {
    let site = Sandbox::small();
    site.write("content/notes/b.md", "+++\n+++\n[A](nowhere.md)\n");
    let run = site.run(&["check"]);
    assert!(run.stderr.contains("error[broken-link]"), "{}", run.stderr);
    let said =
        "note: what templates do not find was not checked, since records have errors\nerror: 2 errors\n";
    assert!(run.stderr.ends_with(said), "{}", run.stderr);
    site.write("themes/small/theme.toml", "[collections.notes]\nfields = { title = \"strng\" }\n");
    let run = site.run(&["check"]);
    let said =
        "note: records, data, pages and links were not checked, since declarations do not hold together\n";
    assert_eq!(run.stderr.matches(said).count(), 1, "{}", run.stderr);
}

#[test]
fn what_says_the_same_is_shown_once() {
    let site = Sandbox::small();
    for number in 0..20 {
        site.write(&format!("content/notes/n{number:02}.md"), "```toml\ntitle = \"A\"\n```\n");
    }
    let run = site.run(&["check"]);
    assert_eq!(run.stderr.matches("error[invalid-front-matter]").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("and 19 more in 19 files"), "{}", run.stderr);
    assert!(run.stderr.ends_with("error: 20 errors, 1 cause\n"), "{}", run.stderr);
}

#[test]
fn values_that_differ_have_one_cause_if_their_field_does() {
    let site = Sandbox::small();
    site.write(
        "themes/small/theme.toml",
        "[collections.notes.fields]\nsite = \"url\"\ncode = { type = \"string\", pattern = \"[a-z]\" }\n",
    );
    for number in 0..20 {
        let text = format!("+++\nsite = \"example.com/{number}\"\ncode = \"{number}\"\n+++\n");
        site.write(&format!("content/notes/n{number:02}.md"), &text);
    }
    let run = site.run(&["check"]);
    assert_eq!(run.stderr.matches("error[invalid-url]").count(), 1, "{}", run.stderr);
    assert_eq!(run.stderr.matches("error[pattern-not-met]").count(), 1, "{}", run.stderr);
}
