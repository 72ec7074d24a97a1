//! Tests with clients other than the author's browser.

use std::io::{Read as _, Write as _};

use crate::sandbox::Sandbox;

use super::server::Server;

#[test]
fn only_its_own_names_are_answered() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    let status = |host: &str| {
        let answer = server.send(format!("GET /a/ HTTP/1.1\r\n{host}Connection: close\r\n\r\n").as_bytes());
        answer.split(' ').nth(1).unwrap_or_default().to_owned()
    };
    for host in ["localhost:1", "127.0.0.1", "[::1]:5", "site.localhost"] {
        assert_eq!(status(&format!("Host: {host}\r\n")), "200", "{host}");
    }
    for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example"] {
        assert_eq!(status(&format!("Host: {host}\r\n")), "403", "{host}");
    }
    assert_eq!(status(""), "400");
    assert_eq!(status("Host: localhost\r\nHost: evil.example\r\n"), "400");
    let absolute =
        server.send(b"GET http://evil.example/a/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(absolute.starts_with("HTTP/1.1 403"), "{absolute}");
}

#[test]
fn no_path_leaves_the_site() {
    let site = Sandbox::small();
    site.write("static/x.txt", "x");
    let server = Server::watching(&site);
    for path in [
        "/../site.toml",
        "/%2e%2e/site.toml",
        "/%252e%252e/site.toml",
        "/..%2fsite.toml",
        "/x.txt/../../site.toml",
        "/site.toml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/content/notes/a.md",
        "/themes/small/theme.toml",
        "/\\..\\site.toml",
    ] {
        let answer = server.get(path);
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.head);
        assert!(!answer.text().contains("base_url"), "{path}");
    }
    for path in ["/%00", "/x.txt%00", "/%ff"] {
        assert_eq!(server.get(path).status, 400, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_becomes_a_link_out_of_the_site_is_not_served() {
    let site = Sandbox::small();
    let outside = Sandbox::empty();
    outside.write("secret.png", "secret");
    site.write("static/x.png", "x");
    let server = Server::start(&site, &[]);
    assert_eq!(server.get("/x.png").body, b"x");
    site.remove("static/x.png");
    assert_eq!(server.get("/x.png").status, 404);
    std::os::unix::fs::symlink(outside.path("secret.png"), site.path("static/x.png")).expect("is writable");
    assert_eq!(server.get("/x.png").status, 404);
}

#[test]
fn only_reading_is_answered() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "BREW"] {
        let answer = server.ask(&format!("{method} /a/"), "");
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.head.contains("allow: get, head"), "{}", answer.head);
    }
}

#[test]
fn what_is_no_request_is_refused_and_serving_goes_on() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    let long =
        |length: usize| format!("GET /a/ HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(length));
    let many = format!("GET /a/ HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(1000));
    for request in ["\r\n\r\n\r\n\u{0}", "GET", "GET /a/ HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n", &many]
    {
        let mut stream = server.connect();
        let _refused = stream.write_all(request.as_bytes());
        let _half = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = String::new();
        let _reset = stream.read_to_string(&mut answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{request:?}: {answer}");
    }
    let answer = server.send(long(100 << 10).as_bytes());
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert_eq!(server.get("/a/").status, 200);
}

#[test]
fn many_clients_and_ones_that_never_read_hinder_nobody() {
    let site = Sandbox::small();
    site.write("static/large.bin", &"x".repeat(8 << 20));
    let server = Server::watching(&site);
    let mut deaf = Vec::new();
    for _ in 0..5 {
        let mut stream = server.connect();
        stream.write_all(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("the server reads");
        deaf.push(stream);
    }
    let silent: Vec<_> = (0..300).map(|_| server.connect()).collect();
    let mut asking: Vec<_> = (0..300).map(|_| server.connect()).collect();
    for stream in &mut asking {
        stream
            .write_all(b"GET /a/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .expect("it reads");
    }
    for mut stream in asking {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the server answers");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    assert_eq!(server.get("/large.bin").body.len(), 8 << 20);
    drop((deaf, silent));
}
