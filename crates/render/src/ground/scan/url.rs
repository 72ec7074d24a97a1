//! URLs in the values of attributes: of refreshes, of images in several sizes, and with whitespace.

use std::borrow::Cow;

/// Returns the URL of a `<meta http-equiv="refresh">`; none if it only reloads the page.
pub(super) fn refresh(content: &str) -> Option<&str> {
    let rest = content.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ';' || c == ',');
    let after_name =
        rest.get(..3).filter(|name| name.eq_ignore_ascii_case("url")).map(|_| rest[3..].trim_start());
    let url = after_name.and_then(|rest| rest.strip_prefix('=')).unwrap_or(rest).trim();
    let quote = url.chars().next().filter(|c| matches!(c, '"' | '\''));
    let url = quote.map_or(url, |quote| url[1..].split(quote).next().unwrap_or_default());
    (!url.is_empty()).then_some(url)
}

/// Splits images of several sizes into their URLs: `a.png 1x, b.png 2x`.
pub(super) fn sources(value: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let Some(end) =
            rest.find(|c: char| c.is_ascii_whitespace()).or(Some(rest.len())).filter(|end| *end > 0)
        else {
            return found;
        };
        let url = &rest[..end];
        found.push(url.trim_end_matches(','));
        rest = &rest[end..];
        if !url.ends_with(',') {
            rest = &rest[rest.find(',').unwrap_or(rest.len())..];
        }
    }
}

/// Trims a URL as browsers do: spaces and controls around it, and line endings and tabs within.
pub(super) fn tidy(url: Cow<'_, str>) -> Cow<'_, str> {
    let is_dropped = |c: char| matches!(c, '\t' | '\n' | '\r');
    let around = |c: char| c <= ' ';
    if url.bytes().all(|byte| byte > b' ') {
        return url;
    }
    url.trim_matches(around).replace(is_dropped, "").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_end_at_spaces_and_commas() {
        assert_eq!(sources(" a.png 1x, b,c.png 2x,d.png"), ["a.png", "b,c.png", "d.png"]);
        assert_eq!(sources("a.png, b.png"), ["a.png", "b.png"]);
        assert_eq!(sources("data:image/png;base64,AA== 1x"), ["data:image/png;base64,AA=="]);
        assert!(sources(" , ").is_empty());
    }

    #[test]
    fn a_refresh_may_lead_elsewhere() {
        for content in ["0; url=/a/", "5;URL='/a/'", "0, /a/", "0;url = \"/a/\" x"] {
            assert_eq!(refresh(content), Some("/a/"), "{content}");
        }
        assert_eq!(refresh("30"), None);
    }
}
