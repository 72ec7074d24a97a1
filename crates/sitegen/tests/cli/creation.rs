//! Tests of `init` and `new`.

use std::path::Path;

use crate::sandbox::Sandbox;

/// The names of the sites to begin with.
const TEMPLATES: [&str; 5] = ["minimal", "blog", "docs", "guide", "directory"];

#[test]
fn the_binary_alone_makes_working_sites() {
    let place = Sandbox::empty();
    for template in TEMPLATES {
        let run = place.run(&["init", template, "--template", template]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{template}");
        let run = place.run(&["build", "--root", template, "--strict", "--drafts"]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{template}");
        assert!(place.path(template).join("public/index.html").exists());
        assert!(place.read(&format!("{template}/.gitignore")).contains("/public/"));
        let has_theme = place.path(template).join("themes").exists();
        assert_eq!(has_theme, template == "minimal", "{template}: other themes are in the binary");
    }
}

#[test]
fn without_a_terminal_nothing_is_asked_and_the_site_is_minimal() {
    let place = Sandbox::empty();
    let run = place.run(&["init", "site"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(place.path("site/themes/mine/theme.toml").exists());
    assert!(run.stdout.contains("\n  cd site\n  sitegen serve --watch --open "), "{}", run.stdout);
}

#[test]
fn what_init_says_to_type_next_works() {
    for template in TEMPLATES {
        let place = Sandbox::empty();
        let said = place.run(&["init", "--template", template]).stdout;
        let commands = said.lines().filter_map(|line| line.strip_prefix("  sitegen "));
        let mut begun = commands.filter(|line| line.starts_with("new ") || line.starts_with("query "));
        let (begin, _) = begun.next().and_then(|line| line.split_once("  ")).expect("it says how to go on");
        let words: Vec<_> = begin.split(' ').collect();
        assert_eq!(place.run(&words).code, Some(0), "{template}: {begin}");
        let run = place.run(&["check"]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{template}: a draft breaks nothing");
    }
}

#[test]
fn a_site_is_called_as_its_author_says() {
    let place = Sandbox::empty();
    place.run(&["init", "--template", "blog", "--title", "Anna\'s \"notes\""]);
    place.build();
    assert!(place.read("public/index.html").contains("<h1>Anna&#39;s &quot;notes&quot;</h1>"));
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
fn a_project_that_has_no_site_yet_can_begin_one() {
    let place = Sandbox::empty();
    let own = ["README.md", "LICENSE-MIT", ".git/HEAD", ".github/workflows/test.yml", ".gitignore"];
    for path in own {
        place.write(path, "mine");
    }
    let run = place.run(&["init"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(own[..4].iter().all(|path| place.read(path) == "mine"));
    assert_eq!(place.read(".gitignore"), "mine\n/public/\n/.public.sitegen/\n");
    place.build();
}

#[test]
fn new_invents_nothing() {
    let place = Sandbox::empty();
    place.run(&["init", "--template", "guide"]);
    for collection in ["companies", "roles", "rounds", "problems", "skills", "plans", "levels", "faqs"] {
        let run = place.run(&["new", collection, "fresh-one"]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{collection}");
        let said: Vec<_> = run.stdout.trim_end().split(" that still lacks ").collect();
        let path = format!("content/{collection}/fresh-one.md");
        let record = place.read(&path);
        let values = record.lines().filter(|line| line.contains('=') && !line.starts_with('#'));
        let values: Vec<_> = values.filter(|line| !line.ends_with("\"Fresh one\"")).collect();
        assert_eq!(values, ["draft = true"], "{collection}");
        // Missing fields of a draft are reported only if drafts are built.
        assert_eq!(place.run(&["check"]).code, Some(0), "{collection}");
        let check = place.run(&["check", "--drafts"]);
        let lacking = said.get(1).map_or(0, |fields| fields.split(", ").count());
        assert_eq!(check.count("missing-field"), lacking, "{collection}: {}", check.stderr);
        place.remove(&path);
    }
}

#[test]
fn a_post_begins_today_and_can_be_seen_at_once() {
    let place = Sandbox::empty();
    place.run(&["init", "--template", "blog"]);
    let run = place.run(&["new", "posts", "a-walk"]);
    assert_eq!(run.stdout, "content/posts/a-walk.md written, a draft\n");
    let day = place.read("content/posts/a-walk.md");
    let day = day.lines().find_map(|line| line.strip_prefix("date = ")).expect("it has a day");
    assert_eq!(day.len(), "2026-01-31".len(), "{day}");
    let run = place.run(&["build", "--drafts"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(place.read("public/index.html").contains("A walk"));
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

#[test]
fn a_guide_without_content_has_no_empty_parts() {
    let place = Sandbox::empty();
    place.write("site.toml", "title = \"Guide\"\nbase_url = \"https://example.com\"\n");
    place.build();
    let pages = place
        .files("public")
        .into_iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|ending| ending == "html"));
    let pages: Vec<_> =
        pages.map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect();
    let paths: Vec<_> = pages.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["404.html", "index.html", "interview/index.html", "search/index.html"]);
    for (path, html) in &pages {
        assert!(!html.contains("href=\"\"") && !html.contains(">0 "), "{path}: {html}");
    }
}

#[test]
fn files_of_a_theme_that_the_program_carries_are_told_from_those_of_the_site() {
    let place = Sandbox::empty();
    place.run(&["init", "--template", "guide"]);
    let said = place.run(&["explain", "/companies/harbour/"]).stdout;
    assert!(said.contains("note        themes/guide, "), "{said}");
    assert!(
        said.ends_with(
            " are part of sitegen, not of the site's folder: \"sitegen theme show\" prints their files\n"
        ),
        "{said}"
    );
    place.write("content/companies/new.md", "+++\nname = \"New\"\n+++\n");
    let said = place.run(&["check"]).stderr;
    assert!(said.contains("themes/guide/theme.toml"), "{said}");
    assert!(said.contains("note: themes/guide is part of sitegen, not of the site's folder: \"sitegen theme show\" prints their files\n"), "{said}");
}

#[test]
fn a_theme_that_is_not_there_is_answered_with_those_that_are() {
    let site = Sandbox::small();
    let named = |theme: &str| {
        site.write(
            "site.toml",
            &format!("title = \"T\"\nbase_url = \"https://example.com\"\ntheme = \"{theme}\"\n"),
        );
        site.run(&["check"]).stderr
    };
    assert!(named("guid").contains("help: did you mean \"guide\"?"));
    assert!(named("unlike").contains("or the theme be one that sitegen carries: \"blog\", "));
}

#[test]
fn a_site_without_a_theme_is_told_which_one_it_wears_where_something_is_wrong() {
    let place = Sandbox::empty();
    place.write("site.toml", "title = \"Site\"\nbase_url = \"https://example.com\"\n");
    place.write("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n");
    let said = place.run(&["check"]).stderr;
    assert!(said.contains("note: site.toml names no theme, so the site wears \"guide\"\n"), "{said}");
}
