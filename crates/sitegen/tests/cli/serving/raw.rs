//! Tests with bytes that are no requests, and with requests that no browser sends.

use crate::sandbox::Sandbox;

use super::server::Server;

/// The end of a request after which nothing follows.
const END: &str = "Host: localhost\r\nConnection: close\r\n\r\n";

/// Returns the statuses in an answer.
fn statuses(answer: &str) -> Vec<&str> {
    answer.split("HTTP/1.1 ").skip(1).filter_map(|rest| rest.get(..3)).collect()
}

#[test]
fn targets_lead_nowhere_but_into_the_site() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    for (target, status) in [
        ("/a/", "200"),
        ("http://localhost/a/", "200"),
        ("HTTP://LOCALHOST:80/a/", "200"),
        ("http://127.0.0.1/a/?q#f", "200"),
        ("http://evil.example/a/", "403"),
        ("http://user@localhost/a/", "403"),
        ("ftp://localhost/a/", "400"),
        ("https://localhost/a/", "400"),
        ("*", "400"),
        ("a", "400"),
        ("localhost:80", "400"),
        ("/../a/", "404"),
        ("/a/../../site.toml", "404"),
        ("/%2e%2e/site.toml", "404"),
        ("/%2E%2E%2Fsite.toml", "404"),
        ("/..%5csite.toml", "404"),
        ("/..;/site.toml", "404"),
        ("/a/%00", "400"),
        ("/%c0%ae%c0%ae/site.toml", "400"),
        ("/%ff", "400"),
        ("/%", "404"),
        ("//localhost/a/", "404"),
        ("/.sitegen/", "404"),
        ("/.sitegen/events", "400"),
        ("/.sitegen/events?path=%ff&page=", "400"),
        ("/.git/config", "404"),
        ("/site.toml", "404"),
    ] {
        let answer = server.send(format!("GET {target} HTTP/1.1\r\n{END}").as_bytes());
        assert_eq!(statuses(&answer), [status], "{target}: {answer}");
        assert!(!answer.contains("base_url"), "{target}");
    }
}

#[test]
fn a_request_with_a_body_ends_its_connection() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    let next = "GET /a/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    for (head, body) in [
        ("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        ("Transfer-Encoding: identity\r\n", ""),
        ("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
        ("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
        ("Content-Length: 3\r\n", "abc"),
        ("Content-Length: 3\r\nContent-Length: 4\r\n", "abc"),
        ("Content-Length: -1\r\n", ""),
        ("Content-Length: +3\r\n", "abc"),
        ("Content-Length: 99999999999999999999999\r\n", ""),
    ] {
        for method in ["GET", "POST"] {
            let request = format!("{method} /a/ HTTP/1.1\r\nHost: localhost\r\n{head}\r\n{body}{next}");
            let answer = server.send(request.as_bytes());
            let statuses = statuses(&answer);
            assert!(
                statuses.len() <= 1 && statuses.iter().all(|status| status.starts_with('4')),
                "{request}\n{answer}"
            );
        }
    }
    let two = "GET /a/ HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned() + next;
    assert_eq!(statuses(&server.send(two.as_bytes())), ["200", "200"]);
}

#[test]
fn hosts_that_are_none_are_refused() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    for host in [
        "",
        "a b.localhost",
        "localhost, evil.example",
        "localhost;x.localhost",
        "user@localhost",
        "[::1",
        "localhost:http",
        "127.1.evil",
        "\u{fc}.localhost",
        "\0",
    ] {
        let answer =
            server.send(format!("GET /a/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes());
        assert!(statuses(&answer).iter().all(|status| status.starts_with('4')), "{host}: {answer}");
    }
    let old = server.send(b"GET /a/ HTTP/1.0\r\n\r\n");
    assert!(old.starts_with("HTTP/1.0 200"), "{old}");
    assert_eq!(server.get("/a/").status, 200);
}
