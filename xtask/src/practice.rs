//! Makes the engines that run exercises from their packages: `engines/python` and `themes/guide/engines/sql`.
//!
//! Our own files are in these folders already. Making an engine twice gives the same bytes.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use sitegen_engine::{Bundle, MANIFEST, PYODIDE, Package, SQLITE};

use crate::step::{Step, root};

/// The folder in which npm installs packages.
const PACKAGES: &str = "xtask/practice/node_modules";

/// A function that makes an engine of the files of its package and ours.
type Make = fn(&[Vec<u8>], Bundle) -> Result<Bundle, String>;

/// Makes both engines.
pub(crate) fn run() -> ExitCode {
    let python = || make(&PYODIDE, "engines/python", sitegen_engine::python);
    let sql = || make(&SQLITE, "themes/guide/engines/sql", sitegen_engine::sqlite);
    let npm = |arguments: &[&str]| {
        let ran = Step::new("npm", arguments).within("xtask/practice").run();
        if ran.succeeded { Ok(()) } else { Err("npm failed".to_owned()) }
    };
    // Python's engine is made twice, because it compiles the library that becomes a part of it, whose new
    // hash it then names.
    let made = npm(&["ci", "--no-audit", "--no-fund"])
        .and_then(|()| python())
        .and_then(|()| npm(&["run", "compile"]))
        .and_then(|()| python())
        .and_then(|()| sql());
    if let Err(reason) = &made {
        eprintln!("{reason}");
    }
    ExitCode::from(u8::from(made.is_err()))
}

fn make(package: &Package, folder: &str, make: Make) -> Result<(), String> {
    let (from, to) = (root().join(PACKAGES).join(package.name), root().join(folder));
    let taken = package.take(|file| fs::read(from.join(file))).map_err(|unfit| unfit.to_string())?;
    let files = files(&to).and_then(|own| make(&taken, own).map_err(io::Error::other));
    let written =
        files.and_then(|files| files.iter().try_for_each(|(name, bytes)| fs::write(to.join(name), bytes)));
    written.map_err(|error| format!("{folder}: {error}"))
}

/// Reads the files of a folder except the manifest. Those that come from the package are made again.
fn files(folder: &Path) -> io::Result<Bundle> {
    let mut files = Bundle::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        files.insert(name.clone(), fs::read(folder.join(name))?);
    }
    files.remove(MANIFEST);
    Ok(files)
}
