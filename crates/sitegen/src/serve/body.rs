//! The bodies of answers: bytes, files that are read while they are sent, and events.

use std::convert::Infallible;
use std::future::Future as _;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::disk::RegularFile;

use super::seats::Answering;

/// The body of an answer.
pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The number of bytes of a file to read at once.
const CHUNK: u64 = 256 << 10;

/// Makes a body of bytes in memory.
pub(super) fn full(bytes: Bytes) -> Body {
    boxed(Full::new(bytes))
}

/// Makes a body of one that cannot fail.
pub(super) fn boxed(body: impl hyper::body::Body<Data = Bytes, Error = Infallible> + Send + 'static) -> Body {
    body.map_err(|never| match never {}).boxed_unsync()
}

/// Makes a body of a part of a file.
pub(super) fn part(file: RegularFile, part: Range<u64>) -> Body {
    FileBody { left: part, file: ReadState::Idle(Some(file)) }.boxed_unsync()
}

/// A part of a file. It is read on the threads for blocking work, because a disk can be slow.
struct FileBody {
    left: Range<u64>,
    file: ReadState,
}

enum ReadState {
    /// Nothing is being read. There is a file except within `poll_frame`.
    Idle(Option<RegularFile>),
    Reading(JoinHandle<io::Result<(RegularFile, Bytes)>>),
}

fn read(mut file: RegularFile, part: &Range<u64>) -> io::Result<(RegularFile, Bytes)> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(part.start))?;
    file.by_ref().take(CHUNK.min(part.end - part.start)).read_to_end(&mut bytes)?;
    // A file that became shorter must be an error, because the client would take the part for the whole.
    if bytes.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok((file, bytes.into())) }
}

impl hyper::body::Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        if let ReadState::Idle(file) = &mut self.file {
            let Some(file) = file.take() else { return Poll::Ready(None) };
            let part = self.left.clone();
            self.file = ReadState::Reading(spawn_blocking(move || read(file, &part)));
        }
        let ReadState::Reading(reading) = &mut self.file else { return Poll::Ready(None) };
        let read = ready!(Pin::new(reading).poll(context)).map_err(io::Error::other);
        self.file = ReadState::Idle(None);
        Poll::Ready(Some(read.flatten().map(|(file, bytes)| {
            self.file = ReadState::Idle(Some(file));
            self.left.start += bytes.len() as u64;
            Frame::data(bytes)
        })))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.end - self.left.start)
    }
}

/// A body that marks its connection as busy as long as the body is sent.
pub(super) struct TrackedBody {
    pub body: Body,
    pub _answering: Answering,
}

impl hyper::body::Body for TrackedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
