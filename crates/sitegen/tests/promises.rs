//! Tests, by the system calls that strace shows, that the program makes no connection and starts no other
//! program.
//!
//! They have a harness of their own, because they count as ignored where strace is missing or may not trace,
//! and only a harness can decide that at run time.

#[expect(dead_code, reason = "the other tests need more of it")]
#[path = "cli/sandbox.rs"]
mod sandbox;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::{Arguments, Trial};

use crate::sandbox::Sandbox;

fn main() -> ExitCode {
    let can_trace = can_trace();
    let traced = |name: &str, test: fn()| {
        let run = move || {
            test();
            Ok(())
        };
        Trial::test(name, run).with_ignored_flag(!can_trace)
    };
    let trials = vec![
        Trial::test("connections_and_programs_are_found", || {
            connections_and_programs_are_found();
            Ok(())
        }),
        traced(
            "nothing_but_serve_opens_a_socket_or_starts_a_program",
            nothing_opens_a_socket_or_starts_a_program,
        ),
        traced("serve_is_asked_over_loopback_and_asks_nobody", serve_is_asked_over_loopback_and_asks_nobody),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Makes a command that runs the program and logs its system calls about networks and processes.
fn traced(site: &Sandbox, arguments: &[&str]) -> Command {
    let own = site.command(arguments);
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", "trace=network,process", "-o", "calls.log"]);
    command.arg(own.get_program()).args(own.get_args()).current_dir(site.path(""));
    for (name, _) in own.get_envs().filter(|(_, value)| value.is_none()) {
        command.env_remove(name);
    }
    command
}

/// Returns true if strace is installed and may trace.
fn can_trace() -> bool {
    let traced =
        Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    traced.is_ok_and(|status| status.success())
}

/// Returns the calls that are neither allowed nor the beginning or end of a thread.
fn others(log: &str, allowed: impl Fn(&str) -> bool) -> Vec<String> {
    let calls = log.lines().filter_map(|line| line.split_once(' ')).map(|(_, call)| call.trim_start());
    let is_own = |call: &&str| {
        let is_thread = call.starts_with("clone") && call.contains("CLONE_THREAD");
        let is_end = ["exit(", "exit_group(", "+++", "---", "<...", "???("]
            .iter()
            .any(|start| call.starts_with(start));
        is_thread || is_end || allowed(call)
    };
    // The first call starts the program itself.
    calls.skip(1).filter(|call| !is_own(call)).map(str::to_owned).collect()
}

/// Tests the check itself, with a log as of a program that breaks its promises.
fn connections_and_programs_are_found() {
    let log = "7 execve(\"sitegen\", []) = 0\n7 clone3({flags=CLONE_VM|CLONE_THREAD}) = 8\n8 exit(0) = ?\n\
               7 socket(AF_INET, SOCK_STREAM) = 3\n7 clone3({flags=CLONE_VM|CLONE_VFORK}) = 9\n9 execve(\"sh\", []) = 0\n";
    assert_eq!(others(log, |_| false).len(), 3);
}

fn nothing_opens_a_socket_or_starts_a_program() {
    let site = Sandbox::reaching();
    let commands: [&[&str]; 12] = [
        &["build"],
        &["build"],
        &["check"],
        &["plan"],
        &["list", "pages"],
        &["query", "pay"],
        &["query", "select 1"],
        &["explain", "/acme/"],
        &["new", "companies", "dune"],
        &["clean"],
        &["init", "starter"],
        &["completions", "bash"],
    ];
    for arguments in commands {
        let output = traced(&site, arguments).output().expect("strace runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        let log = site.read("calls.log");
        assert!(log.contains("execve("), "{arguments:?} is traced");
        assert_eq!(others(&log, |_| false), [""; 0], "{arguments:?}");
    }
}

fn serve_is_asked_over_loopback_and_asks_nobody() {
    let site = Sandbox::reaching();
    let mut serve = traced(&site, &["serve", "--watch", "--port", "0"]);
    let mut serve = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("strace runs");
    let lines = BufReader::new(serve.stdout.take().expect("it is piped")).lines();
    let port = lines.map_while(Result::ok).find_map(|line| {
        let (_, rest) = line.split_once("http://127.0.0.1:")?;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u16>().ok()
    });
    let port = port.expect("it says where it is");
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    write!(stream, "GET /guide/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")
        .expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");

    let log = site.read("calls.log");
    let process = log.split(' ').next().expect("the first line names it").to_owned();
    assert!(Command::new("kill").arg(process).status().expect("kill runs").success());
    serve.wait().expect("it has ended");
    let log = site.read("calls.log");
    let answers = |call: &str| {
        let (name, rest) = call.split_once('(').unwrap_or((call, ""));
        match name {
            "socket" => rest.starts_with("AF_INET"),
            "bind" => rest.contains("\"127.0.0.1\"") || rest.contains("\"::1\""),
            _ => !["connect", "execve", "fork", "vfork", "clone", "clone3"].contains(&name),
        }
    };
    assert!(log.contains("bind("), "it is traced");
    assert_eq!(others(&log, answers), [""; 0]);
}
