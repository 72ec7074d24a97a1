//! Tests that the environment can set every value of the configuration, and that flags win over it.

use crate::sandbox::{Run, Sandbox};

const TEMPLATE: &str = "{{ site.title }} {{ page.absolute_url }} {{ site.extra.motto }} {{ note.body }}";

fn site() -> Sandbox {
    let site = Sandbox::small();
    site.write("themes/small/templates/note.html", TEMPLATE);
    site.write("content/notes/b.md", "+++\ntitle = \"B\"\n+++\n<b>bold</b>\n");
    site
}

#[test]
fn by_the_environment() {
    let site = site();
    let mut command = site.command(&["build"]);
    command.env("SITEGEN_TITLE", "Mine").env("SITEGEN_BASE_URL", "https://one.example/below");
    command.env("SITEGEN_EXTRA__MOTTO", "ask").env("SITEGEN_MARKDOWN__RAW_HTML", "allow");
    command.env("SITEGEN_OUTPUT_DIR", "out");
    let run = Run::of(command);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let page = site.read("out/b/index.html");
    assert!(page.starts_with("Mine https://one.example/below/b/ ask <p><b>bold</b></p>"), "{page}");
}

#[test]
fn flags_win() {
    let site = site();
    let mut command = site.command(&["build", "--base-url", "https://two.example", "--output-dir", "there"]);
    command.env("SITEGEN_BASE_URL", "https://one.example").env("SITEGEN_OUTPUT_DIR", "here");
    command.env("SITEGEN_EXTRA__MOTTO", "ask");
    let run = Run::of(command);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let page = site.read("there/b/index.html");
    assert!(page.contains("https://two.example/b/"), "{page}");
    assert!(!site.path("here").exists());
}

#[test]
fn an_unknown_setting_names_the_variable() {
    let site = site();
    let mut command = site.command(&["check"]);
    command.env("SITEGEN_TITEL", "Mine");
    let run = Run::of(command);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("SITEGEN_TITEL"), "{}", run.stderr);
    assert!(run.stderr.contains("did you mean \"title\"?"), "{}", run.stderr);
}

#[test]
fn drafts_are_a_flag() {
    let site = Sandbox::small();
    site.write("content/notes/c.md", "+++\ntitle = \"C\"\ndraft = true\n+++\n");
    site.build();
    assert!(!site.path("public/c/index.html").exists());
    assert_eq!(site.run(&["build", "--drafts"]).code, Some(0));
    assert!(site.path("public/c/index.html").exists());
}

#[test]
fn another_configuration_file() {
    let site = Sandbox::small();
    site.write(
        "preview.toml",
        "title = \"Preview\"\nbase_url = \"https://preview.example\"\ntheme = \"small\"\n",
    );
    assert_eq!(site.run(&["build", "--config", "preview.toml"]).code, Some(0));
}
