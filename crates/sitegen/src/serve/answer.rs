//! Answering requests.

use std::collections::VecDeque;
use std::mem;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;

use hyper::header::{
    ALLOW, CONNECTION, CONTENT_SECURITY_POLICY, HOST, HeaderMap, HeaderName, HeaderValue, RANGE,
};
use hyper::{Method, Request, StatusCode, Version as Protocol};

use crate::args::ServeArgs;

use super::bell::Ring;
use super::live::{self, Hub};
use super::path::RequestPath;
use super::payload::Payload;
use super::reply::{self, Reply, TEXT};
use super::state::{Lookup, Resource, State, Version};
use super::{body, guard, media, own, policy};

/// The state that all connections share.
pub(super) struct SiteServer {
    state: RwLock<Arc<State>>,
    pub hub: Hub,
    /// The bell that wakes the loop which looks for changes.
    bell: Sender<Ring>,
    /// The pages that were requested lately.
    seen: Mutex<VecDeque<RequestPath>>,
    live: bool,
    host: String,
}

/// The number of requested pages that are checked for problems, beside the open ones.
const SEEN: usize = 32;

impl SiteServer {
    pub(super) fn new(state: State, args: &ServeArgs, bell: Sender<Ring>) -> Self {
        let state = RwLock::new(Arc::new(state));
        let (hub, seen) = (Hub::default(), Mutex::default());
        Self { state, hub, bell, seen, live: args.watch, host: args.host.clone() }
    }

    /// Returns the state that is served now.
    pub(super) fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces the state that is served.
    pub(super) fn publish(&self, state: State) {
        let state = Arc::new(state);
        // We drop the old state after the lock is released, because it may be large and requests would wait
        // meanwhile.
        let before = mem::replace(&mut *self.state.write().unwrap_or_else(PoisonError::into_inner), state);
        drop(before);
    }

    fn ring(&self, ring: Ring) {
        // The other end is gone only when the program ends.
        let _ended = self.bell.send(ring);
    }

    /// Answers a request.
    pub(super) async fn answer<B>(self: Arc<Self>, request: Request<B>) -> Reply {
        let mut answer = match self.admit(&request) {
            Ok(path) => self.admitted(path, &request).await,
            Err(refusal) => *refusal,
        };
        if guard::has_body(request.headers()) {
            // We close the connection, because we cannot know where the body ends and the next request
            // begins.
            answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        answer
    }

    async fn admitted<B>(self: Arc<Self>, path: RequestPath, request: &Request<B>) -> Reply {
        match path.as_str() {
            "/.sitegen/own.css" => return reply::text(StatusCode::OK, media::of("own.css"), own::STYLE),
            "/.sitegen/live.js" if self.live => {
                return reply::text(StatusCode::OK, media::of("live.js"), live::SCRIPT);
            }
            "/.sitegen/events" if self.live => return self.events(request),
            _ => {}
        }
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        let mut headers = request.headers().clone();
        if request.method() == Method::HEAD {
            // Only GET requests have ranges.
            headers.remove(RANGE);
        }
        let found = tokio::task::spawn_blocking(move || self.find(&path, &query, &headers)).await;
        found.unwrap_or_else(|_| {
            let bug = own::bug();
            reply::whole(bug.status, bug.media, bug.content.bytes().unwrap_or_default().to_vec())
        })
    }

    /// Returns the path that a request is for, or the answer that refuses the request.
    fn admit<B>(&self, request: &Request<B>) -> Result<RequestPath, Box<Reply>> {
        let refuse = |status, reason: &str| Box::new(reply::text(status, TEXT, reason));
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            let mut refusal = refuse(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.\n");
            refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return Err(refusal);
        }
        if guard::has_body(request.headers()) {
            return Err(refuse(StatusCode::BAD_REQUEST, "A request to read something has no body.\n"));
        }
        let uri = request.uri();
        if uri.scheme_str().map_or(uri.authority().is_some(), |scheme| scheme != "http") {
            return Err(refuse(StatusCode::BAD_REQUEST, "Only paths and http: are understood.\n"));
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
        RequestPath::parse(request.uri().path())
            .ok_or_else(|| refuse(StatusCode::BAD_REQUEST, "The path is not one of text.\n"))
    }

    /// Begins the stream of events by which a page of this server hears of changes.
    fn events<B>(&self, request: &Request<B>) -> Reply {
        if !guard::is_own_page(request.headers()) {
            return reply::text(StatusCode::FORBIDDEN, TEXT, "Only pages of this server may listen.\n");
        }
        let query = request.uri().query().unwrap_or_default();
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        // The path is decoded twice, here and by `parse`, because the browser encodes a path that is already
        // encoded.
        let path = value("path")
            .and_then(|path| sitegen_model::decode(path).as_deref().and_then(RequestPath::parse));
        let Some(path) = path else {
            return reply::text(StatusCode::BAD_REQUEST, TEXT, "The path of a page is needed.\n");
        };
        let events = self.hub.join(path, value("page").unwrap_or_default().to_owned());
        self.ring(Ring::Opened);
        reply::response(StatusCode::OK, "text/event-stream", body::boxed(events))
    }

    /// Answers with the page or file at a path. Pages get the script that reloads them.
    fn find(&self, path: &RequestPath, query: &str, headers: &HeaderMap) -> Reply {
        let state = self.state();
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        match state.find(path) {
            Lookup::Moved(url) => reply::moved(&format!("{url}{query}")),
            Lookup::Here(page) => {
                if page.stale {
                    self.ring(Ring::Changed(Instant::now()));
                }
                let token = page.fingerprint(&state).filter(|_| self.live).map(|page| page.token());
                self.see(path);
                let own = page.own;
                let mut answer = shown(page, token.as_deref(), headers);
                if !own {
                    say(&mut answer, &state.latest, host);
                }
                answer
            }
        }
    }

    /// Notes that a page was requested, so that it is checked for a while.
    fn see(&self, path: &RequestPath) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.contains(path) {
            seen.push_back(path.clone());
            if seen.len() > SEEN {
                seen.pop_front();
            }
            self.ring(Ring::Opened);
        }
    }

    /// Returns the pages that were requested lately.
    pub(super) fn seen(&self) -> Vec<RequestPath> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

fn shown(page: Resource, token: Option<&str>, headers: &HeaderMap) -> Reply {
    match page.content {
        Payload::Bytes(bytes) if page.media == media::HTML => {
            let bytes = match token {
                Some(token) => live::with_script(bytes, token),
                None => bytes,
            };
            reply::whole(page.status, page.media, bytes)
        }
        content => reply::asked(page.media, content, headers),
    }
}

/// Adds the headers that the site declares for its hosts.
fn say(answer: &mut Reply, version: &Version, host: &str) {
    let (headers, policy) = version.headers();
    let head = answer.headers_mut();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            head.insert(name, value);
        }
    }
    if let Ok(policy) = policy::of(policy, host).try_into() {
        head.insert(CONTENT_SECURITY_POLICY, policy);
    }
}
