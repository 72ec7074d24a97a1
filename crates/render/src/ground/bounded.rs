//! A bound on the output of templates, because loops, includes and components can fan out and Tera sets no
//! limit.

use std::io::{self, Write};

/// The most bytes of a page. No reader wants a larger one.
pub(crate) const MAX_BYTES: usize = 16 << 20;

/// A buffer that refuses more than `MAX_BYTES`.
#[derive(Debug, Default)]
pub(crate) struct Bounded(pub Vec<u8>);

impl Bounded {
    /// Returns the written text. Templates write only UTF-8. A NUL, which can come in with data, becomes
    /// U+FFFD, because neither HTML nor XML can hold it.
    pub(crate) fn into_text(self) -> String {
        let text = String::from_utf8(self.0)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        if memchr::memchr(0, text.as_bytes()).is_some() { text.replace('\0', "\u{fffd}") } else { text }
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns true if rendering ended because a buffer was full.
pub(crate) fn is_full(error: &tera::Error) -> bool {
    matches!(error.kind(), tera::ErrorKind::Io(io::ErrorKind::FileTooLarge))
}
