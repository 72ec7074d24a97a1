//! Browsers that have a page open, and what they are told.

mod event;

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::{Interval, interval};

use super::fingerprint::Fingerprint;
use super::path::Path;

pub(super) use self::event::{Event, Styles, problems};

/// What pages run to hear of changes.
pub(super) const SCRIPT: &str = include_str!("live.js");

/// How many events may wait for a client that takes none. One that leaves more is let go; it comes back by itself.
const BACKLOG: usize = 16;

const HEARTBEAT: Duration = Duration::from_secs(15);

/// All browsers that have a page open.
#[derive(Default)]
pub(super) struct Hub(Mutex<Vec<Client>>);

/// A browser that has a page open.
pub(super) struct Client {
    pub path: Path,
    holds: Holds,
    /// The problems that it was told of, as it was told.
    warned: Bytes,
    sender: Sender<Bytes>,
}

/// What is known of a page in a browser.
enum Holds {
    /// What its script said when it came.
    Token(String),
    /// All there is.
    Page(Fingerprint),
}

/// What browsers were told.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// How many have a page open.
    pub open: usize,
    pub reloaded: usize,
    /// How many got a new style sheet only.
    pub restyled: usize,
}

/// A stream of events: the body of an answer that does not end.
pub(super) struct Events {
    receiver: Receiver<Bytes>,
    heartbeat: Interval,
}

impl Hub {
    /// Takes in a browser that has a page open, and gives what it will be told.
    pub(super) fn join(&self, path: Path, token: String) -> Events {
        let (sender, receiver) = channel(BACKLOG);
        self.clients().push(Client { path, holds: Holds::Token(token), warned: Bytes::new(), sender });
        Events { receiver, heartbeat: interval(HEARTBEAT) }
    }

    /// The clients that are still there.
    pub(super) fn clients(&self) -> MutexGuard<'_, Vec<Client>> {
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        clients.retain(|client| !client.sender.is_closed());
        clients
    }
}

impl Client {
    /// Tells it what has become of its page. Gives whether it can still be told anything.
    pub(super) fn update(&mut self, page: &Fingerprint, told: &mut Told) -> bool {
        told.open += 1;
        let reached = match self.event(page) {
            None => true,
            Some(event) => {
                match event {
                    Event::Styles(_) => told.restyled += 1,
                    _ => told.reloaded += 1,
                }
                self.tell(event.encode())
            }
        };
        self.holds = Holds::Page(page.clone());
        reached
    }

    /// What there is to tell of its page.
    fn event<'a>(&'a self, page: &'a Fingerprint) -> Option<Event<'a>> {
        match &self.holds {
            Holds::Token(token) => (*token != page.token()).then_some(Event::Reload),
            Holds::Page(before) => match page.new_styles(before) {
                None => Some(Event::Reload),
                Some(urls) if urls.is_empty() => None,
                Some(urls) => Some(Event::Styles(Styles { page: page.token(), urls })),
            },
        }
    }

    /// Tells it of problems, if it has been told of others. Gives whether it can still be told anything.
    pub(super) fn warn(&mut self, problems: &Bytes) -> bool {
        if self.warned == problems {
            return true;
        }
        self.warned = problems.clone();
        self.tell(problems.clone())
    }

    fn tell(&self, event: Bytes) -> bool {
        self.sender.try_send(event).is_ok()
    }
}

impl Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Poll::Ready(event) = self.receiver.poll_recv(context) {
            return Poll::Ready(event.map(|event| Ok(Frame::data(event))));
        }
        ready!(self.heartbeat.poll_tick(context));
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b":\n\n")))))
    }
}

/// A page with the script that reloads it, at its end.
pub(super) fn with_script(mut html: Vec<u8>, token: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let script = format!("<script src=\"/.sitegen/live.js\" data-page=\"{token}\" defer></script>");
    let end = html.windows(END.len()).rposition(|part| part.eq_ignore_ascii_case(END)).unwrap_or(html.len());
    html.splice(end..end, script.into_bytes());
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_the_last_thing_on_a_page() {
        let script = "<script src=\"/.sitegen/live.js\" data-page=\"1\" defer></script>";
        let with = |html: &str| String::from_utf8(with_script(html.into(), "1")).expect("is text");
        assert_eq!(with("<p>a</BODY></html>"), format!("<p>a{script}</BODY></html>"));
        assert_eq!(with("<p>a"), format!("<p>a{script}"));
    }
}
