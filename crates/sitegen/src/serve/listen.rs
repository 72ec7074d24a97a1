//! Connections: where they are waited for, and how many there may be.

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

use super::answer::Server;
use super::body::Held;
use super::patient::Patient;
use super::places::{Place, Places};

/// The port, unless another is asked for.
const PORT: u16 = 4000;

/// How many ports are tried from that one on.
const PORTS: u16 = 20;

/// How many connections there may be at once. Another one ends that which is missed least.
const CONNECTIONS: usize = 2000;

/// How many files the program needs besides: each connection may have one open that it sends.
#[cfg(unix)]
const FILES: usize = 60;

/// How many there may be at least, whatever the system allows.
#[cfg(unix)]
const FEWEST: usize = 8;

/// How many bytes the head of a request may have.
const HEAD_BYTES: usize = 16 << 10;

/// How long a client may take to send the head of a request.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// How many threads at most render pages and read files.
const RENDERERS: usize = 8;

/// How long to wait if a connection cannot be taken, such as for lack of file descriptors.
const PAUSE: Duration = Duration::from_millis(50);

/// Begins to listen at a port, or without one at the usual or one of those after it; gives the address as browsers reach it.
///
/// # Errors
///
/// The port is taken, or all of them, or the host is none of this machine.
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

/// An address for browsers on this machine, if it stands for all that the machine has.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(ip, address.port())
}

/// Where connections are waited for.
pub(super) struct Listener {
    runtime: Runtime,
    listener: tokio::net::TcpListener,
    places: Arc<Places>,
}

impl Listener {
    /// Takes what it needs of the system.
    ///
    /// # Errors
    ///
    /// The system has no more of it.
    pub(super) fn new(listener: TcpListener) -> io::Result<Self> {
        let places = Arc::new(Places::new(allow_connections(&listener)));
        listener.set_nonblocking(true)?;
        let runtime = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(RENDERERS)
            .thread_stack_size(STACK_BYTES)
            .build()?;
        let listener = runtime.block_on(async { tokio::net::TcpListener::from_std(listener) })?;
        Ok(Self { runtime, listener, places })
    }

    /// Answers requests until the program is ended.
    pub(super) fn run(self, server: &Arc<Server>) -> Infallible {
        self.runtime.block_on(accept(&self.listener, &self.places, server))
    }
}

async fn accept(
    listener: &tokio::net::TcpListener,
    places: &Arc<Places>,
    server: &Arc<Server>,
) -> Infallible {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let place = Arc::new(places.take());
                let connection = tokio::spawn(converse(stream, Arc::clone(&place), Arc::clone(server)));
                place.held_by(connection.abort_handle());
            }
            Err(_) => {
                places.end_one();
                sleep(PAUSE).await;
            }
        }
    }
}

/// Answers the requests of one connection. How it ends is its client's business.
async fn converse(stream: TcpStream, place: Arc<Place>, server: Arc<Server>) {
    // Events are small and must not wait for more.
    let _unsupported = stream.set_nodelay(true);
    let stream = Patient::new(stream, Arc::clone(&place));
    let answer = service_fn(move |request| {
        let (answering, server) = (place.answering(), Arc::clone(&server));
        async move {
            let answer: Result<_, Infallible> = Ok(server.answer(request).await);
            answer.map(|answer| answer.map(|body| Held { body, _answering: answering }))
        }
    });
    let _ended = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_header_size(HEAD_BYTES)
        .serve_connection(stream, answer)
        .await;
}

/// Lets the program have as many connections as it takes, and let as many wait, as far as the system agrees. Gives how many it
/// may have.
#[cfg(unix)]
fn allow_connections(listener: &TcpListener) -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};

    let mut limit = getrlimit(Resource::Nofile);
    let wanted = (2 * CONNECTIONS + FILES) as u64;
    if limit.current.is_some_and(|current| current < wanted) {
        limit.current = Some(limit.maximum.map_or(wanted, |maximum| maximum.min(wanted)));
        let _refused = setrlimit(Resource::Nofile, limit);
    }
    // By default so few wait that many who come at once are turned away for a second.
    let _refused = rustix::net::listen(listener, i32::try_from(CONNECTIONS).unwrap_or(i32::MAX));
    let files = getrlimit(Resource::Nofile).current.and_then(|files| usize::try_from(files).ok());
    files.map_or(CONNECTIONS, |files| (files.saturating_sub(FILES) / 2).clamp(FEWEST, CONNECTIONS))
}

#[cfg(not(unix))]
fn allow_connections(_: &TcpListener) -> usize {
    CONNECTIONS
}
