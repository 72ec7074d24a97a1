//! The diagnostics of files that code is taken from.

use sitegen_parser::{Among, Code, Diagnostic, Place};

use crate::ground::errors::list;

pub(crate) fn missing_include(path: &str, meant: Option<&str>, place: Place) -> Diagnostic {
    Diagnostic::error(Code::MissingInclude, format!("no file is called \"{path}\""))
        .at(place)
        .cause(Among::Names, path)
        .suggest(meant)
}

pub(crate) fn include_outside(path: &str, place: Place) -> Diagnostic {
    unreadable_include(path, "it is outside of the site's folder", place)
        .help("move the site's configuration up to a folder that holds both, or the file into the site")
}

pub(crate) fn unreadable_include(path: &str, why: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::UnreadableInclude, format!("\"{path}\" cannot be included: {why}"))
        .at(place)
        .cause(Among::Names, path)
}

pub(crate) fn invalid_lines(lines: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::MissingLines, format!("\"{lines}\" names no lines"))
        .at(place)
        .help("write lines as `3`, `3-10` or `3-10, 15-`")
}

pub(crate) fn missing_lines(path: &str, count: usize, place: Place) -> Diagnostic {
    let noun = if count == 1 { "line" } else { "lines" };
    Diagnostic::error(Code::MissingLines, format!("{path} has {count} {noun}, and not all of these"))
        .at(place)
        .cause(Among::Of("lines".into()), path)
}

pub(crate) fn missing_region(
    path: &str,
    name: &str,
    names: &[String],
    nearest: Option<&str>,
    place: Place,
) -> Diagnostic {
    let problem = Diagnostic::error(Code::MissingRegion, format!("{path} has no region \"{name}\""))
        .at(place)
        .cause(Among::Of(path.into()), name);
    match nearest {
        Some(nearest) => problem.suggest(Some(nearest)),
        None if names.is_empty() => {
            problem.help(format!("put it between the comments `#region {name}` and `#endregion {name}`"))
        }
        None => problem.help(format!("it has {}", list(names.iter().map(String::as_str)))),
    }
}

pub(crate) fn code_beside_include(place: Place) -> Diagnostic {
    Diagnostic::warning(Code::CodeBesideInclude, "this does not show, since the block is a file")
        .at(place)
        .help("leave it out, or the attribute `include`")
}
