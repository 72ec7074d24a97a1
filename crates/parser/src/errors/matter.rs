//! The diagnostics of front matter: its place, and its mistakes in YAML and JSON.

use crate::{Code, Diagnostic, Place};

pub(crate) fn unclosed_front_matter(opening: Place) -> Diagnostic {
    Diagnostic::error(Code::UnclosedFrontMatter, "the front matter has no end")
        .at(opening)
        .label("begins here")
        .help("end TOML with a line of `+++`, YAML with a line of `---`")
}

pub(crate) fn invalid_front_matter(place: Place, message: &str) -> Diagnostic {
    Diagnostic::error(Code::InvalidFrontMatter, message).at(place).help(
        "where the file begins, write TOML between two lines of `+++`, or YAML between two lines of `---`; mark lines as code to show \
         them",
    )
}

/// Reports a block of code that looks like front matter.
pub(crate) fn fenced_front_matter(fence: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidFrontMatter, "front matter in a block of code is not read").at(fence).help(
        "write fenced_front_matter = true under [content] in site.toml to have it read; to show the code, begin the file with two \
         lines of `+++`",
    )
}

pub(crate) fn too_deep(place: Place, limit: usize) -> Diagnostic {
    Diagnostic::error(Code::TooDeep, format!("tables and arrays nest deeper than {limit} levels here"))
        .at(place)
}

/// Reports a key that stands twice in a table. `code` is that of the file's format.
pub(crate) fn repeated_key(code: Code, place: Place, key: &str, first: Place) -> Diagnostic {
    Diagnostic::error(code, format!("the key \"{key}\" is given twice"))
        .at(place)
        .related(first, "given first here")
}

pub(crate) fn invalid_yaml(place: Place, message: &str, help: Option<String>) -> Diagnostic {
    let problem = Diagnostic::error(Code::InvalidYaml, message).at(place);
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// Makes the problem of front matter in YAML that we do not accept, though YAML would.
fn unread_yaml(place: Place, message: &str, help: &str) -> Diagnostic {
    invalid_yaml(place, message, Some(help.to_owned()))
}

pub(crate) fn yaml_not_indented(line: Place) -> Diagnostic {
    Diagnostic::warning(Code::InvalidYaml, "within brackets or quotation marks, this line must be indented")
        .at(line)
        .help("indent it by a space: what reads YAML strictly stops here")
}

pub(crate) fn yaml_no_table(line: Place, written: &str) -> Diagnostic {
    let is_tight = written.contains(':') && !written.contains(": ");
    let help =
        if is_tight { "write a space behind the colon" } else { "write `key: value`, each on its own line" };
    unread_yaml(line, "front matter must be keys and values", help)
}

pub(crate) fn yaml_documents(place: Place) -> Diagnostic {
    unread_yaml(
        place,
        "front matter is one document, and another begins here",
        "write one table of keys and values",
    )
}

pub(crate) fn yaml_directive(place: Place) -> Diagnostic {
    unread_yaml(
        place,
        "directives are not read in front matter",
        "leave this line out: YAML is read as version 1.2",
    )
}

pub(crate) fn yaml_tag(place: Place) -> Diagnostic {
    unread_yaml(
        place,
        "tags are not read in front matter",
        "leave it out, or put text that begins with `!` in quotation marks",
    )
}

pub(crate) fn yaml_no_key(place: Place) -> Diagnostic {
    unread_yaml(place, "a value has no key", "write a key before the colon")
}

pub(crate) fn yaml_odd_key(place: Place) -> Diagnostic {
    unread_yaml(place, "a key must be a text", "put text that begins with `[` or `{` in quotation marks")
}

pub(crate) fn yaml_odd_merge(place: Place) -> Diagnostic {
    unread_yaml(place, "only tables can be merged", "write `<<: *name`, where `&name` stands before a table")
}

pub(crate) fn yaml_circle(alias: Place) -> Diagnostic {
    unread_yaml(alias, "this alias stands within what it repeats", "repeat a value that is whole before")
}

pub(crate) fn yaml_repeats(alias: Place) -> Diagnostic {
    unread_yaml(alias, "aliases repeat more than 10000 values up to here", "write fewer of them")
}
