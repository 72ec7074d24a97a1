//! Bare URLs in text, by the rules of GitHub's extended autolinks.

use crate::Span;

/// The URLs that stand in a text by themselves: `http://`, `https://` and `www.`.
pub(super) fn find(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(['h', 'H', 'w', 'W'])?;
            if let Some(length) = url_length(&text[..start], &text[start..]) {
                at = start + length;
                return Some(start..at);
            }
            at = start + 1;
        }
    })
}

/// Where such a URL leads.
pub(super) fn destination(url: &str) -> String {
    if has_prefix(url, "www.") { format!("https://{url}") } else { url.to_owned() }
}

/// The length of the URL that `rest` begins with, if it begins with one.
fn url_length(before: &str, rest: &str) -> Option<usize> {
    let is_web = has_prefix(rest, "www.");
    let scheme =
        if is_web { "" } else { ["http://", "https://"].into_iter().find(|s| has_prefix(rest, s))? };
    if !may_precede(before.chars().next_back(), is_web) || !begins_with_domain(&rest[scheme.len()..]) {
        return None;
    }
    let end = rest.find(|c: char| c.is_whitespace() || c.is_control() || c == '<').unwrap_or(rest.len());
    let length = without_trailing_punctuation(&rest[..end]).len();
    (length > scheme.len()).then_some(length)
}

fn has_prefix(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn may_precede(character: Option<char>, is_web: bool) -> bool {
    character.is_none_or(|c| {
        if is_web { c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(') } else { !c.is_alphanumeric() }
    })
}

/// Segments between single points, of which the last two have no underscore.
fn begins_with_domain(text: &str) -> bool {
    let end =
        text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_')).unwrap_or(text.len());
    let domain = text[..end].trim_end_matches(['.', '_', '-']);
    domain.starts_with(char::is_alphanumeric)
        && !domain.contains("..")
        && !domain.rsplit('.').take(2).any(|segment| segment.contains('_'))
}

fn without_trailing_punctuation(url: &str) -> &str {
    let mut excess = url.matches(')').count().saturating_sub(url.matches('(').count());
    let mut url = url;
    loop {
        let rest = match url.as_bytes().last() {
            Some(b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"') => {
                &url[..url.len() - 1]
            }
            Some(b';') => without_entity(url),
            Some(b')') if excess > 0 => {
                excess -= 1;
                &url[..url.len() - 1]
            }
            _ => return url,
        };
        url = rest;
    }
}

/// Without a final `&name;`, or else without the final semicolon.
fn without_entity(url: &str) -> &str {
    let name = url[..url.len() - 1].trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    name.strip_suffix('&').filter(|rest| rest.len() + 2 < url.len()).unwrap_or(&url[..url.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn urls_end_where_a_reader_would_end_them() {
        for (text, urls) in [
            ("see https://a.org/x, or www.b.org.", &["https://a.org/x", "www.b.org"][..]),
            ("(https://a.org/w_(x)) (https://a.org/(a)", &["https://a.org/w_(x)", "https://a.org/(a)"]),
            (
                "https://a.org/?q=1&copy; \"http://localhost:80/\"",
                &["https://a.org/?q=1", "http://localhost:80/"],
            ),
            ("HTTPS://A.ORG?!... <https://a.org<", &["HTTPS://A.ORG", "https://a.org"]),
            ("xhttp://a.org awww.a.org http:// https://.. http://a_b.org ftp://a.org", &[]),
            ("http://a.b_c.d.org/é日", &["http://a.b_c.d.org/é日"]),
        ] {
            let found: Vec<&str> = find(text).map(|range| &text[range]).collect();
            assert_eq!(found, urls, "{text}");
        }
    }
}
