//! Checks that the links of published pages lead somewhere, by a reading of HTML that is not the pipeline's
//! own.

use std::collections::{BTreeMap, BTreeSet};

use regex_lite::Regex;
use sitegen_model::{BaseUrl, Config};

/// Larger pages are not looked into, to save time.
const LARGE: usize = 1_000_000;

/// The published site.
struct PublishedSite<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    pages: BTreeMap<&'a str, LinksAndIds>,
    base: &'a BaseUrl,
}

/// Lists the links that lead nowhere, as `page → link`.
pub(crate) fn broken(files: &BTreeMap<String, Vec<u8>>, config: &Config) -> Vec<String> {
    let is_page = |path: &str, bytes: &[u8]| path.ends_with(".html") && bytes.len() < LARGE;
    let pages = files.iter().filter(|(path, bytes)| is_page(path, bytes));
    let pages = pages.map(|(path, bytes)| (path.as_str(), LinksAndIds::read(bytes))).collect();
    // If a site does not check its links, broken ones are no fault of the program.
    let is_checked = config.links.is_strict();
    let published = PublishedSite { files, pages, base: &config.base_url };
    let mut broken = Vec::new();
    for (path, page) in &published.pages {
        let links = page.links.iter().filter(|link| is_checked && !published.leads_somewhere(path, link));
        broken.extend(links.map(|link| format!("{path} → {link}")));
    }
    broken
}

/// The links and ids of a page.
struct LinksAndIds {
    links: Vec<String>,
    ids: BTreeSet<String>,
}

impl LinksAndIds {
    fn read(bytes: &[u8]) -> Self {
        let html = String::from_utf8_lossy(bytes);
        let opaque =
            pattern(r"(?is)<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>|<textarea\b.*?</textarea>");
        let html = opaque.replace_all(&html, "");
        let tag = pattern(
            r#"<[a-zA-Z][a-zA-Z0-9-]*((?:\s+[^\s=>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*/?>"#,
        );
        let attribute = pattern(r#"(?i)\s(href|src|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))"#);
        let (mut links, mut ids) = (Vec::new(), BTreeSet::new());
        // A page with a base is skipped, because its relative links do not start from the page.
        let is_based = pattern(r"(?i)<base\s[^>]*href").is_match(&html);
        for tag in tag.captures_iter(&html) {
            for found in attribute.captures_iter(&tag[1]) {
                let value = (2..=4).find_map(|group| found.get(group)).map_or("", |value| value.as_str());
                let value = unescaped(value);
                match found[1].to_lowercase().as_str() {
                    "id" => _ = ids.insert(value),
                    _ if is_based => {}
                    _ => links.push(value),
                }
            }
        }
        Self { links, ids }
    }
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the expression is a constant")
}

fn unescaped(text: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2F;", "/")];
    let text = entities.iter().fold(text.to_owned(), |text, (entity, char)| text.replace(entity, char));
    text.replace("&amp;", "&")
}

impl PublishedSite<'_> {
    fn leads_somewhere(&self, from: &str, link: &str) -> bool {
        let link = link.strip_prefix(self.base.origin.as_str()).unwrap_or(link);
        if pattern("^([a-zA-Z][a-zA-Z0-9+.-]*:|//)").is_match(link) {
            return true;
        }
        let (rest, fragment) = link.split_once('#').unwrap_or((link, ""));
        let path = decoded(rest.split('?').next().unwrap_or_default());
        let below_base = path.strip_prefix(self.base.path.as_str()).unwrap_or("/outside/");
        let target = match path.as_str() {
            "" => from.to_owned(),
            path => target(from, if path.starts_with('/') { below_base } else { path }),
        };
        // Hosts answer a path without an ending with a file of HTML.
        let bare = Some(format!("{target}.html")).filter(|bare| self.files.contains_key(bare));
        let target = if self.files.contains_key(&target) { target } else { bare.unwrap_or(target) };
        let page = self.pages.get(target.as_str());
        let id = fragment.split(":~:").next().unwrap_or_default();
        let is_top = id.is_empty() || id.eq_ignore_ascii_case("top");
        let has_place =
            |page: &LinksAndIds| is_top || page.ids.contains(id) || page.ids.contains(&decoded(id));
        self.files.contains_key(&target) && page.is_none_or(has_place)
    }
}

/// Returns the path of the file with which a server would answer.
fn target(from: &str, path: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") };
    let mut parts = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            name => parts.push(name),
        }
    }
    if whole.ends_with('/') {
        parts.push("index.html");
    }
    parts.join("/")
}

/// Resolves the escapes of a path. It does not call the product's own function, because that is tested here.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        let hex = (*first == b'%').then(|| others.get(..2)).flatten();
        let code = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &others[2..] } else { others };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
