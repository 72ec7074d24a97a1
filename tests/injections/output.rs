//! Finds content that would run, or be misread, in each kind of file that is published.

use std::collections::BTreeMap;

use sitegen_model::File;
use sitegen_tests::{BuildOutcome, Site};

use super::page;

/// Finds the faults of a file.
pub(crate) fn wrong_with(path: &str, bytes: &[u8], is_told: &dyn Fn(&str) -> bool) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    match path.rsplit(['.', '/']).next().unwrap_or_default() {
        "html" => wrong_with_page(bytes, is_told),
        "xml" | "png" | "svg" => raw_marks(&text),
        "json" => serde_json::from_str::<serde_json::Value>(&text)
            .err()
            .map(|error| error.to_string())
            .into_iter()
            .collect(),
        "_redirects" => wrong_lines(&text, is_redirect),
        "htaccess" => wrong_lines(&text, is_rule_of_apache),
        "_headers" => wrong_lines(&text, |line| !line.contains("run(")),
        "txt" if path == "robots.txt" => wrong_lines(&text, |line| !line.contains("run(")),
        _ => Vec::new(),
    }
}

fn wrong_with_page(bytes: &[u8], is_told: &dyn Fn(&str) -> bool) -> Vec<String> {
    let runs = page::runs(bytes);
    let links = runs.links.into_iter().filter(|link| !is_told(link));
    runs.programs.into_iter().chain(links).collect()
}

fn wrong_lines(text: &str, is_right: impl Fn(&str) -> bool) -> Vec<String> {
    text.lines().filter(|line| !line.is_empty() && !is_right(line)).map(str::to_owned).collect()
}

/// Returns true for `/from /to 301`, as Netlify and Cloudflare Pages read it.
fn is_redirect(line: &str) -> bool {
    let is_path =
        |path: &str| path.starts_with('/') && !path.starts_with("//") && !path.contains(['*', ':', '"']);
    matches!(line.split_ascii_whitespace().collect::<Vec<_>>()[..], [from, to, "301!" | "301"] if is_path(from) && is_path(to))
}

/// Returns true for `RedirectMatch 301 "^from$" "/to"`, and for the rules of sitegen itself.
fn is_rule_of_apache(line: &str) -> bool {
    match line.strip_prefix("RedirectMatch 301 ") {
        Some(rule) => {
            let quoted: Vec<_> = rule.split('"').collect();
            matches!(quoted[..], ["", from, " ", to, ""] if from.starts_with("^/") && to.starts_with('/'))
        }
        None => !line.contains("run("),
    }
}

/// Finds markup that runs in a text in XML.
fn raw_marks(text: &str) -> Vec<String> {
    let marks = ["<script", "<img", "<iframe", "<svg onload", " onerror=", " onmouseover="];
    let is_raw = |mark: &&&str| text.match_indices(**mark).any(|(at, _)| in_tag(&text[..at], mark));
    marks.iter().filter(is_raw).map(|mark| (*mark).to_owned()).collect()
}

/// Returns true if a mark in XML begins an element, or is an attribute of one.
fn in_tag(before: &str, mark: &str) -> bool {
    if mark.starts_with('<') {
        return !before.ends_with("<![CDATA[");
    }
    let tag = before.rfind('<').map_or("", |at| &before[at..]);
    !tag.contains('>') && tag.matches('"').count().is_multiple_of(2)
}

/// Finds content that would run in the published Markdown, if somebody shows it with its HTML.
pub(crate) fn wrong_with_texts(
    files: &BTreeMap<String, Vec<u8>>,
    is_told: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let mut site = Site::read(&[]).expect("nothing is said that could be wrong");
    let config = "title = \"Texts\"\nbase_url = \"https://example.com\"\n[markdown]\nraw_html = \"allow\"\n";
    let texts: Vec<_> = files
        .iter()
        .filter(|(path, _)| path.rsplit('.').next() == Some("md") || *path == "llms.txt")
        .collect();
    let names = (0..texts.len()).map(|number| format!("content/notes/n{number}.md"));
    let notes = names.zip(texts.iter().map(|(_, text)| text.as_slice()));
    for (path, text) in notes.chain([("site.toml".to_owned(), config.as_bytes())]) {
        site.files.insert(path, File::Loaded(text.into()));
    }
    let shown = BuildOutcome::in_spite_of_errors(&site).files;
    let mut found = Vec::new();
    for (number, (path, _)) in texts.into_iter().enumerate() {
        let page = &shown[&format!("n{number}/index.html")];
        let wrong = wrong_with_page(page, is_told).into_iter().take(3);
        found.extend(wrong.map(|wrong| format!("{path}, shown: {wrong}")));
    }
    found
}
