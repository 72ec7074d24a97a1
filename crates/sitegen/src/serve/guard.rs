//! Whom the server answers: pages of its own, asked for under its own name.
//!
//! Any site that a browser shows can send requests to this machine. What it must not do is read the answers. A browser
//! keeps it from that unless the site takes this server's address for a name of its own (DNS rebinding), so names
//! are checked.

use std::net::IpAddr;

use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderName, ORIGIN, TRANSFER_ENCODING};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a request names a host that nobody else can take for theirs: this machine, an address, or `own`.
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

/// An address of version 6 without brackets, whose last part is no port.
fn is_bare_v6(name: &str) -> bool {
    name.contains(':') && !name.starts_with('[')
}

/// Whether a request brings more than a head, so that where the next one begins is a matter of opinion.
pub(super) fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING)
        || headers.get_all(CONTENT_LENGTH).iter().any(|length| length.as_bytes() != b"0")
}

/// Whether a request comes from a page of this server, as far as the browser says.
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
