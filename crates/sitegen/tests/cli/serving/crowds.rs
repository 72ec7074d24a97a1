//! Tests with many connections that ask for nothing, or take very long to.

#![cfg(unix)]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::sandbox::Sandbox;

use super::server::Server;

/// The time limit for a page, which is much shorter than the time that idle connections have.
const AT_ONCE: Duration = Duration::from_secs(2);

/// Starts the server with a limit of files that leaves it 45 connections.
fn small_server(site: &Sandbox) -> Server {
    let serve = site.command(&["serve", "--watch", "--port", "0"]);
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -n 150 && exec \"$0\" \"$@\""])
        .arg(serve.get_program())
        .args(serve.get_args());
    if let Some(folder) = serve.get_current_dir() {
        command.current_dir(folder);
    }
    for (name, value) in serve.get_envs().filter_map(|(name, value)| Some((name, value?))) {
        command.env(name, value);
    }
    Server::run(command)
}

#[track_caller]
fn answered_at_once(server: &Server) {
    let asked = Instant::now();
    let answer = server.get("/a/");
    assert_eq!(answer.status, 200);
    assert!(asked.elapsed() < AT_ONCE, "it took {:?}", asked.elapsed());
}

/// Returns true if the server has closed a connection.
fn is_closed(stream: &mut TcpStream) -> bool {
    stream.set_nonblocking(true).expect("is a connection");
    match stream.read(&mut [0; 1]) {
        Ok(read) => read == 0,
        Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
    }
}

#[test]
fn who_asks_for_nothing_takes_no_place_from_who_does() {
    let site = Sandbox::small();
    let server = small_server(&site);
    let mut idle: Vec<_> = (0..150).map(|_| server.connect()).collect();
    answered_at_once(&server);
    assert!(is_closed(&mut idle[0]), "the one that was idle for longest has made room");
    answered_at_once(&server);
}

#[test]
fn half_a_request_is_none_however_it_goes_on() {
    let site = Sandbox::small();
    let server = small_server(&site);
    let mut slow: Vec<_> = (0..150).map(|_| server.connect()).collect();
    for byte in b"GET /a/ HTTP/1.1\r\nHost: localhost\r\n" {
        for stream in &mut slow {
            // Writing fails on connections that were closed to make room for others.
            let _closed = stream.write_all(&[*byte]);
        }
        if byte.is_ascii_whitespace() {
            answered_at_once(&server);
        }
    }
}

#[test]
fn who_listens_or_reads_nothing_makes_room_as_well() {
    let site = Sandbox::small();
    site.write("static/large.bin", &"x".repeat(8 << 20));
    let server = small_server(&site);
    let ask = |path: &str| {
        let mut stream = server.connect();
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("the server reads");
        stream
    };
    let _deaf: Vec<_> = (0..60).map(|_| ask("/large.bin")).collect();
    let _listening: Vec<_> = (0..60).map(|_| ask("/.sitegen/events?path=/a/&page=x")).collect();
    for _ in 0..5 {
        answered_at_once(&server);
    }
}
