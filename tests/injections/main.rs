//! Tests hostile content, which tries to run programs, in every field and every sink of the guide: no page
//! may run any.
//!
//! With `INJECTED=FOLDER`, the published files are written there, because browsers are asked, too
//! (`tests/browser/injected.test.js`).

mod content;
mod key;
mod output;
mod page;
mod payload;
mod problem;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sitegen_model::File;
use sitegen_parser::Code;
use sitegen_tests::{BuildOutcome, Site};

use self::payload::PAYLOADS;

const OFFERS: &str = "content/data/offers.csv";

/// The settings for redirects in files for hosts, which the guide itself does without.
const REDIRECTS: &str = "\n[redirects]\nfiles = [\"netlify\", \"apache\", \"vercel\"]\n";

/// Makes the guide, with content by strangers among its own.
fn guide() -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut site = Site::default();
    for (from, to) in [
        ("site.toml", "site.toml"),
        ("content", "content"),
        ("themes/guide", "theme"),
        ("themes/sitegen", "themes/sitegen"),
    ] {
        site.copy(&root.join(from), to);
    }
    append(&mut site, "site.toml", REDIRECTS);
    let accepted = key::accepted();
    for (number, payload) in PAYLOADS.iter().enumerate() {
        append(&mut site, OFFERS, &content::offer(payload));
        for (path, text) in content::files(number, payload, &accepted) {
            site.files.insert(path, File::Loaded(text.into_bytes().into()));
        }
    }
    site
}

fn append(site: &mut Site, path: &str, text: &str) {
    let bytes = [site.bytes(path), text.as_bytes()].concat();
    site.files.insert(path.to_owned(), File::Loaded(bytes.into()));
}

#[test]
fn no_content_runs_a_program() {
    let outcome = BuildOutcome::in_spite_of_errors(&guide());
    // Files are rendered in spite of errors, because a link that runs a program is an error.
    let forbidden: Vec<_> =
        outcome.diagnostics.iter().filter(|found| found.code == Code::ForbiddenLink).collect();
    let is_told = |link: &str| {
        let scheme = link.trim_start().split(':').next().unwrap_or_default();
        forbidden.iter().any(|found| found.message.contains(scheme.escape_debug().to_string().as_str()))
    };
    let found: Vec<String> = outcome
        .files
        .par_iter()
        .flat_map_iter(|(path, bytes)| {
            let found = output::wrong_with(path, bytes, &is_told).into_iter();
            found.take(3).map(move |wrong| format!("{path}: {wrong}")).collect::<Vec<_>>()
        })
        .collect();
    let found = [found, output::wrong_with_texts(&outcome.files, &is_told)].concat();
    if let Some(folder) = std::env::var_os("INJECTED") {
        write(&outcome.files, &PathBuf::from(folder));
    }
    assert!(found.is_empty(), "{} would run:\n{}", found.len(), found[..found.len().min(60)].join("\n"));
    is_everywhere(&outcome);
}

/// Asserts that the hostile texts reached the places where they are looked for.
fn is_everywhere(outcome: &BuildOutcome) {
    // A page that depends on a query is empty if any record is refused, and only the record's error is
    // reported.
    let codes: BTreeSet<_> = outcome.diagnostics.iter().map(|found| found.code).collect();
    let empty: Vec<_> =
        outcome.files.iter().filter(|(_, bytes)| bytes.is_empty()).map(|(path, _)| path).collect();
    assert!(empty.is_empty(), "{} files cannot be looked at, for one of {codes:?}: {empty:?}", empty.len());
    let hostile: Vec<_> =
        outcome.files.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("run(")).collect();
    for (ending, least) in
        [(".html", 600), (".md", 400), (".png", 300), ("feed.xml", 1), ("llms.txt", 1), ("titles.json", 1)]
    {
        let count = hostile.iter().filter(|(path, _)| path.ends_with(ending)).count();
        assert!(count >= least, "what strangers wrote is in {count} files {ending} only");
    }
}

/// Writes the files to a folder, in place of its content.
fn write(files: &BTreeMap<String, Vec<u8>>, folder: &Path) {
    // A relative path starts from the project's root.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let _unless_it_is_new = fs::remove_dir_all(&folder);
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("is writable");
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}
