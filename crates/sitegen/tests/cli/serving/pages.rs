//! Tests that the server shows what a build publishes.

use std::net::TcpListener;

use crate::sandbox::{Run, Sandbox};

use super::server::Server;

/// Makes a site with every kind of route.
fn varied() -> Sandbox {
    let site = Sandbox::reaching();
    site.write("static/robots.txt", "User-agent: *\n");
    site.write("static/a page.html", "<p>as it is</p>\n");
    site.write("static/pixel.png", "not really");
    site.write("themes/paid/assets/logo.svg", "<svg></svg>\n");
    site.write("themes/paid/assets/font.woff2", "not really");
    site.write(
        "content/companies/zed/index.md",
        "+++\nname = \"Zed\"\nabout = \"New.\"\n+++\n![](photo.svg)\n",
    );
    site.write(
        "content/companies/zed/photo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>",
    );
    site
}

/// Returns a file's URL, as a browser requests it.
fn url(file: &str) -> String {
    let path = file.strip_suffix("index.html").filter(|path| path.is_empty() || path.ends_with('/'));
    format!("/guide/{}", path.unwrap_or(file).replace(' ', "%20"))
}

#[track_caller]
fn served_as_built(site: &Sandbox, flags: &[&str]) {
    site.build();
    let server = Server::start(site, flags);
    let files = site.files("public").into_iter().filter(|(file, _)| file != ".sitegen-manifest");
    let mut count = 0;
    for (file, bytes) in files {
        let answer = server.get(&url(&file));
        let live = flags.contains(&"--watch") && answer.head.contains("text/html");
        let body = if live { answer.without_script() } else { answer.body.clone() };
        assert_eq!((answer.status, body), (200, bytes), "{file}");
        count += 1;
    }
    assert!(count > 12, "{count} files");
}

#[test]
fn every_file_is_served_as_it_is_built() {
    let site = varied();
    served_as_built(&site, &[]);
    served_as_built(&site, &["--watch"]);
}

#[test]
fn without_watching_nothing_changes_and_no_script_is_added() {
    let site = Sandbox::small();
    let server = Server::start(&site, &[]);
    site.write("content/notes/b.md", "+++\ntitle = \"Z\"\n+++\n");
    let answer = server.get("/b/");
    assert!(answer.text().contains("<title>B</title>") && !answer.text().contains("<script"));
    assert_eq!(server.get("/.sitegen/live.js").status, 404);
}

#[test]
fn heads_say_what_comes() {
    let site = varied();
    let server = Server::start(&site, &[]);
    let page = server.get("/guide/acme/");
    for (path, media) in [
        ("/guide/acme/", "text/html; charset=utf-8"),
        ("/guide/robots.txt", "text/plain; charset=utf-8"),
        ("/guide/pixel.png", "image/png"),
    ] {
        let head = server.ask(&format!("HEAD {path}"), "");
        assert!(head.head.contains(&format!("content-type: {media}")), "{}", head.head);
        assert!(
            head.head.contains("cache-control: no-store") && head.head.contains("nosniff"),
            "{}",
            head.head
        );
        assert!(!head.head.contains("access-control"), "{}", head.head);
        assert_eq!(head.body.len(), 0);
    }
    let head = server.ask("HEAD /guide/acme/", "");
    assert!(head.head.contains(&format!("content-length: {}", page.body.len())), "{}", head.head);
}

#[test]
fn a_slash_that_is_missing_is_added() {
    let site = varied();
    let server = Server::start(&site, &[]);
    for (path, to) in [("/guide/acme?a=b", "/guide/acme/?a=b"), ("/", "/guide/"), ("/guide", "/guide/")] {
        let answer = server.get(path);
        assert_eq!(answer.status, 301, "{path}");
        assert!(answer.head.contains(&format!("location: {to}\r\n")), "{}", answer.head);
    }
    assert_eq!(server.get("/guide/acme/index.html").body, server.get("/guide/acme/").body);
}

#[test]
fn folders_of_files_and_redirects_are_there_in_both_forms() {
    let site = varied();
    site.write("static/demo/index.html", "<p>demo</p>\n");
    let old = "+++\nname = \"Old\"\nabout = \"\"\nredirect_from = [\"/older.v2\"]\n+++\n";
    site.write("content/companies/old.md", old);
    let server = Server::start(&site, &[]);
    assert_eq!(server.get("/guide/demo/").text(), "<p>demo</p>\n");
    assert!(server.get("/guide/demo").head.contains("location: /guide/demo/\r\n"));
    for path in ["/guide/older.v2", "/guide/older.v2/"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.head.contains("text/html") && answer.text().contains("url=/guide/old/"), "{path}");
    }
}

#[test]
fn where_nothing_is_there_is_help() {
    let site = varied();
    let server = Server::watching(&site);
    let answer = server.get("/guide/acm/");
    let text = answer.text();
    assert_eq!(answer.status, 404);
    for part in ["href=\"/guide/acme/\"", "<td>company<td>4<td>", "live.js"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(server.get("/guide/pay/core/").text().contains("publish_if"));
}

#[test]
fn a_port_that_is_asked_for_and_taken_is_an_error() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    let port = taken.local_addr().expect("has an address").port().to_string();
    let run = Sandbox::small().run(&["serve", "--port", &port]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(run.stderr.contains(&format!("port {port}: address already in use")), "{}", run.stderr);
    assert!(run.stderr.contains("--port"), "{}", run.stderr);
}

#[test]
fn the_next_port_is_taken_if_the_usual_one_is_in_use() {
    // If this fails, the port is in use already, which is just as good.
    let _taken = TcpListener::bind(("127.0.0.1", 4000));
    let site = Sandbox::small();
    let server = Server::run(site.command(&["serve"]));
    assert!(server.port > 4000 && server.port < 4020, "{}", server.greeting);
    assert!(server.greeting.starts_with("serving http://127.0.0.1:"), "{}", server.greeting);
    assert!(server.greeting.contains("/ (2 pages; ready in "), "{}", server.greeting);
    server.says("port 4000 is taken\n");
}

#[test]
fn where_there_is_no_site_nothing_is_served() {
    let run = Run::of(Sandbox::empty().command(&["serve", "--root", "nowhere"]));
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    let run = Run::of(Sandbox::small().command(&["serve", "--host", "192.0.2.1"]));
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(run.stderr.contains("--host"), "{}", run.stderr);
}
