//! What is wrong with what is declared for machines.

use sitegen_parser::{Diagnostic, Place};

pub(crate) fn no_date(pattern: &str, place: Place) -> Diagnostic {
    Diagnostic::error("no-date", format!("\"{pattern}\" is not one placeholder of a date"))
        .at(place)
        .help("name one column of type date or datetime, such as \"{company.updated}\"; what a query computes is declared under its columns")
}

pub(crate) fn invalid_sitemap_path(path: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-path", format!("\"{path}\" cannot be the path of the sitemap: {objection}"))
        .at(place)
        .help("a path such as \"/sitemap.xml\" is wanted")
}
