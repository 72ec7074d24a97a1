//! The model's diagnostics, one constructor each.

mod anchor;
mod dataset;
mod exercise;
mod file;
mod include;
mod link;
mod mention;
mod pagination;
mod query;
mod record;
mod reach;
mod row;
mod words;
mod search;

use std::borrow::Cow;
use std::sync::Arc;

use sitegen_parser::{Among, Diagnostic, Place, Value};

use crate::ground::Reserved;
use crate::route::{Route, Target};

pub(crate) use self::anchor::*;
pub(crate) use self::dataset::*;
pub(crate) use self::exercise::*;
pub(crate) use self::file::*;
pub(crate) use self::include::*;
pub(crate) use self::link::*;
pub(crate) use self::mention::*;
pub(crate) use self::pagination::*;
pub(crate) use self::query::*;
pub(crate) use self::reach::*;
pub(crate) use self::record::*;
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

pub(crate) fn missing_theme(
    name: &str,
    file: &Arc<str>,
    carried: &[Arc<str>],
    place: Option<Place>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error("missing-theme", format!("there is no theme \"{name}\"")).at(place);
    let carried = carried.iter().map(|name| &**name);
    match crate::ground::suggest::nearest(name, carried.clone()) {
        Some(nearest) => diagnostic.suggest(Some(nearest)),
        None if carried.len() == 0 => diagnostic.help(format!("there should be a file {file}")),
        None => diagnostic.help(format!(
            "there should be a file {file}, or the theme be one that sitegen carries: {}",
            list(carried)
        )),
    }
}

pub(crate) fn theme_circle(name: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        "theme-circle",
        format!("the theme \"{name}\" extends this one, or one of those above it"),
    )
    .at(place)
    .help("a theme can extend only themes that do without it")
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
    match crate::ground::suggest::nearest(found, known.clone()) {
        Some(nearest) => diagnostic.suggest(Some(nearest)),
        None => diagnostic.help(format!("it is one of {}", list(known))),
    }
}

pub(crate) fn missing_key(key: &str, subject: &str, place: Place) -> Diagnostic {
    Diagnostic::error("missing-key", format!("{subject} lacks \"{key}\"")).at(place)
}

pub(crate) fn wrong_type(name: &str, expected: &str, found: &Value, place: Place) -> Diagnostic {
    let problem = Diagnostic::error("wrong-type", format!("{name} must be {expected}"))
        .at(place)
        .label(found_value(found));
    match found {
        Value::String(word) if expected == "true or false" => match word.to_ascii_lowercase().as_str() {
            "yes" | "y" | "on" | "true" => problem.help(format!("write true: \"{word}\" is a text")),
            "no" | "n" | "off" | "false" => problem.help(format!("write false: \"{word}\" is a text")),
            _ => problem,
        },
        _ => problem,
    }
}

pub(crate) fn invalid_choice(name: &str, found: &str, choices: &[&str], place: Place) -> Diagnostic {
    let name = name.trim_matches('"');
    let diagnostic =
        Diagnostic::error("invalid-choice", format!("\"{name}\" cannot be \"{found}\"")).at(place);
    suggest_one_of(diagnostic, found, choices.iter().copied())
}

pub(crate) fn invalid_policy(reason: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-policy", format!("the policy would not hold as it is: {reason}")).at(place)
}

pub(crate) fn too_many_redirects(lines: usize, most: usize, place: Place) -> Diagnostic {
    let message = format!("Cloudflare Pages reads {most} of the {lines} lines of /_redirects");
    Diagnostic::warning("too-many-redirects", message)
        .at(place)
        .help("the pages at the old paths lead on all the same, later than a host would")
}

pub(crate) fn invalid_type(text: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-type", format!("there is no type \"{text}\"")).at(place).help(
        "types are string, markdown, template, int, float, bool, date, datetime, url, path, enum(a, b), table, any, \
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

pub(crate) fn too_many_columns(relation: &str, columns: usize, most: usize, place: Place) -> Diagnostic {
    let message = format!("\"{relation}\" has {columns} columns, and {most} are the most");
    Diagnostic::error("too-many-columns", message)
        .at(place)
        .help("declare those that are used, or make rows of them: name and value")
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
        .cause(self::record::field(pattern), column)
}

pub(crate) fn invalid_path(url: &str, objection: &str, place: &Place, pattern: &Place) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("invalid-path", format!("\"{}\" cannot be a page's path: {objection}", short(url)))
            .cause(self::record::field(pattern), objection);
    // Paths leave out all signs.
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

/// A page of HTML whose file has the ending of something else.
pub(crate) fn odd_ending(url: &str, place: &Place, pattern: &Place) -> Diagnostic {
    let ending = url.rsplit_once('.').map_or("", |(_, ending)| ending);
    let message = format!("hosts do not show {} as a page, since it ends in \".{ending}\"", short(url));
    Diagnostic::warning("odd-ending", message)
        .at(place.clone())
        .related(pattern.clone(), "the path is declared here")
        .help(format!("let it end in a slash or in \".html\", such as {}/", short(url)))
        .cause(self::record::field(pattern), "")
}

/// A path or slug as messages show it, which may be too long to be read.
pub(crate) fn short(path: &str) -> Cow<'_, str> {
    const LONGEST: usize = 120;
    let end = path.char_indices().nth(LONGEST).map(|(at, _)| at);
    end.map_or(path.into(), |end| format!("{}…", &path[..end]).into())
}

pub(crate) fn invalid_redirect(from: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-path", format!("\"{}\" cannot lead to the page: {objection}", short(from)))
        .at(place)
        .help("a path such as \"/old/\" is wanted")
        .cause(Among::Names, objection)
}

/// A path by which others go, and which a record must not have.
pub(crate) fn reserved_path(path: &str, Reserved { name, reader }: Reserved, place: Place) -> Diagnostic {
    Diagnostic::error("reserved-path", format!("\"{path}\" cannot be a record's path: {reader} \"{name}\""))
        .at(place)
        .help("choose another; only a file in static/, or a page whose path the theme declares so, can be there")
        .cause(Among::Names, name)
}

pub(crate) fn redirect_to_nothing(singular: &str, slug: &str, place: Place) -> Diagnostic {
    Diagnostic::error("no-page", format!("the {singular} \"{slug}\" has no page that this could lead to"))
        .at(place)
        .cause(Among::Of("redirects".into()), singular)
}

pub(crate) fn redirect_to_itself(from: &str, place: Place) -> Diagnostic {
    let message = format!("\"{}\" is where the page is already", short(from));
    Diagnostic::warning("redirect-to-itself", message)
        .at(place)
        .help("remove it: a page needs no redirect from its own path")
        .cause(Among::Of("redirects".into()), "")
}

pub(crate) fn duplicate_url(route: &Route, taken: &Route) -> Diagnostic {
    let diagnostic =
        if route.url == taken.url || route.is_redirect() && route.forms().any(|form| *form == *taken.url) {
            Diagnostic::error("duplicate-url", format!("two {} would be {}", noun(route, taken), taken.url))
        } else {
            let message = format!("{} and {} would be one file on some systems", route.url, taken.url);
            Diagnostic::error("url-collision", message).note(difference(route, taken))
        };
    let diagnostic =
        diagnostic.at(route.place.clone()).related(taken.place.clone(), "the other is made here");
    match (&route.target, &taken.target) {
        // Of two kinds of pages whose paths are made alike, all may have two.
        (Target::Page { family, .. }, Target::Page { family: other, .. }) if family != other => {
            diagnostic.cause(Among::Of("pages".into()), format!("{} {}", family.0, other.0))
        }
        _ => diagnostic,
    }
}

/// In what the paths of two routes differ that would be one file.
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
        "url-collision",
        format!("{} cannot be a file and the folder of {}", file.url, route.url),
    )
    .at(route.place.clone())
    .related(file.place.clone(), "the file is made here")
    .cause(Among::Of("files".into()), Arc::clone(&file.url))
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
