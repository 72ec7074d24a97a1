//! Tests of raw requests, each on a connection of its own, and the statuses of the answers.

use crate::sandbox::Sandbox;

use super::server::Server;

/// The end of a request after which nothing follows.
const END: &str = "Host: localhost\r\nConnection: close\r\n\r\n";

fn serving() -> (Sandbox, Server) {
    let site = Sandbox::small();
    site.write("content/notes/über.md", "+++\ntitle = \"Ü\"\nredirect_from = [\"/old/\"]\n+++\n");
    site.write("static/song.mp3", &"x".repeat(5000));
    let server = Server::watching(&site);
    (site, server)
}

/// Sends each request and compares the statuses of the answers; `""` stands for no answer.
#[track_caller]
fn each(server: &Server, requests: &[(String, &str)]) {
    let mut wrong = Vec::new();
    for (request, expected) in requests {
        let answer = server.send(request.as_bytes());
        let found: Vec<_> = answer.split("HTTP/1.").skip(1).filter_map(|rest| rest.get(2..5)).collect();
        if found.join(" ") != *expected {
            wrong.push(format!("{:?}: {found:?} is not {expected:?}", &request[..request.len().min(100)]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(server.get("/a/").status, 200);
}

#[test]
fn lines_are_what_the_standard_says_or_refused() {
    let (_site, server) = serving();
    let line = |line: &str, status| (format!("{line}\r\n{END}"), status);
    each(
        &server,
        &[
            ("GET /a/\r\n\r\n".to_owned(), "400"),
            ("GET /a/\n".to_owned(), "400"),
            ("GET /a/ HTTP/1.1\nHost: localhost\nConnection: close\n\n".to_owned(), "200"),
            ("GET /a/ HTTP/1.1\rHost: localhost\r\r".to_owned(), "400"),
            (format!("\r\n\r\nGET /a/ HTTP/1.1\r\n{END}"), "200"),
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), ""),
            line(" GET /a/ HTTP/1.1", "400"),
            line("GET  /a/ HTTP/1.1", "400"),
            line("GET\t/a/\tHTTP/1.1", "400"),
            line("GET /a/ HTTP/1.1 ", "400"),
            line("GET /a b/ HTTP/1.1", "400"),
            line("GET /a/ HTTP/1.2", "400"),
            line("GET /a/ HTTP/2.0", "400"),
            line("GET /a/ HTTP/1.10", "400"),
            line("GET /a/ HTTP/01.1", "400"),
            line("GET /a/ Http/1.1", "400"),
            line("GET /a/", "400"),
            line("G@T /a/ HTTP/1.1", "400"),
            line("GÄT /a/ HTTP/1.1", "400"),
            line("get /a/ HTTP/1.1", "405"),
            line("TRACE /a/ HTTP/1.1", "405"),
            line("M-SEARCH /a/ HTTP/1.1", "405"),
            line("OPTIONS * HTTP/1.1", "405"),
            line("CONNECT localhost:80 HTTP/1.1", "405"),
            line(&"GET".repeat(20), "400"),
            line(&format!("GET /{} HTTP/1.1", "a".repeat(9_000)), "404"),
            line(&format!("GET /{} HTTP/1.1", "a".repeat(20_000)), "431"),
        ],
    );
}

#[test]
fn headers_are_what_the_standard_says_or_refused() {
    let (_site, server) = serving();
    let with = |header: &str, status| (format!("GET /a/ HTTP/1.1\r\n{header}\r\n{END}"), status);
    let many: Vec<_> = (0..150).map(|number| format!("X{number}: y")).collect();
    each(
        &server,
        &[
            with("X: a\r\n b", "400"),
            with("X : a", "400"),
            with("X", "400"),
            with(": x", "400"),
            with("X: a\0b", "400"),
            with("X: a\u{1}b", "400"),
            with("ü: a", "400"),
            with("X: ü", "200"),
            with(&format!("X: {}", "x".repeat(12_000)), "200"),
            with(&format!("X: {}", "x".repeat(20_000)), "431"),
            with(&many.join("\r\n"), "431"),
            with("Expect: 100-continue", "200"),
            with("Expect: anything", "200"),
            with("Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: x", "200"),
            with("Upgrade: websocket\r\nSec-WebSocket-Key: x", "200"),
            with("Content-Length: 0", "200"),
            with("Content-Length: 0\r\nContent-Length: 0", "200"),
            with("Content-Length: 00", "400"),
            with("Content-Length: 0, 0", "400"),
            with("Content-Length: 0x0", "400"),
            with("Transfer-Encoding: gzip, chunked", "400"),
            with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "400"),
            with("Host: localhost", "400"),
            with("Accept-Encoding: gzip\r\nAccept: image/png", "200"),
            ("GET /a/ HTTP/1.1\r\nHost: local\r\n host\r\nConnection: close\r\n\r\n".to_owned(), "400"),
            ("GET /a/ HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n".to_owned(), "403"),
            ("GET /a/ HTTP/1.0\r\nHost: evil.example\r\n\r\n".to_owned(), "403"),
            ("GET /a/ HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(), "400"),
            (
                "POST /a/ HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n"
                    .to_owned(),
                "405",
            ),
        ],
    );
}

#[test]
fn paths_are_decoded_once_and_never_resolved() {
    let (_site, server) = serving();
    let requests = [
        ("/%61/", "200"),
        ("/a%2f", "200"),
        ("/a/#x", "200"),
        ("/a/?%00", "200"),
        ("/a/index.html", "200"),
        ("/%C3%BCber/", "200"),
        ("/über/", "200"),
        ("/u%CC%88ber/", "200"),
        ("/old", "200"),
        ("/old/?q=1", "200"),
        ("http://[::1]/a/", "200"),
        ("http://localhost:/a/", "200"),
        ("/a", "301"),
        ("/a?x=1", "301"),
        ("/a/%41", "404"),
        ("/a/.", "404"),
        ("/a/..", "404"),
        ("/a/./", "404"),
        ("/./a/", "404"),
        ("/a/../a/", "404"),
        ("/%2e/a/", "404"),
        ("/a//", "404"),
        ("//a/", "404"),
        ("/a/%20", "404"),
        ("/a/%0a", "404"),
        ("/a/%0d%0aX:y", "404"),
        ("/a/%zz", "404"),
        ("/a%3Fx", "404"),
        ("/\\a/", "404"),
        ("/a/\"{}|^", "404"),
        ("/a/;x", "404"),
        ("/*", "404"),
        ("/a/🦀", "404"),
        ("/song.mp3/", "404"),
        ("/.sitegen/live.js/", "404"),
        ("http://localhost", "404"),
        ("http://localhost:99999/a/", "403"),
        ("http://LOCALHOST.evil/a/", "403"),
        ("/%FCber/", "400"),
        ("/a/<>", "400"),
        ("/a/`", "400"),
        ("/a/\0", "400"),
        ("/a/\u{7f}", "400"),
        ("?x", "400"),
        ("#x", "400"),
        ("http://", "400"),
        ("http:///a/", "400"),
        ("http:a/", "400"),
        ("http://localhost\\@evil/a/", "400"),
        ("http://localhost%00/a/", "400"),
        ("javascript:alert(1)", "400"),
        ("file:///etc/passwd", "400"),
    ];
    let requests = requests.map(|(target, status)| (format!("GET {target} HTTP/1.1\r\n{END}"), status));
    each(&server, &requests);
}

#[test]
fn what_is_asked_for_in_a_row_is_answered_in_a_row_until_it_makes_no_sense() {
    let (_site, server) = serving();
    let go_on = "GET /a/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let end = format!("GET /none HTTP/1.1\r\n{END}");
    each(
        &server,
        &[
            (format!("{go_on}{go_on}{end}"), "200 200 404"),
            (format!("{go_on}HEAD /a/ HTTP/1.1\r\nHost: localhost\r\n\r\n{end}"), "200 200 404"),
            (format!("{go_on}BAD\r\n\r\n{end}"), "200 400"),
            (format!("{end}{go_on}"), "404"),
            (
                format!(
                    "POST /a/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\nx\r\n0\r\n\r\n{end}"
                ),
                "405",
            ),
        ],
    );
}

#[test]
fn a_head_has_what_the_answer_has_and_no_body() {
    let (_site, server) = serving();
    for path in ["/a/", "/a", "/song.mp3", "/none", "/old/", "/.sitegen/live.js"] {
        let (whole, head) = (server.get(path), server.ask(&format!("HEAD {path}"), ""));
        let said = |head: &str| -> Vec<String> {
            head.lines().filter(|line| !line.starts_with("date:")).map(str::to_owned).collect()
        };
        assert_eq!((said(&head.head), head.body.len()), (said(&whole.head), 0), "{path}");
        assert!(whole.head.contains("\ndate: ") && whole.head.contains("\ncontent-length: "), "{path}");
    }
}

#[test]
fn a_file_that_is_another_by_now_is_not_sent() {
    let (_site, server) = serving();
    for (header, status) in [("If-Match: \"x\"", 412), ("If-Match: *", 200), ("If-None-Match: *", 304)] {
        let answer = server.ask("GET /song.mp3", &format!("{header}\r\n"));
        assert_eq!((answer.status, answer.body.len()), (status, if status == 200 { 5000 } else { 0 }));
    }
}
