//! The guard of the server: it answers requests under its own name only, and tells changes only to its own
//! pages.
//!
//! Any site in a browser can send requests to this machine. The browser keeps it from reading the answers,
//! unless the site makes its own name resolve to this machine's address (DNS rebinding). So we check names.

use std::net::IpAddr;

use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderName, ORIGIN, TRANSFER_ENCODING};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Returns true if nobody else can own the requested host name: it is this machine, an IP address, or `own`.
pub(super) fn is_own_host(host: &str, own: &str) -> bool {
    if !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte)) {
        return false;
    }
    let name = without_port(host).to_ascii_lowercase();
    let name = name.strip_suffix('.').unwrap_or(&name);
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    name == "localhost"
        || name.ends_with(".localhost")
        || address.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case(own)
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if (port.is_empty() || port.parse::<u16>().is_ok()) && !is_bare_v6(name) => name,
        _ => host,
    }
}

/// Returns true for an IPv6 address without brackets, whose last part is no port.
fn is_bare_v6(name: &str) -> bool {
    name.contains(':') && !name.starts_with('[')
}

/// Returns true if a request has a body. Clients and proxies differ on where such a body ends, so another
/// request could be hidden in it.
pub(super) fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING)
        || headers.get_all(CONTENT_LENGTH).iter().any(|length| length.as_bytes() != b"0")
}

/// Returns true if a request comes from a page of this server, as far as the browser tells.
pub(super) fn is_own_page(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value: &hyper::header::HeaderValue| value.as_bytes());
    let near = matches!(text(FETCH_SITE), None | Some(b"same-origin" | b"none"));
    let origin = text(ORIGIN).map(|origin| {
        let scheme = origin.windows(3).position(|part| part == b"://").map_or(0, |at| at + 3);
        &origin[scheme..]
    });
    near && origin.is_none_or(|origin| Some(origin) == text(HOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_others_can_own_are_refused() {
        let own = [
            "localhost",
            "LOCALHOST:4000",
            "a.localhost",
            "127.0.0.1:1",
            "[::1]:4000",
            "::1",
            "box.lan:80",
            "localhost.",
        ];
        for host in own {
            assert!(is_own_host(host, "box.lan"), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:4000",
            "",
            "notlocalhost",
            "a b.localhost",
            "a@localhost",
            "localhost:65536",
        ] {
            assert!(!is_own_host(host, "box.lan"), "{host}");
        }
    }

    #[test]
    fn pages_of_others_are_told_apart() {
        let headers = |pairs: &[(HeaderName, &'static str)]| -> HeaderMap {
            pairs.iter().map(|(name, value)| (name.clone(), value.parse().expect("is a value"))).collect()
        };
        assert!(is_own_page(&headers(&[(HOST, "localhost:4000")])));
        assert!(is_own_page(&headers(&[(HOST, "a:1"), (ORIGIN, "http://a:1"), (FETCH_SITE, "same-origin")])));
        assert!(!is_own_page(&headers(&[(HOST, "a:1"), (ORIGIN, "http://a:2")])));
        assert!(!is_own_page(&headers(&[(HOST, "a:1"), (ORIGIN, "null")])));
        assert!(!is_own_page(&headers(&[(HOST, "a:1"), (FETCH_SITE, "same-site")])));
    }
}
