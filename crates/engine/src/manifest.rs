//! The manifest of an engine, `engine.toml`: its language, version, scripts and the hashes of its files.

use std::fmt::Write as _;

use miniz_oxide::deflate::compress_to_vec;

use crate::Bundle;
use crate::package::{Package, sha256};

/// The name of the manifest in the folder of an engine.
pub const MANIFEST: &str = "engine.toml";

/// The version of the protocol in which pages and builds speak to an engine. Raise it whenever the old and
/// the new code would not understand each other.
pub const PROTOCOL: i64 = 1;

/// The file of licenses, which pages do not load.
const NOTICES: &str = "notices.txt";

/// The line of the manifest that stands before the hashes of the files.
const FILES: &str = "\n[files]\n";

/// A description of an engine, of which its manifest is made.
pub(crate) struct About<'a> {
    pub language: &'a str,
    /// The language's name for readers.
    pub title: &'a str,
    pub package: &'a Package,
    /// The scripts that a worker runs, in this order.
    pub scripts: &'a [&'a str],
    /// The most compressed bytes that the engine may have.
    pub most: usize,
}

/// Adds the manifest to the files of an engine.
///
/// # Errors
///
/// The engine is too large.
pub(crate) fn describe(mut files: Bundle, about: &About<'_>) -> Result<Bundle, String> {
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

/// Returns true if no file of an engine was changed, removed or added since the engine was made.
pub fn is_whole(files: &Bundle) -> bool {
    let manifest = files.get(MANIFEST).and_then(|bytes| str::from_utf8(bytes).ok());
    manifest.and_then(|text| text.split_once(FILES)).is_some_and(|(_, listed)| listed == sums(files))
}

/// Lists the hashes of all files but the manifest, a line each.
fn sums(files: &Bundle) -> String {
    let others = files.iter().filter(|(name, _)| *name != MANIFEST);
    others.fold(String::new(), |mut lines, (name, bytes)| {
        let _never_fails = writeln!(lines, "\"{name}\" = \"{}\"", sha256(bytes));
        lines
    })
}

/// Rounds to three digits, because people read the number, and because the next version of the compressor may
/// need a little less.
fn rounded(bytes: usize) -> usize {
    let unit = 10_usize.pow(bytes.max(1).ilog10().saturating_sub(2));
    (bytes + unit / 2) / unit * unit
}

/// The header of a gzip file (RFC 1952) without a name and a time, packed as closely as can be.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];

/// The level at which the compressor packs most closely.
const BEST: u8 = 9;

/// Packs bytes as a gzip file. The compressor is named, because `flate2` takes another one as soon as any library
/// asks it to, and the files of engines are to stay the same.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).expect("the files of packages are far smaller than 4 GiB");
    let mut packed = HEADER.to_vec();
    packed.extend(compress_to_vec(bytes, BEST));
    packed.extend(crc32fast::hash(bytes).to_le_bytes());
    packed.extend(length.to_le_bytes());
    packed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::SQLITE;

    fn engine() -> Bundle {
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
