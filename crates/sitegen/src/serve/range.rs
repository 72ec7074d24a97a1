//! Conditional and range requests: the part of a file that a request wants.

use std::ops::Range;

use hyper::header::{HeaderMap, HeaderName, IF_MATCH, IF_NONE_MATCH, IF_RANGE, RANGE};

/// The part of a file that a request wants.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RequestedPart {
    /// The whole file. This is also the answer to ranges that we do not understand and to requests for
    /// several ranges.
    Whole,
    /// A part that is not empty.
    Part(Range<u64>),
    /// A part beyond the end of the file.
    Beyond,
    /// Nothing, because the client has this version.
    Nothing,
    /// A version that we do not have.
    Other,
}

impl RequestedPart {
    /// Reads from the headers which part of a file with this tag and length the client wants.
    pub(super) fn of(headers: &HeaderMap, tag: &str, length: u64) -> Self {
        if headers.contains_key(IF_MATCH) && !tags(headers, &IF_MATCH).any(|it| it == "*" || it == tag) {
            return Self::Other;
        }
        if tags(headers, &IF_NONE_MATCH).any(|it| it == "*" || it.trim_start_matches("W/") == tag) {
            return Self::Nothing;
        }
        let is_same = !headers.contains_key(IF_RANGE) || only(headers, &IF_RANGE) == Some(tag);
        let range = only(headers, &RANGE).filter(|_| is_same).and_then(range);
        match range {
            None => Self::Whole,
            Some(wanted) => part(&wanted, length).map_or(Self::Beyond, Self::Part),
        }
    }
}

/// Returns the tags in all headers of a name.
fn tags<'h>(headers: &'h HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'h str> {
    let lists = headers.get_all(name).into_iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(str::trim)
}

/// Returns the value of a header, if there is exactly one.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first.trim())
}

/// A range as the header writes it, which may exceed the file.
enum ByteRange {
    Between(u64, u64),
    From(u64),
    Last(u64),
}

/// Parses a header with a single range.
fn range(header: &str) -> Option<ByteRange> {
    let (unit, range) = header.split_once('=')?;
    match range.trim().split_once('-').filter(|_| unit.trim().eq_ignore_ascii_case("bytes"))? {
        ("", last) => Some(ByteRange::Last(number(last)?)),
        (first, "") => Some(ByteRange::From(number(first)?)),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            (first <= last).then_some(ByteRange::Between(first, last))
        }
    }
}

/// Parses a number. One that is too large becomes the largest, which is beyond the end of any file, too.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

/// Returns the bytes of a range, if the file has any of them.
fn part(wanted: &ByteRange, length: u64) -> Option<Range<u64>> {
    let part = match *wanted {
        ByteRange::Last(count) => length.saturating_sub(count)..length,
        ByteRange::From(first) => first..length,
        ByteRange::Between(first, last) => first..last.saturating_add(1).min(length),
    };
    (!part.is_empty()).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(HeaderName, &'static str)]) -> RequestedPart {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, value.parse().expect("is a value"));
        }
        RequestedPart::of(&headers, "\"t\"", 10)
    }

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        let range = |value| asked(&[(RANGE, value)]);
        for (value, part) in [
            ("bytes=0-0", 0..1),
            ("bytes=2-5", 2..6),
            ("bytes=2-", 2..10),
            ("bytes=-3", 7..10),
            ("bytes=-30", 0..10),
            ("BYTES = 8-99999999999999999999999", 8..10),
        ] {
            assert_eq!(range(value), RequestedPart::Part(part), "{value}");
        }
        for value in ["bytes=10-", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(range(value), RequestedPart::Beyond, "{value}");
        }
        for value in [
            "bytes=5-2",
            "bytes=0-1,3-4",
            "bytes=-",
            "bytes=a-b",
            "bytes=+1-2",
            "lines=0-1",
            "bytes",
            "bytes=--1",
            "",
        ] {
            assert_eq!(range(value), RequestedPart::Whole, "{value}");
        }
        assert_eq!(asked(&[(RANGE, "bytes=0-1"), (RANGE, "bytes=2-3")]), RequestedPart::Whole);
    }

    #[test]
    fn what_a_client_has_decides_what_it_gets() {
        let part = (RANGE, "bytes=0-1");
        assert_eq!(asked(&[part.clone(), (IF_RANGE, "\"t\"")]), RequestedPart::Part(0..2));
        for other in ["\"u\"", "W/\"t\"", "Thu, 26 Nov 2026 18:00:00 GMT", ""] {
            assert_eq!(asked(&[part.clone(), (IF_RANGE, other)]), RequestedPart::Whole, "{other}");
        }
        for known in ["\"t\"", "\"u\", W/\"t\"", "*"] {
            assert_eq!(asked(&[part.clone(), (IF_NONE_MATCH, known)]), RequestedPart::Nothing, "{known}");
        }
        assert_eq!(asked(&[(IF_NONE_MATCH, "\"u\""), (IF_NONE_MATCH, "\"t\"")]), RequestedPart::Nothing);
        assert_eq!(asked(&[(IF_NONE_MATCH, "\"u\"")]), RequestedPart::Whole);
        for wanted in ["\"t\"", "\"u\", \"t\"", "*"] {
            assert_eq!(asked(&[part.clone(), (IF_MATCH, wanted)]), RequestedPart::Part(0..2), "{wanted}");
        }
        for other in ["\"u\"", "W/\"t\"", ""] {
            assert_eq!(asked(&[(IF_MATCH, other), (IF_NONE_MATCH, "*")]), RequestedPart::Other, "{other}");
        }
    }
}
