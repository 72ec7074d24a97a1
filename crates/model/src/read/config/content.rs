//! `[content]` of `site.toml`: which folders the content is in, and what of it is no record.

use std::collections::BTreeSet;

use sitegen_parser::{Diagnostics, Place};

use crate::ground::Glob;
use crate::ground::reserved::is_reserved_name;
use crate::read::{CONTENT, Content, FOLDERS, Layers, content, errors};

/// Where the content is, and what may be published of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ContentConfig {
    /// Where it is.
    pub folders: Content,
    /// The folders that the configuration names.
    pub(crate) declared: Vec<(String, Place)>,
    /// Endings and names, in small letters, of files among the content that are published though browsers or hosts make more of
    /// them than something to show.
    pub allow_files: BTreeSet<String>,
    /// Where it asks for the days on which git says that files were last changed; none if git is not asked.
    pub history: Option<Place>,
    /// Whether a block of TOML or YAML code at the top of a file is front matter.
    pub(super) fenced_front_matter: bool,
}

impl ContentConfig {
    /// Reads it, with what else says which files a site is made of, or else gives the place of what leads out of the site, so that it is not known where the content is.
    /// `others` are paths of what is none.
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

/// The path of each mount, and the folder of the content that it counts as.
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
    // A setting can switch off by nothing what the file switches on.
    if !matches!(from, "git" | "") {
        diagnostics.push(errors::invalid_choice("history", from, &["git"], place.clone()));
    }
    (from == "git").then_some(place)
}

fn allow_files(section: &mut Layers, diagnostics: &mut Diagnostics) -> BTreeSet<String> {
    // An ending may be written with its dot; `.htaccess` is a name, and hidden files have no other.
    let plain = |name: String| {
        name.strip_prefix('.').filter(|_| !is_reserved_name(&name)).map_or(name.clone(), str::to_owned)
    };
    let files = section.strings("allow_files", diagnostics);
    files.into_iter().map(|(name, _)| plain(name).to_lowercase()).collect()
}
