//! A connection that is given up if its client reads nothing for long.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::seats::Seat;

/// The time that a client may take to read what was sent.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Patient {
    stream: TokioIo<TcpStream>,
    /// The time at which we give up; none while nothing waits to be read.
    limit: Option<Pin<Box<Sleep>>>,
    seat: Arc<Seat>,
}

impl Patient {
    pub(super) fn new(stream: TcpStream, seat: Arc<Seat>) -> Self {
        Self { stream: TokioIo::new(stream), limit: None, seat }
    }

    /// Passes on the result of a write, and notes the client's progress if it succeeded.
    fn weigh_progress(
        &mut self,
        attempt: Poll<io::Result<usize>>,
        context: &mut Context,
    ) -> Poll<io::Result<usize>> {
        if attempt.is_ready() {
            self.seat.progress();
        }
        self.weigh(attempt, context)
    }

    /// Passes on the result of a write, or an error if the client had its time.
    fn weigh<T>(&mut self, attempt: Poll<io::Result<T>>, context: &mut Context) -> Poll<io::Result<T>> {
        if attempt.is_ready() {
            self.limit = None;
            return attempt;
        }
        let limit = self.limit.get_or_insert_with(|| Box::pin(sleep(PATIENCE)));
        limit.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Read for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        buffer: ReadBufCursor,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let attempt = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.weigh_progress(attempt, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        parts: &[IoSlice],
    ) -> Poll<io::Result<usize>> {
        let attempt = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.weigh_progress(attempt, context)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        let attempt = Pin::new(&mut self.stream).poll_flush(context);
        self.weigh(attempt, context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
