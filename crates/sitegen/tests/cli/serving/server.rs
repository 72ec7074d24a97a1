//! A server in a sandbox, and a client for it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::sandbox::Sandbox;

/// The time limit for everything, long enough for a busy machine.
const BOUND: Duration = Duration::from_secs(20);

/// A running server, which is killed when the value is dropped.
pub(super) struct Server {
    child: Child,
    pub(super) port: u16,
    /// The first line of its output.
    pub(super) greeting: String,
    said: Arc<Mutex<String>>,
}

#[derive(Debug)]
pub(super) struct HttpResponse {
    pub(super) status: u16,
    /// The status line and the headers, in lower case.
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

/// The events that a page is sent: their names and data.
pub(super) struct EventStream(Receiver<(String, String)>);

impl Server {
    pub(super) fn watching(site: &Sandbox) -> Self {
        Self::start(site, &["--watch"])
    }

    pub(super) fn start(site: &Sandbox, flags: &[&str]) -> Self {
        let mut command = site.command(&["serve"]);
        if !flags.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        command.args(flags);
        Self::run(command)
    }

    /// Starts a server by a command.
    pub(super) fn run(mut command: Command) -> Self {
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program can be run");
        let said = Arc::new(Mutex::new(String::new()));
        let mut stdout = BufReader::new(child.stdout.take().expect("is piped"));
        let mut greeting = String::new();
        stdout.read_line(&mut greeting).expect("the program prints a line");
        collect(stdout, &said);
        collect(BufReader::new(child.stderr.take().expect("is piped")), &said);
        let port = greeting.rsplit_once("//").and_then(|(_, url)| url.split(['/', ':']).nth(1)?.parse().ok());
        let port = port.unwrap_or_else(|| panic!("no port in {greeting:?}"));
        Self { child, port, greeting, said }
    }

    /// Returns what the program has printed after its first line.
    pub(super) fn said(&self) -> String {
        self.said.lock().expect("nobody panics").clone()
    }

    /// Sends bytes, and returns all that comes until the connection is closed.
    pub(super) fn send(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        // Writing may fail, because the server may close the connection before it has read everything.
        let _refused = stream.write_all(request);
        let mut answer = Vec::new();
        let _reset = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        stream.set_read_timeout(Some(BOUND)).expect("is a time");
        stream
    }

    pub(super) fn ask(&self, line: &str, headers: &str) -> HttpResponse {
        let mut stream = self.connect();
        let request = format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).expect("the server reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("the server answers");
        let end = answer.windows(4).position(|part| part == b"\r\n\r\n").expect("the head ends");
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("has a status");
        HttpResponse { status, head, body: answer[end + 4..].to_vec() }
    }

    pub(super) fn get(&self, path: &str) -> HttpResponse {
        self.ask(&format!("GET {path}"), "")
    }

    /// Waits until a page contains a text.
    #[track_caller]
    pub(super) fn shows(&self, path: &str, text: &str) {
        self.within(BOUND, &format!("{path} never shows {text:?}"), || self.get(path).text().contains(text));
    }

    /// Waits until the program has printed a text.
    #[track_caller]
    pub(super) fn says(&self, text: &str) {
        self.within(BOUND, &format!("it never says {text:?}"), || self.said().contains(text));
    }

    #[track_caller]
    pub(super) fn within(&self, bound: Duration, complaint: &str, mut happens: impl FnMut() -> bool) {
        let started = Instant::now();
        while !happens() {
            assert!(started.elapsed() < bound, "{complaint}\n{}", self.said());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Listens for events like the page at a path.
    pub(super) fn listen(&self, path: &str) -> EventStream {
        let page = self.get(path).token();
        let mut stream = self.connect();
        let request =
            format!("GET /.sitegen/events?path={path}&page={page} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("the server reads");
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let mut name = String::new();
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if let Some(event) = line.strip_prefix("event: ") {
                    event.clone_into(&mut name);
                } else if let Some(data) = line.strip_prefix("data: ")
                    && sender.send((name.clone(), data.to_owned())).is_err()
                {
                    return;
                }
            }
        });
        EventStream(receiver)
    }
}

fn collect(mut stream: impl std::io::BufRead + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    thread::spawn(move || {
        let mut line = String::new();
        while stream.read_line(&mut line).is_ok_and(|length| length > 0) {
            said.lock().expect("nobody panics").push_str(&line);
            line.clear();
        }
    });
}

impl Drop for Server {
    fn drop(&mut self) {
        // The program may have ended by itself.
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

impl HttpResponse {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns the token in the page's script.
    pub(super) fn token(&self) -> String {
        let text = self.text();
        let token = text.split("data-page=\"").nth(1).and_then(|rest| rest.split('"').next());
        token.unwrap_or_else(|| panic!("no script in {text}")).to_owned()
    }

    /// Returns the body without the script that reloads the page.
    pub(super) fn without_script(&self) -> Vec<u8> {
        let text = String::from_utf8(self.body.clone()).expect("a page is text");
        let (before, rest) = text.split_once("<script src=\"/.sitegen/live.js\"").expect("there is a script");
        let (_, after) = rest.split_once("</script>").expect("the script ends");
        format!("{before}{after}").into_bytes()
    }
}

impl EventStream {
    /// Waits for the next event of this name, and returns its data.
    #[track_caller]
    pub(super) fn next(&self, name: &str) -> String {
        let end = Instant::now() + BOUND;
        loop {
            let next = self.0.recv_timeout(end.saturating_duration_since(Instant::now()));
            let (event, data) = next.unwrap_or_else(|_| panic!("there was no event {name:?}"));
            if event == name {
                return data;
            }
        }
    }

    /// Returns the names of the events that have come.
    pub(super) fn names(&self) -> Vec<String> {
        self.0.try_iter().map(|(name, _)| name).collect()
    }
}
