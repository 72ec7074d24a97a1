//! What can be wrong with files before anything looks into them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sitegen_parser::{Active, Among, Diagnostic, Place};

use crate::ground::Reserved;
use crate::read::{Stray, documents};

pub(crate) fn unreadable_file(path: &Arc<str>, reason: &str) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("the file cannot be read: {reason}")).at(Place::file(path))
}

pub(crate) fn shallow_history(place: Place) -> Diagnostic {
    Diagnostic::warning("shallow-history", "git has only the newest commits here, so files that none of these changed have no day")
        .at(place)
        .help("fetch the whole history: \"git fetch --unshallow\", or \"fetch-depth: 0\" where CI checks the site out")
}

pub(crate) fn no_history(reason: &str, place: Place) -> Diagnostic {
    Diagnostic::warning("no-history", format!("git tells no day on which a file was changed: {reason}"))
        .at(place)
}

pub(crate) fn stray_link(path: &Arc<str>, stray: Stray) -> Diagnostic {
    match stray {
        Stray::Loop => Diagnostic::error("symlink-loop", "the symbolic link leads to a folder that it is in")
            .at(Place::file(path))
            .help("remove it, or let it lead elsewhere"),
        Stray::Outside => {
            Diagnostic::error("symlink-outside", "the symbolic link leads out of the folders of the site")
                .at(Place::file(path))
                .help("copy what it leads to into one of them")
        }
        Stray::Hidden => Diagnostic::error("symlink-hidden", "the symbolic link leads to a hidden file")
            .at(Place::file(path))
            .help("hidden files are not published; copy it under another name if it is to be"),
        Stray::Source => Diagnostic::error(
            "symlink-source",
            "the symbolic link would show readers what the site is made of, or a file that is another record's",
        )
        .at(Place::file(path))
        .help("copy what readers are to see; what several records show can stand in static/"),
    }
}

pub(crate) fn equal_file_names(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(
        "equal-file-names",
        "there are several files of this name, which differ only in how Unicode writes the same characters",
    )
    .at(Place::file(path))
    .help("keep one of them")
}

/// A folder that leads out of the site's, where anything may be.
pub(crate) fn outside_site(path: &str, place: Place) -> Diagnostic {
    Diagnostic::error("outside-site", format!("\"{path}\" leads out of the site's folder"))
        .at(place)
        .help("only what is in the site's folder is read; put site.toml into the folder that holds both")
}

pub(crate) fn outside_content(path: &str, place: Place) -> Diagnostic {
    Diagnostic::error("outside-site", format!("\"{path}\" leads out of the content")).at(place).help(
        "a path from the content's folder, or from the collection's in it, is wanted, such as \"guide\"",
    )
}

pub(crate) fn missing_folder(folder: &str, place: Place) -> Diagnostic {
    Diagnostic::error("missing-folder", format!("there is nothing in the folder \"{folder}\""))
        .at(place)
        .help("folders are named by their paths from the site's folder")
}

/// A folder that belongs to two; `owners` ends the sentence.
pub(crate) fn equal_folders(folder: &str, owners: &str, place: Place, other: &Place) -> Diagnostic {
    let folder = if folder.is_empty() {
        "the content's own folder".to_owned()
    } else {
        format!("the folder \"{folder}\"")
    };
    Diagnostic::error("equal-folders", format!("{folder} {owners}"))
        .at(place)
        .related(other.clone(), "the other is here")
        .help("a folder belongs to one; folders within it can be another's")
}

pub(crate) fn invalid_glob(text: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error("invalid-pattern", format!("\"{text}\" is not a pattern of files: {objection}"))
        .at(place)
        .help("\"*\" stands for a name, \"**\" for any folders: \"drafts/**\", \"**/*.draft.md\"")
}

/// Of two files that could stand for their folder, the one that does not.
pub(crate) fn second_index(path: &Arc<str>, standing: &str) -> Diagnostic {
    let message = format!("{standing} stands for the folder, so this file is a record like any other in it");
    Diagnostic::warning("second-index", message)
        .at(Place::file(path))
        .help("keep one of them, or rename this one")
}

/// The file of a collection's order.
pub(crate) fn missing_order(file: &str, place: Place) -> Diagnostic {
    Diagnostic::error("missing-file", format!("there is no file \"{file}\" in the collection's folder"))
        .at(place)
        .help("it holds a list of links to the files of records, in their order")
}

/// What a list of records links to that is none.
pub(crate) fn no_record(to: &str, place: Place) -> Diagnostic {
    Diagnostic::error("broken-link", format!("the link to \"{to}\" leads to no record"))
        .at(place)
        .help("the list says the order of records; remove what is none")
        .cause(Among::Names, to)
}

/// Records that a list of all of them lacks: `first` is the file of one.
pub(crate) fn unlisted_records(path: &Arc<str>, first: &str, count: usize) -> Diagnostic {
    let message = match count {
        1 => format!("{first} is not in this list, and comes last"),
        count => format!("{first} and {} more are not in this list, and come last", count - 1),
    };
    Diagnostic::warning("not-in-order", message)
        .at(Place::file(path))
        .help("add them, or ignore = [\"…\"] their files")
}

pub(crate) fn misspelt_folder(meant: &str, place: Place) -> Diagnostic {
    Diagnostic::warning("misspelt-folder", "nothing is read from the folder of this file")
        .at(place)
        .help(format!("did you mean {meant}/?"))
}

pub(crate) fn invalid_file_name(name: &str, objection: &str, path: &Arc<str>) -> Diagnostic {
    Diagnostic::error("invalid-path", format!("\"{name}\" cannot be published under its name: {objection}"))
        .at(Place::file(path))
        .help("rename the file")
        .cause(Among::Names, objection)
}

/// Files that their authors may take for records. One of each ending is reported, and how many more there are.
pub(crate) fn like_records<'a>(paths: impl Iterator<Item = &'a Arc<str>>) -> Vec<Diagnostic> {
    let mut kinds: BTreeMap<&str, (&Arc<str>, usize)> = BTreeMap::new();
    for path in paths {
        kinds.entry(documents::endings(path)).or_insert((path, 0)).1 += 1;
    }
    let report = |(ending, (path, count))| like_a_record(path, ending, count);
    kinds.into_iter().map(report).collect()
}

fn like_a_record(path: &Arc<str>, ending: &str, count: usize) -> Diagnostic {
    let beside =
        if documents::is_data(ending) { ", or into the folder of a record, beside its index.md" } else { "" };
    let message = "this file is no record, since records end in .md or .toml, and it is not published";
    let problem = Diagnostic::warning("not-a-record", message).at(Place::file(path)).help(format!(
        "rename or rewrite it to make it a record; what readers are to download goes to static/{beside}, or is named in \
         publish = […] under [content] in site.toml"
    ));
    match count - 1 {
        0 => problem,
        others => problem.note(format!("and {others} more that end in .{ending}")),
    }
}

/// Why a file among the content is not published.
pub(crate) enum Refusal<'a> {
    /// Browsers run it.
    Active(&'a Arc<str>, Active),
    /// Others go by its name.
    Reserved(&'a Arc<str>, Reserved<'a>),
}

impl Refusal<'_> {
    /// What allows it.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Active(_, active) => active.ending.clone(),
            Self::Reserved(_, reserved) => reserved.name.to_owned(),
        }
    }

    fn report(self, keys: &str) -> Diagnostic {
        let help = format!(
            "move it to static/, where only the site's owner puts files; or write allow_files = [{keys}] under [content] in \
             site.toml, if you read what others change there"
        );
        match self {
            Self::Active(path, Active { within: Some((what, span)), .. }) => {
                let place = if span.is_empty() { Place::file(path) } else { Place::new(path, &span) };
                let message =
                    format!("the file holds {what}; it may be a stranger's, since it is among the content");
                Diagnostic::error("active-file", message).at(place).cause(Among::Names, "within").help(help)
            }
            Self::Active(path, Active { ending, .. }) => {
                let message = format!(
                    "browsers run a .{ending} file; this may be a stranger's, since it is among the content"
                );
                Diagnostic::error("active-file", message)
                    .at(Place::file(path))
                    .cause(Among::Names, "")
                    .help(help)
            }
            Self::Reserved(path, Reserved { name, reader }) => {
                let message =
                    format!("{reader} \"{name}\"; this may be a stranger's, since it is among the content");
                Diagnostic::error("active-file", message)
                    .at(Place::file(path))
                    .cause(Among::Names, "")
                    .help(help)
            }
        }
    }
}

/// Files among the content that are not published. All say what would allow all of them.
pub(crate) fn active_files<'a>(refusals: impl Iterator<Item = Refusal<'a>>) -> Vec<Diagnostic> {
    let refusals: Vec<_> = refusals.collect();
    let keys: BTreeSet<_> = refusals.iter().map(|refusal| format!("\"{}\"", refusal.key())).collect();
    let keys = keys.into_iter().collect::<Vec<_>>().join(", ");
    refusals.into_iter().map(|refusal| refusal.report(&keys)).collect()
}
