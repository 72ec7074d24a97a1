//! Reads `[content]` of `site.toml`: the folders of the content, and the files in them that are not records.

use std::collections::BTreeSet;

use sitegen_parser::{Diagnostics, Place};

use crate::ground::Glob;
use crate::ground::reserved::is_reserved_name;
use crate::read::{CONTENT, Content, FOLDERS, KeyForm, Layers, TableForm, ValueForm, content, errors};

/// The folders of the content, and which of its files may be published.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ContentConfig {
    /// The content's folders.
    pub folders: Content,
    /// The folders that the configuration names, to report those that do not exist.
    pub(crate) declared: Vec<(String, Place)>,
    /// Endings and names, in lower case, of files that are published although browsers or hosts would do more
    /// with them than show them.
    pub allow_files: BTreeSet<String>,
    /// The place at which the site asks for git's days of last changes; none if it does not.
    pub history: Option<Place>,
    /// True if a block of TOML or YAML code at the top of a file is front matter.
    pub(super) fenced_front_matter: bool,
}

/// The keys of the section.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::{Bool, Table, Text, Texts, Word};
    let mounts = Table(TableForm::Names(|| Text));
    vec![
        KeyForm::new("allow_files", Texts, "Endings and names of files that are published all the same."),
        KeyForm::new("fenced_front_matter", Bool, "If true, code at the top of a file is front matter."),
        KeyForm::new("folder", Text, "The folder of the content; by default \"content\"."),
        KeyForm::new("mounts", mounts, "More folders: the name of each in the content, and its path."),
        KeyForm::new("ignore", Texts, "Patterns of files in the content that are left alone."),
        KeyForm::new("publish", Texts, "Patterns of files that are published as they are."),
        KeyForm::new("history", Word(HISTORY.to_vec()), "\"git\": git says when each file last changed."),
    ]
}

/// The words for where the days of last changes come from. An empty setting switches off what the file
/// switches on.
const HISTORY: [&str; 2] = ["git", ""];

impl ContentConfig {
    /// Reads the section, and `overrides` with it. None if a folder leads out of the site, because then the
    /// content's folders are unknown. `others` are paths that are never content.
    pub(super) fn read(layers: &mut Layers, others: &[&str], diagnostics: &mut Diagnostics) -> Option<Self> {
        let overrides = layers.bool("overrides", diagnostics).unwrap_or(true);
        let mut section = layers.section("content", "[content]", diagnostics);
        let allow_files = allow_files(&mut section, diagnostics);
        let fenced_front_matter = section.bool("fenced_front_matter", diagnostics).unwrap_or(false);
        let folder = section.string("folder", diagnostics).map(|(path, place)| (path, "", place));
        let mounts = section.section("mounts", "the mounts of [content]", diagnostics);
        let ignored = globs(&mut section, "ignore", diagnostics);
        let published = globs(&mut section, "publish", diagnostics);
        let history = history(&mut section, diagnostics);
        section.finish(diagnostics);

        let own = folder.is_none().then(|| (CONTENT.to_owned(), String::new()));
        let mut folders: Vec<_> = own.into_iter().collect();
        let (mut declared, mut is_known) = (Vec::<(String, Place)>::new(), true);
        for (path, name, place) in folder.into_iter().chain(read_mounts(&mounts, diagnostics)) {
            let Some((path, name)) = content::below(path).zip(content::below(name)) else {
                diagnostics.push(errors::outside_site(path, place));
                is_known = false;
                continue;
            };
            if let Some((_, other)) = declared.iter().find(|(other, _)| *other == path) {
                diagnostics.push(errors::equal_folders(&path, "counts twice as content", place, other));
                continue;
            }
            declared.push((path.clone(), place));
            folders.push((path, name));
        }
        let others: Vec<_> = FOLDERS.iter().chain(&["themes"]).chain(others).copied().collect();
        let mut folders = Content::new(folders, &others);
        (folders.ignored, folders.published) = (ignored, published);
        folders.overrides = overrides;
        is_known.then_some(Self { folders, declared, allow_files, history, fenced_front_matter })
    }
}

/// Reads the mounts: the path of each, and the folder of the content that it counts as.
fn read_mounts<'a>(mounts: &Layers<'a>, diagnostics: &mut Diagnostics) -> Vec<(&'a str, &'a str, Place)> {
    let names = mounts.names().into_keys();
    let read = |name| mounts.text(name, diagnostics).map(|(path, place)| (path, name, place));
    names.filter_map(read).collect()
}

fn globs(section: &mut Layers, key: &'static str, diagnostics: &mut Diagnostics) -> Vec<Glob> {
    let patterns = section.strings(key, diagnostics);
    let read = |(text, place): (String, Place)| {
        let glob = Glob::parse(&text);
        glob.map_err(|objection| diagnostics.push(errors::invalid_glob(&text, objection, place))).ok()
    };
    patterns.into_iter().filter_map(read).collect()
}

fn history(section: &mut Layers, diagnostics: &mut Diagnostics) -> Option<Place> {
    let (from, place) = section.string("history", diagnostics)?;
    if !HISTORY.contains(&from) {
        diagnostics.push(errors::invalid_choice("history", from, &["git"], place.clone()));
    }
    (from == "git").then_some(place)
}

fn allow_files(section: &mut Layers, diagnostics: &mut Diagnostics) -> BTreeSet<String> {
    // The dot of an ending is optional, but it is part of reserved names such as `.htaccess`.
    let plain = |name: String| {
        name.strip_prefix('.').filter(|_| !is_reserved_name(&name)).map_or(name.clone(), str::to_owned)
    };
    let files = section.strings("allow_files", diagnostics);
    files.into_iter().map(|(name, _)| plain(name).to_lowercase()).collect()
}
