//! Everything that a build reads, as the program found it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_parser::{Date, Diagnostic, Place};

use super::file::{below, starting};
use super::{Content, ContentConfig, File, Files, History, Theme, errors};

/// All that a build depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The name of the configuration file among `site`, usually `site.toml`.
    pub config: Arc<str>,
    /// The site's own files: the configuration, the content, `templates/`, `assets/`, `static/`.
    pub site: Files,
    /// Where the content is among them, as the configuration says.
    pub folders: Content,
    /// The theme that the site wears, after those that it extends.
    pub themes: Vec<Theme>,
    /// The names of the themes that the program carries, for a site that names one which is not there.
    pub carried: Vec<Arc<str>>,
    /// What texts take code from, by path from the site's folder. Where such a file is not there, what else is in its folder is
    /// known by name.
    pub included: Files,
    /// When files of the content were last changed, if the configuration asks for it.
    pub history: History,
    /// What overrides the configuration file, in order of increasing precedence.
    pub settings: Vec<Setting>,
    /// Whether records marked `draft = true`, or to be published on a later day, are part of the site.
    pub drafts: Drafts,
    /// The day on which it is built; without it, every day has come.
    pub today: Option<Date>,
}

/// Whether drafts are part of the site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Drafts {
    /// They are left out.
    #[default]
    Exclude,
    /// They are records like others.
    Include,
}

/// A value of the configuration that comes from the environment or the command line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Setting {
    /// The key's path in the configuration, such as `["markdown", "raw_html"]`.
    pub key: Vec<String>,
    /// Where it was set, as diagnostics name it: `SITEGEN_TITLE`, `--base-url`.
    pub origin: Arc<str>,
    /// What was given.
    pub text: Arc<str>,
}

impl Inputs {
    /// The text of a file that a diagnostic names.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        if let Some(setting) = self.settings.iter().find(|setting| &*setting.origin == path) {
            return Some(Arc::clone(&setting.text));
        }
        match self.file(path)? {
            File::Loaded(bytes) => Some(String::from_utf8_lossy(bytes).into()),
            _ => None,
        }
    }

    /// A file by the path that diagnostics use.
    pub fn file<'a>(&'a self, path: &str) -> Option<&'a File> {
        let in_theme =
            |theme: &'a Theme| theme.files.get(path.strip_prefix(&*theme.path)?.strip_prefix('/')?);
        self.site
            .get(path)
            .or_else(|| self.included.get(path))
            .or_else(|| self.themes.iter().rev().find_map(in_theme))
    }

    /// The files of a folder that themes and the site may have, by path below it. The site's come first where several have
    /// one, then those of the theme that it wears.
    pub fn layered(&self, folder: &str) -> BTreeMap<String, (Arc<str>, &File)> {
        self.layers(folder).map(|(name, path, file)| (name.to_owned(), (path, file))).collect()
    }

    /// The files of a folder that themes and the site may have, the lowest first.
    pub fn layers<'a>(
        &'a self,
        folder: &str,
    ) -> impl Iterator<Item = (&'a str, Arc<str>, &'a File)> + use<'a> {
        let may_be_content = self.folders.is_within(folder);
        let site = below(&self.site, folder)
            .filter(move |(_, path, _)| !may_be_content || self.folders.name(path).is_none());
        let site = site.map(|(name, path, file)| (name, Arc::clone(path), file));
        let folder = folder.to_owned();
        let of_theme = move |theme: &'a Theme| {
            below(&theme.files, &folder).map(|(name, path, file)| (name, theme.file(path), file))
        };
        self.themes.iter().flat_map(of_theme).chain(site)
    }

    /// Whether a theme has a file, by its path from the theme's folder.
    pub fn in_themes(&self, name: &str) -> bool {
        self.themes.iter().any(|theme| theme.files.contains_key(name))
    }

    /// The files of all themes, by path from each one's folder.
    pub fn of_themes(&self) -> impl Iterator<Item = (&Arc<str>, &File)> {
        self.themes.iter().flat_map(|theme| &theme.files)
    }

    /// The files of the content, each by the name by which it counts and by its path, in the order of paths.
    pub fn content(&self) -> impl Iterator<Item = (Cow<'_, str>, &Arc<str>, &File)> {
        let files = self.folders.outermost().flat_map(|folder| starting(&self.site, folder));
        files.filter_map(|(path, file)| Some((self.folders.name(path)?, path, file)))
    }

    /// A file of the content by its name.
    pub(crate) fn content_file(&self, name: &str) -> Option<(&Arc<str>, &File)> {
        self.folders.paths(name).find_map(|path| self.site.get_key_value(path.as_str()))
    }

    /// The folders that the configuration names and in which nothing is.
    pub(crate) fn missing_folders<'a>(
        &'a self,
        config: &'a ContentConfig,
    ) -> impl Iterator<Item = Diagnostic> + 'a {
        let is_there =
            |folder: &str| below(&self.site, folder).next().is_some() || self.site.contains_key(folder);
        let is_missing = move |(folder, _): &&(String, Place)| !folder.is_empty() && !is_there(folder);
        let missing = config.declared.iter().filter(is_missing);
        missing.map(|(folder, place)| errors::missing_folder(folder, place.clone()))
    }
}

impl Inputs {
    /// Whether some files could not be read, which is reported.
    pub fn are_unread(&self) -> bool {
        self.problems().next().is_some()
    }

    /// What is wrong with files before anything looks into them.
    pub(crate) fn problems<'a>(&'a self) -> impl Iterator<Item = Diagnostic> {
        let site = self.site.iter().map(|(path, file)| (Arc::clone(path), file));
        let of_theme = |theme: &'a Theme| theme.files.iter().map(|(name, file)| (theme.file(name), file));
        let themes = self.themes.iter().flat_map(of_theme);
        site.chain(themes).filter_map(|(path, file)| file.problem(&path))
    }
}
