//! Diagnostics of pages that rows share.

use sitegen_parser::{Diagnostic, Place};

use crate::schema::Family;

pub(crate) fn nothing_to_paginate(place: Place) -> Diagnostic {
    Diagnostic::error("invalid-pagination", "a single page has no rows to put on several")
        .at(place)
        .help("say by `from` whose rows the pages list")
}

pub(crate) fn unpageable_path(place: Place) -> Diagnostic {
    Diagnostic::error("invalid-pagination", "the path of pages that list rows must end in \"/\"")
        .at(place)
        .help("the second page is at \"page/2/\" below it")
}

pub(crate) fn empty_list_takes_values(pattern: &str, place: Place, other: &Place) -> Diagnostic {
    Diagnostic::error("invalid-pagination", "a page without rows has no values for its path and title")
        .at(place)
        .related(other.clone(), format!("\"{pattern}\" takes some from rows"))
        .help("only a list whose path and title are the same for all rows can have a page without any")
}

/// A broken link to where a list would be that has no rows yet.
pub(crate) fn leads_to_empty_list(link: Diagnostic, list: &Family) -> Diagnostic {
    let by = list.paginate.as_ref().map_or(1, |pagination| pagination.by.get());
    link.help(format!(
        "the list \"{}\" has no rows, and so no page: declare `paginate = {{ by = {by}, empty = true }}` for one without rows",
        list.name
    ))
}
