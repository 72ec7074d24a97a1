//! Making answers: status, headers and the requested part of a file.

use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    HeaderMap, HeaderName, HeaderValue, LOCATION, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use hyper::{Response, StatusCode};

use super::body::{self, Body};
use super::payload::Payload;
use super::policy;
use super::range::RequestedPart;

/// An answer to a request.
pub(super) type Reply = Response<Body>;

pub(super) const TEXT: &str = "text/plain; charset=utf-8";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Answers with a text of the server.
pub(super) fn text(status: StatusCode, media: &'static str, text: &str) -> Reply {
    whole(status, media, text.as_bytes().to_vec())
}

/// Redirects to another URL.
pub(super) fn moved(url: &str) -> Reply {
    let mut answer = text(StatusCode::MOVED_PERMANENTLY, TEXT, "It is elsewhere.\n");
    if let Ok(url) = HeaderValue::from_str(url) {
        answer.headers_mut().insert(LOCATION, url);
    }
    answer
}

/// Answers with all of some bytes.
pub(super) fn whole(status: StatusCode, media: &'static str, bytes: Vec<u8>) -> Reply {
    let length = bytes.len();
    let mut answer = response(status, media, body::full(bytes.into()));
    answer.headers_mut().insert(CONTENT_LENGTH, length.into());
    answer
}

/// Answers with the part of the content that the request wants.
pub(super) fn asked(media: &'static str, content: Payload, headers: &HeaderMap) -> Reply {
    let (tag, length) = (content.tag(), content.len());
    let (status, part) = match RequestedPart::of(headers, &tag, length) {
        RequestedPart::Nothing => (StatusCode::NOT_MODIFIED, None),
        RequestedPart::Other => (StatusCode::PRECONDITION_FAILED, None),
        RequestedPart::Beyond => (StatusCode::RANGE_NOT_SATISFIABLE, None),
        RequestedPart::Whole => (StatusCode::OK, Some(0..length)),
        RequestedPart::Part(part) => (StatusCode::PARTIAL_CONTENT, Some(part)),
    };
    let range = match (&part, status) {
        (Some(part), StatusCode::PARTIAL_CONTENT) => {
            Some(format!("bytes {}-{}/{length}", part.start, part.end - 1))
        }
        (None, StatusCode::RANGE_NOT_SATISFIABLE) => Some(format!("bytes */{length}")),
        _ => None,
    };
    let size = part.as_ref().map_or(0, |part| part.end - part.start);
    let body = part.map_or_else(|| body::full(Bytes::new()), |part| content.body(part));
    let mut answer = response(status, media, body);
    let head = answer.headers_mut();
    if status != StatusCode::NOT_MODIFIED {
        head.insert(CONTENT_LENGTH, size.into());
    }
    head.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let written = [(ETAG, Some(tag)), (CONTENT_RANGE, range)];
    for (name, value) in written.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        head.insert(name, value.try_into().expect("figures and quotes can stand in headers"));
    }
    answer
}

/// Makes an answer with the headers that all answers have.
pub(super) fn response(status: StatusCode, media: &'static str, body: Body) -> Reply {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    let said = [
        (CONTENT_TYPE, media),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, policy::OWN),
        (RESOURCE_POLICY, "same-origin"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
    ];
    answer.headers_mut().extend(said.map(|(name, value)| (name, HeaderValue::from_static(value))));
    answer
}
