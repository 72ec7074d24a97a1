//! The diagnostics of what a site declares.

mod dataset;
mod query;
mod search;
mod value;

use sitegen_parser::{Code, Diagnostic, Place};

use super::Language;

pub(crate) use self::dataset::*;
pub(crate) use self::query::*;
pub(crate) use self::search::*;
pub(crate) use self::value::*;
pub(crate) use crate::ground::errors::{
    equal_folders, invalid_choice, invalid_url, list, missing_key, unclosed_placeholder, unknown_collection,
    wrong_type,
};
pub(crate) use crate::read::errors::missing_theme;

pub(crate) fn invalid_policy(reason: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidPolicy, format!("the policy would not hold as it is: {reason}")).at(place)
}

pub(crate) fn invalid_type(
    text: &str,
    forms: impl Iterator<Item = &'static str>,
    place: Place,
) -> Diagnostic {
    let forms = forms.collect::<Vec<_>>().join(", ");
    Diagnostic::error(Code::InvalidType, format!("there is no type \"{text}\""))
        .at(place)
        .help(format!("types are {forms}, and any of them with ? where a record may lack it"))
}

pub(crate) fn invalid_pattern(text: &str, reason: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidPattern, format!("\"{text}\" is not a regular expression"))
        .at(place)
        .label(reason)
}

pub(crate) fn invalid_bounds(name: &str, min: &str, max: &str, place: Place) -> Diagnostic {
    let message = format!("nothing can be \"{name}\": its least value, {min}, is above its greatest, {max}");
    Diagnostic::error(Code::InvalidBounds, message).at(place)
}

pub(crate) fn reserved_name(what: &str, name: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::ReservedName, format!("no {what} can be called \"{name}\""))
        .at(place)
        .help("the name has a meaning of its own in templates, front matter or SQL")
}

pub(crate) fn unknown_field(name: &str, collection: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("collection \"{collection}\" has no field \"{name}\"");
    Diagnostic::error(Code::UnknownField, message).at(place).suggest(nearest)
}

pub(crate) fn unknown_relation(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("there is no collection, dataset or query \"{name}\"");
    Diagnostic::error(Code::UnknownRelation, message).at(place).suggest(nearest)
}

pub(crate) fn equal_names(what: &str, name: &str, place: Place, other: &Place) -> Diagnostic {
    Diagnostic::error(Code::EqualNames, format!("two {what}s are called \"{name}\""))
        .at(place)
        .related(other.clone(), "the other is here")
        .help("SQL could not tell them apart: capitals count as small letters")
}

pub(crate) fn too_many_columns(relation: &str, columns: usize, most: usize, place: Place) -> Diagnostic {
    let message = format!("\"{relation}\" has {columns} columns, and {most} are the most");
    Diagnostic::error(Code::TooManyColumns, message)
        .at(place)
        .help("declare those that are used, or make rows of them: name and value")
}

pub(crate) fn missing_column(name: &str, relation: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("\"{relation}\" has no column \"{name}\"");
    Diagnostic::error(Code::UnknownColumn, message).at(place).suggest(nearest)
}

pub(crate) fn missing_template(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("there is no template \"{name}\"");
    Diagnostic::error(Code::MissingTemplate, message).at(place).suggest(nearest)
}

pub(crate) fn unknown_column(name: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::UnknownColumn, format!("there is no column \"{name}\" to put here"))
        .at(place)
        .help(objection)
}

pub(crate) fn no_place_of_records(url: &str, singular: &str, place: Place) -> Diagnostic {
    let page = url.split('#').next().unwrap_or_default();
    Diagnostic::error(Code::InvalidPath, format!("\"{url}\" is not a place for each {singular}"))
        .at(place)
        .help(format!("say by which id it is found on the page: \"{page}#{{{singular}.slug}}\""))
}

/// `expected` is the declaration that would do.
pub(crate) fn unfit_for_exercises(
    name: &str,
    collection: &str,
    expected: &str,
    declared: Option<&Place>,
    place: Place,
) -> Diagnostic {
    let problem = match declared {
        Some(_) => format!("the field \"{name}\" of \"{collection}\" is not what exercises need"),
        None => format!("\"{collection}\" has no field \"{name}\", which exercises need"),
    };
    let diagnostic = Diagnostic::error(Code::InvalidExercises, problem).at(place);
    let diagnostic = diagnostic.help(format!("declare {name} = {expected} in its fields"));
    match declared {
        Some(declared) => diagnostic.related(declared.clone(), "declared here"),
        None => diagnostic,
    }
}

pub(crate) fn speaks_no_language(
    field: &str,
    collection: &str,
    declared: &Place,
    place: Place,
) -> Diagnostic {
    let message =
        format!("the field \"{field}\" of \"{collection}\" names none of the languages of exercises");
    Diagnostic::error(Code::InvalidExercises, message)
        .at(place)
        .related(declared.clone(), "declared here")
        .help(format!("it must be a string, or an enum with {} among its words", languages()))
}

pub(crate) fn unknown_language_of_exercises(name: &str, collection: &str, place: Place) -> Diagnostic {
    let message = format!("\"{name}\" is neither a field of \"{collection}\" nor a language of exercises");
    Diagnostic::error(Code::InvalidExercises, message)
        .at(place)
        .help(format!("the languages are {}", languages()))
}

pub(crate) fn languages() -> String {
    list(Language::ALL.into_iter().map(Language::name))
}

pub(crate) fn outside_content(path: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::OutsideSite, format!("\"{path}\" leads out of the content")).at(place).help(
        "a path from the content's folder, or from the collection's in it, is wanted, such as \"guide\"",
    )
}

/// `mentions` names a field that holds no texts.
pub(crate) fn no_phrases(field: &str, place: Place, declared: &Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidMentions, format!("the field \"{field}\" holds no phrases"))
        .at(place)
        .related(declared.clone(), "the field is declared here")
        .help("phrases are in fields of type string or [string]")
}

/// The records of a collection have no place to which mentions could lead.
pub(crate) fn mentions_of_nothing(collection: &str, singular: &str, place: Place) -> Diagnostic {
    let message =
        format!("mentions of \"{collection}\" cannot lead anywhere, since no page shows these records");
    Diagnostic::error(Code::InvalidMentions, message).at(place).help(format!(
        "declare pages with from = \"{collection}\", or their place on another page: url = \"/…/#{{{singular}.slug}}\""
    ))
}

pub(crate) fn nothing_to_paginate(place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidPagination, "a single page has no rows to put on several")
        .at(place)
        .help("say by `from` whose rows the pages list")
}

pub(crate) fn unpageable_path(place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidPagination, "the path of pages that list rows must end in \"/\"")
        .at(place)
        .help("the second page is at \"page/2/\" below it")
}

pub(crate) fn empty_list_takes_values(pattern: &str, place: Place, other: &Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidPagination, "a page without rows has no values for its path and title")
        .at(place)
        .related(other.clone(), format!("\"{pattern}\" takes some from rows"))
        .help("only a list whose path and title are the same for all rows can have a page without any")
}

pub(crate) fn no_date(pattern: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::NoDate, format!("\"{pattern}\" is not one placeholder of a date"))
        .at(place)
        .help("name one column of type date or datetime, such as \"{company.updated}\"; what a query computes is declared under its columns")
}

pub(crate) fn invalid_sitemap_path(path: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidPath, format!("\"{path}\" cannot be the path of the sitemap: {objection}"))
        .at(place)
        .help("a path such as \"/sitemap.xml\" is wanted")
}

/// A field that cannot take the keys of front matter that no other takes.
pub(crate) fn rest_of_a_type(name: &str, place: Place, declared: &Place) -> Diagnostic {
    let message = format!("\"{name}\" cannot take the keys that no field has, since it is of a type");
    Diagnostic::error(Code::WrongType, message)
        .at(place)
        .related(declared.clone(), "declared here")
        .help("declare it as \"any?\", or write rest = \"ignore\" to leave such keys out")
}

/// A field that neither a heading nor a file's name can give.
pub(crate) fn fallback_of_a_type(name: &str, place: Place, declared: &Place) -> Diagnostic {
    Diagnostic::error(Code::WrongType, format!("\"{name}\" has a type that cannot come from there"))
        .at(place)
        .help("make it a string, or a date if it is from git; what \"order\" gives can also be an int, or a reference to the collection itself")
        .related(declared.clone(), "declared here")
}
