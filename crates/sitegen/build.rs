//! Embeds the themes, the starters and the parts that sites can add, so that the program needs no other
//! files.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use walkdir::WalkDir;

/// The files of the Python engine that are made from Pyodide's package, which the program does not carry.
const MADE: [&str; 3] = ["engine.toml", "pyodide.asm.wasm.gz", "pyodide.js"];

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut code = String::new();
    embed("THEMES", "themes/", &shared(&package, "themes"), |_| true, &mut code)?;
    embed("STARTERS", "", &package.join("starters"), |_| true, &mut code)?;
    embed("KIT", "", &package.join("kit"), |_| true, &mut code)?;
    embed("PYTHON", "", &shared(&package, "python"), |name| !MADE.contains(&name), &mut code)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), code)?;
    // The name must not begin like variables that stand for the configuration, because tests see it, too.
    println!("cargo::rustc-env=VERSION_AND_COMMIT={}", version(&package)?);
    Ok(())
}

/// Finds a folder of the project. The package has a link to it, which `cargo package` follows. Where git
/// makes no links, there is a file with the path instead.
fn shared(package: &Path, name: &str) -> PathBuf {
    let linked = package.join(name);
    match fs::read_to_string(&linked) {
        Ok(target) => package.join(target.trim()),
        Err(_) => linked,
    }
}

/// Returns the version, with the commit if it is known. Builds for tests leave it out, because they would be
/// compiled again after each commit.
fn version(package: &Path) -> Result<String, Box<dyn Error>> {
    let version = env::var("CARGO_PKG_VERSION")?;
    if env::var("PROFILE")? != "release" {
        return Ok(version);
    }
    let commit = packaged_commit(package).or_else(|| checked_out_commit(&package.join("../../.git")));
    Ok(match commit {
        Some(commit) if commit.len() >= 9 => format!("{version} ({})", &commit[..9]),
        _ => version,
    })
}

/// Reads the commit that `cargo package` wrote down.
fn packaged_commit(package: &Path) -> Option<String> {
    let info = fs::read_to_string(package.join(".cargo_vcs_info.json")).ok()?;
    let (_, rest) = info.split_once("\"sha1\": \"")?;
    Some(rest.split('"').next()?.to_owned())
}

/// Reads the commit that is checked out from git's files.
fn checked_out_commit(git: &Path) -> Option<String> {
    let read = |name: &str| {
        let path = git.join(name);
        let text = fs::read_to_string(&path).ok()?;
        println!("cargo::rerun-if-changed={}", path.display());
        Some(text)
    };
    let head = read("HEAD")?;
    let Some(name) = head.trim().strip_prefix("ref: ") else { return Some(head.trim().to_owned()) };
    if let Some(commit) = read(name) {
        return Some(commit.trim().to_owned());
    }
    let packed = read("packed-refs")?;
    let line = packed.lines().find(|line| line.ends_with(&format!(" {name}")))?;
    Some(line.split(' ').next()?.to_owned())
}

/// Writes a static with the wanted files of a folder, by their paths in it after a prefix.
fn embed(
    name: &str,
    prefix: &str,
    folder: &Path,
    is_wanted: impl Fn(&str) -> bool,
    code: &mut String,
) -> Result<(), Box<dyn Error>> {
    let folder = folder.canonicalize()?;
    println!("cargo::rerun-if-changed={}", folder.display());
    writeln!(code, "static {name}: &[(&str, &[u8])] = &[")?;
    for entry in WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() && !is_hidden(entry.path(), &folder) {
            let file = entry.path().to_str().ok_or("a file's name is not UTF-8")?;
            let path = Path::new(file).strip_prefix(&folder)?.to_string_lossy();
            let path = path.replace('\\', "/");
            if is_wanted(&path) {
                let name = format!("{prefix}{path}");
                writeln!(code, "    ({name:?}, include_bytes!({file:?})),")?;
            }
        }
    }
    writeln!(code, "];")?;
    Ok(())
}

fn is_hidden(path: &Path, folder: &Path) -> bool {
    let below = path.strip_prefix(folder).unwrap_or(path);
    below.components().any(|name| name.as_os_str().as_encoded_bytes().starts_with(b"."))
}
