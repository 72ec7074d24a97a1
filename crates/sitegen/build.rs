//! Puts the guide theme and the starter site into the program, so that the program alone suffices.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use walkdir::WalkDir;

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut code = String::new();
    embed("THEME", &package.join("../../themes/guide"), &mut code)?;
    embed("STARTER", &package.join("starter"), &mut code)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), code)?;
    Ok(())
}

/// Writes a static that lists the files of a folder, by path below it.
fn embed(name: &str, folder: &Path, code: &mut String) -> Result<(), Box<dyn Error>> {
    let folder = folder.canonicalize()?;
    println!("cargo::rerun-if-changed={}", folder.display());
    writeln!(code, "static {name}: &[(&str, &[u8])] = &[")?;
    for entry in WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() && !is_hidden(entry.path(), &folder) {
            let file = entry.path().to_str().ok_or("a file's name is not UTF-8")?;
            let path = Path::new(file).strip_prefix(&folder)?.to_string_lossy();
            writeln!(code, "    ({:?}, include_bytes!({:?})),", path.replace('\\', "/"), file)?;
        }
    }
    writeln!(code, "];")?;
    Ok(())
}

fn is_hidden(path: &Path, folder: &Path) -> bool {
    let below = path.strip_prefix(folder).unwrap_or(path);
    below.components().any(|name| name.as_os_str().as_encoded_bytes().starts_with(b"."))
}
