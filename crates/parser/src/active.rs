//! What browsers run of a file that somebody opens, by its name and what it holds.

mod drawing;
mod sniff;

use std::borrow::Cow;

use crate::Span;

/// Why a file is not only shown or saved by a browser that opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Active {
    /// The ending by which such files are known.
    pub ending: String,
    /// What in it is run, and where; none if all of it is, by its name.
    pub within: Option<(Cow<'static, str>, Span)>,
}

/// What a file's name says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind<'n> {
    /// Browsers show it or save it.
    Passive,
    /// Browsers run it, or hosts do, by this ending.
    Active(&'n str),
    /// Browsers run what is in it, if there is something.
    Drawing,
    /// Nothing: some hosts send it without a type, so that browsers go by how it begins.
    Unknown,
}

/// So much of a file's beginning is what browsers go by.
const HEAD: usize = 1445;

/// So many bytes of a file are looked into at most.
pub const MAX_DRAWING: usize = 16 << 20;

/// Endings of what browsers run, or read rules from, once it is opened or a page names it.
const ACTIVE: [&str; 42] = [
    "appcache",
    "asp",
    "aspx",
    "atom",
    "cgi",
    "cjs",
    "css",
    "fcgi",
    "hta",
    "htc",
    "htm",
    "html",
    "importmap",
    "js",
    "jsm",
    "jsp",
    "manifest",
    "mathml",
    "mht",
    "mhtml",
    "mjs",
    "mml",
    "phar",
    "php",
    "phtml",
    "rdf",
    "rss",
    "shtm",
    "shtml",
    "speculationrules",
    "stm",
    "svgz",
    "swf",
    "wasm",
    "webmanifest",
    "xht",
    "xhtm",
    "xhtml",
    "xml",
    "xsl",
    "xslt",
    "xul",
];

/// Endings of programs that hosts run, some wherever in a name they stand.
const RUN_BY_HOSTS: [&str; 7] = ["asp", "aspx", "cgi", "jsp", "phar", "php", "phtml"];

/// Endings for which all hosts name a type that browsers do not run. What begins like a page or a drawing under one of them is
/// none.
const PASSIVE: [&str; 62] = [
    "7z", "aac", "apng", "avif", "avi", "bmp", "bz2", "csv", "cur", "doc", "docx", "epub", "eot", "flac",
    "gif", "heic", "heif", "ico", "jpeg", "jpg", "json", "jsonl", "jxl", "log", "m4a", "m4v", "md", "mid",
    "mkv", "mov", "mp3", "mp4", "mpeg", "mpg", "ndjson", "odp", "ods", "odt", "oga", "ogg", "ogv", "opus",
    "otf", "pdf", "png", "ppt", "pptx", "rar", "rtf", "tar", "text", "tif", "tiff", "toml", "tsv", "ttf",
    "txt", "wav", "webm", "webp", "woff", "woff2",
];

impl Active {
    /// Why a file is active whatever it holds, by its name alone.
    pub fn by_name(name: &str) -> Option<Self> {
        match kind(name) {
            Kind::Active(ending) => Some(Self { ending: ending.to_ascii_lowercase(), within: None }),
            Kind::Passive | Kind::Drawing | Kind::Unknown => None,
        }
    }

    /// Why a file is active, by its name and what it holds; none of what is only shown or saved.
    pub fn find(name: &str, bytes: &[u8]) -> Option<Self> {
        match kind(name) {
            Kind::Passive | Kind::Active(_) => Self::by_name(name),
            Kind::Drawing => Self::within("svg", drawing::find(bytes)),
            Kind::Unknown if sniff::is_html(head(bytes)) => {
                let what = "HTML, and some hosts leave it to browsers to see what a file without a known ending holds";
                Self::within("html", Some((what.into(), 0..0)))
            }
            Kind::Unknown if sniff::is_xml(head(bytes)) => Self::within("xml", drawing::find(bytes)),
            Kind::Unknown => None,
        }
    }

    /// Whether the name of a file and how it begins leave open what browsers run of it.
    pub fn needs_all(name: &str, head: &[u8]) -> bool {
        match kind(name) {
            Kind::Passive | Kind::Active(_) => false,
            Kind::Drawing => true,
            Kind::Unknown => sniff::is_html(self::head(head)) || sniff::is_xml(self::head(head)),
        }
    }

    fn within(ending: &str, found: Option<(Cow<'static, str>, Span)>) -> Option<Self> {
        found.map(|found| Self { ending: ending.to_owned(), within: Some(found) })
    }
}

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEAD)]
}

/// What a name says. Of several endings the last that is known counts, as it does for hosts that know not all: `page.html.en`.
fn kind(name: &str) -> Kind<'_> {
    let file = name.rsplit('/').next().unwrap_or_default();
    let is = |ending: &str, known: &[&str]| known.iter().any(|known| ending.eq_ignore_ascii_case(known));
    let endings = file.split_once('.').map_or("", |(_, endings)| endings);
    if let Some(ending) = endings.split('.').find(|ending| is(ending, &RUN_BY_HOSTS)) {
        return Kind::Active(ending);
    }
    let known = endings.rsplit('.').find_map(|ending| match ending {
        _ if is(ending, &ACTIVE) => Some(Kind::Active(ending)),
        _ if is(ending, &["svg"]) => Some(Kind::Drawing),
        _ if is(ending, &PASSIVE) => Some(Kind::Passive),
        _ => None,
    });
    known.unwrap_or(Kind::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ending(name: &str, text: &str) -> Option<String> {
        Active::find(name, text.as_bytes()).map(|active| active.ending)
    }

    #[test]
    fn the_last_known_ending_counts() {
        for (name, found) in [
            ("a.html", Some("html")),
            ("a/b.HTML", Some("html")),
            ("a.html.en", Some("html")),
            ("a.js.map", Some("js")),
            ("a.html.gz", Some("html")),
            ("a.php.jpg", Some("php")),
            ("node.js.png", None),
            ("a.html.txt", None),
            ("LICENSE", None),
            ("a.parquet", None),
        ] {
            assert_eq!(ending(name, "x").as_deref(), found, "{name}");
        }
    }

    #[test]
    fn what_has_no_type_goes_by_how_it_begins() {
        for text in ["<script>1</script>", " \n<!doctype HTML>", "<!-- x", "<b>", "<p >"] {
            assert_eq!(ending("a", text).as_deref(), Some("html"), "{text}");
            assert_eq!(ending("a.bin", text).as_deref(), Some("html"), "{text}");
            assert_eq!(ending("a.txt", text), None, "{text}");
        }
        for text in ["<bold>", "a <b>", "", "<", "#!/bin/sh\n<b>"] {
            assert_eq!(ending("a", text), None, "{text}");
        }
        let page = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>";
        assert_eq!(ending("a.gpx", page).as_deref(), Some("xml"));
        assert_eq!(ending("a.gpx", "<?xml version='1.0'?><gpx/>"), None);
    }
}
