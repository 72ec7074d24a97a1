//! The notices for the works of others that the program contains: `sitegen --notices` prints them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

use crate::step::root;
use crate::supply::metadata;

/// The file of the notices, which the program contains.
const FILE: &str = "crates/sitegen/notices.txt";

/// The works in the program that are not packages, and the files of their terms.
const CARRIED: [(&str, &str); 3] = [
    ("Fonts of the theme guide", "themes/guide/fonts/LICENSE"),
    ("SQLite, as WebAssembly", "themes/guide/engines/sql/notices.txt"),
    ("Python's standard library", "engines/python/notices.txt"),
];

/// The beginnings of the names of files that hold the terms of a package.
const TERMS: [&str; 6] = ["license", "licence", "copying", "notice", "copyright", "unlicense"];

/// A package of others, and the terms under which it may be passed on.
struct Work {
    title: String,
    licence: String,
    /// The texts of its files; none where the package has no such file.
    terms: Vec<String>,
}

/// Writes the file.
pub(crate) fn write() -> ExitCode {
    match metadata(&root())
        .and_then(|metadata| text(&metadata))
        .and_then(|text| fs::write(root().join(FILE), text).map_err(|error| error.to_string()))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}

/// Returns true if the file is up to date.
///
/// # Errors
///
/// The packages or their files cannot be read.
pub(crate) fn is_true(metadata: &Value) -> Result<bool, String> {
    let text = text(metadata)?;
    Ok(fs::read_to_string(root().join(FILE)).is_ok_and(|written| written == text))
}

fn text(metadata: &Value) -> Result<String, String> {
    let mut text = String::from(
        "sitegen is made of works of others, which may be passed on under the terms below. Where a package offers several licences, it is \
         taken under MIT if that is one of them.\n",
    );
    // Each text stands once, because many packages share a text, but for the names of authors.
    let mut by_terms: BTreeMap<String, Vec<&Work>> = BTreeMap::new();
    let works = works(metadata)?;
    for work in &works {
        for terms in &work.terms {
            by_terms.entry(terms.clone()).or_default().push(work);
        }
    }
    let mut said = BTreeSet::new();
    for work in &works {
        if work.terms.is_empty() {
            let _ = write!(
                text,
                "\n{RULE}\n{} ({}; the package holds no text of it)\n",
                work.title, work.licence
            );
        }
        for terms in work.terms.iter().filter(|terms| said.insert(terms.as_str().to_owned())) {
            let of: Vec<_> =
                by_terms[terms].iter().map(|work| format!("{} ({})", work.title, work.licence)).collect();
            let _ = write!(text, "\n{RULE}\n{}\n\n{terms}\n", of.join("\n"));
        }
    }
    for (title, path) in CARRIED {
        let terms = fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))?;
        let _ = write!(text, "\n{RULE}\n{title}\n\n{}\n", tidied(&terms));
    }
    Ok(text)
}

const RULE: &str = "--------------------------------------------------------------------------------";

/// Collects the packages in the program, on any system, by name.
fn works(metadata: &Value) -> Result<Vec<Work>, String> {
    let packages = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    let reached = reached(metadata)?;
    let foreign = packages.iter().filter(|package| {
        let is_ours = package["source"].is_null() && package["repository"] == *packages_repository(packages);
        !is_ours && package["id"].as_str().is_some_and(|id| reached.contains(id))
    });
    let mut works = foreign.map(work).collect::<Result<Vec<_>, _>>()?;
    works.sort_by(|one, other| one.title.cmp(&other.title));
    Ok(works)
}

/// Finds the repository of the program itself, which tells its own packages from those of others.
fn packages_repository(packages: &[Value]) -> &Value {
    let own = packages.iter().find(|package| package["targets"].to_string().contains("\"sitegen\""));
    own.map_or(&Value::Null, |package| &package["repository"])
}

/// Collects the ids of the packages in the program, which exclude those for building and testing.
fn reached(metadata: &Value) -> Result<BTreeSet<&str>, String> {
    let nodes = metadata["resolve"]["nodes"].as_array().ok_or("cargo metadata names no dependencies")?;
    let nodes: BTreeMap<_, _> = nodes.iter().filter_map(|node| Some((node["id"].as_str()?, node))).collect();
    let root =
        metadata["workspace_default_members"][0].as_str().ok_or("the workspace has no default member")?;
    let (mut reached, mut left) = (BTreeSet::new(), vec![root]);
    while let Some(id) = left.pop() {
        if !reached.insert(id) {
            continue;
        }
        let dependencies = nodes.get(id).and_then(|node| node["deps"].as_array()).into_iter().flatten();
        let is_built_in = |dependency: &&Value| {
            let kinds = dependency["dep_kinds"].as_array().into_iter().flatten();
            kinds.into_iter().any(|kind| kind["kind"].is_null())
        };
        left.extend(dependencies.filter(is_built_in).filter_map(|dependency| dependency["pkg"].as_str()));
    }
    Ok(reached)
}

fn work(package: &Value) -> Result<Work, String> {
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    let folder = Path::new(text("manifest_path")).parent().unwrap_or(Path::new("."));
    Ok(Work {
        title: format!("{} {}", text("name"), text("version")),
        licence: text("license").to_owned(),
        terms: terms(folder).map_err(|error| format!("{}: {error}", folder.display()))?,
    })
}

/// Reads the texts of a package's terms. If the package offers several licenses, it takes MIT's, and the
/// notices that hold for all.
fn terms(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names: Vec<_> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().filter(|entry| entry.path().is_file()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| TERMS.iter().any(|start| name.to_lowercase().starts_with(start)))
        .collect();
    names.sort();
    let is_mit = |name: &String| name.to_lowercase().contains("mit");
    let is_other = |name: &String| {
        let name = name.to_lowercase();
        ["apache", "zlib", "unlicense", "boost", "bsl", "cc0", "0bsd"]
            .iter()
            .any(|other| name.contains(other))
    };
    if names.iter().any(is_mit) {
        names.retain(|name| !is_other(name));
    }
    names.iter().map(|name| Ok(tidied(&String::from_utf8_lossy(&fs::read(folder.join(name))?)))).collect()
}

/// Removes spaces at the ends of lines and blank lines around a text.
fn tidied(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}
