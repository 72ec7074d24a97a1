//! Puts the themes, the starter site and what sites can add into the program, so that the program alone suffices.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use walkdir::WalkDir;

/// What the engine of Python is made with, of a package that the program does not carry.
const MADE: [&str; 3] = ["engine.toml", "pyodide.asm.wasm.gz", "pyodide.js"];

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut code = String::new();
    embed("THEMES", "themes/", &package.join("../../themes"), |_| true, &mut code)?;
    embed("STARTER", "", &package.join("starter"), |_| true, &mut code)?;
    embed("KIT", "", &package.join("kit"), |_| true, &mut code)?;
    embed("PYTHON", "", &package.join("../../engines/python"), |name| !MADE.contains(&name), &mut code)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), code)?;
    Ok(())
}

/// Writes a static that lists the files of a folder, or some, by path below it, after a prefix.
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
