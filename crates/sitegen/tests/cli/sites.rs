//! Tests with whole sites: the guide, and one that has nothing in common with it.

use crate::sandbox::{Run, Sandbox, copy, workspace};

/// Copies a site, because tests must not write to the project.
fn copied(folder: &str, parts: &[&str]) -> Sandbox {
    let site = Sandbox::empty();
    let from = workspace().join(folder);
    for part in parts {
        if from.join(part).is_dir() {
            copy(&from.join(part), &site.path(part));
        } else {
            std::fs::copy(from.join(part), site.path(part)).expect("is there");
        }
    }
    site
}

fn guide() -> Sandbox {
    copied("", &["site.toml", "content", "engines", "themes"])
}

#[test]
fn the_guide_builds_without_a_problem_and_is_the_same_on_any_number_of_threads() {
    let guide = guide();
    let build = |threads: &str, zone: &str, folder: &str| {
        let mut command = guide.command(&["build", "--threads", threads, "--output-dir", folder]);
        command.env("TZ", zone);
        let run = Run::of(command);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        guide.files(folder)
    };
    let files = build("2", "Asia/Tokyo", "public");
    assert!(guide.path("public/companies/amazon/index.html").exists());
    assert!(guide.path("public/404.html").exists());
    assert!(files.len() > 100);
    let second = guide.build();
    assert!(second.stdout.contains(": 0 written"), "{}", second.stdout);
    assert!(files == build("1", "UTC", "one"), "threads and time zones change nothing");
}

#[test]
fn the_guide_may_be_below_a_path() {
    let guide = guide();
    let run = guide.run(&["build", "--base-url", "https://example.com/below/it"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let home = guide.read("public/index.html");
    assert!(!home.contains("href=\"/companies/"), "every link begins with the base URL's path");
}

#[test]
fn a_recipe_book_builds_without_a_problem() {
    let book = copied("tests/sites/recipes", &["site.toml", "content", "themes"]);
    book.build();
    for page in
        ["index.html", "recipes/dal/index.html", "ingredients/onion/index.html", "cuisines/indian/index.html"]
    {
        assert!(book.path("public").join(page).exists(), "{page}");
    }
}

#[test]
fn folders_of_another_program_can_be_left_alone() {
    let site = Sandbox::empty();
    let config = "title = \"S\"\nbase_url = \"https://example.com\"\ntheme = \"docs\"\n";
    site.write("content/a.md", "# A\n");
    site.write("templates/base.html", "{% macro m() %}{% endmacro m %}");
    site.write("assets/m.css", "@import \"tailwindcss\";");
    site.write("static/s.txt", "s");
    site.write("site.toml", config);
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    site.write("site.toml", &format!("{config}overrides = false\n"));
    let run = site.build();
    assert_eq!(run.stderr, "");
    assert!(site.path("public/a/index.html").exists() && site.path("public/s.txt").exists());
}

#[test]
fn a_page_of_many_links_is_no_runaway() {
    let site = Sandbox::paid();
    site.write(
        "templates/many.html",
        "{% component entry(number) %}<li><a href=\"#\" title=\"{{ number | number }}\">{{ \"n\" ~ number }}</a>{% endcomponent entry %}\
         <!doctype html><html lang=\"en\"><title>Links</title><ul>{% for tens in range(end=10) %}{% for number in range(end=10000) %}\
         {% if number == 0 %}<li>{{ tens }}{% endif %}{{<entry number={number} />}}{% endfor %}{% endfor %}</ul></html>\n",
    );
    let declared = "\n[pages.many]\npath = \"/many/\"\ntemplate = \"many.html\"\n";
    site.write("site.toml", &(site.read("site.toml") + declared));
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(site.read("public/many/index.html").matches("<a href").count(), 100_000);
}

#[test]
fn a_page_that_is_too_large_is_told_by_what_fills_it() {
    let site = Sandbox::paid();
    let loops = "<!doctype html><html lang=\"en\"><title>Much</title>\n{% for i in range(end=99999) %}\n\
                 <p>{{ \"much\" | indent(width=2000, first=true) }}</p>{% endfor %}</html>\n";
    site.write("templates/much.html", loops);
    let declared = "\n[pages.much]\npath = \"/much/\"\ntemplate = \"much.html\"\n";
    site.write("site.toml", &(site.read("site.toml") + declared));
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("error[page-too-large]"), "{}", run.stderr);
    assert!(run.stderr.contains("templates/much.html:3:7"), "{}", run.stderr);
}
