//! Checks the destinations of links and images, and finds them in the text.

use crate::{Span, UrlUse, is_forbidden, scheme};

/// An element that has a destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkElement {
    Link,
    Image,
}

impl LinkElement {
    /// Returns true if following or loading the destination could run a program in the reader's browser.
    pub(super) fn forbids(self, to: &str) -> bool {
        let usage = match self {
            Self::Link => UrlUse::Follow,
            Self::Image => UrlUse::Show,
        };
        is_forbidden(to, usage)
    }
}

/// Returns true if there is no destination, or only a title, which Markdown takes for one.
pub(super) fn is_missing(to: &str) -> bool {
    let is_title = |quote| to.len() > 1 && to.starts_with(quote) && to.ends_with(quote);
    to.is_empty() || is_title('"') || is_title('\'')
}

/// Advises on a destination whose scheme is really a host, a file or a drive; none if it may be a scheme.
pub(super) fn odd_scheme(to: &str) -> Option<&'static str> {
    let scheme = scheme(to)?;
    let rest = to.split_once(':')?.1;
    let number = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let is_number =
        number > 0 && (rest.len() == number || rest[number..].starts_with(['/', '?', '#', ':', '-']));
    let is_name = scheme.contains('.') || scheme == "localhost";
    match &*scheme {
        _ if scheme.len() == 1 => {
            Some("write a path from the text, such as `file.md`: readers have no drives of yours")
        }
        _ if is_number && is_name => Some(
            "write `http://` before a host and its port, and a file without the number of a line: `file.md`",
        ),
        _ => None,
    }
}

/// Returns true if the text before a destination's colon is most likely no scheme. The reader of links
/// reports it.
pub fn is_odd_scheme(to: &str) -> bool {
    odd_scheme(to).is_some()
}

/// Finds the destination in the source of its link or definition, if it stands there letter by letter.
///
/// A destination after `](` is preferred, because a title could repeat the destination, but not these signs.
pub(super) fn destination(text: &str, link: &Span, to: &str) -> Option<Span> {
    if to.is_empty() {
        return None;
    }
    let source = &text[link.clone()];
    // Most links end with their destination.
    let last = source.strip_suffix(')').and_then(|source| source.strip_suffix(to));
    if let Some(before) = last.filter(|before| before.ends_with("](")) {
        let start = link.start + before.len();
        return Some(start..start + to.len());
    }
    let inline = [format!("]({to}"), format!("](<{to}")]
        .iter()
        .find_map(|opening| Some(source.rfind(opening)? + opening.len() - to.len()));
    let start = link.start + inline.or_else(|| source.rfind(to))?;
    Some(start..start + to.len())
}

#[cfg(test)]
mod tests {
    use super::destination;

    #[test]
    fn destinations_are_found_behind_the_text() {
        let found = |text: &str, to: &str| destination(text, &(0..text.len()), to);
        assert_eq!(found(r#"[a](a "a")"#, "a"), Some(4..5));
        assert_eq!(found("[a](<b c>)", "b c"), Some(5..8));
        assert_eq!(found("<https://a.org>", "https://a.org"), Some(1..14));
        assert_eq!(found("[a](b&amp;c)", "b&c"), None);
    }
}
