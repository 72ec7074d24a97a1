//! Where links lead: the destination's place, and destinations that no page may have.

use crate::Span;

/// What has a destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Link,
    Image,
}

impl Kind {
    /// Whether following or loading the destination could run a program in the reader's browser. Pictures may be
    /// written out in an image's.
    ///
    /// Browsers ignore control characters and spaces in and before a scheme.
    pub(super) fn forbids(self, to: &str) -> bool {
        let runs = matches!(scheme(to).as_deref(), Some("javascript" | "vbscript" | "data"));
        runs && !(self == Self::Image && is_picture(to))
    }
}

fn is_picture(to: &str) -> bool {
    to.get(.."data:image/".len()).is_some_and(|start| start.eq_ignore_ascii_case("data:image/"))
}

fn scheme(to: &str) -> Option<String> {
    let ignored = |c: &char| !c.is_whitespace() && !c.is_control();
    let (scheme, _) = to.split_once(':')?;
    Some(scheme.chars().filter(ignored).map(|c| c.to_ascii_lowercase()).collect())
}

/// Whether there is no destination: nothing, or only a title, which Markdown takes for one.
pub(super) fn is_missing(to: &str) -> bool {
    let is_title = |quote| to.len() > 1 && to.starts_with(quote) && to.ends_with(quote);
    to.is_empty() || is_title('"') || is_title('\'')
}

/// Where the destination stands in the source of its link or definition, if it stands there letter for letter.
///
/// Preferably after `](`, which a title that repeats the destination cannot imitate.
pub(super) fn destination(text: &str, link: &Span, to: &str) -> Option<Span> {
    if to.is_empty() {
        return None;
    }
    let source = &text[link.clone()];
    let inline = [format!("]({to}"), format!("](<{to}")]
        .iter()
        .find_map(|opening| Some(source.rfind(opening)? + opening.len() - to.len()));
    let start = link.start + inline.or_else(|| source.rfind(to))?;
    Some(start..start + to.len())
}

#[cfg(test)]
mod tests {
    use super::{Kind, destination};

    #[test]
    fn programs_are_forbidden_however_they_are_written() {
        for to in ["javascript:x", "JavaScript:x", " java\nscript:x", "\u{1}vbscript:x", "data:text/html,x"] {
            assert!(Kind::Link.forbids(to) && Kind::Image.forbids(to), "{to}");
        }
        for to in ["https://a.org/javascript:x", "/data", "@companies/amazon", "mailto:a@b", "#javascript"] {
            assert!(!Kind::Link.forbids(to), "{to}");
        }
        let picture = "data:image/png;base64,";
        assert!(Kind::Link.forbids(picture) && !Kind::Image.forbids(picture));
    }

    #[test]
    fn destinations_are_found_behind_the_text() {
        let found = |text: &str, to: &str| destination(text, &(0..text.len()), to);
        assert_eq!(found(r#"[a](a "a")"#, "a"), Some(4..5));
        assert_eq!(found("[a](<b c>)", "b c"), Some(5..8));
        assert_eq!(found("<https://a.org>", "https://a.org"), Some(1..14));
        assert_eq!(found("[a](b&amp;c)", "b&c"), None);
    }
}
