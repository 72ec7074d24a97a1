//! A bound on the depth of elements. By HTML's rules, a parser looks at every open element at each tag, so a
//! page of nothing but start tags would take hours to read.

use sitegen_parser::RAW_ELEMENTS;

use crate::ground::scan::{after, after_end_tag};

/// The most open elements of a page of which Markdown is made.
pub(super) const MAX_DEPTH: usize = 200;

/// Elements that have no end tag, or end where the next one begins.
const SHALLOW: [&str; 32] = [
    "area", "base", "br", "caption", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li",
    "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source", "summary", "tbody", "td",
    "tfoot", "th", "thead", "tr", "track", "wbr", "!doctype",
];

/// Returns true if more elements are open at once than is allowed.
pub(super) fn is_too_deep(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(start) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = after(comment, "-->");
            continue;
        }
        let (end, tag) = rest.strip_prefix('/').map_or((false, rest), |tag| (true, tag));
        let length = tag.bytes().position(|c| !c.is_ascii_alphanumeric() && c != b'-').unwrap_or(tag.len());
        let name = &tag[..length];
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || SHALLOW.into_iter().any(is) {
            continue;
        }
        if end {
            let known = open.iter().rposition(|open| is(open));
            open.truncate(known.unwrap_or(open.len()));
        } else if let Some(raw) = RAW_ELEMENTS.into_iter().find(|raw| is(raw)) {
            rest = after_end_tag(rest, raw);
        } else if !closes_itself(tag, &open) {
            open.push(name);
        }
        if open.len() > MAX_DEPTH {
            return true;
        }
    }
    false
}

/// Returns true if a tag of SVG or MathML ends in `/>`, which means nothing elsewhere.
fn closes_itself(tag: &str, open: &[&str]) -> bool {
    let drawn = open.iter().any(|name| name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math"));
    drawn && tag.find('>').is_some_and(|end| tag[..end].ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_elements_are_counted() {
        let fine =
            "<p>a<br><li><div x='1'></div>".repeat(1000) + &format!("<svg>{}</svg>", "<path/>".repeat(1000));
        assert!(!is_too_deep(&fine));
        assert!(!is_too_deep(&format!("<script>{}</script><!-- {0} -->", "<div>".repeat(1000))));
        assert!(is_too_deep(&"<div/>".repeat(MAX_DEPTH + 1)));
        assert!(is_too_deep(&"<div></b><I>".repeat(MAX_DEPTH)));
    }
}
