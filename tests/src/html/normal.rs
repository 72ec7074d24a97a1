//! Normalizes HTML: entities, attributes and the space between blocks are written in one way, and additions
//! of sitegen for browsers are removed.

use std::fmt::Write as _;

use super::token::{HtmlToken, tokens};

/// The links that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkScope {
    /// All.
    All,
    /// Links to other sites. Of links within the site, only the text is compared.
    External,
}

/// Elements around which white space means nothing.
const BLOCKS: &str = " address article aside blockquote body br button canvas caption center col colgroup dd details dialog dir div \
     dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe \
     legend li link main menu menuitem nav noframes object ol optgroup option output p pre progress script section \
     source style summary table tbody td template textarea tfoot th thead title tr track ul video ";
/// Elements in which white space is kept.
const VERBATIM: [&str; 4] = ["pre", "textarea", "script", "style"];
/// Attributes that sitegen adds for browsers and screen readers.
const ADDED: [&str; 9] = [
    "loading",
    "decoding",
    "width",
    "height",
    "scope",
    "tabindex",
    "aria-label",
    "disabled",
    "data-language",
];

/// Returns the tags, words and the space between them, in one way of writing.
pub fn normal(html: &str, links: LinkScope) -> Vec<String> {
    let mut normal = Normal { links, ..Normal::default() };
    for token in tokens(html) {
        normal.add(token);
    }
    normal.end_text(true);
    // A table without rows has no body, or an empty one.
    let is_empty = |parts: &[String]| parts == ["<tbody>", "</tbody>"];
    while let Some(at) = normal.parts.windows(2).position(is_empty) {
        normal.parts.drain(at..at + 2);
    }
    normal.parts
}

struct Normal {
    links: LinkScope,
    parts: Vec<String>,
    /// The text since the last tag that is kept.
    text: String,
    after_block: bool,
    /// The number of open elements in which white space is kept.
    verbatim: usize,
    /// The open elements of the names that may be left out, and true for each that is left out with its
    /// closing tag.
    skipped: Vec<(String, bool)>,
    /// The number of open elements that are left out with all their content.
    hidden: usize,
}

impl Default for Normal {
    fn default() -> Self {
        Self {
            links: LinkScope::All,
            parts: Vec::new(),
            text: String::new(),
            after_block: true,
            verbatim: 0,
            skipped: Vec::new(),
            hidden: 0,
        }
    }
}

impl Normal {
    fn add(&mut self, token: HtmlToken<'_>) {
        match token {
            HtmlToken::Text(_) if self.hidden > 0 => {}
            HtmlToken::Text(text) => self.text.push_str(&decode(text)),
            HtmlToken::Other(other) => self.part(other.to_owned(), false),
            HtmlToken::Open(name, attributes) => self.open(&name, attributes),
            HtmlToken::Close(name) => self.close(&name),
        }
    }

    fn open(&mut self, name: &str, attributes: Vec<(String, String)>) {
        if self.hidden > 0 {
            self.hidden += usize::from(name == "a");
            return;
        }
        if name == "a" && class(&attributes).starts_with("footnote-back") {
            self.hidden = 1;
            return;
        }
        if ["a", "div", "span"].contains(&name) {
            let skipped = self.is_left_out(name, &attributes);
            self.skipped.push((name.to_owned(), skipped));
            if skipped {
                return;
            }
        }
        if name == "img" && self.links == LinkScope::External && is_local(value(&attributes, "src")) {
            return;
        }
        let is_block = is_block(name);
        let tag = format!("<{name}{}>", self.attributes(name, attributes));
        self.part(tag, is_block);
        self.verbatim += usize::from(VERBATIM.contains(&name));
    }

    fn close(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= usize::from(name == "a");
            return;
        }
        if let Some(open) = self.skipped.iter().rposition(|(open, _)| open == name)
            && self.skipped.remove(open).1
        {
            return;
        }
        self.part(format!("</{name}>"), is_block(name));
        self.verbatim -= usize::from(VERBATIM.contains(&name) && self.verbatim > 0);
    }

    fn is_left_out(&self, name: &str, attributes: &[(String, String)]) -> bool {
        match name {
            "div" => class(attributes) == "table" && value(attributes, "role") == "group",
            "span" => self.verbatim > 0 && !class(attributes).is_empty(),
            _ => self.links == LinkScope::External && is_local(value(attributes, "href")),
        }
    }

    fn attributes(&self, tag: &str, mut attributes: Vec<(String, String)>) -> String {
        let is_heading = matches!(tag.as_bytes(), [b'h', b'1'..=b'6']);
        attributes.retain(|(name, value)| {
            let is_added = ADDED.contains(&name.as_str());
            let is_id = name == "id" && (is_heading || value.starts_with("fn"));
            let is_wrapper =
                tag == "pre" || tag == "section" || tag == "sup" || name.starts_with("data-footnote");
            !is_added && !is_id && !is_wrapper
        });
        attributes.sort();
        let written = |(name, value): &(String, String)| match (tag, name.as_str(), value.as_str()) {
            ("td" | "th", "class", "left" | "center" | "right") => format!(" align=\"{value}\""),
            ("code", "class", _) if self.verbatim > 0 => {
                format!(" class=\"{}\"", value.split([',', ' ', '{']).next().unwrap_or_default())
            }
            ("img", "alt", _) => format!(" alt=\"{}\"", words(&decode(value))),
            (_, "href" | "src", _) if self.links == LinkScope::External => {
                format!(" {name}=\"{}\"", encoded(value))
            }
            _ => format!(" {name}=\"{}\"", decode(value)),
        };
        attributes.iter().map(written).collect()
    }

    fn part(&mut self, part: String, is_block: bool) {
        self.end_text(is_block);
        self.after_block = is_block;
        self.parts.push(part);
    }

    /// Ends the current text, and adds a part for each of its words.
    fn end_text(&mut self, before_block: bool) {
        let text = std::mem::take(&mut self.text);
        if self.verbatim > 0 {
            self.parts.extend(text.split_inclusive('\n').map(str::to_owned));
            return;
        }
        let spaced = text.split_inclusive(|c: char| c.is_ascii_whitespace());
        let mut is_first = true;
        for word in spaced {
            let bare = word.trim_end_matches(|c: char| c.is_ascii_whitespace());
            let starts = (is_first && self.after_block) || self.parts.last().is_some_and(|part| part == " ");
            if !bare.is_empty() {
                self.parts.push(bare.to_owned());
            }
            if bare.len() < word.len() && !(bare.is_empty() && starts) {
                self.parts.push(" ".to_owned());
            }
            is_first &= bare.is_empty();
        }
        if before_block && self.parts.last().is_some_and(|part| part == " ") {
            self.parts.pop();
        }
    }
}

fn is_block(name: &str) -> bool {
    BLOCKS.contains(&format!(" {name} "))
}

fn value<'a>(attributes: &'a [(String, String)], name: &str) -> &'a str {
    attributes.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
}

fn class(attributes: &[(String, String)]) -> &str {
    value(attributes, "class")
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_local(link: &str) -> bool {
    let scheme = link.split(['/', '?', '#']).next().unwrap_or_default().split_once(':');
    scheme.is_none_or(|(scheme, _)| scheme.is_empty()) && !link.starts_with("//")
}

/// Writes the characters of a URL beyond ASCII as percent signs and digits.
fn encoded(url: &str) -> String {
    let mut encoded = String::new();
    for byte in decode(url).bytes() {
        match byte {
            b'!'..=b'~' if !b"\"<>\\^`{|}[]".contains(&byte) => encoded.push(byte.into()),
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

/// Replaces the entities that programs write. Others are characters already.
fn decode(text: &str) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some((before, entity)) = rest.split_once('&') {
        decoded.push_str(before);
        match entity.split_once(';').and_then(|(name, after)| Some((character(name)?, after))) {
            Some((character, after)) => {
                decoded.push(character);
                rest = after;
            }
            None => {
                decoded.push('&');
                rest = entity;
            }
        }
    }
    decoded + rest
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}
