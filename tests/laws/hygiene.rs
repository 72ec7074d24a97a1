//! The project's files contain no unsafe code, no registry's host, and no unfinished parts.

use crate::project::{files, none, read, rust};

#[test]
fn nothing_is_unsafe() {
    let forbids = read("Cargo.toml").contains("unsafe_code = \"forbid\"");
    assert!(forbids, "the workspace forbids unsafe code");
    let manifests = files("").into_iter().filter(|source| source.path.ends_with("/Cargo.toml"));
    // The targets in fuzz/ are no part of the program, and libfuzzer calls them by unsafe means. The files in
    // vendor/ are others'.
    let is_ours = |path: &str| !["fuzz/", "vendor/"].iter().any(|folder| path.starts_with(folder));
    let manifests = manifests.filter(|source| is_ours(&source.path));
    let free = manifests.filter(|source| !source.text.contains("[lints]\nworkspace = true"));
    none("does not take the workspace's lints", &free.map(|source| source.path).collect::<Vec<_>>());
}

#[test]
fn no_host_of_a_package_registry_is_named() {
    let hosts = [["registry", "npmjs", "org"], ["static", "crates", "io"], ["index", "crates", "io"]];
    let hosts = hosts.iter().map(|parts| parts.join("."));
    let hosts: Vec<_> =
        hosts.chain([["pypi", "org"].join("."), ["deb", "debian", "org"].join(".")]).collect();
    let found = files("").into_iter().filter(|source| hosts.iter().any(|host| source.text.contains(host)));
    none("names a registry's host", &found.map(|source| source.path).collect::<Vec<_>>());
    let lock = read("tests/browser/package-lock.json");
    assert!(!lock.contains("\"resolved\": \"http"), "package-lock.json says where packages were downloaded");
}

#[test]
fn nothing_is_left_to_do() {
    let words = ["todo", "unimplemented", "dbg"].map(|word| format!("{word}!("));
    let found =
        rust("crates").into_iter().filter(|source| words.iter().any(|word| source.text.contains(word)));
    none("unfinished", &found.map(|source| source.path).collect::<Vec<_>>());
}
