//! The diagnostics of files, of the configuration and of words.

mod include;

use std::sync::Arc;

use sitegen_parser::{Code, Diagnostic, Place};

use super::Stray;
use crate::ground::errors::list;
use crate::ground::suggest;

pub(crate) use self::include::*;
pub(crate) use crate::ground::errors::{
    equal_folders, invalid_choice, invalid_url, missing_key, no_bool, unclosed_placeholder, unknown_key,
    wrong_type,
};

pub(crate) fn missing_config(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(Code::MissingConfig, format!("there is no {path} here"))
        .help("run sitegen in a site's folder, name it by --root, or make a site by \"sitegen init\"")
}

pub(crate) fn missing_setting(key: &str, path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, format!("the site lacks \"{key}\"")).at(Place::file(path)).help(
        match key {
            "base_url" => "say where the site is published: base_url = \"https://example.com\"",
            _ => "say what the site is called: title = \"…\"",
        },
    )
}

pub(crate) fn invalid_base_url(text: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidUrl, format!("\"{text}\" is not where a site can be published"))
        .at(place)
        .help("begin with https:// or http://, then the host and, if need be, a path")
}

pub(crate) fn missing_theme(
    name: &str,
    file: &Arc<str>,
    carried: &[Arc<str>],
    place: Option<Place>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::MissingTheme, format!("there is no theme \"{name}\"")).at(place);
    let carried = carried.iter().map(|name| &**name);
    match suggest::nearest(name, carried.clone()) {
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
        Code::ThemeCircle,
        format!("the theme \"{name}\" extends this one, or one of those above it"),
    )
    .at(place)
    .help("a theme can extend only themes that do without it")
}

pub(crate) fn unreadable_file(path: &Arc<str>, reason: &str) -> Diagnostic {
    Diagnostic::error(Code::UnreadableFile, format!("the file cannot be read: {reason}"))
        .at(Place::file(path))
}

pub(crate) fn shallow_history(place: Place) -> Diagnostic {
    Diagnostic::warning(Code::ShallowHistory, "git has only the newest commits here, so files that none of these changed have no day")
        .at(place)
        .help("fetch the whole history: \"git fetch --unshallow\", or \"fetch-depth: 0\" where CI checks the site out")
}

pub(crate) fn no_history(reason: &str, place: Place) -> Diagnostic {
    Diagnostic::warning(Code::NoHistory, format!("git tells no day on which a file was changed: {reason}"))
        .at(place)
}

pub(crate) fn stray_link(path: &Arc<str>, stray: Stray) -> Diagnostic {
    match stray {
        Stray::Loop => Diagnostic::error(Code::SymlinkLoop, "the symbolic link leads to a folder that it is in")
            .at(Place::file(path))
            .help("remove it, or let it lead elsewhere"),
        Stray::Outside => {
            Diagnostic::error(Code::SymlinkOutside, "the symbolic link leads out of the folders of the site")
                .at(Place::file(path))
                .help("copy what it leads to into one of them")
        }
        Stray::Hidden => Diagnostic::error(Code::SymlinkHidden, "the symbolic link leads to a hidden file")
            .at(Place::file(path))
            .help("hidden files are not published; copy it under another name if it is to be"),
        Stray::Source => Diagnostic::error(Code::SymlinkSource,
            "the symbolic link would show readers what the site is made of, or a file that is another record's",
        )
        .at(Place::file(path))
        .help("copy what readers are to see; what several records show can stand in static/"),
    }
}

pub(crate) fn equal_file_names(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(
        Code::EqualFileNames,
        "there are several files of this name, which differ only in how Unicode writes the same characters",
    )
    .at(Place::file(path))
    .help("keep one of them")
}

/// Reports a folder outside of the site's, where anything could be.
pub(crate) fn outside_site(path: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::OutsideSite, format!("\"{path}\" leads out of the site's folder"))
        .at(place)
        .help("only what is in the site's folder is read; put site.toml into the folder that holds both")
}

pub(crate) fn missing_folder(folder: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::MissingFolder, format!("there is nothing in the folder \"{folder}\""))
        .at(place)
        .help("folders are named by their paths from the site's folder")
}

pub(crate) fn invalid_glob(text: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidPattern, format!("\"{text}\" is not a pattern of files: {objection}"))
        .at(place)
        .help("\"*\" stands for a name, \"**\" for any folders: \"drafts/**\", \"**/*.draft.md\"")
}

pub(crate) fn misspelt_folder(meant: &str, place: Place) -> Diagnostic {
    Diagnostic::warning(Code::MisspeltFolder, "nothing is read from the folder of this file")
        .at(place)
        .help(format!("did you mean {meant}/?"))
}

pub(crate) fn invalid_link_pattern(text: &str, reason: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidPattern, format!("\"{text}\" is no pattern of links: {reason}")).at(place)
}

/// Warns of an exception that no link needs.
pub(crate) fn unused_exception(message: String, place: Place) -> Diagnostic {
    Diagnostic::warning(Code::UnusedException, message)
        .at(place)
        .help("remove it, so that such links are checked again")
}

/// Warns of a file of words in a language that is not the site's.
pub(crate) fn unread_words(language: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("no page says the words of this file, since the site's language is \"{language}\"");
    let problem = Diagnostic::warning(Code::UnusedOverride, message).at(place);
    match nearest {
        Some(nearest) => problem.help(format!("did you mean \"{nearest}.toml\"?")),
        None => problem.help("say which by `language` in the configuration, or remove the file"),
    }
}

pub(crate) fn untranslated(language: &str, keys: &[&str], total: usize, config: &Arc<str>) -> Diagnostic {
    let message = format!("{} of {total} words are not in \"{language}\"", keys.len());
    let first = keys.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    let more = if keys.len() > 5 { ", …" } else { "" };
    Diagnostic::warning(Code::Untranslated, message)
        .at(Place::file(config))
        .note(format!("they are shown in English: {first}{more}"))
        .help(format!("say them in words/{}.toml", language.to_ascii_lowercase()))
}
