//! Checks of whole URLs, as fields of the type `url` have them: the URL standard's rules, and tricks that
//! deceive readers.

use core::net::{Ipv4Addr, Ipv6Addr};

/// Explains why a text cannot be a URL that readers are led to; none if it can.
pub(crate) fn whole_objection(text: &str) -> Option<&'static str> {
    if let Some(address) = text.strip_prefix("mailto:") {
        return if address.is_empty() { Some("it names nobody") } else { character_objection(address) };
    }
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return Some("it does not begin with https://, http:// or mailto:");
    };
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    character_objection(text).or_else(|| authority_objection(authority))
}

fn character_objection(text: &str) -> Option<&'static str> {
    text.chars().find_map(|c| match c {
        _ if c.is_whitespace() || c.is_control() => Some("it holds a space or a control character"),
        '\\' => Some("it holds a `\\`, which browsers take for `/`"),
        _ if is_hidden(c) => Some("it holds a character that does not show, or turns around what does"),
        _ => None,
    })
}

/// Returns true if a character is invisible or changes the direction of others. Joiners, which some scripts
/// need, do not count.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

fn authority_objection(authority: &str) -> Option<&'static str> {
    if authority.contains('@') {
        return Some("what stands before the `@` is no host, though it may look like one");
    }
    // The colons of an IPv6 address stand within brackets.
    let end = authority.rfind(']').unwrap_or(if authority.starts_with('[') { authority.len() } else { 0 });
    let (host, port) = match authority[end..].split_once(':') {
        Some((rest, port)) => (&authority[..end + rest.len()], port),
        None => (authority, ""),
    };
    if !port.is_empty() && (port.parse::<u16>().is_err() || !port.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some("its port is no number up to 65535");
    }
    host_objection(host)
}

fn host_objection(host: &str) -> Option<&'static str> {
    if let Some(address) = host.strip_prefix('[') {
        let is_address = address.strip_suffix(']').is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
        return if is_address { None } else { Some("its host is no address of IPv6") };
    }
    let mut labels: Vec<_> = host.split('.').collect();
    // A dot at the end of a host stands for the root of DNS.
    if labels.len() > 1 && labels.last().is_some_and(|label| label.is_empty()) {
        labels.pop();
    }
    let is_number = |label: &&str| {
        let digits = label.strip_prefix("0x").or_else(|| label.strip_prefix("0X"));
        let is_hex = digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        is_hex || label.bytes().all(|byte| byte.is_ascii_digit())
    };
    match () {
        () if labels.iter().any(|label| label.is_empty()) => Some("its host, or a part of it, is empty"),
        () if host.contains(|c: char| "<>^|%[]\"`{}\u{200c}\u{200d}".contains(c)) => {
            Some("its host holds a character that no host can")
        }
        () if labels.last().is_some_and(is_number) && labels.join(".").parse::<Ipv4Addr>().is_err() => {
            Some("its host is no address of IPv4")
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::whole_objection;

    #[test]
    fn urls_lead_where_they_seem_to() {
        for good in [
            "https://example.com",
            "http://example.com:8080/a?b#c@d",
            "https://[::1]:80/",
            "https://127.0.0.1/",
            "https://example.com./",
            "https://bücher.example/über",
            "https://fa.wikipedia.org/wiki/می\u{200c}خواهم",
            "mailto:a@example.org",
        ] {
            assert_eq!(whole_objection(good), None, "{good}");
        }
        for bad in [
            "https://",
            "https:///a",
            "https://[::1",
            "https://[::g]/",
            "https://::1/",
            "https://1.2.3/",
            "https://0x7f.1/",
            "https://256.1.1.1/",
            "https://user:pass@example.com/",
            "https://example.com\\@example.org/",
            "https://example.com:99999/",
            "https://example.com:+1/",
            "https://a..b/",
            "https://exa%6dple.com/",
            "https://example.com/\u{202e}gnp.exe",
            "https://exam\u{200d}ple.com/",
            "https://example.com/a b",
            "mailto:",
            "ftp://example.com",
            "example.com",
        ] {
            assert!(whole_objection(bad).is_some(), "{bad}");
        }
    }
}
