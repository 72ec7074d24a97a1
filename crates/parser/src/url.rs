//! Schemes of URLs, as browsers read them, and the URLs that no page may have.

use std::borrow::Cow;

/// A use that a page makes of a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UrlUse {
    /// The page leads there, or runs what is there: links, forms, frames, scripts.
    Follow,
    /// The page shows or loads the file, or lets readers save it: images, sound, style sheets, downloads.
    Show,
}

/// Returns the scheme of a URL in small letters; none if the URL is relative.
///
/// Browsers ignore tabs and line endings anywhere, and controls and spaces before a URL.
pub fn scheme(url: &str) -> Option<Cow<'_, str>> {
    let url = url.trim_start_matches(|c: char| c <= ' ');
    // Most links of a page are paths, which this test recognizes quickly.
    if !url.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let is_part =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'\t' | b'\n' | b'\r');
    let end = url.bytes().position(|byte| !is_part(byte))?;
    let scheme = &url[..end];
    if !url[end..].starts_with(':') {
        return None;
    }
    let is_plain = |c: char| !c.is_ascii_uppercase() && !c.is_ascii_control();
    Some(if scheme.chars().all(is_plain) {
        Cow::Borrowed(scheme)
    } else {
        let letters = scheme.chars().filter(|c| !c.is_ascii_control());
        letters.map(|c| c.to_ascii_lowercase()).collect::<String>().into()
    })
}

/// Returns true if this use of the URL could run a program in the reader's browser.
pub fn is_forbidden(url: &str, usage: UrlUse) -> bool {
    match scheme(url).as_deref() {
        Some("javascript" | "vbscript") => true,
        Some("data") => usage == UrlUse::Follow || holds_document(url),
        _ => false,
    }
}

/// The schemes that links may have on any site: the web's own, and those that the HTML standard lets any site
/// handle, because none of them starts a program with data from the link.
const KNOWN_SCHEMES: [&str; 25] = [
    "bitcoin",
    "data",
    "ftp",
    "ftps",
    "geo",
    "http",
    "https",
    "im",
    "irc",
    "ircs",
    "magnet",
    "mailto",
    "matrix",
    "mms",
    "news",
    "nntp",
    "openpgp4fpr",
    "sip",
    "sips",
    "sms",
    "smsto",
    "tel",
    "urn",
    "webcal",
    "xmpp",
];

/// Returns true if a URL is relative, or has a scheme that links may have on any site.
pub fn is_known_scheme(url: &str) -> bool {
    let Some(scheme) = scheme(url) else { return true };
    let is_blank = || matches!(url.trim().to_ascii_lowercase().as_str(), "about:blank" | "about:srcdoc");
    KNOWN_SCHEMES.contains(&&*scheme) || scheme.starts_with("web+") || is_blank()
}

/// Returns true if a `data:` URL holds a document or a program, by its type. Pictures are neither.
fn holds_document(url: &str) -> bool {
    let (_, data) = url.split_once(':').unwrap_or_default();
    let kind = data.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase();
    !kind.starts_with("image/") && ["html", "xml", "script"].iter().any(|word| kind.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{UrlUse, is_forbidden, is_known_scheme, scheme};

    #[test]
    fn programs_are_forbidden_however_they_are_written() {
        for to in ["javascript:x", "JavaScript:x", " java\nscript:x", "\u{1}vbscript:x", "data:text/html,x"] {
            assert!(is_forbidden(to, UrlUse::Follow) && is_forbidden(to, UrlUse::Show), "{to}");
        }
        for to in ["https://a.org/javascript:x", "/data", "@companies/amazon", "mailto:a@b", "#javascript"] {
            assert!(!is_forbidden(to, UrlUse::Follow), "{to}");
        }
        for to in ["data:image/svg+xml,x", "data:,", "data:text/csv,a", "DATA:font/woff2;base64,"] {
            assert!(is_forbidden(to, UrlUse::Follow) && !is_forbidden(to, UrlUse::Show), "{to}");
        }
    }

    #[test]
    fn schemes_that_start_programs_are_not_known() {
        for url in ["/a:b", "HTTPS://a", "mailto:a", "tel:1", "web+x:y", "about:blank", "data:,"] {
            assert!(is_known_scheme(url), "{url}");
        }
        for url in
            ["file:///a", "ms-msdt:/x", "intent:x", "blob:x", "view-source:x", "about:config", "vscode:x"]
        {
            assert!(!is_known_scheme(url), "{url}");
        }
    }

    #[test]
    fn schemes_are_read_as_browsers_do() {
        assert_eq!(scheme("HT\tTPS://a").as_deref(), Some("https"));
        for relative in ["a b:c", "1a:b", "/a:b", "?a:b", "#a:b", "a/b:c", ":a", ""] {
            assert_eq!(scheme(relative), None, "{relative}");
        }
    }
}
