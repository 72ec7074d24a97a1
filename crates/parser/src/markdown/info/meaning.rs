//! What the attributes of code mean, by the names that generators give them.

use super::Mark;

/// What an attribute can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Title,
    Lines(Mark),
    Numbers,
    NoNumbers,
    First,
    /// The code is a file.
    Include,
    /// These lines of it.
    WantedLines,
    /// This region of it.
    Region,
}

/// The names of attributes, without `-` and `_` and in lower case, and what they mean.
const NAMES: [(&str, Meaning); 28] = [
    ("title", Meaning::Title),
    ("file", Meaning::Title),
    ("name", Meaning::Title),
    ("path", Meaning::Title),
    ("filename", Meaning::Title),
    ("caption", Meaning::Title),
    ("hllines", Meaning::Lines(Mark::Marked)),
    ("mark", Meaning::Lines(Mark::Marked)),
    ("highlight", Meaning::Lines(Mark::Marked)),
    ("emphasizelines", Meaning::Lines(Mark::Marked)),
    ("ins", Meaning::Lines(Mark::Inserted)),
    ("del", Meaning::Lines(Mark::Deleted)),
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

/// What an attribute of a name means.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let name: String = name.chars().filter(|c| !matches!(c, '-' | '_')).collect();
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name)).map(|(_, meaning)| *meaning)
}
