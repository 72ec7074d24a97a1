//! Recognizes data in formats that are not read, by the first bytes of a file.

use super::{Format, zstd};

/// A format of data that datasets cannot be read from, or only from files whose names say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignFormat {
    /// An array or object in JSON in a file whose name does not say so.
    Json,
    /// Parquet.
    Parquet,
    /// A workbook in a file whose name does not say so.
    Spreadsheet,
    /// A database of `SQLite` in a file whose name does not say so.
    Sqlite,
    /// A page of HTML, or XML.
    Html,
    /// Bytes packed by gzip in a file whose name does not say so.
    Gzip,
    /// Bytes packed by zstd in a file whose name does not say so.
    Zstd,
    /// A workbook in a form that is too old or too much of its program's own to be read.
    OldSpreadsheet,
    /// An archive.
    Zip,
}

/// File name extensions and the formats that they promise.
const ENDINGS: [(&str, ForeignFormat); 6] = [
    ("parquet", ForeignFormat::Parquet),
    ("xls", ForeignFormat::OldSpreadsheet),
    ("numbers", ForeignFormat::OldSpreadsheet),
    ("html", ForeignFormat::Html),
    ("xml", ForeignFormat::Html),
    ("zip", ForeignFormat::Zip),
];

impl ForeignFormat {
    /// Recognizes a file by its bytes, or else by its name; none if it can be the data of a dataset.
    pub fn of(path: &str, bytes: &[u8]) -> Option<Self> {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let promised =
            ending.as_deref().and_then(|ending| ENDINGS.iter().find(|(known, _)| *known == ending));
        let promised = promised.map(|(_, form)| *form);
        let named = Format::of(path);
        match bytes {
            _ if bytes.starts_with(b"PAR1") => Some(Self::Parquet),
            _ if bytes.starts_with(b"SQLite format 3\0") => {
                (named != Some(Format::Sqlite)).then_some(Self::Sqlite)
            }
            _ if bytes.starts_with(b"\xd0\xcf\x11\xe0") => Some(Self::OldSpreadsheet),
            _ if bytes.starts_with(b"PK\x03\x04") && named == Some(Format::Sheet) => None,
            _ if bytes.starts_with(b"PK\x03\x04") => {
                let sheet = bytes[..bytes.len().min(4096)].windows(5).any(|part| part == b"sheet");
                Some(if sheet { Self::Spreadsheet } else { promised.unwrap_or(Self::Zip) })
            }
            _ if bytes.starts_with(b"\x1f\x8b") => (ending.as_deref() != Some("gz")).then_some(Self::Gzip),
            _ if zstd::is_packed(bytes) => (ending.as_deref() != Some("zst")).then_some(Self::Zstd),
            _ => Self::of_text(ending.as_deref(), bytes).or(promised),
        }
    }

    fn of_text(ending: Option<&str>, bytes: &[u8]) -> Option<Self> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        let begins =
            |start: &[u8]| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
        let inner = text.get(1..).unwrap_or_default().trim_ascii_start();
        match ending {
            _ if begins(b"<!doctype") || begins(b"<html") || begins(b"<?xml") => Some(Self::Html),
            Some("json" | "geojson" | "yaml" | "yml" | "toml") => None,
            Some("jsonl" | "ndjson") => text.starts_with(b"[").then_some(Self::Json),
            _ if text.starts_with(b"[") && inner.starts_with(b"{") => Some(Self::Json),
            _ if text.starts_with(b"{") && inner.starts_with(b"\"") => Some(Self::Json),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ForeignFormat;

    #[test]
    fn bytes_say_more_than_names() {
        for (path, bytes, form) in [
            ("a.json", &b"[1]"[..], None),
            ("a.csv", b" [ {\"a\": 1}]", Some(ForeignFormat::Json)),
            ("a.jsonl", b"[{\"a\": 1}]", Some(ForeignFormat::Json)),
            ("a.jsonl", b"{\"a\": 1}", None),
            ("a.csv", b"PAR1\0", Some(ForeignFormat::Parquet)),
            ("a.xlsx", b"PK\x03\x04", None),
            ("a.xls", b"\xd0\xcf\x11\xe0", Some(ForeignFormat::OldSpreadsheet)),
            ("a.db", b"SQLite format 3\0", None),
            ("a.csv", b"SQLite format 3\0", Some(ForeignFormat::Sqlite)),
            ("a.csv", b"\x28\xb5\x2f\xfd", Some(ForeignFormat::Zstd)),
            ("a.csv", b"PK\x03\x04\0xl/worksheets", Some(ForeignFormat::Spreadsheet)),
            ("a.csv", b"\x1f\x8b\x08", Some(ForeignFormat::Gzip)),
            ("a.csv.gz", b"\x1f\x8b\x08", None),
            ("a.csv", b"<!DOCTYPE html>", Some(ForeignFormat::Html)),
            ("a.yml", b"- a: 1", None),
            ("a.csv", b"a,b\n1,2\n", None),
            ("a.txt", b"", None),
        ] {
            assert_eq!(ForeignFormat::of(path, bytes), form, "{path}");
        }
    }
}
