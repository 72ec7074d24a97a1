//! Unpacks and decodes the bytes of a data file.

use std::borrow::Cow;
use std::sync::Arc;

use encoding_rs::DecoderResult;

use super::{gzip, workbook, zstd};
use crate::{Diagnostic, Source, errors};

/// A character encoding, UTF-8 by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Default for Encoding {
    fn default() -> Self {
        Self(encoding_rs::UTF_8)
    }
}

impl Encoding {
    /// Finds an encoding by a label of the WHATWG, such as "windows-1252".
    pub fn named(label: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).map(Self)
    }

    /// Returns the label in small letters.
    pub fn label(self) -> String {
        self.0.name().to_ascii_lowercase()
    }
}

/// The most bytes that a data file may have, unpacked: 1 GiB.
pub(super) const LIMIT: usize = 1 << 30;

impl Source {
    /// Reads the text of a data file: unpacked if its name ends in `.gz` or `.zst`, decoded strictly.
    ///
    /// A byte order mark stays. If the file is UTF-8 and not packed, spans of the text are those of the file.
    ///
    /// # Errors
    ///
    /// `invalid-gzip`; `too-large` if it is more than 1 GiB, unpacked; `invalid-utf8`; `invalid-encoding`.
    pub fn unpack(path: &Arc<str>, bytes: &[u8], encoding: Encoding) -> Result<Self, Diagnostic> {
        let bytes = unpack(path, bytes)?;
        if encoding == Encoding::default() {
            return decode_utf8(path, &bytes);
        }
        let text = decode(path, &bytes, encoding)?;
        Ok(Self { path: Arc::clone(path), text: text.into() })
    }

    /// Reads a sheet of a workbook as text: a list of cells in JSON on each line, row by row. Without a name, it
    /// is the first sheet that is shown.
    ///
    /// # Errors
    ///
    /// `unknown-format` if the file is no workbook or has no such sheet; `too-large`; `missing-value` if its
    /// formulas were never calculated.
    pub fn of_sheet(path: &Arc<str>, bytes: &[u8], name: Option<&str>) -> Result<Self, Diagnostic> {
        workbook::read(path, bytes, name)
    }
}

/// Returns a packed file's path without the ending that says so; none if the file is not packed.
pub(super) fn stem(path: &str) -> Option<&str> {
    let zstd = || path.rsplit_once('.').filter(|(_, ending)| ending.eq_ignore_ascii_case("zst"));
    gzip::stem(path).or_else(|| zstd().map(|(stem, _)| stem))
}

/// Unpacks a file whose name says that it is packed.
pub(super) fn unpack<'b>(path: &Arc<str>, bytes: &'b [u8]) -> Result<Cow<'b, [u8]>, Diagnostic> {
    unpack_within(path, bytes, LIMIT)
}

fn unpack_within<'b>(path: &Arc<str>, bytes: &'b [u8], limit: usize) -> Result<Cow<'b, [u8]>, Diagnostic> {
    let bytes = match (gzip::stem(path), stem(path)) {
        (Some(_), _) => Cow::Owned(gzip::unpack(path, bytes, limit)?),
        (_, Some(_)) => Cow::Owned(zstd::unpack(path, bytes, limit)?),
        _ => Cow::Borrowed(bytes),
    };
    if bytes.len() > limit { Err(errors::too_large(path, limit)) } else { Ok(bytes) }
}

fn decode_utf8(path: &Arc<str>, bytes: &[u8]) -> Result<Source, Diagnostic> {
    if let Some(encoding) = utf16(bytes) {
        return Err(errors::other_encoding(path, "UTF-8", encoding));
    }
    if stem(path).is_none() {
        return Source::decode(path, bytes).map_err(errors::undeclared_encoding);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Source { path: Arc::clone(path), text: text.into() }),
        Err(error) => Err(errors::invalid_packed_utf8(path, error.valid_up_to())),
    }
}

/// Recognizes UTF-16 by its byte order mark, or by the zeros in its first two characters.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, ..] | [1..=0x7f, 0, 1..=0x7f, 0, ..] => Some("UTF-16LE"),
        [0xfe, 0xff, ..] | [0, 1..=0x7f, 0, 1..=0x7f, ..] => Some("UTF-16BE"),
        _ => None,
    }
}

/// Decodes a file. A byte order mark stays in the text.
pub(super) fn decode(
    path: &Arc<str>,
    bytes: &[u8],
    Encoding(encoding): Encoding,
) -> Result<String, Diagnostic> {
    // Any other encoding would read the byte order mark as characters, and all that follows as wrong ones.
    if let Some((marked, _)) = encoding_rs::Encoding::for_bom(bytes)
        && marked != encoding
    {
        return Err(errors::other_encoding(path, encoding.name(), marked.name()));
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let size = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(size.expect("a file's size is bounded"));
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(length, after), read) => {
            let offset = read - usize::from(length) - usize::from(after);
            Err(errors::invalid_encoding(path, encoding.name(), offset))
        }
        (DecoderResult::OutputFull, _) => unreachable!("the text has room for the longest that can come"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::sync::Arc;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::{Encoding, unpack_within};
    use crate::{Code, Source};

    fn pack(text: &str) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(text.as_bytes()).expect("memory takes all");
        packer.finish().expect("memory takes all")
    }

    /// Returns the text, or the problem's code and note.
    fn read(path: &str, bytes: &[u8], label: &str) -> Result<String, (Code, String)> {
        let encoding = Encoding::named(label).expect("the encoding exists");
        match Source::unpack(&Arc::from(path), bytes, encoding) {
            Ok(source) => Ok(source.text.to_string()),
            Err(problem) => Err((problem.code, problem.note.unwrap_or_default())),
        }
    }

    #[test]
    fn packed_files_are_unpacked_whole_or_not_at_all() {
        let packed = pack("a,b\n1,2\n");
        let twice = [packed.clone(), pack("3,4\n")].concat();
        assert_eq!(read("a.csv.gz", &twice, "utf-8").as_deref(), Ok("a,b\n1,2\n3,4\n"));
        let code = |bytes: &[u8]| read("a.csv.gz", bytes, "utf-8").map_err(|(code, _)| code);
        for end in 0..packed.len() {
            assert_eq!(code(&packed[..end]), Err(Code::InvalidGzip), "{end}");
        }
        assert_eq!(code(b"a,b\n1,2\n3,4\n5,6\n"), Err(Code::InvalidGzip));
        assert_eq!(code(&[packed, b"rest".to_vec()].concat()), Err(Code::InvalidGzip));
    }

    #[test]
    fn size_is_bounded() {
        let path = Arc::from("a.csv.gz");
        let length = |limit| unpack_within(&path, &pack(&"a".repeat(10)), limit).map(|bytes| bytes.len());
        assert_eq!(length(10), Ok(10));
        assert_eq!(length(9).map_err(|problem| problem.code), Err(Code::TooLarge));
        let problem = unpack_within(&Arc::from("a.csv"), b"abc", 2).expect_err("it is too large");
        assert_eq!(problem.code, Code::TooLarge);
    }

    #[test]
    fn encodings_are_read_strictly() {
        assert_eq!(read("a.csv", b"caf\xe9 \x80", "latin1").as_deref(), Ok("café €"));
        assert_eq!(read("a.csv", b"\xff\xfea\0", "utf-16le").as_deref(), Ok("\u{feff}a"));
        let at = |text: &str| Err((Code::InvalidEncoding, text.to_owned()));
        assert_eq!(read("a.csv", b"ab\x81 c", "shift_jis"), at("no character of Shift_JIS begins at byte 2"));
        assert_eq!(read("a.csv", b"ab\x81", "shift_jis"), at("no character of Shift_JIS begins at byte 2"));
        assert_eq!(read("a.csv", b"a\0b", "utf-16le"), at("no character of UTF-16LE begins at byte 2"));
        assert_eq!(read("a.csv", b"\xef\xbb\xbfa", "latin1"), at("it begins as a file in UTF-8"));
    }

    #[test]
    fn utf8_is_the_default() {
        assert_eq!(Encoding::named("utf8"), Some(Encoding::default()));
        assert_eq!(Encoding::named("latin-3000"), None);
        assert_eq!(read("a.csv", b"a\xff", "utf-8"), Err((Code::InvalidUtf8, String::new())));
    }
}
