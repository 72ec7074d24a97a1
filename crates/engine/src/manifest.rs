//! What an engine says of itself: `engine.toml`.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Files;
use crate::package::{Package, sha256};

/// The file that says what an engine is.
pub const MANIFEST: &str = "engine.toml";

/// How pages and builds speak to an engine: raised whenever one of before would not understand one of now.
pub const PROTOCOL: i64 = 1;

/// What readers need not load.
const NOTICES: &str = "notices.txt";

/// What stands before the hashes of an engine's files.
const FILES: &str = "\n[files]\n";

/// What an engine is.
pub(crate) struct About<'a> {
    pub language: &'a str,
    /// What readers call it.
    pub title: &'a str,
    pub package: &'a Package,
    /// What a worker is made of, one after the other.
    pub scripts: &'a [&'a str],
    /// How many compressed bytes it may have.
    pub most: usize,
}

/// Adds to the files of an engine the one that says what it is.
///
/// # Errors
///
/// It is too large.
pub(crate) fn describe(mut files: Files, about: &About<'_>) -> Result<Files, String> {
    let carried = files.iter().filter(|(name, _)| *name != NOTICES).map(|(name, bytes)| {
        // Hosts compress scripts, but not all of them WebAssembly, which is therefore compressed already.
        if name.rsplit_once('.').is_some_and(|(_, end)| end == "gz") {
            bytes.len()
        } else {
            gzip(bytes).len()
        }
    });
    let loads: usize = carried.sum();
    if loads > about.most {
        return Err(format!("{loads} bytes to load are more than {}", about.most));
    }
    let scripts: Vec<_> = about.scripts.iter().map(|script| format!("\"{script}\"")).collect();
    let text = format!(
        "# Made by sitegen.\nlanguage = \"{}\"\ntitle = \"{}\"\nversion = \"{}\"\nprotocol = {PROTOCOL}\nscripts = [{}]\nloads = {}\n{FILES}{}",
        about.language,
        about.title,
        about.package.version,
        scripts.join(", "),
        rounded(loads),
        sums(&files),
    );
    files.insert(MANIFEST.to_owned(), text.into_bytes());
    Ok(files)
}

/// Whether the files of a folder are those of an engine as it was made: none is changed, lacking or added.
pub fn is_whole(files: &Files) -> bool {
    let manifest = files.get(MANIFEST).and_then(|bytes| str::from_utf8(bytes).ok());
    manifest.and_then(|text| text.split_once(FILES)).is_some_and(|(_, listed)| listed == sums(files))
}

/// The files' hashes, a line each.
fn sums(files: &Files) -> String {
    let others = files.iter().filter(|(name, _)| *name != MANIFEST);
    others.fold(String::new(), |mut lines, (name, bytes)| {
        let _never_fails = writeln!(lines, "\"{name}\" = \"{}\"", sha256(bytes));
        lines
    })
}

/// To three digits: people read it, and the next version of the compressor may need a little less.
fn rounded(bytes: usize) -> usize {
    let unit = 10_usize.pow(bytes.max(1).ilog10().saturating_sub(2));
    (bytes + unit / 2) / unit * unit
}

/// Bytes, compressed.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let compressed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    compressed.unwrap_or_else(|error: io::Error| unreachable!("memory takes all bytes: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::SQLITE;

    fn engine() -> Files {
        let files = [("worker.js", "//"), (NOTICES, "Whose it is.")];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let about =
            About { language: "sql", title: "SQL", package: &SQLITE, scripts: &["worker.js"], most: 1000 };
        describe(files.into(), &about).expect("it is small")
    }

    #[test]
    fn an_engine_is_whole_as_long_as_nobody_changes_it() {
        assert!(is_whole(&engine()));
        let mut changed = engine();
        changed.insert("worker.js".to_owned(), b"// mine".to_vec());
        let mut added = engine();
        added.insert("mine.js".to_owned(), Vec::new());
        let mut lacking = engine();
        lacking.remove(NOTICES);
        let unsaid = engine().into_iter().filter(|(name, _)| name != MANIFEST).collect();
        assert!([changed, added, lacking, unsaid].iter().all(|files| !is_whole(files)));
    }

    #[test]
    fn sizes_have_three_digits() {
        let rounded = [0, 7, 123, 1_234, 1_235, 5_009_999].map(rounded);
        assert_eq!(rounded, [0, 7, 123, 1_230, 1_240, 5_010_000]);
    }
}
