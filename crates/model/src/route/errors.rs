//! The diagnostics of routes.

mod file;

use std::sync::Arc;

use sitegen_engine::PROTOCOL;
use sitegen_parser::{Among, Code, Diagnostic, Place, WrittenValue};

use super::{Route, Target};
use crate::ground::Reserved;
use crate::ground::errors::{field, short};
use crate::schema::Language;

pub(crate) use self::file::*;

pub(crate) fn too_many_redirects(lines: usize, most: usize, place: Place) -> Diagnostic {
    let message = format!("Cloudflare Pages reads {most} of the {lines} lines of /_redirects");
    Diagnostic::warning(Code::TooManyRedirects, message)
        .at(place)
        .help("the pages at the old paths lead on all the same, later than a host would")
}

pub(crate) fn missing_path_value(
    what: &str,
    family: &str,
    column: &str,
    who: &str,
    place: &Place,
    pattern: &Place,
) -> Diagnostic {
    let message = format!("the {what} of pages \"{family}\" needs {{{column}}}, which {who} leaves out");
    Diagnostic::error(Code::MissingPathValue, message)
        .at(place.clone())
        .related(pattern.clone(), format!("the {what} is declared here"))
        .cause(field(pattern), column)
}

pub(crate) fn invalid_path(url: &str, objection: &str, place: &Place, pattern: &Place) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::InvalidPath,
        format!("\"{}\" cannot be a page's path: {objection}", short(url)),
    )
    .cause(field(pattern), objection);
    // A path leaves out signs, so a value of signs alone leaves an empty part.
    let diagnostic = if url.contains("//") {
        diagnostic.help("no letter or digit is left of what stands there; give it a slug, or put another column into the path")
    } else {
        diagnostic
    };
    if place.path == pattern.path {
        return diagnostic.at(pattern.clone());
    }
    diagnostic.at(place.clone()).related(pattern.clone(), "the path is declared here")
}

/// Warns of a page of HTML whose path has the ending of another type of file.
pub(crate) fn odd_ending(url: &str, place: &Place, pattern: &Place) -> Diagnostic {
    let ending = url.rsplit_once('.').map_or("", |(_, ending)| ending);
    let message = format!("hosts do not show {} as a page, since it ends in \".{ending}\"", short(url));
    Diagnostic::warning(Code::OddEnding, message)
        .at(place.clone())
        .related(pattern.clone(), "the path is declared here")
        .help(format!("let it end in a slash or in \".html\", such as {}/", short(url)))
        .cause(field(pattern), "")
}

pub(crate) fn invalid_redirect(from: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidPath, format!("\"{}\" cannot lead to the page: {objection}", short(from)))
        .at(place)
        .help("a path such as \"/old/\" is wanted")
        .cause(Among::Names, objection)
}

/// Reports a record's path that is reserved for other programs.
pub(crate) fn reserved_path(path: &str, Reserved { name, reader }: Reserved, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::ReservedPath,
        format!("\"{path}\" cannot be a record's path: {reader} \"{name}\""),
    )
    .at(place)
    .help("choose another; only a file in static/, or a page whose path the theme declares so, can be there")
    .cause(Among::Names, name)
}

pub(crate) fn redirect_to_nothing(singular: &str, slug: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::NoPage, format!("the {singular} \"{slug}\" has no page that this could lead to"))
        .at(place)
        .cause(Among::Of("redirects".into()), singular)
}

pub(crate) fn redirect_to_itself(from: &str, place: Place) -> Diagnostic {
    let message = format!("\"{}\" is where the page is already", short(from));
    Diagnostic::warning(Code::RedirectToItself, message)
        .at(place)
        .help("remove it: a page needs no redirect from its own path")
        .cause(Among::Of("redirects".into()), "")
}

pub(crate) fn duplicate_url(route: &Route, taken: &Route) -> Diagnostic {
    let diagnostic = if route.url == taken.url
        || route.is_redirect() && route.forms().any(|form| *form == *taken.url)
    {
        Diagnostic::error(Code::DuplicateUrl, format!("two {} would be {}", noun(route, taken), taken.url))
    } else {
        let message = format!("{} and {} would be one file on some systems", route.url, taken.url);
        Diagnostic::error(Code::UrlCollision, message).note(difference(route, taken))
    };
    let diagnostic =
        diagnostic.at(route.place.clone()).related(taken.place.clone(), "the other is made here");
    match (&route.target, &taken.target) {
        // If two families have the same pattern of paths, all their pages may collide, which has one cause.
        (Target::Page { family, .. }, Target::Page { family: other, .. }) if family != other => {
            diagnostic.cause(Among::Of("pages".into()), format!("{} {}", family.0, other.0))
        }
        _ => diagnostic,
    }
}

/// Explains how two routes differ whose files would be the same.
fn difference(route: &Route, other: &Route) -> String {
    let paths = [route, other].map(Route::output_path);
    let [path, other] = &paths;
    match () {
        () if path == other => format!("both are the file {path}"),
        () if path.to_lowercase() == other.to_lowercase() => "they differ only in capitals".to_owned(),
        () => "they differ only in forms of letters that some systems take for one".to_owned(),
    }
}

fn noun(route: &Route, other: &Route) -> &'static str {
    let is_page = |route: &Route| matches!(route.target, Target::Page { .. }) || route.is_redirect();
    if is_page(route) && is_page(other) { "pages" } else { "files" }
}

pub(crate) fn file_and_folder(route: &Route, file: &Route) -> Diagnostic {
    Diagnostic::error(
        Code::UrlCollision,
        format!("{} cannot be a file and the folder of {}", file.url, route.url),
    )
    .at(route.place.clone())
    .related(file.place.clone(), "the file is made here")
    .cause(Among::Of("files".into()), Arc::clone(&file.url))
}

pub(crate) fn missing_place_value(
    collection: &str,
    column: &str,
    slug: &str,
    place: &Place,
    declared: &Place,
) -> Diagnostic {
    let message = format!("the place of \"{collection}\" needs {{{column}}}, which \"{slug}\" leaves out");
    Diagnostic::error(Code::MissingPathValue, message)
        .at(place.clone())
        .related(declared.clone(), "the place is declared here")
        .cause(field(declared), column)
}

/// Reports parts of a page that does not exist. `place` is the declaration, or a record if each record may be
/// on another page.
pub(crate) fn no_page_of_parts(url: &str, page: &str, place: &Place, declared: &Place) -> Diagnostic {
    let problem =
        Diagnostic::error(Code::BrokenLink, format!("\"{url}\" is on no page: there is none at {page}"))
            .at(place.clone())
            .cause(Among::Urls, page);
    if place == declared { problem } else { problem.related(declared.clone(), "the place is declared here") }
}

/// Reports an engine for another version of this program.
pub(crate) fn unknown_protocol(
    language: Language,
    spoken: Option<&WrittenValue>,
    place: Place,
) -> Diagnostic {
    let title = language.title();
    let message = match spoken {
        Some(WrittenValue::Int(number)) => {
            format!("{title}'s engine speaks protocol {number}, and sitegen {PROTOCOL}")
        }
        _ => format!("{title}'s engine does not say that it speaks protocol {PROTOCOL}, as sitegen does"),
    };
    Diagnostic::error(Code::UnknownProtocol, message)
        .at(place)
        .help(format!("make it anew by \"sitegen add {}\"", language.addition()))
}

/// Suggests how to tell rows apart whose values differ only in what URLs leave out, such as the signs of
/// `C++` and `C#`.
pub(crate) fn equal_in_urls(problem: Diagnostic) -> Diagnostic {
    problem.help(
        "URLs leave signs and case out; put a column into the path that tells the rows apart by letters and digits",
    )
}

/// Notes how many other rows have the same problem.
pub(crate) fn with_more(problem: Diagnostic, others: usize) -> Diagnostic {
    let note = problem.note.clone().unwrap_or_default();
    match others {
        0 => problem,
        1 => problem.note(format!("{note} and one row more")),
        others => problem.note(format!("{note} and {others} rows more")),
    }
}

pub(crate) fn left_out_of_search(family: &str, count: usize, limit: usize, place: Place) -> Diagnostic {
    let message = format!("the search does not know the {count} pages \"{family}\"");
    Diagnostic::warning(Code::LeftOutOfSearch, message)
        .at(place)
        .note(format!("it leaves out pages of which there are more than {limit}, unless they say otherwise"))
        .help("write search = \"title\" or search = \"none\" there, or another limit under [search]")
}
