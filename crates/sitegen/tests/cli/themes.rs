//! Tests of `theme`: listing, printing and copying built-in themes.

use crate::sandbox::Sandbox;

const SITE: &str = "title = \"Notes\"\nbase_url = \"https://example.com\"\ntheme = \"docs\"\n";

/// Changes a template of the theme in the site.
fn change(place: &Sandbox, path: &str) {
    place.write(path, &place.read(path).replace("{% endblock main %}", "<p>mine</p>{% endblock main %}"));
}

#[test]
fn themes_are_listed_with_what_they_are_for() {
    let place = Sandbox::empty();
    let run = place.run(&["theme", "list"]);
    assert_eq!(run.code, Some(0));
    let line = run.stdout.lines().find(|line| line.starts_with("docs ")).expect("the theme docs is carried");
    assert!(line.ends_with("with a tree of all pages beside each of them."), "{line}");
    assert!(run.stdout.contains("\nsitegen/prose "), "{}", run.stdout);
    let files = place.run(&["theme", "list", "docs"]);
    assert!(files.stdout.lines().any(|line| line == "themes/docs/templates/doc.html"), "{}", files.stdout);
    assert!(files.stdout.lines().all(|line| line.starts_with("themes/docs/")));
}

#[test]
fn a_file_is_shown_by_the_path_that_problems_say() {
    let place = Sandbox::empty();
    let whole = place.run(&["theme", "show", "themes/docs/theme.toml"]).stdout;
    assert!(whole.contains("[collections.docs]"), "{whole}");
    assert_eq!(place.run(&["theme", "show", "themes/docs/theme.toml:12:3"]).stdout, whole);
    assert_eq!(place.run(&["theme", "show", "docs/theme.toml"]).stdout, whole);
    assert_eq!(place.run(&["theme", "copy", "guide/assets/display.woff2"]).code, Some(0));
    let run = place.run(&["theme", "show", "docs/templates/dok.html"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("did you mean themes/docs/templates/doc.html?"), "{}", run.stderr);
    let run = place.run(&["theme", "show", "guides/theme.toml"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("sitegen carries no theme"), "{}", run.stderr);
}

#[test]
fn a_file_is_copied_to_where_it_stands_for_the_themes() {
    let place = Sandbox::empty();
    place.write("site.toml", SITE);
    place.write("content/index.md", "# Hello\n");
    let run = place.run(&["theme", "copy", "themes/docs/templates/404.html"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    change(&place, "templates/404.html");
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert!(place.read("public/404.html").contains("<p>mine</p>"));

    let run = place.run(&["theme", "copy", "docs/templates/404.html"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("templates/404.html"), "{}", run.stderr);
    assert!(place.read("templates/404.html").contains("<p>mine</p>"), "it is still there");
    assert_eq!(place.run(&["theme", "copy", "docs/templates/404.html", "--force"]).code, Some(0));
    assert!(!place.read("templates/404.html").contains("<p>mine</p>"));
}

#[test]
fn a_theme_is_copied_whole() {
    let place = Sandbox::empty();
    place.write("site.toml", SITE);
    place.write("content/index.md", "# Hello\n");
    assert_eq!(place.run(&["theme", "copy", "docs"]).code, Some(0));
    change(&place, "themes/docs/templates/404.html");
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert!(place.read("public/404.html").contains("<p>mine</p>"));
}
