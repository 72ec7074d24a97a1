//! The diagnostics of functions and filters.

mod chart;

use sitegen_parser::{Among, Code, Diagnostic};

pub(crate) use self::chart::*;
use crate::ground::bounded::MAX_BYTES;
pub(crate) use crate::ground::errors::{
    Unheard, broken_link, carry, forbidden_in_field, page_too_large, undefined_argument, unheard,
    unknown_font,
};
use crate::ground::errors::{misfit, sentence};

/// Reports an argument of the wrong type; `said` is the library's message.
pub(crate) fn unfit_argument(name: &str, said: &str) -> Diagnostic {
    let misfit = misfit(said).unwrap_or_else(|| format!("cannot be read: {}", sentence(said)));
    Diagnostic::error(Code::WrongArgument, format!("the argument \"{name}\" {misfit}"))
}

/// Reports an argument that is not given.
pub(crate) fn no_argument(name: &str) -> Diagnostic {
    Diagnostic::error(Code::WrongArgument, format!("a value is missing for the argument \"{name}\""))
}

/// Reports a number that no page can show.
pub(crate) fn not_finite() -> Diagnostic {
    Diagnostic::error(
        Code::TemplateError,
        "this is no finite number: what it was calculated from is too large, or has no value",
    )
}

pub(crate) fn unexpected_argument(of: &str, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("\"{of}\" takes no argument \"{name}\"");
    Diagnostic::error(Code::WrongArgument, message).suggest(nearest)
}

pub(crate) fn unknown_word(key: &str) -> Diagnostic {
    Diagnostic::error(Code::UnknownWord, format!("there are no words \"{key}\"")).cause(Among::Words, key)
}

pub(crate) fn missing_word_argument(key: &str, name: &str) -> Diagnostic {
    let message = format!("the words \"{key}\" have a place for \"{name}\", which is not given");
    Diagnostic::error(Code::WrongArgument, message)
}

pub(crate) fn unsayable(key: &str, name: &str) -> Diagnostic {
    let message = format!("\"{name}\" of the words \"{key}\" must be text or a number");
    Diagnostic::error(Code::WrongArgument, message)
}

pub(crate) fn unknown_relation(name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("there is no collection, dataset or query \"{name}\"");
    Diagnostic::error(Code::UnknownRelation, message).suggest(nearest)
}

pub(crate) fn no_key(relation: &str, field: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("the rows of \"{relation}\" cannot be looked up by \"{field}\"");
    Diagnostic::error(Code::UnknownField, message).suggest(nearest)
}

pub(crate) fn no_table_key<'a>(relation: &str, key: &str, by: impl Iterator<Item = &'a str>) -> Diagnostic {
    let message = format!("the rows of \"{relation}\" cannot be looked up by \"{key}\"");
    let by: Vec<_> = by.map(|column| format!("\"{column}\"")).collect();
    Diagnostic::error(Code::UnknownField, message).help(match by.as_slice() {
        [] => "declare its key: by = [\"…\"]".to_owned(),
        columns => format!("its key is {}", columns.join(", ")),
    })
}

pub(crate) fn several_rows(relation: &str, count: usize) -> Diagnostic {
    let message = format!("{count} rows of \"{relation}\" have this key, so that none is the one");
    Diagnostic::error(Code::SeveralRows, message).help("ask for all of them by `rows`")
}

pub(crate) fn second_key(first: &str, second: &str) -> Diagnostic {
    let message = format!("rows are looked up by one key, not by \"{first}\" and \"{second}\" at once");
    Diagnostic::error(Code::TemplateError, message)
}

pub(crate) fn no_row(collection: &str, slug: &str) -> Diagnostic {
    let message = format!("there is no \"{slug}\" in \"{collection}\"");
    Diagnostic::error(Code::UnknownReference, message).cause(Among::Records(collection.into()), slug)
}

pub(crate) fn unknown_family(name: &str, nearest: Option<&str>) -> Diagnostic {
    Diagnostic::error(Code::UnknownFamily, format!("no [pages.{name}] is declared")).suggest(nearest)
}

pub(crate) fn newest_and_limit() -> Diagnostic {
    let message = "function \"pages\" takes \"newest\" or \"limit\", not both";
    Diagnostic::error(Code::WrongArgument, message)
}

pub(crate) fn unknown_asset(name: &str) -> Diagnostic {
    Diagnostic::error(Code::UnknownAsset, format!("there is no asset \"{name}\"")).cause(Among::Assets, name)
}

pub(crate) fn text_too_long() -> Diagnostic {
    let message = format!("a text would be longer than {} MB", MAX_BYTES >> 20);
    Diagnostic::error(Code::PageTooLarge, message)
}

pub(crate) fn range_too_long(most: i128) -> Diagnostic {
    Diagnostic::error(Code::RunawayTemplate, format!("a range has at most {most} numbers"))
}

/// Reports that a page, or a part of one, goes on for too long; Tera knows the place.
pub(crate) fn too_many_steps() -> Diagnostic {
    let message = "this goes on for too long: the steps that a page or a field may take end here";
    Diagnostic::error(Code::RunawayTemplate, message)
        .help("let a query answer what loops within loops look for; a look-up by a key is a single step")
}
