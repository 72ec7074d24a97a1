//! Open pages in browsers, and the events that we send them.

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
use super::path::RequestPath;

pub(super) use self::event::{PageEvent, Styles, problems};

/// The script in pages that listens for events.
pub(super) const SCRIPT: &str = include_str!("live.js");

/// The number of events that may wait for a client. A client that lets more pile up is dropped, and connects
/// again by itself.
const BACKLOG: usize = 16;

const HEARTBEAT: Duration = Duration::from_secs(15);

/// All browsers that have a page open.
#[derive(Default)]
pub(super) struct Hub(Mutex<Vec<Client>>);

/// A browser that has a page open.
pub(super) struct Client {
    pub path: RequestPath,
    holds: ClientPage,
    /// The problems that it was told last, as an encoded event.
    warned: Bytes,
    sender: Sender<Bytes>,
}

/// The page that a browser has, as far as we know.
enum ClientPage {
    /// The token that the page's script sent when it connected.
    Token(String),
    /// The full fingerprint.
    Page(Fingerprint),
}

/// The number of browsers that were told of changes.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The number of open pages.
    pub open: usize,
    pub reloaded: usize,
    /// The number of pages that got new style sheets only.
    pub restyled: usize,
}

/// A stream of events: the body of an answer that never ends.
pub(super) struct Events {
    receiver: Receiver<Bytes>,
    heartbeat: Interval,
}

impl Hub {
    /// Adds a browser with an open page, and returns its stream of events.
    pub(super) fn join(&self, path: RequestPath, token: String) -> Events {
        let (sender, receiver) = channel(BACKLOG);
        self.clients().push(Client { path, holds: ClientPage::Token(token), warned: Bytes::new(), sender });
        Events { receiver, heartbeat: interval(HEARTBEAT) }
    }

    /// Returns the clients that are still connected.
    pub(super) fn clients(&self) -> MutexGuard<'_, Vec<Client>> {
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        clients.retain(|client| !client.sender.is_closed());
        clients
    }
}

impl Client {
    /// Tells the client what changed in its page. Returns false if the client is gone.
    pub(super) fn update(&mut self, page: &Fingerprint, told: &mut Told) -> bool {
        told.open += 1;
        let reached = match self.event(page) {
            None => true,
            Some(event) => {
                match event {
                    PageEvent::Styles(_) => told.restyled += 1,
                    _ => told.reloaded += 1,
                }
                self.tell(event.encode())
            }
        };
        self.holds = ClientPage::Page(page.clone());
        reached
    }

    /// Returns the event that brings the client's page up to date.
    fn event<'a>(&'a self, page: &'a Fingerprint) -> Option<PageEvent<'a>> {
        match &self.holds {
            ClientPage::Token(token) => (*token != page.token()).then_some(PageEvent::Reload),
            ClientPage::Page(before) => match page.new_styles(before) {
                None => Some(PageEvent::Reload),
                Some(urls) if urls.is_empty() => None,
                Some(urls) => Some(PageEvent::Styles(Styles { page: page.token(), urls })),
            },
        }
    }

    /// Tells the client of problems, unless it knows these. Returns false if the client is gone.
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

/// Adds the script that reloads a page at its end.
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
