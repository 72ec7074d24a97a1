//! URLs within the site: parsing, escaping, resolving, and the key by which two of them collide.

mod whole;

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use sitegen_parser::{caseless, composed, scheme};

pub(crate) use self::whole::whole_objection;

/// The characters that are escaped in a path: the URL standard's path set, and `%` itself.
pub(crate) const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// The characters that are escaped in URLs of other sites, besides those outside of ASCII. Existing escapes
/// are kept.
const EXTERNAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The address at which the site is published: an origin, and a path that every URL begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    /// The scheme and host, without a slash at the end: `https://example.com`.
    pub origin: String,
    /// The path, without a slash at the end: `/docs`, or empty.
    pub path: String,
}

impl BaseUrl {
    /// Parses `https://host[:port][/path/]`; none if the text is not such a URL.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let scheme = &text[..text.len() - rest.len()];
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"\"'<>\\?#{}".contains(c);
        if host.is_empty() || host.contains('@') || !rest.chars().all(plain) {
            return None;
        }
        let path = path.trim_end_matches('/');
        Some(Self { origin: format!("{scheme}{host}"), path: path.to_owned() })
    }

    /// Returns the path of the site, with all that follows the path, of a URL that names the site's host
    /// (with a scheme or only `//`). None if the URL leads elsewhere or names no host.
    pub fn own<'u>(&self, url: &'u str) -> Option<&'u str> {
        // This fast way out is for paths and fragments, which most links are and which name no host.
        let mut start = url.bytes();
        match (start.next(), start.next()) {
            (Some(b'#' | b'?'), _) => return None,
            (Some(b'/'), second) if second != Some(b'/') => return None,
            _ => {}
        }
        let (own, host) = self.origin.split_once("://")?;
        let scheme = scheme(url);
        let rest = match scheme.as_deref() {
            Some("http" | "https") => url.trim_start().split_once(':')?.1,
            Some(_) => return None,
            None => url,
        };
        let scheme = scheme.as_deref().unwrap_or(own);
        let path = match rest.strip_prefix("//") {
            Some(rest) => {
                let rest = rest.trim_start_matches('/');
                let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
                let is_own = without_port(scheme, &rest[..end]).eq_ignore_ascii_case(without_port(own, host));
                Some(&rest[end..]).filter(|_| is_own)?
            }
            // Browsers read the site's own scheme followed by a single slash as a path on the same host.
            None if url.len() > rest.len() && scheme == own && rest.starts_with('/') => rest,
            None => return None,
        };
        let below = path.strip_prefix(&*self.path)?;
        match below.as_bytes().first() {
            Some(b'/') => Some(below),
            None | Some(b'?' | b'#') => Some("/"),
            Some(_) => None,
        }
    }

    /// Returns a route's path for an `href`, percent-encoded.
    pub fn href(&self, path: &str) -> String {
        format!("{}{}", self.path, utf8_percent_encode(path, PATH))
    }

    /// Returns a route's whole URL, percent-encoded.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}", self.origin, self.href(path))
    }
}

/// Removes the port from a host if the port is the default of its scheme.
fn without_port<'h>(scheme: &str, host: &'h str) -> &'h str {
    let port = if scheme == "http" { ":80" } else { ":443" };
    host.strip_suffix(port).unwrap_or(host)
}

/// Resolves `.` and `..` in a path from the root, as browsers do; they never lead above the root.
pub fn without_dots(path: Cow<'_, str>) -> Cow<'_, str> {
    if !path.contains('.') || !path.split('/').any(|part| matches!(part, "." | "..")) {
        return path;
    }
    let mut parts = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let is_folder = path.ends_with("/.") || path.ends_with("/..");
    let end = if is_folder && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}", parts.join("/")).into()
}

/// Escapes a URL of another site for an `href`, as `CommonMark` says, because browsers would take `\` for
/// `/`.
pub fn external(url: &str) -> String {
    // The brackets around an address of IPv6 belong to it.
    let address = url.find("://[").and_then(|start| Some(start + url[start..].find(']')? + 1)).unwrap_or(0);
    format!("{}{}", &url[..address], utf8_percent_encode(&url[address..], EXTERNAL))
}

/// Decodes a percent-encoded path; none if the result is not UTF-8.
pub fn decode(href: &str) -> Option<Cow<'_, str>> {
    if !href.contains('%') {
        return Some(href.into());
    }
    percent_decode_str(href).decode_utf8().ok()
}

/// Resolves a relative path from the folder of a file; none if it leads out of the root of both.
pub fn join(file: &str, path: &str) -> Option<String> {
    let mut parts: Vec<_> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Resolves a relative link from a path; none if it leads above the root or has an empty part.
pub fn relative(from: &str, link: &str) -> Option<String> {
    let target = join(from.strip_prefix('/')?, link).filter(|_| !link.contains("//"))?;
    let is_folder = link.ends_with('/') || matches!(link.rsplit('/').next(), Some("." | ".."));
    let end = if target.is_empty() || !is_folder { "" } else { "/" };
    Some(format!("/{target}{end}"))
}

/// Returns the part of a fragment that names an element, as it is written; none if it names the top of the
/// page or is only a text directive.
pub fn anchor(fragment: &str) -> Option<&str> {
    if fragment.is_empty() {
        return None;
    }
    let id = fragment.split(":~:").next().unwrap_or_default();
    (!id.is_empty() && !id.eq_ignore_ascii_case("top")).then_some(id)
}

/// Returns true if a fragment names an id, as it is written or with its escapes resolved.
pub fn names(anchor: &str, is_id: impl Fn(&str) -> bool) -> bool {
    is_id(anchor) || anchor.contains('%') && decode(anchor).is_some_and(|anchor| is_id(&anchor))
}

/// Returns a key that is equal for paths that a file system could confuse: they differ only in case or in
/// Unicode's form.
pub(crate) fn collision_key(path: &str) -> Cow<'_, str> {
    caseless(path)
}

/// Normalizes the query and fragment of a link for publishing: ids are in Unicode's form C, so the fragment
/// is, too.
pub(crate) fn suffix(written: &str) -> Cow<'_, str> {
    let Some((query, fragment)) = written.split_once('#') else { return written.into() };
    match decode(fragment) {
        Some(decoded) => match composed(&decoded) {
            Cow::Owned(composed) => format!("{query}#{composed}").into(),
            Cow::Borrowed(_) => written.into(),
        },
        None => written.into(),
    }
}

/// The longest part of a path, in bytes. File systems take names of 255 bytes, and some paths get endings.
const MAX_PART: usize = 200;

/// The longest path, in bytes. Some systems take 1,024 bytes for a whole path, and some hosts take as many.
const MAX_PATH: usize = 900;

/// Explains why a path cannot be a URL of the site; none if it can.
///
/// A path begins with `/` and is no longer than file systems and hosts take. No segment is empty, `.`, `..`,
/// hidden, a Windows device or longer than a file name may be, and none has a character that file names
/// cannot have.
pub(crate) fn objection(path: &str) -> Option<&'static str> {
    let Some(inner) = path.strip_prefix('/') else { return Some("it does not begin with \"/\"") };
    if path.len() > MAX_PATH {
        return Some("it is longer than 900 bytes");
    }
    if inner.is_empty() { None } else { segments_objection(inner.strip_suffix('/').unwrap_or(inner)) }
}

/// Reads a path of the site that a record gives: adds the slash at its start and resolves its escapes.
///
/// # Errors
///
/// The reason why the text is not such a path.
pub(crate) fn site_path(text: &str) -> Result<String, &'static str> {
    let path = decode(text.trim_start_matches('/')).ok_or("its escapes are no text")?;
    let path = format!("/{}", composed(&path));
    match objection(&path) {
        None => Ok(path),
        Some(objection) => Err(objection),
    }
}

/// Explains why a slug cannot be part of a path; none if it can.
pub(crate) fn slug_objection(slug: &str) -> Option<&'static str> {
    if slug.is_empty() { Some("it is empty") } else { segments_objection(slug) }
}

fn segments_objection(segments: &str) -> Option<&'static str> {
    segments.split('/').find_map(segment_objection)
}

fn segment_objection(segment: &str) -> Option<&'static str> {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    const NUMBERED: [&str; 2] = ["com", "lpt"];
    let stem = segment.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = stem.strip_suffix(|c: char| c.is_ascii_digit() || "¹²³".contains(c));
    let device = DEVICES.contains(&stem.as_str()) || numbered.is_some_and(|stem| NUMBERED.contains(&stem));
    match segment {
        "" => Some("a part of it is empty"),
        "." | ".." => Some("it would leave the output folder"),
        _ if segment.len() > MAX_PART => Some("a part of it is longer than 200 bytes"),
        _ if segment.chars().any(|c| c.is_control() || "\\:*?\"<>|".contains(c)) => {
            Some("it holds a character that a file's name cannot")
        }
        _ if segment.starts_with('.') && segment != ".well-known" => Some("a part of it is hidden"),
        _ if segment.ends_with(['.', ' ']) => Some("a part of it ends in a dot or a space"),
        _ if device => Some("a part of it is reserved by Windows"),
        _ => None,
    }
}

/// Splits a link into its path and the query and fragment after it.
pub(crate) fn split(to: &str) -> (&str, &str) {
    to.split_at(to.find(['?', '#']).unwrap_or(to.len()))
}

/// Returns true if a link names a host or another scheme: it has a scheme, or begins with two slashes, for
/// which browsers also take backslashes.
pub fn is_external(to: &str) -> bool {
    scheme(to).is_some()
        || to.trim_start().as_bytes().get(..2).is_some_and(|start| start.iter().all(|c| b"/\\".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_within_the_output() {
        for good in
            ["/", "/a/", "/a/b.html", "/über/", "/.well-known/x", "/command/", "/com/", "/com12/", "/con1/"]
        {
            assert_eq!(objection(good), None, "{good}");
        }
        for bad in [
            "a/",
            "//",
            "/../",
            "/a/../b/",
            "/a//b/",
            "/.git/",
            "/con/",
            "/lpt1.txt",
            "/COM¹/",
            "/lpt³.a",
            "/a\\b/",
            "/a./",
        ] {
            assert!(objection(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_base_url_has_a_scheme_and_a_host() {
        let base = BaseUrl::parse("https://example.com/docs/").expect("is a URL");
        assert_eq!(base.absolute("/a b/"), "https://example.com/docs/a%20b/");
        assert_eq!(BaseUrl::parse("example.com"), None);
        assert_eq!(BaseUrl::parse("https://exa mple.com"), None);
    }

    #[test]
    fn own_urls_say_the_host_and_begin_with_the_path() {
        let base = BaseUrl::parse("https://example.com/docs/").expect("is a URL");
        let own = |url| base.own(url);
        assert_eq!(own("https://example.com/docs/a/?b#c"), Some("/a/?b#c"));
        assert_eq!(own("//EXAMPLE.com/docs/a/"), Some("/a/"));
        assert_eq!(own("HTTP://example.com/docs"), Some("/"));
        assert_eq!(own("https://example.com:443/docs/a/"), Some("/a/"));
        assert_eq!((own("https:/docs/a/"), own("http:/docs/a/")), (Some("/a/"), None));
        assert_eq!((own("http://example.com:443/docs/"), own("https:docs/")), (None, None));
        for url in ["https://example.com/", "https://example.com/docsets/", "https://example.com.org/docs/"] {
            assert_eq!(own(url), None, "{url}");
        }
        assert_eq!((own("/docs/a/"), own("mailto:a@example.com")), (None, None));
    }

    #[test]
    fn dots_are_resolved_as_in_urls() {
        for (path, expected) in
            [("/a/../b/", "/b/"), ("/a/./b", "/a/b"), ("/../a", "/a"), ("/a/b/..", "/a/"), ("/..", "/")]
        {
            assert_eq!(without_dots(path.into()), expected);
        }
    }

    #[test]
    fn relative_links_lead_from_a_path() {
        let from = |link| relative("/a/b.html", link);
        assert_eq!(from("c.html").as_deref(), Some("/a/c.html"));
        assert_eq!((from("./").as_deref(), from("..").as_deref()), (Some("/a/"), Some("/")));
        assert_eq!((from("../../c"), from("c//d")), (None, None));
        assert_eq!(from("v2.").as_deref(), Some("/a/v2."));
    }

    #[test]
    fn fragments_name_places_as_in_browsers() {
        assert_eq!((anchor(""), anchor("TOP"), anchor(":~:text=a")), (None, None, None));
        assert_eq!(anchor("a:~:text=b"), Some("a"));
        assert!(names("100%", |id| id == "100%") && names("%C3%BC", |id| id == "ü"));
        assert!(names("a%20b", |id| id == "a%20b") && !names("a%20b", |id| id == "a"));
    }

    #[test]
    fn keys_collide_by_case_and_normal_form() {
        for (a, b) in [("/\u{c9}cole/", "/e\u{301}cole/"), ("/ς/", "/σ/"), ("/STRASSE/", "/straße/")] {
            assert_eq!(collision_key(a), collision_key(b));
        }
    }
}
