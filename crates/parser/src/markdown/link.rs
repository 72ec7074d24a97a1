//! Where links lead: the destination's place, and destinations that no page may have.

use crate::Span;

/// Whether following or loading the destination could run a program in the reader's browser.
///
/// Browsers ignore control characters and spaces in and before a scheme.
pub(super) fn is_forbidden(to: &str) -> bool {
    matches!(scheme(to).as_deref(), Some("javascript" | "vbscript" | "data"))
}

/// Whether an image may not have this source: as for links, but pictures may be written out in the URL.
pub(super) fn is_forbidden_image(to: &str) -> bool {
    is_forbidden(to) && !is_picture(to)
}

fn is_picture(to: &str) -> bool {
    to.get(.."data:image/".len()).is_some_and(|start| start.eq_ignore_ascii_case("data:image/"))
}

fn scheme(to: &str) -> Option<String> {
    let ignored = |c: &char| !c.is_whitespace() && !c.is_control();
    let (scheme, _) = to.split_once(':')?;
    Some(scheme.chars().filter(ignored).map(|c| c.to_ascii_lowercase()).collect())
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
    use super::{destination, is_forbidden, is_forbidden_image};

    #[test]
    fn programs_are_forbidden_however_they_are_written() {
        for to in ["javascript:x", "JavaScript:x", " java\nscript:x", "\u{1}vbscript:x", "data:text/html,x"] {
            assert!(is_forbidden(to) && is_forbidden_image(to), "{to}");
        }
        for to in ["https://a.org/javascript:x", "/data", "@companies/amazon", "mailto:a@b", "#javascript"] {
            assert!(!is_forbidden(to), "{to}");
        }
        assert!(is_forbidden("data:image/png;base64,") && !is_forbidden_image("data:image/png;base64,"));
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
