//! Maps the attributes of code, under the names that generators give them, to their meanings.

use super::LineMark;

/// The meaning of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Title,
    Lines(LineMark),
    Numbers,
    NoNumbers,
    First,
    /// The file to take the code from.
    Include,
    /// The lines to take from the file.
    WantedLines,
    /// The region to take from the file.
    Region,
}

/// The names of attributes in lower case, without `-` and `_`, and their meanings.
const NAMES: [(&str, Meaning); 28] = [
    ("title", Meaning::Title),
    ("file", Meaning::Title),
    ("name", Meaning::Title),
    ("path", Meaning::Title),
    ("filename", Meaning::Title),
    ("caption", Meaning::Title),
    ("hllines", Meaning::Lines(LineMark::Marked)),
    ("mark", Meaning::Lines(LineMark::Marked)),
    ("highlight", Meaning::Lines(LineMark::Marked)),
    ("emphasizelines", Meaning::Lines(LineMark::Marked)),
    ("ins", Meaning::Lines(LineMark::Inserted)),
    ("del", Meaning::Lines(LineMark::Deleted)),
    ("linenos", Meaning::Numbers),
    ("linenums", Meaning::Numbers),
    ("linenumbers", Meaning::Numbers),
    ("numberlines", Meaning::Numbers),
    ("showlinenumbers", Meaning::Numbers),
    ("nolinenumbers", Meaning::NoNumbers),
    ("linenostart", Meaning::First),
    ("linenumberstart", Meaning::First),
    ("startlinenumber", Meaning::First),
    ("startfrom", Meaning::First),
    ("firstline", Meaning::First),
    ("firstnumber", Meaning::First),
    ("start", Meaning::First),
    ("include", Meaning::Include),
    ("lines", Meaning::WantedLines),
    ("region", Meaning::Region),
];

/// Returns the meaning of an attribute with this name.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let name: String = name.chars().filter(|c| !matches!(c, '-' | '_')).collect();
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name)).map(|(_, meaning)| *meaning)
}
