//! A connection that is given up once its client has taken nothing for long.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::places::Place;

/// How long a client may leave what was sent to it where it is.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection.
pub(super) struct Patient {
    stream: TokioIo<TcpStream>,
    /// Until when something must have been taken; none while all is.
    limit: Option<Pin<Box<Sleep>>>,
    place: Arc<Place>,
}

impl Patient {
    pub(super) fn new(stream: TcpStream, place: Arc<Place>) -> Self {
        Self { stream: TokioIo::new(stream), limit: None, place }
    }

    /// What becomes of an attempt to write, of which the client takes something if it succeeds.
    fn weigh_progress(
        &mut self,
        attempt: Poll<io::Result<usize>>,
        context: &mut Context,
    ) -> Poll<io::Result<usize>> {
        if attempt.is_ready() {
            self.place.progress();
        }
        self.weigh(attempt, context)
    }

    /// What becomes of an attempt to write.
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
