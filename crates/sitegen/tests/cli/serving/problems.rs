//! Tests of problems while serving: they are shown on top of the last good page.

use std::fs;

use crate::sandbox::Sandbox;

use super::server::Server;

const TEMPLATE: &str = "themes/small/templates/note.html";

#[test]
fn problems_come_and_go() {
    let site = Sandbox::small();
    let server = Server::start(&site, &["--watch", "--editor", "edit:{path}#{line}.{column}"]);
    let page = server.listen("/a/");
    assert_eq!(page.next("problems"), "[]");
    site.write("content/notes/b.md", "+++\ntitle = \"B\"\nnext = \"nowhere\"\n+++\nBroken.\n");
    let problems = page.next("problems");
    let file = site.path("content/notes/b.md");
    let link = format!("\"link\":\"edit:{}#3.8\"", file.display());
    for part in
        ["error[unknown-reference]", "\"place\":\"content/notes/b.md:3:8\"", link.as_str(), "^^^^^^^^^"]
    {
        assert!(problems.contains(part), "{part}: {problems}");
    }
    server.says("error[unknown-reference]");
    site.write("content/notes/b.md", "+++\ntitle = \"B\"\n+++\nMended.\n");
    assert_eq!(page.next("problems"), "[]");
    server.says("no problems");
}

#[test]
fn the_last_good_page_stays_while_something_is_broken() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    let good = site.read(TEMPLATE);
    let page = server.listen("/a/");
    page.next("problems");
    for broken in ["{{ page.title", "{{ nothing.here }}", "{% include \"nowhere.html\" %}"] {
        site.write(TEMPLATE, broken);
        assert_ne!(page.next("problems"), "[]", "{broken}");
        let answer = server.get("/a/");
        assert_eq!(answer.status, 200, "{broken}");
        assert!(answer.text().contains("<title>A</title>"), "{broken}: {}", answer.text());
    }
    site.write("content/notes/a.md", "+++\ntitle = \"New\"\n+++\n");
    site.write(TEMPLATE, &good);
    server.shows("/a/", "<title>New</title>");
    assert_eq!(page.next("problems"), "[]");
}

#[test]
fn what_was_never_right_says_what_is_wrong() {
    let site = Sandbox::small();
    let good = site.read(TEMPLATE);
    site.write(TEMPLATE, "{{ page.title <b>");
    let server = Server::watching(&site);
    let answer = server.get("/a/");
    assert_eq!(answer.status, 500);
    let text = answer.text();
    assert!(text.contains("error[template-syntax]") && text.contains("&lt;b&gt;"), "{text}");
    let page = server.listen("/a/");
    page.next("problems");
    site.write(TEMPLATE, &good);
    page.next("reload");
    server.shows("/a/", "<title>A</title>");
}

#[test]
fn a_page_that_alone_is_broken_is_reported_once_it_is_seen() {
    let site = Sandbox::small();
    site.write(
        TEMPLATE,
        "<title>{{ page.title }}</title>{% if note.slug == \"b\" %}{{ nothing.here }}{% endif %}\n",
    );
    let server = Server::watching(&site);
    assert_eq!(server.get("/a/").status, 200);
    assert_eq!(server.get("/b/").status, 500);
    server.says("error[undefined-variable]");
    assert_eq!(server.get("/a/").status, 200);
}

#[test]
fn the_same_problems_are_said_once() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    // Files are written by a rename, because a file that is empty for a moment would be a problem of its own.
    let put = |path: &str, text: &str| {
        site.write("elsewhere.md", text);
        fs::rename(site.path("elsewhere.md"), site.path(path)).expect("is writable");
    };
    put("content/notes/c.md", "+++\n+++\n");
    server.says("error[missing-field]");
    for text in ["one", "two", "three"] {
        put("content/notes/b.md", &format!("+++\ntitle = \"B\"\n+++\n{text}\n"));
        server.shows("/b/", text);
    }
    assert_eq!(server.said().matches("error[missing-field]").count(), 1, "{}", server.said());
}
