//! XML: its forbidden characters, and line endings in its attributes.

use std::borrow::Cow;

/// Returns true if a file is XML by its extension, and so must be well-formed.
pub(crate) fn is_xml(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["xml", "atom", "rss", "svg"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Makes XML fit to be published, whatever data came in: without forbidden characters, and with attributes
/// that keep their line endings.
pub(crate) fn published(xml: &str) -> String {
    with_written_spaces(&without_forbidden(xml))
}

/// Replaces the characters that XML 1.0 cannot hold in any form by U+FFFD. They come in with data, and a
/// single one makes readers refuse the whole file.
pub(crate) fn without_forbidden(text: &str) -> Cow<'_, str> {
    if text.contains(is_forbidden) { text.replace(is_forbidden, "\u{fffd}").into() } else { text.into() }
}

fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The beginnings and ends of parts of XML that are not elements.
const OTHERS: [(&str, &str); 4] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];

/// Writes line endings and tabs in attributes as references, because readers take them for spaces otherwise.
fn with_written_spaces(xml: &str) -> String {
    let mut written = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(start) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, tag) = rest.split_at(start);
        written.push_str(before);
        let other = OTHERS.iter().find(|(open, _)| tag.starts_with(open));
        let length = match other {
            Some((_, close)) => tag.find(close).map_or(tag.len(), |at| at + close.len()),
            None => push_element(&mut written, tag),
        };
        if other.is_some() {
            written.push_str(&tag[..length]);
        }
        rest = &tag[length..];
    }
    written.push_str(rest);
    written
}

/// Writes the tag that XML begins with, and returns its length.
fn push_element(written: &mut String, xml: &str) -> usize {
    let mut quote = None;
    for (at, c) in xml.char_indices() {
        match (c, quote) {
            ('\n', Some(_)) => written.push_str("&#10;"),
            ('\r', Some(_)) => written.push_str("&#13;"),
            ('\t', Some(_)) => written.push_str("&#9;"),
            _ => written.push(c),
        }
        match quote {
            Some(open) if open == c => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == '>' => return at + 1,
            _ => {}
        }
    }
    xml.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_keep_their_line_endings() {
        let xml =
            "<?x a='\n'?><!-- \" --><a\n b=\"1\n2\t\" c='\"\r'>\n\"\n\"<![CDATA[<a b='\n'>]]></a><d e=\"\n";
        let expected = "<?x a='\n'?><!-- \" --><a\n b=\"1&#10;2&#9;\" c='\"&#13;'>\n\"\n\"<![CDATA[<a b='\n'>]]></a><d e=\"&#10;";
        assert_eq!(published(xml), expected);
    }
}
