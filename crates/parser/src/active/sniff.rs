//! Guesses the type of a file that is sent without one, as the MIME Sniffing standard tells browsers to.

/// The beginnings of HTML, in capitals. All but the last have to be followed by a space or `>`.
const HTML: [&[u8]; 17] = [
    b"<!DOCTYPE HTML",
    b"<HTML",
    b"<HEAD",
    b"<SCRIPT",
    b"<IFRAME",
    b"<H1",
    b"<DIV",
    b"<FONT",
    b"<TABLE",
    b"<A",
    b"<STYLE",
    b"<TITLE",
    b"<B",
    b"<BODY",
    b"<BR",
    b"<P",
    b"<!--",
];

/// Returns true if browsers take a file that begins with these bytes for HTML.
pub(super) fn is_html(head: &[u8]) -> bool {
    let head = trimmed(head);
    HTML.iter().any(|begin| {
        let begins = head.get(..begin.len()).is_some_and(|it| it.eq_ignore_ascii_case(begin));
        begins && (*begin == b"<!--" || matches!(head.get(begin.len()), Some(b' ' | b'>')))
    })
}

/// Returns true if browsers take a file that begins with these bytes for XML. Some viewers take `<svg` for a
/// drawing.
pub(super) fn is_xml(head: &[u8]) -> bool {
    let head = trimmed(head);
    head.starts_with(b"<?xml") || head.starts_with(b"<svg")
}

fn trimmed(head: &[u8]) -> &[u8] {
    let is_space = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ');
    let start = head.iter().position(|byte| !is_space(byte)).unwrap_or(head.len());
    &head[start..]
}
