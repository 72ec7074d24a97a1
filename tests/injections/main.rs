//! Content that tries to have programs run, in every field and every sink of the guide: no page runs any.

mod page;
mod payload;

use std::path::Path;

use rayon::prelude::*;
use sitegen_model::File;
use sitegen_tests::{Outcome, Site};

use self::payload::{PAYLOADS, content, offer};

const OFFERS: &str = "content/data/offers.csv";

/// The guide, with content by strangers among its own.
fn guide() -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut site = Site::default();
    add(&mut site, &root.join("site.toml"), "site.toml");
    add(&mut site, &root.join("content"), "content");
    add(&mut site, &root.join("themes/guide"), "theme");
    let mut offers = site.bytes(OFFERS).to_vec();
    for (number, payload) in PAYLOADS.iter().enumerate() {
        offers.extend_from_slice(offer(payload).as_bytes());
        for (path, text) in content(number, payload) {
            site.files.insert(path, File::Loaded(text.into_bytes().into()));
        }
    }
    site.files.insert(OFFERS.to_owned(), File::Loaded(offers.into()));
    site
}

fn add(site: &mut Site, from: &Path, to: &str) {
    let Ok(entries) = std::fs::read_dir(from) else {
        let bytes = std::fs::read(from).expect("the repository has this file");
        site.files.insert(to.to_owned(), File::Loaded(bytes.into()));
        return;
    };
    for entry in entries {
        let entry = entry.expect("the folder can be listed");
        add(site, &entry.path(), &format!("{to}/{}", entry.file_name().to_string_lossy()));
    }
}

#[test]
fn no_content_runs_a_program() {
    let outcome = Outcome::in_spite_of_errors(&guide());
    // A link that runs a program is an error, so that nothing is published.
    let forbidden: Vec<_> =
        outcome.diagnostics.iter().filter(|found| found.code == "forbidden-link").collect();
    let is_told = |link: &str| {
        let scheme = link.trim_start().split(':').next().unwrap_or_default();
        forbidden.iter().any(|found| found.message.contains(scheme.escape_debug().to_string().as_str()))
    };
    let found: Vec<String> = outcome
        .files
        .par_iter()
        .flat_map_iter(|(path, bytes)| {
            let found = wrong_with(path, bytes, &is_told).into_iter();
            found.take(3).map(move |wrong| format!("{path}: {wrong}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "{} would run:\n{}", found.len(), found[..found.len().min(60)].join("\n"));
    let hostile =
        outcome.files.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("run(")).count();
    assert!(hostile > 900, "what strangers wrote is in {hostile} files only");
}

fn wrong_with(path: &str, bytes: &[u8], is_told: &dyn Fn(&str) -> bool) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => {
            let runs = page::runs(bytes);
            let links = runs.links.into_iter().filter(|link| !is_told(link));
            runs.programs.into_iter().chain(links).collect()
        }
        "xml" | "png" | "svg" => {
            let marks = ["<script", "<img", "<iframe", "<svg onload", " onerror=", " onmouseover="];
            let is_raw = |mark: &&&str| text.match_indices(**mark).any(|(at, _)| in_tag(&text[..at], mark));
            marks.iter().filter(is_raw).map(|mark| (*mark).to_owned()).collect()
        }
        "json" => serde_json::from_str::<serde_json::Value>(&text)
            .err()
            .map(|error| error.to_string())
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether what follows a text of XML is an element, or an attribute of one.
fn in_tag(before: &str, mark: &str) -> bool {
    if mark.starts_with('<') {
        return !before.ends_with("<![CDATA[");
    }
    let tag = before.rfind('<').map_or("", |at| &before[at..]);
    !tag.contains('>') && tag.matches('"').count().is_multiple_of(2)
}
