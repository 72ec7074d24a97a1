//! Diagnostics of links.

use sitegen_parser::{Among, Diagnostic, Place};

pub(crate) fn broken_link(to: &str, among: Among, path: &str, place: Place) -> Diagnostic {
    Diagnostic::error("broken-link", format!("{BROKEN}{to}{NOWHERE}")).at(place).cause(among, path)
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

/// A link to a file beside the content, which is part of no site.
pub(crate) fn link_out_of_content(to: &str, file: &str, place: Place) -> Diagnostic {
    let name = file.rsplit('/').next().unwrap_or(file);
    broken_link(to, Among::Files, file, place).help(format!(
        "\"{file}\" is no file of the content: write its URL; or say under [links] in site.toml that it is not checked, as in \
         ignore = [\"**/{name}\"]"
    ))
}

pub(crate) fn invalid_link_pattern(text: &str, reason: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-pattern", format!("\"{text}\" is no pattern of links: {reason}")).at(place)
}

/// An exception that no link needs, which the message says.
pub(crate) fn unused_exception(message: String, place: Place) -> Diagnostic {
    Diagnostic::warning("unused-exception", message)
        .at(place)
        .help("remove it, so that such links are checked again")
}

pub(crate) fn ambiguous_link(to: &str, keys: &[String], place: Place) -> Diagnostic {
    Diagnostic::error("ambiguous-link", format!("the link to \"{to}\" can mean {} records", keys.len()))
        .at(place)
        .help(format!("write one of {}", keys.join(", ")))
        .cause(Among::Names, to)
}

pub(crate) fn no_page(singular: &str, slug: &str, collection: &str, place: Place) -> Diagnostic {
    Diagnostic::error("no-page", format!("the {singular} \"{slug}\" has no page"))
        .at(place)
        .help(format!("declare pages with from = \"{collection}\", or remove the link"))
        .cause(Among::Names, collection)
}
