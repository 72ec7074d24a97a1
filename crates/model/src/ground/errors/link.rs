//! The diagnostic of a link that leads nowhere, and what can be told from it once all are known.

use sitegen_parser::{Among, Code, Diagnostic, Place};

pub(crate) fn broken_link(to: &str, among: Among, path: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::BrokenLink, format!("{BROKEN}{to}{NOWHERE}")).at(place).cause(among, path)
}

const BROKEN: &str = "the link to \"";

const NOWHERE: &str = "\" leads nowhere";

/// The path of the link that leads nowhere, as it is written; none if a problem is another.
pub(crate) fn broken_as_written(problem: &Diagnostic) -> Option<&str> {
    let link = problem.message.strip_prefix(BROKEN)?.strip_suffix(NOWHERE)?;
    Some(crate::ground::url::split(link).0)
}

/// A link that leads nowhere from several folders, in each of which its path means another file.
pub(crate) fn broken_alike(problem: Diagnostic, path: &str) -> Diagnostic {
    let problem = problem.cause(Among::Names, path);
    if path.contains(['*', '?', '{', '}', '[', ']', '"', '\\']) {
        return problem;
    }
    problem.help(format!(
        "there is none from any of the folders where it stands: mend it, or say under [links] in site.toml that it is not checked, as in \
         ignore = [\"{path}\"]"
    ))
}
