//! Checks that XML is well-formed.

use roxmltree::{Document, Error, ParsingOptions};

/// A reason why a text is not well-formed XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlFault {
    /// The reason, without the place in the text.
    pub reason: String,
    /// The element that ends while another one is open, if that is the reason.
    pub ended: Option<String>,
}

impl XmlFault {
    /// Finds the first fault of a text; none if the text is well-formed XML.
    pub fn find(text: &str) -> Option<Self> {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let error = Document::parse_with_options(text, options).err()?;
        let said = error.to_string();
        let position = said.rfind(" at ").filter(|at| said[at + 4..].contains(':'));
        let reason = said[..position.unwrap_or(said.len())].replace('\'', "\"");
        let ended = match error {
            Error::UnexpectedCloseTag(_, ended, _) => Some(ended),
            _ => None,
        };
        Some(Self { reason, ended })
    }
}
