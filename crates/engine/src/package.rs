//! The npm packages that engines are made of, in the versions that we have examined.

use std::fmt::{self, Write as _};
use std::io;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// A version of a package of the npm registry.
#[derive(Debug)]
pub struct Package {
    /// The name of the package in the registry.
    pub name: &'static str,
    /// The only version that is accepted.
    pub version: &'static str,
    /// The files that an engine is made of, and the SHA-256 of each.
    files: &'static [(&'static str, &'static str)],
}

/// The package that engines for Python are made of.
pub const PYODIDE: Package = Package {
    name: "pyodide",
    version: "314.0.7",
    files: &[
        ("pyodide.asm.wasm", "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6"),
        ("pyodide.asm.mjs", "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635"),
    ],
};

/// The package that engines for SQL are made of.
pub const SQLITE: Package = Package {
    name: "@sqlite.org/sqlite-wasm",
    version: "3.54.1-build1",
    files: &[("dist/sqlite3.wasm", "b8a92a19f441a90ff2339fe988fbe317c4adf3ed844096f12aee04aa72d58257")],
};

/// A reason why a folder is not the package, in the words after "it is not pyodide 314.0.7: ".
#[derive(Debug)]
pub enum PackageMismatch {
    /// It lacks a file.
    Missing(&'static str),
    /// A file of it cannot be read.
    Unreadable(&'static str, io::Error),
    /// It is another package or version, named here if its `package.json` says so.
    Other(Option<String>),
    /// A file differs from the one that we have examined.
    Changed {
        /// The name of the file.
        file: &'static str,
        /// The SHA-256 that it should have.
        expected: &'static str,
        /// The SHA-256 that it has.
        found: String,
    },
}

impl Package {
    /// Reads the files of a package and checks them, in the order in which engines are made of them. `read`
    /// gives a file of the folder.
    ///
    /// # Errors
    ///
    /// The folder is not this package, or not as it was published.
    pub fn take(&self, read: impl Fn(&str) -> io::Result<Vec<u8>>) -> Result<Vec<Vec<u8>>, PackageMismatch> {
        let read = |file: &'static str| {
            read(file).map_err(|error| match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => PackageMismatch::Missing(file),
                _ => PackageMismatch::Unreadable(file, error),
            })
        };
        self.check_version(&read("package.json")?)?;
        let taken = self.files.iter().map(|(file, expected)| {
            let bytes = read(file)?;
            let found = sha256(&bytes);
            if found == *expected {
                Ok(bytes)
            } else {
                Err(PackageMismatch::Changed { file, expected, found })
            }
        });
        taken.collect()
    }

    /// Checks the version first, because a hash that differs would not tell the user which version there is.
    fn check_version(&self, about: &[u8]) -> Result<(), PackageMismatch> {
        let about: Value = serde_json::from_slice(about).unwrap_or_default();
        let found = about["name"].as_str().zip(about["version"].as_str());
        match found {
            Some(found) if found == (self.name, self.version) => Ok(()),
            _ => Err(PackageMismatch::Other(found.map(|(name, version)| format!("{name} {version}")))),
        }
    }
}

impl fmt::Display for PackageMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(file) => write!(f, "it has no {file}"),
            Self::Unreadable(file, error) => write!(f, "its {file} cannot be read: {error}"),
            Self::Other(Some(found)) => write!(f, "it is {found}"),
            Self::Other(None) => f.write_str("its package.json names no package"),
            Self::Changed { file, expected, found } => {
                write!(f, "its {file} has the SHA-256 {found} instead of {expected}")
            }
        }
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut digits, byte| {
        let _never_fails = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(file: &str, bytes: &[u8]) -> String {
        let read = |asked: &str| {
            if asked == file { Ok(bytes.to_vec()) } else { Err(io::ErrorKind::NotFound.into()) }
        };
        PYODIDE.take(read).map(|_| "taken").unwrap_err().to_string()
    }

    #[test]
    fn what_is_not_the_package_is_told_by_what_it_is() {
        assert_eq!(taken("README.md", b""), "it has no package.json");
        assert_eq!(taken("package.json", b"no JSON"), "its package.json names no package");
        let older = br#"{"name": "pyodide", "version": "0.27.1"}"#;
        assert_eq!(taken("package.json", older), "it is pyodide 0.27.1");
        let right = br#"{"name": "pyodide", "version": "314.0.7"}"#;
        assert_eq!(taken("package.json", right), "it has no pyodide.asm.wasm");
    }
}
