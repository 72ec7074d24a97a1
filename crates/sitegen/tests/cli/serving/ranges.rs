//! Tests of range requests, as players and downloads send them.

use crate::sandbox::Sandbox;

use super::server::{HttpResponse, Server};

/// A large file, which is read while it is sent, and a small one, which is read before.
const FILES: [(&str, usize); 2] = [("film.mp4", 3_000_000), ("song.mp3", 5_000)];

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|at| b"sitegen"[at % 7]).collect()
}

fn serving() -> (Sandbox, Server) {
    let site = Sandbox::small();
    for (name, length) in FILES {
        site.write(&format!("static/{name}"), &String::from_utf8_lossy(&bytes(length)));
    }
    let server = Server::start(&site, &[]);
    (site, server)
}

/// Returns the value of a header.
fn header<'a>(answer: &'a HttpResponse, name: &str) -> Option<&'a str> {
    answer.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[test]
fn a_part_of_a_file_is_sent_alone() {
    let (_site, server) = serving();
    for (name, length) in FILES {
        let all = bytes(length);
        for (range, part) in [
            ("0-0", 0..1),
            ("1000-1999", 1000..2000),
            ("4990-", 4990..length),
            ("-10", length - 10..length),
            ("1-99999999999999999999", 1..length),
        ] {
            let answer = server.ask(&format!("GET /{name}"), &format!("Range: bytes={range}\r\n"));
            assert_eq!((answer.status, answer.body == all[part.clone()]), (206, true), "{name} {range}");
            let expected = format!("bytes {}-{}/{length}", part.start, part.end - 1);
            assert_eq!(header(&answer, "content-range"), Some(&*expected));
            assert_eq!(header(&answer, "content-length"), Some(&*part.len().to_string()));
        }
    }
}

#[test]
fn what_is_beyond_a_file_is_refused_and_what_is_not_understood_gets_all_of_it() {
    let (_site, server) = serving();
    for (name, length) in FILES {
        let ask = |range: &str| server.ask(&format!("GET /{name}"), &format!("Range: {range}\r\n"));
        for range in [format!("bytes={length}-"), "bytes=-0".to_owned()] {
            let answer = ask(&range);
            assert_eq!((answer.status, answer.body.len()), (416, 0), "{range}");
            assert_eq!(header(&answer, "content-range"), Some(&*format!("bytes */{length}")));
        }
        for range in ["bytes=0-1,4-5", "bytes=5-2", "bytes=a-b", "pages=1-2", "bytes"] {
            let answer = ask(range);
            assert_eq!((answer.status, answer.body == bytes(length)), (200, true), "{range}");
            assert_eq!(header(&answer, "accept-ranges"), Some("bytes"));
        }
    }
}

#[test]
fn a_tag_says_whether_a_file_is_still_the_one_that_a_client_has() {
    let (site, server) = serving();
    for (name, length) in FILES {
        let ask = |headers: &str| server.ask(&format!("GET /{name}"), headers);
        let answer = ask("");
        let tag = header(&answer, "etag").expect("has a tag").to_owned();
        assert_eq!(ask(&format!("If-None-Match: \"x\", W/{tag}\r\n")).status, 304);
        assert_eq!(ask(&format!("Range: bytes=0-1\r\nIf-Range: {tag}\r\n")).status, 206);
        assert_eq!(ask("Range: bytes=0-1\r\nIf-Range: \"x\"\r\n").body.len(), length);
        let head = server.ask(&format!("HEAD /{name}"), "Range: bytes=0-1\r\n");
        assert_eq!((head.status, head.body.len()), (200, 0));
        assert_eq!(header(&head, "content-length"), Some(&*length.to_string()));
        site.write(&format!("static/{name}"), &"x".repeat(length + 1));
        assert_eq!(ask(&format!("Range: bytes=0-1\r\nIf-Range: {tag}\r\n")).body.len(), length + 1);
    }
}

#[test]
fn pages_are_sent_whole() {
    let (_site, server) = serving();
    let page = server.get("/a/");
    let part = server.ask("GET /a/", "Range: bytes=0-1\r\n");
    assert_eq!((part.status, part.body), (200, page.body));
}

#[cfg(unix)]
#[test]
fn a_file_that_becomes_something_else_is_gone() {
    let (site, server) = serving();
    site.write("static/.secret", "secret");
    for (name, _) in FILES {
        site.remove(&format!("static/{name}"));
        assert!(
            std::process::Command::new("mkfifo")
                .arg(site.path(&format!("static/{name}")))
                .status()
                .is_ok_and(|status| status.success())
        );
        assert_eq!(server.get(&format!("/{name}")).status, 404, "a pipe");
        site.remove(&format!("static/{name}"));
        std::os::unix::fs::symlink(".secret", site.path(&format!("static/{name}"))).expect("is writable");
        assert_eq!(server.get(&format!("/{name}")).status, 404, "a link to something hidden");
    }
}
