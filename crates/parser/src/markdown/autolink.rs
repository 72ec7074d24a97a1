//! Finds bare URLs and e-mail addresses in text, by the rules of GitHub's extended autolinks.

mod email;

use crate::Span;

const SCHEMES: [&str; 3] = ["http://", "https://", "ftp://"];

/// The beginnings of URLs, and the offset of the punctuation in each. We search the punctuation, because it
/// is rarer than letters.
const BEGINNINGS: [(&str, usize); 4] = [("http://", 4), ("https://", 5), ("ftp://", 3), ("www.", 3)];

/// Finds the bare links in a text: URLs, `www.` and addresses.
pub(super) fn find(text: &str) -> impl Iterator<Item = Span> {
    let (mut at, mut end) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let is_sign = |byte: &u8| matches!(byte, b':' | b'.' | b'@');
            let sign = at + text.as_bytes()[at..].iter().position(is_sign)?;
            at = sign + 1;
            let found = match text.as_bytes()[sign] {
                b'@' => email::around(text, end..text.len(), sign),
                _ => url_around(text, end, sign),
            };
            if let Some(link) = found {
                (at, end) = (link.end, link.end);
                return Some(link);
            }
        }
    })
}

/// Finds the URL whose beginning holds the punctuation at an offset. The URL must not begin before `free`.
fn url_around(text: &str, free: usize, sign: usize) -> Option<Span> {
    BEGINNINGS.iter().find_map(|(beginning, offset)| {
        let start = sign.checked_sub(*offset).filter(|start| *start >= free)?;
        let rest = text.get(start..).filter(|rest| has_prefix(rest, beginning))?;
        url_length(&text[..start], rest).map(|length| start..start + length)
    })
}

/// Returns the URL that a bare link leads to.
pub(super) fn destination(link: &str) -> String {
    let is_whole = |scheme: &&str| has_prefix(link, scheme);
    match () {
        () if SCHEMES.iter().chain(&email::SCHEMES).any(is_whole) => link.to_owned(),
        () if has_prefix(link, "www.") => format!("https://{link}"),
        () => format!("mailto:{link}"),
    }
}

/// Measures the URL at the beginning of `rest`.
fn url_length(before: &str, rest: &str) -> Option<usize> {
    let is_web = has_prefix(rest, "www.");
    let scheme = if is_web { "" } else { SCHEMES.into_iter().find(|scheme| has_prefix(rest, scheme))? };
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

/// Returns true if a URL may follow this character. Letters of scripts without spaces between words are
/// allowed.
fn may_precede(character: Option<char>, is_web: bool) -> bool {
    character.is_none_or(|c| {
        if is_web {
            c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(')
        } else {
            !c.is_ascii_alphanumeric()
        }
    })
}

/// Returns true if a text begins with segments between single points, of which the last two have no
/// underscore.
fn begins_with_domain(text: &str) -> bool {
    let end = text.find(|c: char| !is_of_name(c) && !matches!(c, '.' | '-' | '_')).unwrap_or(text.len());
    let domain = text[..end].trim_end_matches(['.', '_', '-']);
    domain.starts_with(is_of_name)
        && !domain.contains("..")
        && !domain.rsplit('.').take(2).any(|segment| segment.contains('_'))
}

/// Returns true for the characters of domains, which are letters of all scripts, digits and emoji.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c >= '\u{1f000}'
}

fn without_trailing_punctuation(url: &str) -> &str {
    let excess = |opening, closing| url.matches(closing).count().saturating_sub(url.matches(opening).count());
    let (mut round, mut square) = (excess('(', ')'), excess('[', ']'));
    let mut url = url;
    loop {
        let rest = match url.as_bytes().last() {
            Some(b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"') => {
                &url[..url.len() - 1]
            }
            Some(b';') => without_entity(url),
            Some(b')') if round > 0 => {
                round -= 1;
                &url[..url.len() - 1]
            }
            Some(b']') if square > 0 => {
                square -= 1;
                &url[..url.len() - 1]
            }
            _ => return url,
        };
        url = rest;
    }
}

/// Removes a final `&name;`, or else the final semicolon.
fn without_entity(url: &str) -> &str {
    let name = url[..url.len() - 1].trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    name.strip_suffix('&').filter(|rest| rest.len() + 2 < url.len()).unwrap_or(&url[..url.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::{destination, find};

    fn check(cases: &[(&str, &[&str])]) {
        for (text, links) in cases {
            let found: Vec<&str> = find(text).map(|range| &text[range]).collect();
            assert_eq!(&found, links, "{text}");
        }
    }

    #[test]
    fn urls_end_where_a_reader_would_end_them() {
        check(&[
            ("see https://a.org/x, or www.b.org.", &["https://a.org/x", "www.b.org"]),
            ("(https://a.org/w_(x)) (https://a.org/(a)", &["https://a.org/w_(x)", "https://a.org/(a)"]),
            (
                "https://a.org/?q=1&copy; \"http://localhost:80/\"",
                &["https://a.org/?q=1", "http://localhost:80/"],
            ),
            ("HTTPS://A.ORG?!... <https://a.org<", &["HTTPS://A.ORG", "https://a.org"]),
            ("xhttp://a.org awww.a.org http:// https://.. http://a_b.org sftp://a.org", &[]),
            ("http://a.b_c.d.org/é日 ftp://a.org.", &["http://a.b_c.d.org/é日", "ftp://a.org"]),
            ("[https://a.org/[x]] ([https://a.org/x]).", &["https://a.org/[x]", "https://a.org/x"]),
            ("見https://a.org/ http://🍄.ga/", &["https://a.org/", "http://🍄.ga/"]),
        ]);
    }

    #[test]
    fn addresses_are_found_around_their_sign() {
        check(&[
            ("foo@bar.baz, a.b-c_d@a.b. x", &["foo@bar.baz", "a.b-c_d@a.b"]),
            ("a.b-c_d@a.b- a.b-c_d@a.b_ a@b @a.b.c@. n@. a/b@c.d", &[]),
            ("hello@mail+xyz.example hello+xyz@mail.example", &["hello+xyz@mail.example"]),
            ("mailto:a@b.c. mailto:a@b.c/ mailto:a@b.c-", &["mailto:a@b.c", "mailto:a@b.c"]),
            (
                "xmpp:a@b.c. xmpp:a@b.c/d@e.f. xmpp:a@b.c/d/e",
                &["xmpp:a@b.c", "xmpp:a@b.c/d@e.f", "xmpp:a@b.c/d"],
            ),
            ("a@b.c@d.e (scyther@pokemon.com) 日a@b.c", &["scyther@pokemon.com", "a@b.c"]),
            ("https://a@b.c/d@e.f a@1.0", &["https://a@b.c/d@e.f"]),
        ]);
        let destinations = ["a@b.c", "MAILTO:a@b.c", "xmpp:a@b.c", "www.a.b"].map(destination);
        assert_eq!(destinations, ["mailto:a@b.c", "MAILTO:a@b.c", "xmpp:a@b.c", "https://www.a.b"]);
    }
}
