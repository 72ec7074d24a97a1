//! Abbreviations, with what they stand for.

use super::attributes::push;
use super::writer::Writer;

impl Writer<'_> {
    /// Begins an abbreviation, with its meaning.
    pub(super) fn abbreviation(&mut self, meaning: &str) {
        self.html().push_str("<abbr");
        push(self.html(), "title", meaning);
        self.html().push('>');
    }
}
