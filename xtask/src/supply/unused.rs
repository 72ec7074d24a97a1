//! Libraries that a manifest names but no source of its package uses.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::tree::Tree;

/// Finds each library that one of our packages asks for without need, as `package: library`.
///
/// A library is used if its name begins a path somewhere in the sources. We search the text alone, which is
/// fast; a mention in a comment counts, too, but unused libraries are seldom mentioned.
pub(super) fn find(metadata: &Value) -> Result<Vec<String>, String> {
    let packages = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    let members = metadata["workspace_members"].as_array().ok_or("cargo metadata names no members")?;
    let mut found = Vec::new();
    for package in packages.iter().filter(|package| members.contains(&package["id"])) {
        let (Some(name), Some(manifest)) = (package["name"].as_str(), package["manifest_path"].as_str())
        else {
            return Err("cargo metadata says of a package neither its name nor its place".to_owned());
        };
        let folder = Path::new(manifest).parent().ok_or("a manifest is in a folder")?;
        let sources = sources(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let libraries = package["dependencies"].as_array().into_iter().flatten().filter_map(library);
        let unused = libraries.filter(|library| !sources.iter().any(|text| uses(text, library)));
        found.extend(unused.map(|library| format!("{name}: {library}")));
    }
    Ok(found)
}

/// Returns the name of a dependency in sources.
fn library(dependency: &Value) -> Option<String> {
    Some(dependency["rename"].as_str().or(dependency["name"].as_str())?.replace('-', "_"))
}

/// Reads all Rust files below a package's folder, because targets can be anywhere in it.
fn sources(folder: &Path) -> io::Result<Vec<String>> {
    let files = Tree::read(folder)?.files.into_iter();
    let rust = files.filter(|file| file.path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|file| fs::read_to_string(folder.join(file.path))).collect()
}

/// Returns true if a path begins with a library's name, or the library is imported by its name.
fn uses(text: &str, library: &str) -> bool {
    text.match_indices(library).any(|(at, _)| {
        let is_name = |part: char| part.is_alphanumeric() || part == '_';
        let (before, after) = (&text[..at], &text[at + library.len()..]);
        !before.ends_with(is_name)
            && (after.starts_with("::") || before.ends_with("use ") && after.starts_with([';', ' ']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_or_an_import_is_a_use() {
        let uses = |text| uses(text, "tera");
        assert!(uses("use tera::Value;") && uses("fn a() -> tera::Error {}") && uses("use tera;"));
        assert!(uses("use tera as other;"));
        assert!(!uses("// tera is fast") && !uses("use mytera::Value;") && !uses("let tera = 1;"));
    }

    #[test]
    fn this_package_uses_what_it_asks_for_and_would_not_use_another() {
        let manifest = format!("{}/Cargo.toml", env!("CARGO_MANIFEST_DIR"));
        let metadata = serde_json::json!({"workspace_members": ["x"], "packages": [{
            "id": "x", "name": "xtask", "manifest_path": manifest,
            "dependencies": [{"name": "serde_json", "rename": null}, {"name": "no-such-library", "rename": null}]
        }]});
        assert_eq!(find(&metadata), Ok(vec!["xtask: no_such_library".to_owned()]));
    }
}
