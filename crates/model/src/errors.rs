//! The model's diagnostics, one constructor each.

mod dataset;
mod file;
mod pagination;
mod query;
mod reach;
mod row;
mod words;
mod search;

use std::sync::Arc;

use sitegen_parser::{Diagnostic, Place, Value};

use crate::route::{Route, Target};

pub(crate) use self::dataset::*;
pub(crate) use self::file::*;
pub(crate) use self::pagination::*;
pub(crate) use self::query::*;
pub(crate) use self::reach::*;
pub(crate) use self::row::*;
pub(crate) use self::search::*;
pub(crate) use self::words::*;

// Files.

// Configuration.

pub(crate) fn missing_config(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error("missing-config", format!("there is no {path} here"))
        .help("run sitegen in a site's folder, name it by --root, or make a site by \"sitegen init\"")
}

pub(crate) fn missing_setting(key: &str, path: &Arc<str>) -> Diagnostic {
    Diagnostic::error("missing-key", format!("the site lacks \"{key}\"")).at(Place::file(path)).help(
        match key {
            "base_url" => "say where the site is published: base_url = \"https://example.com\"",
            _ => "say what the site is called: title = \"…\"",
        },
    )
}

pub(crate) fn invalid_base_url(text: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-url", format!("\"{text}\" is not where a site can be published"))
        .at(place)
        .help("begin with https:// or http://, then the host and, if need be, a path")
}

pub(crate) fn missing_theme(name: &str, file: &Arc<str>, place: Option<Place>) -> Diagnostic {
    Diagnostic::error("missing-theme", format!("there is no theme \"{name}\""))
        .at(place)
        .help(format!("there should be a file {file}"))
}

// Declarations.

pub(crate) fn unknown_key<'k>(
    key: &str,
    subject: &str,
    known: impl Iterator<Item = &'k str> + Clone,
    place: Place,
) -> Diagnostic {
    let diagnostic = Diagnostic::error("unknown-key", format!("{subject} has no \"{key}\"")).at(place);
    suggest_one_of(diagnostic, key, known)
}

/// Suggests what was most likely meant, or else says all that there is.
fn suggest_one_of<'k>(
    diagnostic: Diagnostic,
    found: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Diagnostic {
    match crate::suggest::nearest(found, known.clone()) {
        Some(nearest) => diagnostic.suggest(Some(nearest)),
        None => diagnostic.help(format!("it is one of {}", list(known))),
    }
}

pub(crate) fn missing_key(key: &str, subject: &str, place: Place) -> Diagnostic {
    Diagnostic::error("missing-key", format!("{subject} lacks \"{key}\"")).at(place)
}

pub(crate) fn wrong_type(name: &str, expected: &str, found: &Value, place: Place) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("{name} must be {expected}")).at(place).label(found_value(found))
}

pub(crate) fn invalid_choice(name: &str, found: &str, choices: &[&str], place: Place) -> Diagnostic {
    let name = name.trim_matches('"');
    let diagnostic =
        Diagnostic::error("invalid-choice", format!("\"{name}\" cannot be \"{found}\"")).at(place);
    suggest_one_of(diagnostic, found, choices.iter().copied())
}

pub(crate) fn invalid_type(text: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-type", format!("there is no type \"{text}\"")).at(place).help(
        "types are string, markdown, template, int, float, bool, date, datetime, url, enum(a, b), table, \
         @collection, a list [type], and any of them with ? where a record may lack it",
    )
}

pub(crate) fn invalid_pattern(text: &str, reason: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-pattern", format!("\"{text}\" is not a regular expression"))
        .at(place)
        .label(reason)
}

pub(crate) fn invalid_bounds(name: &str, min: f64, max: f64, place: Place) -> Diagnostic {
    let message = format!("nothing can be \"{name}\": its least value, {min}, is above its greatest, {max}");
    Diagnostic::error("invalid-bounds", message).at(place)
}

pub(crate) fn reserved_name(what: &str, name: &str, place: Place) -> Diagnostic {
    Diagnostic::error("reserved-name", format!("no {what} can be called \"{name}\""))
        .at(place)
        .help("the name has a meaning of its own in templates, front matter or SQL")
}

pub(crate) fn unknown_field(name: &str, collection: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("collection \"{collection}\" has no field \"{name}\"");
    Diagnostic::error("unknown-field", message).at(place).suggest(nearest)
}

pub(crate) fn unknown_collection(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("there is no collection \"{name}\"");
    Diagnostic::error("unknown-collection", message).at(place).suggest(nearest)
}

pub(crate) fn unknown_relation(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("there is no collection, dataset or query \"{name}\"");
    Diagnostic::error("unknown-relation", message).at(place).suggest(nearest)
}

pub(crate) fn equal_names(what: &str, name: &str, place: Place, other: &Place) -> Diagnostic {
    Diagnostic::error("equal-names", format!("two {what}s are called \"{name}\""))
        .at(place)
        .related(other.clone(), "the other is here")
        .help("SQL could not tell them apart: capitals count as small letters")
}

pub(crate) fn missing_column(name: &str, relation: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("\"{relation}\" has no column \"{name}\"");
    Diagnostic::error("unknown-column", message).at(place).suggest(nearest)
}

pub(crate) fn missing_template(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("there is no template \"{name}\"");
    Diagnostic::error("missing-template", message).at(place).suggest(nearest)
}

pub(crate) fn unclosed_placeholder(text: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-placeholder", format!("a placeholder in \"{text}\" is not closed by \"}}\""))
        .at(place)
}

pub(crate) fn unknown_column(name: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error("unknown-column", format!("there is no column \"{name}\" to put here"))
        .at(place)
        .help(objection)
}

// Records.

pub(crate) fn no_collection(path: &Arc<str>, folder: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("no collection is called \"{folder}\", so nothing says what this file holds");
    let diagnostic = Diagnostic::error("no-collection", message).at(Place::file(path));
    match nearest {
        Some(_) => diagnostic.suggest(nearest),
        None => diagnostic.help(format!("declare [collections.{folder}], or move the file")),
    }
}

pub(crate) fn missing_field(name: &str, subject: &str, place: &Place, declared: &Place) -> Diagnostic {
    Diagnostic::error("missing-field", format!("{subject} lacks \"{name}\""))
        .at(place.clone())
        .related(declared.clone(), "declared here")
}

pub(crate) fn invalid_url(name: &str, text: &str, place: Place) -> Diagnostic {
    let name = name.trim_matches('"');
    Diagnostic::error("invalid-url", format!("\"{name}\" cannot be \"{text}\""))
        .at(place)
        .help("a URL begins with https://, http:// or mailto: and holds no spaces")
}

pub(crate) fn pattern_not_met(
    name: &str,
    text: &str,
    pattern: &str,
    place: Place,
    declared: &Place,
) -> Diagnostic {
    let pattern = pattern.strip_prefix("^(?:").and_then(|rest| rest.strip_suffix(")$")).unwrap_or(pattern);
    Diagnostic::error("pattern-not-met", format!("\"{name}\" cannot be \"{text}\""))
        .at(place)
        .label(format!("does not match {pattern}"))
        .related(declared.clone(), "declared here")
}

pub(crate) fn out_of_range(
    name: &str,
    size: f64,
    unit: &str,
    min: Option<f64>,
    max: Option<f64>,
    place: Place,
    declared: &Place,
) -> Diagnostic {
    let bounds = match (min, max) {
        (Some(min), Some(max)) => format!("between {min} and {max}{unit}"),
        (Some(min), None) => format!("at least {min}{unit}"),
        (None, Some(max)) => format!("at most {max}{unit}"),
        (None, None) => String::new(),
    };
    Diagnostic::error("out-of-range", format!("\"{name}\" must be {bounds}"))
        .at(place)
        .label(match size.to_string().as_str() {
            "1" => format!("this is 1{}", unit.trim_end_matches('s')),
            size => format!("this is {size}{unit}"),
        })
        .related(declared.clone(), "declared here")
}

pub(crate) fn unknown_reference(
    singular: &str,
    slug: &str,
    nearest: Option<&str>,
    place: Place,
) -> Diagnostic {
    let message = format!("no {singular} is called \"{slug}\"");
    Diagnostic::error("unknown-reference", message).at(place).suggest(nearest)
}

pub(crate) fn wrong_collection(slug: &str, wanted: &str, found: &str, place: Place) -> Diagnostic {
    Diagnostic::error("wrong-collection", format!("no {wanted} is called \"{slug}\""))
        .at(place)
        .help(format!("there is a {found} of that name, but a {wanted} is wanted here"))
}

pub(crate) fn reference_to_draft(singular: &str, slug: &str, place: Place) -> Diagnostic {
    Diagnostic::error("reference-to-draft", format!("the {singular} \"{slug}\" is a draft"))
        .at(place)
        .help("publish it, remove the reference, or build with --drafts")
}

/// A record of whose name no slug is left.
pub(crate) fn no_slug(name: &str, place: Place) -> Diagnostic {
    let message = format!("\"{name}\" has no letter or digit, so that no slug can be made of it");
    Diagnostic::error("invalid-slug", message).at(place).help("give the record one: slug = \"…\"")
}

pub(crate) fn invalid_slug(slug: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-slug", format!("\"{slug}\" cannot be a slug: {objection}"))
        .at(place)
        .help("a slug is part of a URL, such as \"senior-data-engineer\"")
}

pub(crate) fn duplicate_slug(singular: &str, slug: &str, place: &Place, taken: &Place) -> Diagnostic {
    Diagnostic::error("duplicate-slug", format!("two records are the {singular} \"{slug}\""))
        .at(place.clone())
        .related(taken.clone(), "the other is here")
        .help("rename one, or give it a slug of its own: slug = \"…\"")
}

pub(crate) fn duplicate_value(name: &str, text: &str, place: &Place, taken: &Place) -> Diagnostic {
    Diagnostic::error(
        "duplicate-value",
        format!("two records have \"{text}\" as \"{name}\", which is unique"),
    )
    .at(place.clone())
    .related(taken.clone(), "the other is here")
}

// Routes.

pub(crate) fn missing_path_value(
    what: &str,
    family: &str,
    column: &str,
    who: &str,
    place: &Place,
    pattern: &Place,
) -> Diagnostic {
    let message = format!("the {what} of pages \"{family}\" needs {{{column}}}, which {who} leaves out");
    Diagnostic::error("missing-path-value", message)
        .at(place.clone())
        .related(pattern.clone(), format!("the {what} is declared here"))
}

pub(crate) fn invalid_path(url: &str, objection: &str, place: &Place, pattern: &Place) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("invalid-path", format!("\"{url}\" cannot be a page's path: {objection}"));
    if place.path == pattern.path {
        return diagnostic.at(pattern.clone());
    }
    diagnostic.at(place.clone()).related(pattern.clone(), "the path is declared here")
}

pub(crate) fn invalid_redirect(from: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-path", format!("\"{from}\" cannot lead to the page: {objection}"))
        .at(place)
        .help("a path such as \"/old/\" is wanted")
}

pub(crate) fn redirect_to_nothing(singular: &str, slug: &str, place: Place) -> Diagnostic {
    Diagnostic::error("no-page", format!("the {singular} \"{slug}\" has no page that this could lead to"))
        .at(place)
}

pub(crate) fn duplicate_url(route: &Route, taken: &Route) -> Diagnostic {
    let diagnostic = if route.url == taken.url {
        Diagnostic::error("duplicate-url", format!("two {} would be {}", noun(route, taken), route.url))
    } else {
        let message = format!("{} and {} would be one file on some systems", route.url, taken.url);
        Diagnostic::error("url-collision", message)
            .note("they differ only in case or in Unicode's normal form")
    };
    diagnostic.at(route.place.clone()).related(taken.place.clone(), "the other is made here")
}

fn noun(route: &Route, other: &Route) -> &'static str {
    let is_page = |route: &Route| matches!(route.target, Target::Page { .. } | Target::Redirect { .. });
    if is_page(route) && is_page(other) { "pages" } else { "files" }
}

pub(crate) fn file_and_folder(route: &Route, file: &Route) -> Diagnostic {
    Diagnostic::error(
        "url-collision",
        format!("{} cannot be a file and the folder of {}", file.url, route.url),
    )
    .at(route.place.clone())
    .related(file.place.clone(), "the file is made here")
}

// Links.

pub(crate) fn broken_link(to: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    Diagnostic::error("broken-link", format!("the link to \"{to}\" leads nowhere")).at(place).suggest(nearest)
}

pub(crate) fn no_page(singular: &str, slug: &str, collection: &str, place: Place) -> Diagnostic {
    Diagnostic::error("no-page", format!("the {singular} \"{slug}\" has no page"))
        .at(place)
        .help(format!("declare pages with from = \"{collection}\", or remove the link"))
}

/// Words in quotation marks, with "or" before the last.
pub(crate) fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<_> = words.map(|word| format!("\"{word}\"")).collect();
    match words.pop() {
        Some(last) if !words.is_empty() => format!("{} or {last}", words.join(", ")),
        last => last.unwrap_or_default(),
    }
}

fn found_value(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "this is true or false",
        Value::Int(_) => "this is a whole number",
        Value::Float(_) => "this is a number",
        Value::String(_) => "this is a string",
        Value::Date(_) => "this is a date",
        Value::Datetime(_) => "this is a date and time",
        Value::Array(_) => "this is a list",
        Value::Table(_) => "this is a table",
    }
}
