//! The project's files.

use std::path::{Path, PathBuf};

/// The crates that turn inputs into outputs and do nothing else.
pub(crate) const PURE: [&str; 4] = ["engine", "parser", "model", "render"];

/// A text file of the project.
pub(crate) struct SourceFile {
    /// Its path from the root.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package is below the root").to_owned()
}

/// All text files below a folder of the project that its author wrote.
pub(crate) fn files(folder: &str) -> Vec<SourceFile> {
    let root = root();
    let mut folders = vec![root.join(folder)];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read").flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() {
                if !["target", ".git", "node_modules", "public"].iter().any(|other| name == *other) {
                    folders.push(path);
                }
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let path =
                    path.strip_prefix(&root).expect("it is below the root").to_string_lossy().into_owned();
                sources.push(SourceFile { path, text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// The Rust files below a folder of the project.
pub(crate) fn rust(folder: &str) -> Vec<SourceFile> {
    files(folder).into_iter().filter(|source| source.path.ends_with(".rs")).collect()
}

/// Every Rust file of the project but those in `vendor/`, which others wrote.
pub(crate) fn own_rust() -> Vec<SourceFile> {
    rust("").into_iter().filter(|source| !source.path.starts_with("vendor/")).collect()
}

/// A file's text.
pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A TOML file.
pub(crate) fn manifest(path: &str) -> toml::Table {
    read(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Fails if anything was found.
#[track_caller]
pub(crate) fn none(law: &str, found: &[String]) {
    assert!(found.is_empty(), "{law}\n{}", found.join("\n"));
}
