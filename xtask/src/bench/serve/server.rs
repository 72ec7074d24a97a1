//! A server that is measured: started, asked until it answers, and ended whatever happens.

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::http::HttpClient;
use crate::bench::child;

/// The time that a server may take until its first page.
const PATIENCE: Duration = Duration::from_mins(10);
/// The time between two requests, because asking without a pause would take the server's processor time.
pub(super) const PAUSE: Duration = Duration::from_micros(500);

/// The command that starts a server of a site.
pub(super) struct Start {
    pub(super) command: Command,
    /// The port at which the server will listen.
    pub(super) port: u16,
    /// The file for the server's output.
    pub(super) log: PathBuf,
}

/// A running server. It is killed when this is dropped.
pub(super) struct MeasuredServer {
    child: Child,
    pub(super) client: HttpClient,
    /// The time from its start until its first page had arrived.
    pub(super) first_page: Duration,
}

impl Start {
    /// Starts the server and waits for its home page.
    ///
    /// # Errors
    ///
    /// It cannot be run, ends, or does not answer in time. What it printed is part of the error.
    pub(super) fn run(mut self) -> io::Result<MeasuredServer> {
        let log = File::create(&self.log)?;
        self.command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let started = Instant::now();
        let child = self.command.spawn()?;
        let mut server =
            MeasuredServer { child, client: HttpClient::new(self.port), first_page: Duration::ZERO };
        while started.elapsed() < PATIENCE && server.child.try_wait()?.is_none() {
            if server.client.get("/").is_ok_and(|answer| answer.status == 200) {
                server.first_page = started.elapsed();
                return Ok(server);
            }
            thread::sleep(PAUSE);
        }
        let printed = fs::read_to_string(&self.log)?;
        Err(io::Error::other(format!("{:?} does not serve the site\n{printed}", self.command)))
    }
}

impl MeasuredServer {
    /// Returns the peak of the server's memory in bytes. Zero where the system keeps none.
    pub(super) fn memory(&self) -> u64 {
        child::mark_of(self.child.id()).unwrap_or(0)
    }
}

impl Drop for MeasuredServer {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait()) {
            eprintln!("a server could not be ended: {error}");
        }
    }
}
