//! The diagnostics of links and mentions.

use sitegen_parser::{Among, Code, Diagnostic, Place};

use crate::ground::errors::short;
use crate::schema::Family;

pub(crate) use crate::ground::errors::{broken_alike, broken_as_written, broken_link, unknown_collection};
pub(crate) use crate::record::errors::{reference_to_draft, unknown_reference};

/// Reports a link to a file outside of the content, which is not published.
pub(crate) fn link_out_of_content(to: &str, file: &str, place: Place) -> Diagnostic {
    let name = file.rsplit('/').next().unwrap_or(file);
    broken_link(to, Among::Files, file, place).help(format!(
        "\"{file}\" is no file of the content: write its URL; or say under [links] in site.toml that it is not checked, as in \
         ignore = [\"**/{name}\"]"
    ))
}

pub(crate) fn ambiguous_link(to: &str, keys: &[String], place: Place) -> Diagnostic {
    Diagnostic::error(Code::AmbiguousLink, format!("the link to \"{to}\" can mean {} records", keys.len()))
        .at(place)
        .help(format!("write one of {}", keys.join(", ")))
        .cause(Among::Names, to)
}

pub(crate) fn no_page(singular: &str, slug: &str, collection: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::NoPage, format!("the {singular} \"{slug}\" has no page"))
        .at(place)
        .help(format!("declare pages with from = \"{collection}\", or remove the link"))
        .cause(Among::Names, collection)
}

pub(crate) fn invalid_phrase(phrase: &str, objection: &str, place: Place) -> Diagnostic {
    let message = format!("\"{}\" cannot be found in texts: {objection}", short(phrase));
    Diagnostic::error(Code::InvalidPhrase, message).at(place).cause(Among::Names, objection)
}

pub(crate) fn duplicate_phrase(phrase: &str, place: Place, other: &Place) -> Diagnostic {
    Diagnostic::error(Code::DuplicatePhrase, format!("\"{phrase}\" would lead to two records"))
        .at(place)
        .related(other.clone(), "the other has the phrase here")
}

/// Explains a broken link to a list that has no page because it has no rows.
pub(crate) fn leads_to_empty_list(link: Diagnostic, list: &Family) -> Diagnostic {
    let by = list.paginate.as_ref().map_or(1, |pagination| pagination.by.get());
    link.help(format!(
        "the list \"{}\" has no rows, and so no page: declare `paginate = {{ by = {by}, empty = true }}` for one without rows",
        list.name
    ))
}
