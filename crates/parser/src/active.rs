//! Finds files that browsers execute when somebody opens them, by name and content.

mod drawing;
mod sniff;

use std::borrow::Cow;

use crate::Span;

/// A reason why a browser that opens a file does more than show or save it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Active {
    /// The file name extension by which such files are known.
    pub ending: String,
    /// The part that is executed and its place; none if the name alone makes all of the file active.
    pub within: Option<(Cow<'static, str>, Span)>,
}

/// The class of a file by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum FileClass<'n> {
    /// Browsers show it or save it.
    Passive,
    /// Browsers or hosts execute it, because of this extension.
    Active(&'n str),
    /// Browsers execute scripts in it, if it has any.
    Drawing,
    /// The name does not tell: some hosts send the file without a type, so browsers look at its first bytes.
    Unknown,
}

/// The number of bytes at a file's beginning by which browsers guess its type.
const HEAD: usize = 1445;

/// The largest drawing that is searched.
pub const MAX_DRAWING: usize = 16 << 20;

/// Extensions of files that browsers execute, or read rules from, when the file is opened or a page names it.
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

/// Extensions of programs that hosts run; some hosts look for these extensions anywhere in a name.
const RUN_BY_HOSTS: [&str; 7] = ["asp", "aspx", "cgi", "jsp", "phar", "php", "phtml"];

/// Extensions for which all hosts send a type that browsers do not execute. Browsers believe that type, even
/// if the file begins like a page or a drawing.
const PASSIVE: [&str; 62] = [
    "7z", "aac", "apng", "avif", "avi", "bmp", "bz2", "csv", "cur", "doc", "docx", "epub", "eot", "flac",
    "gif", "heic", "heif", "ico", "jpeg", "jpg", "json", "jsonl", "jxl", "log", "m4a", "m4v", "md", "mid",
    "mkv", "mov", "mp3", "mp4", "mpeg", "mpg", "ndjson", "odp", "ods", "odt", "oga", "ogg", "ogv", "opus",
    "otf", "pdf", "png", "ppt", "pptx", "rar", "rtf", "tar", "text", "tif", "tiff", "toml", "tsv", "ttf",
    "txt", "wav", "webm", "webp", "woff", "woff2",
];

impl Active {
    /// Returns why a file is active by its name alone, whatever it holds.
    pub fn by_name(name: &str) -> Option<Self> {
        match kind(name) {
            FileClass::Active(ending) => Some(Self { ending: ending.to_ascii_lowercase(), within: None }),
            FileClass::Passive | FileClass::Drawing | FileClass::Unknown => None,
        }
    }

    /// Returns why a file is active, by name and content; none if browsers only show or save it.
    pub fn find(name: &str, bytes: &[u8]) -> Option<Self> {
        match kind(name) {
            FileClass::Passive | FileClass::Active(_) => Self::by_name(name),
            FileClass::Drawing => Self::within("svg", drawing::find(bytes)),
            FileClass::Unknown if sniff::is_html(head(bytes)) => {
                let what = "HTML, and some hosts leave it to browsers to see what a file without a known ending holds";
                Self::within("html", Some((what.into(), 0..0)))
            }
            FileClass::Unknown if sniff::is_xml(head(bytes)) => Self::within("xml", drawing::find(bytes)),
            FileClass::Unknown => None,
        }
    }

    /// Returns true if the name and the first bytes do not decide what browsers execute, so that all of the
    /// file has to be read.
    pub fn needs_all(name: &str, head: &[u8]) -> bool {
        match kind(name) {
            FileClass::Passive | FileClass::Active(_) => false,
            FileClass::Drawing => true,
            FileClass::Unknown => sniff::is_html(self::head(head)) || sniff::is_xml(self::head(head)),
        }
    }

    fn within(ending: &str, found: Option<(Cow<'static, str>, Span)>) -> Option<Self> {
        found.map(|found| Self { ending: ending.to_owned(), within: Some(found) })
    }
}

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEAD)]
}

/// Classifies a file by its name. If it has several extensions, the last known one counts, as for hosts that
/// do not know all: `page.html.en`.
fn kind(name: &str) -> FileClass<'_> {
    let file = name.rsplit('/').next().unwrap_or_default();
    let is = |ending: &str, known: &[&str]| known.iter().any(|known| ending.eq_ignore_ascii_case(known));
    let endings = file.split_once('.').map_or("", |(_, endings)| endings);
    if let Some(ending) = endings.split('.').find(|ending| is(ending, &RUN_BY_HOSTS)) {
        return FileClass::Active(ending);
    }
    let known = endings.rsplit('.').find_map(|ending| match ending {
        _ if is(ending, &ACTIVE) => Some(FileClass::Active(ending)),
        _ if is(ending, &["svg"]) => Some(FileClass::Drawing),
        _ if is(ending, &PASSIVE) => Some(FileClass::Passive),
        _ => None,
    });
    known.unwrap_or(FileClass::Unknown)
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
