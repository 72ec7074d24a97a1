//! The diagnostics of files in the content that are not published.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use sitegen_parser::{Active, Among, Code, Diagnostic, Place};

use crate::ground::Reserved;
use crate::read::documents;

pub(crate) fn invalid_file_name(name: &str, objection: &str, path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidPath,
        format!("\"{name}\" cannot be published under its name: {objection}"),
    )
    .at(Place::file(path))
    .help("rename the file")
    .cause(Among::Names, objection)
}

/// Warns of files that their authors may take for records. The first of each ending is reported, with the
/// number of others.
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
    if documents::is_hidden(path) {
        return hidden_record(path, count);
    }
    let message = "this file is no record, since records end in .md or .toml, and it is not published";
    let problem = Diagnostic::warning(Code::NotARecord, message).at(Place::file(path)).help(format!(
        "rename or rewrite it to make it a record; what readers are to download goes to static/{beside}, or is named in \
         publish = […] under [content] in site.toml"
    ));
    match count - 1 {
        0 => problem,
        others => problem.note(format!("and {others} more that end in .{ending}")),
    }
}

fn hidden_record(path: &Arc<str>, count: usize) -> Diagnostic {
    let message = "this file is no record, since its name begins with a dot, and it is not published";
    let problem = Diagnostic::warning(Code::NotARecord, message).at(Place::file(path)).help(
        "rename it to make it a record, or name it in ignore = […] under [content] in site.toml if it is meant to be hidden",
    );
    match count - 1 {
        0 => problem,
        others => problem.note(format!("and {others} more that begin so")),
    }
}

/// The reason why a file in the content is not published.
pub(crate) enum UnsafeFile<'a> {
    /// Browsers run the file.
    Active(&'a Arc<str>, Active),
    /// The file's name is reserved.
    Reserved(&'a Arc<str>, Reserved<'a>),
}

impl UnsafeFile<'_> {
    /// Returns the value of `allow_files` that allows the file.
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
                Diagnostic::error(Code::ActiveFile, message)
                    .at(place)
                    .cause(Among::Names, "within")
                    .help(help)
            }
            Self::Active(path, Active { ending, .. }) => {
                let message = format!(
                    "browsers run a .{ending} file; this may be a stranger's, since it is among the content"
                );
                Diagnostic::error(Code::ActiveFile, message)
                    .at(Place::file(path))
                    .cause(Among::Names, "")
                    .help(help)
            }
            Self::Reserved(path, Reserved { name, reader }) => {
                let message =
                    format!("{reader} \"{name}\"; this may be a stranger's, since it is among the content");
                Diagnostic::error(Code::ActiveFile, message)
                    .at(Place::file(path))
                    .cause(Among::Names, "")
                    .help(help)
            }
        }
    }
}

/// Reports files in the content that are not published. Each message names what would allow all of them.
pub(crate) fn active_files<'a>(files: impl Iterator<Item = UnsafeFile<'a>>) -> Vec<Diagnostic> {
    let files: Vec<_> = files.collect();
    let keys: BTreeSet<_> = files.iter().map(|file| format!("\"{}\"", file.key())).collect();
    let keys = keys.into_iter().collect::<Vec<_>>().join(", ");
    files.into_iter().map(|file| file.report(&keys)).collect()
}
