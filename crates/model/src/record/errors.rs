//! The diagnostics of records.

mod exercise;

use std::sync::Arc;

use sitegen_parser::{Among, Code, Diagnostic, Place};

use super::HoldReason;
use crate::ground::errors::{field, short};
use crate::ground::suggest;
use crate::schema::Collection;

pub(crate) use self::exercise::*;
pub(crate) use crate::ground::errors::{broken_link, no_bool, unknown_key, wrong_type};

/// Warns of a second index file of a folder, which is a record like others.
pub(crate) fn second_index(path: &Arc<str>, standing: &str) -> Diagnostic {
    let message = format!("{standing} stands for the folder, so this file is a record like any other in it");
    Diagnostic::warning(Code::SecondIndex, message)
        .at(Place::file(path))
        .help("keep one of them, or rename this one")
}

/// Reports that the file with a collection's order does not exist.
pub(crate) fn missing_order(file: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::MissingFile, format!("there is no file \"{file}\" in the collection's folder"))
        .at(place)
        .help("it holds a list of links to the files of records, in their order")
}

/// Reports a link to something other than a record in a list of records.
pub(crate) fn no_record(to: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::BrokenLink, format!("the link to \"{to}\" leads to no record"))
        .at(place)
        .help("the list says the order of records; remove what is none")
        .cause(Among::Names, to)
}

/// Warns of records that a list of all records lacks. `first` is the file of one of them.
pub(crate) fn unlisted_records(path: &Arc<str>, first: &str, count: usize) -> Diagnostic {
    let message = match count {
        1 => format!("{first} is not in this list, and comes last"),
        count => format!("{first} and {} more are not in this list, and come last", count - 1),
    };
    Diagnostic::warning(Code::NotInOrder, message)
        .at(Place::file(path))
        .help("add them, or ignore = [\"…\"] their files")
}

/// Reports a file in a folder of no collection. `known` are the folders of collections below `root`, the
/// content's folder.
pub(crate) fn no_collection<'k>(
    path: &Arc<str>,
    root: &str,
    folder: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Diagnostic {
    let message = format!("no collection is called \"{folder}\", so nothing says what this file holds");
    let diagnostic = Diagnostic::error(Code::NoCollection, message).at(Place::file(path));
    match suggest::nearest(folder, known.clone()) {
        Some(nearest) => diagnostic.help(format!("did you mean {root}{nearest}/?")),
        None => diagnostic.help(format!("{}, or declare [collections.{folder}]", move_to(path, root, known))),
    }
}

/// Reports a file in the content's folder, where only collections' folders belong.
pub(crate) fn outside_collections<'k>(
    path: &Arc<str>,
    root: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Diagnostic {
    let help = format!("{}, or declare a collection for it", move_to(path, root, known));
    Diagnostic::error(
        Code::NoCollection,
        "the file is in the folder of no collection, so nothing says what it holds",
    )
    .at(Place::file(path))
    .help(help)
    .cause(Among::Names, root)
}

/// Suggests folders to which a file could be moved.
fn move_to<'k>(path: &str, root: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut folders: Vec<_> = known.map(|folder| format!("{root}{folder}/")).collect();
    folders.sort_unstable();
    match folders.as_slice() {
        [] => {
            format!("declare a collection first, such as [collections.pages], for files in {root}pages/")
        }
        [only] => format!("move it to {only}{name}"),
        [first, ..] => {
            let shown = folders.iter().take(6).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = if folders.len() > 6 { ", …" } else { "" };
            format!("move it to the folder of a collection, such as {first}{name} (there are {shown}{more})")
        }
    }
}

/// Reports a record whose required fields are missing because it has no front matter.
pub(crate) fn no_front_matter<'k>(
    subject: &str,
    missing: impl Iterator<Item = &'k str>,
    place: &Place,
    declared: &Place,
) -> Diagnostic {
    let missing: Vec<_> = missing.collect();
    let example: Vec<_> = missing.iter().map(|name| format!("{name} = …")).collect();
    let names: Vec<_> = missing.iter().map(|name| format!("\"{name}\"")).collect();
    let message = format!("{subject} has no front matter, which must give {}", names.join(", "));
    Diagnostic::error(Code::MissingField, message)
        .at(place.clone())
        .help(format!("begin the file with {} between two lines of `+++`", example.join(", ")))
        .cause(field(declared), "")
}

/// Suggests a heading to a record that lacks only its title.
pub(crate) fn or_a_heading(problem: Diagnostic) -> Diagnostic {
    problem.help("begin the text with a heading of the first level: `# …`")
}

pub(crate) fn missing_field(name: &str, subject: &str, place: &Place, declared: &Place) -> Diagnostic {
    Diagnostic::error(Code::MissingField, format!("{subject} lacks \"{name}\""))
        .at(place.clone())
        .related(declared.clone(), "declared here")
        .cause(field(declared), name)
}

pub(crate) fn unknown_reference(collection: &Collection, slug: &str, place: Place) -> Diagnostic {
    let message = format!("no {} is called \"{slug}\"", collection.singular);
    let among = Among::Records(collection.name.as_str().into());
    Diagnostic::error(Code::UnknownReference, message).at(place).cause(among, slug)
}

pub(crate) fn wrong_collection(slug: &str, wanted: &str, found: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::WrongCollection, format!("no {wanted} is called \"{slug}\""))
        .at(place)
        .cause(Among::Of(wanted.into()), slug)
        .help(format!("there is a {found} of that name, but a {wanted} is wanted here"))
}

pub(crate) fn reference_to_draft(singular: &str, slug: &str, held: HoldReason, place: Place) -> Diagnostic {
    let (why, help) = match held {
        HoldReason::Draft => {
            ("is a draft".to_owned(), "publish it, remove the reference, or build with --drafts".to_owned())
        }
        HoldReason::Until(day) => (
            format!("is not published before {day}"),
            format!("remove the reference until then, or build with --today {day} or --drafts"),
        ),
    };
    Diagnostic::error(Code::ReferenceToDraft, format!("the {singular} \"{slug}\" {why}"))
        .at(place)
        .help(help)
        .cause(Among::Of(singular.into()), slug)
}

/// Reports a record whose name has no characters for a slug.
pub(crate) fn no_slug(name: &str, place: Place) -> Diagnostic {
    let message = format!("\"{name}\" has no letter or digit, so that no slug can be made of it");
    Diagnostic::error(Code::InvalidSlug, message)
        .at(place)
        .help("give the record one: slug = \"…\"")
        .cause(Among::Names, "")
}

pub(crate) fn invalid_slug(slug: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidSlug, format!("\"{}\" cannot be a slug: {objection}", short(slug)))
        .at(place)
        .help("a slug is part of a URL, such as \"senior-data-engineer\"")
        .cause(Among::Names, objection)
}

pub(crate) fn duplicate_slug(singular: &str, slug: &str, place: &Place, taken: &Place) -> Diagnostic {
    Diagnostic::error(Code::DuplicateSlug, format!("two records are the {singular} \"{slug}\""))
        .at(place.clone())
        .related(taken.clone(), "the other is here")
        .help("rename one, or give it a slug of its own: slug = \"…\"")
}

pub(crate) fn duplicate_value(name: &str, text: &str, place: &Place, taken: &Place) -> Diagnostic {
    Diagnostic::error(
        Code::DuplicateValue,
        format!("two records have \"{text}\" as \"{name}\", which is unique"),
    )
    .at(place.clone())
    .related(taken.clone(), "the other is here")
}

/// Reports a key that differs from a known one only in case, in collections where unknown keys are allowed.
pub(crate) fn key_in_another_case(key: &str, known: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::UnknownKey, format!("no field is called \"{key}\", but for its case"))
        .at(place)
        .suggest(Some(known))
        .cause(Among::Names, key)
}

/// Warns of a key that holds pages back in other programs.
pub(crate) fn held_elsewhere(key: &str, place: Place) -> Diagnostic {
    let help = match key {
        "publishDate" | "publishdate" => {
            "name the day `publish_on`, or have the collection's front_matter rename the key to it"
        }
        "cascade" => "leave the files below out by `ignore` under [content], or write `draft = true` in each",
        _ => "write `draft = true`, or leave the file out by `ignore` under [content]",
    };
    Diagnostic::warning(
        Code::IgnoredKey,
        format!("\"{key}\" may hold a page back in other programs, but not here"),
    )
    .at(place)
    .help(help)
    .cause(Among::Names, key)
}

/// Reports a field that two keys of front matter set.
pub(crate) fn given_twice(name: &str, key: &str, place: Place, first: Place) -> Diagnostic {
    Diagnostic::error(Code::DuplicateField, format!("\"{key}\" is \"{name}\" here, which is given already"))
        .at(place)
        .related(first, "given first here")
        .help("leave one of them out, or rename another key in the collection's front_matter")
}
