//! Imports run one way, and every library has its owners.

use crate::project::{files, manifest, none, read};

/// The crates in the order of the pipeline: each may use those before it.
const CRATES: [(&str, &str); 6] = [
    ("engine", "sitegen-engine"),
    ("parser", "sitegen-parser"),
    ("model", "sitegen-model"),
    ("prove", "sitegen-prove"),
    ("render", "sitegen-render"),
    ("sitegen", "sitegen-cli"),
];

/// The crates that may use a library. A new one is a decision, which is written down here.
const OWNERS: [(&str, &[&str]); 53] = [
    ("annotate-snippets", &["sitegen"]),
    ("calamine", &["parser"]),
    ("clap", &["sitegen"]),
    ("clap_complete", &["sitegen"]),
    ("clap_mangen", &["sitegen"]),
    ("crc32fast", &["engine"]),
    ("csv-core", &["parser"]),
    ("encoding_rs", &["parser"]),
    ("flate2", &["parser", "prove"]),
    ("granit-parser", &["parser"]),
    ("htmd", &["render"]),
    ("http-body-util", &["sitegen"]),
    ("hyper", &["sitegen"]),
    ("hyper-util", &["sitegen"]),
    ("icu_collator", &["model"]),
    ("icu_locale_core", &["model"]),
    ("imagesize", &["parser"]),
    ("indexmap", &["model"]),
    ("jiff", &["model", "render", "sitegen"]),
    ("markup5ever", &["parser"]),
    ("markup5ever_rcdom", &["render"]),
    ("math-core", &["render"]),
    ("memchr", &["render"]),
    ("miniz_oxide", &["engine"]),
    ("notify", &["sitegen"]),
    ("percent-encoding", &["model"]),
    ("png", &["render"]),
    ("pulldown-cmark", &["parser"]),
    ("emojis", &["parser"]),
    ("rayon", &["parser", "model", "prove", "render", "sitegen"]),
    ("regex-lite", &["model"]),
    ("resvg", &["render"]),
    ("roxmltree", &["parser"]),
    ("rusqlite", &["model"]),
    ("ruzstd", &["parser"]),
    ("rustc-hash", &["model", "render"]),
    ("rustix", &["sitegen"]),
    ("serde", &["parser", "sitegen"]),
    ("serde_json", &["engine", "parser", "model", "prove", "render", "sitegen"]),
    ("sha2", &["engine"]),
    ("siphasher", &["model", "sitegen"]),
    ("skrifa", &["render"]),
    ("strsim", &["model"]),
    ("syntaqlite", &["model"]),
    ("syntect", &["render"]),
    ("tera", &["render"]),
    ("tokio", &["sitegen"]),
    ("toml", &["parser"]),
    ("toml_parser", &["parser"]),
    ("two-face", &["render"]),
    ("unicase", &["parser"]),
    ("unicode-normalization", &["parser", "model"]),
    ("wasmi", &["prove"]),
];

fn dependencies(folder: &str) -> Vec<String> {
    let manifest = manifest(&format!("crates/{folder}/Cargo.toml"));
    let table = manifest.get("dependencies").and_then(toml::Value::as_table);
    table.into_iter().flat_map(toml::Table::keys).cloned().collect()
}

#[test]
fn imports_run_one_way() {
    for (position, (folder, _)) in CRATES.iter().enumerate() {
        let before = &CRATES[..position];
        let after = dependencies(folder)
            .into_iter()
            .filter(|name| name.starts_with("sitegen") && !before.iter().any(|(_, package)| package == name));
        none(&format!("crates/{folder} may not use"), &after.collect::<Vec<_>>());
    }
}

#[test]
fn every_library_has_its_owners() {
    for (folder, _) in CRATES {
        let foreign = dependencies(folder).into_iter().filter(|name| {
            let owned = OWNERS.iter().any(|(library, owners)| library == name && owners.contains(&folder));
            !name.starts_with("sitegen") && !owned
        });
        none(&format!("crates/{folder} may not use"), &foreign.collect::<Vec<_>>());
    }
}

#[test]
fn the_table_names_every_crate() {
    let folders = std::fs::read_dir(crate::project::root().join("crates")).expect("there are crates");
    let names = folders.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let unknown = names.filter(|name| !CRATES.iter().any(|(folder, _)| folder == name));
    none("not in the table", &unknown.collect::<Vec<_>>());
}

#[test]
fn every_library_says_what_it_is_for() {
    let text = read("Cargo.toml");
    let table = text.split("[workspace.dependencies]\n").nth(1).expect("the workspace names its libraries");
    let lines: Vec<_> = table.lines().take_while(|line| !line.starts_with('[')).collect();
    let is_foreign =
        |line: &str| line.contains(" = ") && !line.starts_with(['#', ' ']) && !line.contains("path = ");
    let silent = lines.windows(2).filter(|pair| is_foreign(pair[1]) && !pair[0].starts_with("# "));
    none("does not say what for", &silent.map(|pair| pair[1].to_owned()).collect::<Vec<_>>());
}

/// Libraries are declared in one table, because there their versions and features are the same for all
/// crates, and their purposes are stated.
#[test]
fn every_library_is_in_the_table_of_the_workspace() {
    let manifests = files("").into_iter().filter(|source| source.path.ends_with("/Cargo.toml"));
    let mut others = Vec::new();
    let is_ours = |path: &str| !["fuzz/", "vendor/"].iter().any(|folder| path.starts_with(folder));
    for source in manifests.filter(|source| is_ours(&source.path)) {
        let manifest = manifest(&source.path);
        let targets = manifest.get("target").and_then(toml::Value::as_table);
        let tables = targets.into_iter().flat_map(toml::Table::values).filter_map(toml::Value::as_table);
        let own = tables.chain([&manifest]).flat_map(own_libraries);
        others.extend(own.map(|name| format!("{}: {name}", source.path)));
    }
    none("is not taken from the workspace", &others);
}

/// Returns the libraries that a manifest, or its part for a system, does not take from the workspace's table.
fn own_libraries(table: &toml::Table) -> impl Iterator<Item = &str> {
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"].into_iter();
    let libraries = kinds.filter_map(|kind| table.get(kind)?.as_table()).flatten();
    let is_own = |value: &toml::Value| value.get("workspace").and_then(toml::Value::as_bool) != Some(true);
    libraries.filter(move |(_, value)| is_own(value)).map(|(name, _)| name.as_str())
}
