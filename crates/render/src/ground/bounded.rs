//! A bound on what templates write: loops, includes and components can fan out, and Tera does not mind.

use std::io::{self, Write};

/// No page that a reader could want is larger.
pub(crate) const MAX_BYTES: usize = 16 << 20;

/// A buffer that takes no more than it should.
#[derive(Debug, Default)]
pub(crate) struct Bounded(pub Vec<u8>);

impl Bounded {
    /// What was written. Templates write only UTF-8. A NUL, which comes in with data and which neither HTML nor XML can
    /// hold, is shown as what cannot be shown.
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

/// Whether rendering ended because a buffer would take no more.
pub(crate) fn is_full(error: &tera::Error) -> bool {
    matches!(error.kind(), tera::ErrorKind::Io(io::ErrorKind::FileTooLarge))
}
