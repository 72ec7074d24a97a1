//! Tests that pages in browsers are kept up to date.

use crate::sandbox::Sandbox;

use super::server::Server;

#[test]
fn a_page_reloads_if_its_own_bytes_change() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    let (a, b) = (server.listen("/a/"), server.listen("/b/"));
    assert_eq!((a.next("problems"), b.next("problems")), ("[]".to_owned(), "[]".to_owned()));
    site.write("content/notes/b.md", "+++\ntitle = \"B\"\n+++\nOther.\n");
    b.next("reload");
    server.says("b.md changed: 2 pages open, 1 reloaded, ");
    site.write("content/notes/a.md", "+++\ntitle = \"A\"\n+++\nOther.\n");
    a.next("reload");
    assert_eq!(b.names(), [""; 0]);
}

#[test]
fn a_page_that_changed_before_it_listened_reloads() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    let old = server.get("/b/").token();
    site.write("content/notes/b.md", "+++\ntitle = \"B\"\n+++\nOther.\n");
    server.shows("/b/", "Other.");
    assert_ne!(old, server.get("/b/").token());
    let mut stream = server.connect();
    let request = format!("GET /.sitegen/events?path=%2Fb%2F&page={old} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    std::io::Write::write_all(&mut stream, request.as_bytes()).expect("the server reads");
    let lines = std::io::BufRead::lines(std::io::BufReader::new(stream));
    assert!(lines.map_while(Result::ok).any(|line| line == "event: reload"));
}

#[test]
fn a_style_sheet_is_swapped() {
    let site = Sandbox::paid();
    site.write("static/plain.css", "a {}\n");
    site.write("themes/paid/templates/foot.html", "<link rel=\"stylesheet\" href=\"/guide/plain.css\">\n");
    let server = Server::watching(&site);
    let page = server.listen("/guide/acme/");
    page.next("problems");
    site.write("themes/paid/assets/style.css", "body { color: red }\n");
    let styles = page.next("styles");
    let new = server.get("/guide/acme/");
    let href = new
        .text()
        .split("href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a link")
        .to_owned();
    assert!(styles.contains(&format!(":\"{href}\"")), "{styles}");
    assert!(styles.contains(&format!("\"page\":\"{}\"", new.token())), "{styles}");
    site.write("static/plain.css", "b {}\n");
    assert!(page.next("styles").contains("/guide/plain.css?"));
    site.write("themes/paid/assets/style.css", "body { color: blue }\n");
    page.next("styles");
    server.says("1 page open, 0 reloaded, 1 restyled, ");
    assert!(!server.said().contains("1 reloaded"), "{}", server.said());
}

#[test]
fn a_missing_page_appears_by_itself() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    let page = server.listen("/c/");
    page.next("problems");
    site.write("content/notes/c.md", "+++\ntitle = \"C\"\n+++\n");
    page.next("reload");
    server.shows("/c/", "<title>C</title>");
}

#[test]
fn only_pages_of_the_server_may_listen() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    for header in [
        "Origin: http://evil.example\r\n",
        "Origin: http://localhost:1\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
    ] {
        let answer = server.ask("GET /.sitegen/events?path=/a/&page=", header);
        assert_eq!(answer.status, 403, "{header}");
    }
}
