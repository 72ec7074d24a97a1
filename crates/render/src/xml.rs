//! XML: which characters it can hold.

use std::borrow::Cow;

/// Whether a file is XML, by its name, so that it has to be well-formed.
pub(crate) fn is_xml(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["xml", "atom", "rss", "svg"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// A text without the characters that XML 1.0 cannot hold in any form. They have no meaning in prose, come in with data,
/// and a single one makes readers refuse all of a file.
pub(crate) fn without_forbidden(text: &str) -> Cow<'_, str> {
    if text.contains(is_forbidden) { text.replace(is_forbidden, "").into() } else { text.into() }
}

fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
