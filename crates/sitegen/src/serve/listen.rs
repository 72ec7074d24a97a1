//! Accepting connections, up to a limit.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioTimer;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

use crate::STACK_BYTES;
use crate::console::Console;
use crate::errors::{self, Failure};

use super::answer::SiteServer;
use super::body::TrackedBody;
use super::patient::Patient;
use super::seats::{Seat, Seats};

/// The port, unless the user names one.
const PORT: u16 = 4000;

/// The number of ports to try.
const PORTS: u16 = 20;

/// The largest number of connections. A further one ends the connection that is missed least.
const CONNECTIONS: usize = 2000;

/// The number of files that the program needs for itself. Each connection needs two, one of them for a file
/// that it sends.
#[cfg(unix)]
const FILES: usize = 60;

/// The number of connections that we allow even if the system wants fewer.
#[cfg(unix)]
const FEWEST: usize = 8;

/// The size limit of the head of a request.
const HEAD_BYTES: usize = 16 << 10;

/// The time limit for sending the head of a request.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// The largest number of threads that render pages and read files.
const RENDERERS: usize = 8;

/// The wait after a connection cannot be accepted, for instance for lack of file descriptors.
const PAUSE: Duration = Duration::from_millis(50);

/// Listens at a port, or at the first free one from the usual port on. Returns the address for browsers.
///
/// # Errors
///
/// The port is taken, or all of them are, or the host is not this machine.
pub(super) fn bind(
    host: &str,
    port: Option<u16>,
    console: &Console,
) -> Result<(TcpListener, SocketAddr), Failure> {
    let first = port.unwrap_or(PORT);
    let last = if port.is_some() { first } else { first + PORTS - 1 };
    let mut candidates = first..=last;
    let bound = loop {
        let candidate = candidates.next().unwrap_or(last);
        let is_last = candidates.is_empty();
        match TcpListener::bind((host, candidate)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && !is_last => {
                console.notice(&format!("port {candidate} is taken"));
            }
            bound => break bound,
        }
    };
    let listen = |listener: TcpListener| Ok((reachable(listener.local_addr()?), listener));
    let (address, listener) =
        bound.and_then(listen).map_err(|error| errors::cannot_listen(host, first, &error))?;
    Ok((listener, address))
}

/// Returns an address that browsers can reach, in place of one that stands for all addresses of the machine.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(ip, address.port())
}

/// The socket that listens for connections, and the runtime that serves them.
pub(super) struct Listener {
    runtime: Runtime,
    listener: tokio::net::TcpListener,
    seats: Arc<Seats>,
}

impl Listener {
    /// Sets up the runtime and the limits.
    ///
    /// # Errors
    ///
    /// The system lacks resources.
    pub(super) fn new(listener: TcpListener) -> io::Result<Self> {
        let seats = Arc::new(Seats::new(allow_connections(&listener)));
        listener.set_nonblocking(true)?;
        let runtime = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(RENDERERS)
            .thread_stack_size(STACK_BYTES)
            .build()?;
        let listener = runtime.block_on(async { tokio::net::TcpListener::from_std(listener) })?;
        Ok(Self { runtime, listener, seats })
    }

    /// Answers requests until the program is ended.
    pub(super) fn run(self, server: &Arc<SiteServer>) -> Infallible {
        self.runtime.block_on(accept(&self.listener, &self.seats, server))
    }
}

async fn accept(
    listener: &tokio::net::TcpListener,
    seats: &Arc<Seats>,
    server: &Arc<SiteServer>,
) -> Infallible {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let seat = Arc::new(seats.take());
                let connection = tokio::spawn(converse(stream, Arc::clone(&seat), Arc::clone(server)));
                seat.held_by(connection.abort_handle());
            }
            Err(_) => {
                seats.end_one();
                sleep(PAUSE).await;
            }
        }
    }
}

/// Answers the requests of one connection. Its errors are ignored, because they concern only the client.
async fn converse(stream: TcpStream, seat: Arc<Seat>, server: Arc<SiteServer>) {
    // Events are small, and must not wait until a packet is full.
    let _unsupported = stream.set_nodelay(true);
    let stream = Patient::new(stream, Arc::clone(&seat));
    let answer = service_fn(move |request| {
        let (answering, server) = (seat.answering(), Arc::clone(&server));
        async move {
            let answer: Result<_, Infallible> = Ok(server.answer(request).await);
            answer.map(|answer| answer.map(|body| TrackedBody { body, _answering: answering }))
        }
    });
    let _ended = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_header_size(HEAD_BYTES)
        .serve_connection(stream, answer)
        .await;
}

/// Raises the limits of open files and of waiting connections as far as the system allows. Returns the number
/// of connections that we may have.
#[cfg(unix)]
fn allow_connections(listener: &TcpListener) -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};

    let mut limit = getrlimit(Resource::Nofile);
    let wanted = (2 * CONNECTIONS + FILES) as u64;
    if limit.current.is_some_and(|current| current < wanted) {
        limit.current = Some(limit.maximum.map_or(wanted, |maximum| maximum.min(wanted)));
        let _refused = setrlimit(Resource::Nofile, limit);
    }
    // The default queue is so short that many clients at once would be turned away for a second.
    let _refused = rustix::net::listen(listener, i32::try_from(CONNECTIONS).unwrap_or(i32::MAX));
    let files = getrlimit(Resource::Nofile).current.and_then(|files| usize::try_from(files).ok());
    files.map_or(CONNECTIONS, |files| (files.saturating_sub(FILES) / 2).clamp(FEWEST, CONNECTIONS))
}

#[cfg(not(unix))]
fn allow_connections(_: &TcpListener) -> usize {
    CONNECTIONS
}
