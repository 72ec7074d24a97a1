//! From a request to its answer.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::mem;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;

use http_body_util::BodyExt as _;
use http_body_util::Full;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::body::Bytes;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderValue, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode, Version as Protocol};

use crate::args::ServeArgs;

use super::bell::Ring;
use super::live::{self, Hub};
use super::path::Path;
use super::state::{Found, Shown, State};
use super::{guard, media, own};

/// What is sent.
pub(super) type Answer = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// What all connections share.
pub(super) struct Server {
    state: RwLock<Arc<State>>,
    pub hub: Hub,
    /// Rung when something is to be looked at.
    bell: Sender<Ring>,
    /// The pages that were asked for lately.
    seen: Mutex<VecDeque<Path>>,
    live: bool,
    host: String,
}

/// How many pages that were asked for are checked along with those that are open.
const SEEN: usize = 32;

const TEXT: &str = "text/plain; charset=utf-8";

impl Server {
    pub(super) fn new(state: State, args: &ServeArgs, bell: Sender<Ring>) -> Self {
        let state = RwLock::new(Arc::new(state));
        let (hub, seen) = (Hub::default(), Mutex::default());
        Self { state, hub, bell, seen, live: args.watch, host: args.host.clone() }
    }

    /// What is served now.
    pub(super) fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Serves something else from now on.
    pub(super) fn publish(&self, state: State) {
        let state = Arc::new(state);
        // What was served may be large, and nobody is to wait until it is cleared away.
        let before = mem::replace(&mut *self.state.write().unwrap_or_else(PoisonError::into_inner), state);
        drop(before);
    }

    /// Has something looked at.
    fn ring(&self, ring: Ring) {
        // Nobody listens only when the program ends.
        let _ended = self.bell.send(ring);
    }

    /// Answers a request.
    pub(super) async fn answer<B>(self: Arc<Self>, request: Request<B>) -> Result<Answer, Infallible> {
        let path = match self.admit(&request) {
            Ok(path) => path,
            Err(refusal) => return Ok(*refusal),
        };
        if self.live && path.as_str() == "/.sitegen/live.js" {
            return Ok(text(StatusCode::OK, media::of("live.js"), live::SCRIPT));
        }
        if self.live && path.as_str() == "/.sitegen/events" {
            return Ok(self.events(&request));
        }
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        let found = tokio::task::spawn_blocking(move || self.find(&path, &query)).await;
        Ok(found.unwrap_or_else(|_| shown(own::bug(), None)))
    }

    /// The path that a request is for, if it may be answered.
    fn admit<B>(&self, request: &Request<B>) -> Result<Path, Box<Answer>> {
        let refuse = |status, reason: &str| Box::new(text(status, TEXT, reason));
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            let mut refusal = refuse(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.\n");
            refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return Err(refusal);
        }
        let mut hosts = request.headers().get_all(HOST).iter();
        let host = match (hosts.next(), hosts.next()) {
            (Some(host), None) => host.to_str().ok(),
            (None, _) if request.version() == Protocol::HTTP_10 => Some("localhost"),
            _ => None,
        };
        let Some(host) = host else {
            return Err(refuse(StatusCode::BAD_REQUEST, "A request names one host.\n"));
        };
        let target = request.uri().authority().map_or(host, |authority| authority.as_str());
        if ![host, target].iter().all(|host| guard::is_own_host(host, &self.host)) {
            let reason = "This server is not known by that name. Use localhost or its address, or start it with --host NAME.\n";
            return Err(refuse(StatusCode::FORBIDDEN, reason));
        }
        Path::parse(request.uri().path())
            .ok_or_else(|| refuse(StatusCode::BAD_REQUEST, "The path is not one of text.\n"))
    }

    /// Lets a page of this server hear of changes.
    fn events<B>(&self, request: &Request<B>) -> Answer {
        if !guard::is_own_page(request.headers()) {
            return text(StatusCode::FORBIDDEN, TEXT, "Only pages of this server may listen.\n");
        }
        let query = request.uri().query().unwrap_or_default();
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        // The browser encodes the path that it was given, which is an encoded one.
        let path =
            value("path").and_then(|path| sitegen_model::decode(path).as_deref().and_then(Path::parse));
        let Some(path) = path else {
            return text(StatusCode::BAD_REQUEST, TEXT, "The path of a page is needed.\n");
        };
        let events = self.hub.join(path, value("page").unwrap_or_default().to_owned());
        self.ring(Ring::Opened);
        response(StatusCode::OK, "text/event-stream", UnsyncBoxBody::new(events))
    }

    /// What is at a path, with the script that keeps it up to date.
    fn find(&self, path: &Path, query: &str) -> Answer {
        let state = self.state();
        match state.find(path) {
            Found::Moved(url) => moved(&format!("{url}{query}")),
            Found::Here(page) => {
                if page.stale {
                    self.ring(Ring::Changed(Instant::now()));
                }
                let token = page.fingerprint(&state).filter(|_| self.live).map(|page| page.token());
                self.see(path);
                shown(page, token.as_deref())
            }
        }
    }

    /// Has a page checked from now on, for a while.
    fn see(&self, path: &Path) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.contains(path) {
            seen.push_back(path.clone());
            if seen.len() > SEEN {
                seen.pop_front();
            }
            self.ring(Ring::Opened);
        }
    }

    /// The pages that were asked for lately.
    pub(super) fn seen(&self) -> Vec<Path> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

fn shown(page: Shown, token: Option<&str>) -> Answer {
    let bytes = match token {
        Some(token) => live::with_script(page.bytes, token),
        None => page.bytes,
    };
    full(page.status, page.media, bytes.into())
}

fn text(status: StatusCode, media: &'static str, text: &str) -> Answer {
    full(status, media, Bytes::copy_from_slice(text.as_bytes()))
}

fn moved(url: &str) -> Answer {
    let mut answer = text(StatusCode::MOVED_PERMANENTLY, TEXT, "It is elsewhere.\n");
    if let Ok(url) = HeaderValue::from_str(url) {
        answer.headers_mut().insert(LOCATION, url);
    }
    answer
}

fn full(status: StatusCode, media: &'static str, bytes: Bytes) -> Answer {
    let length = bytes.len();
    let mut answer = response(status, media, Full::new(bytes).boxed_unsync());
    answer.headers_mut().insert(CONTENT_LENGTH, length.into());
    answer
}

fn response(status: StatusCode, media: &'static str, body: UnsyncBoxBody<Bytes, Infallible>) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}
