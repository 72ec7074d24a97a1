//! The packages of the crates, and a program that is made of them alone, outside of the project.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use crate::step::{Step, root, target};

/// Packages all crates, which builds each; then installs the program from the packages and builds a site of
/// each template with it, in a folder.
pub(crate) fn run(folder: &str) -> ExitCode {
    match package(Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn package(folder: &Path) -> io::Result<()> {
    let folder = std::path::absolute(folder)?;
    if folder.starts_with(root()) {
        return Err(io::Error::other("the folder has to be outside of the project, as its packages will be"));
    }
    let others = ["--workspace", "--exclude", "sitegen-tests", "--exclude", "xtask"];
    done(&Step::new("cargo", &[&["package", "--locked"], &others[..]].concat()))?;
    let sources = unpacked(&folder.join("source"))?;
    let program = installed(&folder, &sources)?;
    told(&program, &[env_path("HOME"), Some(root()), Some(folder.clone())])?;
    for template in ["minimal", "blog", "docs", "guide", "directory"] {
        let site = folder.join("sites").join(template).display().to_string();
        let program = program.display().to_string();
        done(&Step::new(&program, &["init", &site, "--template", template]))?;
        done(&Step::new(&program, &["build", "--strict", "--root", &site]))?;
    }
    println!("\n{} is made of the packages alone", program.display());
    Ok(())
}

/// Unpacks the packages; gives their folders.
fn unpacked(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let to = folder.display().to_string();
    let version = env!("CARGO_PKG_VERSION");
    let mut sources = Vec::new();
    for entry in fs::read_dir(target().join("package"))? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".crate")) else {
            continue;
        };
        if name.ends_with(&format!("-{version}")) {
            done(&Step::new("tar", &["-xzf", &path.display().to_string(), "-C", &to]))?;
            sources.push(folder.join(name));
        }
    }
    Ok(sources)
}

/// Installs the program of the unpacked packages, which stand for those of a registry.
fn installed(folder: &Path, sources: &[PathBuf]) -> io::Result<PathBuf> {
    let is_program = |source: &&PathBuf| source.join("src/main.rs").exists();
    let program =
        sources.iter().find(is_program).ok_or_else(|| io::Error::other("no package has the program"))?;
    let to = folder.display().to_string();
    let from = program.display().to_string();
    let mut arguments = vec!["install".to_owned(), "--path".to_owned(), from, "--root".to_owned(), to];
    for source in sources.iter().filter(|source| *source != program) {
        let name = source.file_name().unwrap_or_default().to_string_lossy();
        let name = name.rsplit_once('-').map_or(&*name, |(name, _)| name);
        arguments.push("--config".to_owned());
        arguments.push(format!("patch.crates-io.{name}.path={:?}", source.display().to_string()));
    }
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let built = folder.join("build").display().to_string();
    let step = Step::new("cargo", &arguments).with("CARGO_TARGET_DIR", &built);
    let (rust, c) = elsewhere(folder);
    done(&step.with("CARGO_ENCODED_RUSTFLAGS", &rust).with("CFLAGS", &c))?;
    Ok(folder.join("bin/sitegen"))
}

/// Returns options for the compilers of Rust and C that keep the folders of the build out of the program.
fn elsewhere(folder: &Path) -> (String, String) {
    let cargo = env_path("CARGO_HOME").or_else(|| Some(env_path("HOME")?.join(".cargo")));
    let packages = cargo.map(|cargo| cargo.join("registry/src"));
    let folders: Vec<_> = [Some(folder.to_owned()), packages]
        .into_iter()
        .flatten()
        .map(|folder| folder.display().to_string())
        .collect();
    let options = |option: &str, between: &str| {
        folders.iter().map(|folder| format!("{option}={folder}=/build")).collect::<Vec<_>>().join(between)
    };
    (options("--remap-path-prefix", "\u{1f}"), options("-ffile-prefix-map", " "))
}

fn env_path(name: &str) -> Option<PathBuf> {
    env::var_os(name).map(PathBuf::from)
}

/// Fails if the program contains the name of a folder of its builder.
fn told(program: &Path, folders: &[Option<PathBuf>]) -> io::Result<()> {
    let bytes = fs::read(program)?;
    for folder in folders.iter().flatten() {
        let mut name = folder.display().to_string().into_bytes();
        name.push(b'/');
        if let Some(at) = bytes.windows(name.len()).position(|part| part == name) {
            let end = (at + 120).min(bytes.len());
            let text = String::from_utf8_lossy(&bytes[at..end]).into_owned();
            return Err(io::Error::other(format!("{} tells where it was built: {text}", program.display())));
        }
    }
    Ok(())
}

fn done(step: &Step) -> io::Result<()> {
    if step.run().succeeded { Ok(()) } else { Err(io::Error::other("a step failed: see above")) }
}
