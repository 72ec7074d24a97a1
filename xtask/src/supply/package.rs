//! The packages of the lock file, as `cargo metadata` knows them.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::version::CrateVersion;
use super::{Finding, FindingClass};

/// A package that the project is made of.
#[derive(Debug)]
pub(super) struct LockedPackage {
    pub(super) name: String,
    pub(super) version: CrateVersion,
    /// Its license's expression; empty if it has none.
    pub(super) licence: String,
    /// True if others wrote it.
    pub(super) is_foreign: bool,
}

impl LockedPackage {
    /// Reports a problem of the package.
    pub(super) fn finding(&self, what: FindingClass, text: String) -> Finding {
        Finding { package: format!("{} {}", self.name, self.version), what, text }
    }
}

/// Runs `cargo metadata` for the lock file, packages for other systems included. Cargo asks the network only
/// for packages that are not there.
pub(crate) fn metadata(root: &Path) -> Result<Value, String> {
    let mut command = Command::new("cargo");
    command.args(["metadata", "--locked", "--format-version", "1"]).current_dir(root);
    let output = command.output().map_err(|error| format!("cargo cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim_end()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))
}

/// Reads all packages.
pub(super) fn read(metadata: &Value) -> Result<Vec<LockedPackage>, String> {
    let packages = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    packages.iter().map(one).collect()
}

fn one(package: &Value) -> Result<LockedPackage, String> {
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    let name = text("name").to_owned();
    let version = text("version").parse().map_err(|error| format!("{name}: {error}"))?;
    Ok(LockedPackage {
        name,
        version,
        licence: text("license").to_owned(),
        is_foreign: !package["source"].is_null(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn packages_are_read() {
        let metadata = json!({"packages": [
            {"name": "a", "version": "1.2.0", "license": "MIT", "source": "registry"},
            {"name": "b", "version": "0.1.0", "license": null, "source": null}
        ]});
        let packages = read(&metadata).expect("it is what cargo prints");
        let told =
            |package: &LockedPackage| (package.name.clone(), package.licence.clone(), package.is_foreign);
        let told: Vec<_> = packages.iter().map(told).collect();
        assert_eq!(told, [("a".into(), "MIT".into(), true), ("b".into(), String::new(), false)]);
    }

    #[test]
    fn what_is_no_metadata_is_an_error() {
        assert!(read(&json!({})).is_err());
        assert!(read(&json!({"packages": [{"name": "a", "version": "x"}]})).is_err());
    }
}
