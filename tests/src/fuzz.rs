//! The fuzz targets, which check the promises that hold for any input. `cargo fuzz` (`fuzz/`) and the seeded
//! run (`tests/fuzz.rs`) call the same targets.
//!
//! A target panics if its input shows a mistake of the program.

mod corpus;
mod mutate;
mod page;
mod parts;
mod sites;

pub use self::corpus::{below, corpus};
pub use self::mutate::input;
pub use self::page::what_runs;

/// A part of the program that reads texts by strangers.
pub struct FuzzTarget {
    /// The target's name.
    pub name: &'static str,
    /// Reads one input.
    pub run: fn(&[u8]),
    /// The endings of the names of files that the target is meant to read; none for whole cases of the suite.
    pub files: &'static [&'static str],
}

/// All targets.
pub const TARGETS: [FuzzTarget; 11] = [
    FuzzTarget { name: "assets", run: parts::assets, files: &[".css", ".js", ".mjs", ".webmanifest"] },
    FuzzTarget {
        name: "data",
        run: parts::data,
        files: &[".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".yaml", ".yml", ".toml", ".xlsx", ".ods"],
    },
    FuzzTarget { name: "document", run: parts::document, files: &[".md", ".toml"] },
    FuzzTarget { name: "images", run: parts::images, files: &[".svg", ".png", ".gif"] },
    FuzzTarget { name: "links", run: parts::links, files: &[".md", ".html"] },
    FuzzTarget { name: "html", run: page::html, files: &[".html", ".md"] },
    FuzzTarget { name: "markdown", run: page::markdown, files: &[".md"] },
    FuzzTarget { name: "sql", run: page::sql, files: &[".sql"] },
    FuzzTarget { name: "template", run: page::template, files: &[".html"] },
    FuzzTarget { name: "words", run: page::words, files: &["words/en.toml", "words/de.toml"] },
    FuzzTarget { name: "sites", run: sites::sites, files: &[] },
];

/// Reads one input by the target of that name.
///
/// # Panics
///
/// If there is no such target, or the input shows a mistake.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("the target is one of those above");
    (target.run)(data);
}
