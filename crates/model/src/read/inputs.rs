//! The inputs of a build: every file and setting, as the program found them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_parser::{Date, Diagnostic, Place};

use super::file::{below, starting};
use super::{Content, ContentConfig, File, Files, History, Theme, errors};

/// All that a build depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The path of the configuration file among `site`, usually `site.toml`.
    pub config: Arc<str>,
    /// The site's own files: the configuration, the content, `templates/`, `assets/`, `static/`.
    pub site: Files,
    /// The folders of the content among these files, by the configuration.
    pub folders: Content,
    /// The site's theme, after those that it extends.
    pub themes: Vec<Theme>,
    /// The names of the built-in themes, to suggest one if the site's theme does not exist.
    pub carried: Vec<Arc<str>>,
    /// The files that texts include, by path from the site's folder. If one does not exist, the other files
    /// in its folder are here by name, for suggestions.
    pub included: Files,
    /// The days on which content files were last changed, if the configuration asks for them.
    pub history: History,
    /// The settings that override the configuration file, in order of increasing precedence.
    pub settings: Vec<Setting>,
    /// The treatment of records that are drafts or to be published on a later day.
    pub drafts: Drafts,
    /// The day of the build; without it, every day of publication has come.
    pub today: Option<Date>,
}

/// The treatment of drafts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Drafts {
    /// Drafts are left out.
    #[default]
    Exclude,
    /// Drafts are records like others.
    Include,
}

/// A setting from the environment or the command line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Setting {
    /// The key's path in the configuration, such as `["markdown", "raw_html"]`.
    pub key: Vec<String>,
    /// The name of the variable or option, which diagnostics show: `SITEGEN_TITLE`, `--base-url`.
    pub origin: Arc<str>,
    /// The value as it was given.
    pub text: Arc<str>,
}

impl Inputs {
    /// Returns the text of a file or setting that a diagnostic names.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        if let Some(setting) = self.settings.iter().find(|setting| &*setting.origin == path) {
            return Some(Arc::clone(&setting.text));
        }
        match self.file(path)? {
            File::Loaded(bytes) => Some(String::from_utf8_lossy(bytes).into()),
            _ => None,
        }
    }

    /// Finds a file by the path that diagnostics show.
    pub fn file<'a>(&'a self, path: &str) -> Option<&'a File> {
        let in_theme =
            |theme: &'a Theme| theme.files.get(path.strip_prefix(&*theme.path)?.strip_prefix('/')?);
        self.site
            .get(path)
            .or_else(|| self.included.get(path))
            .or_else(|| self.themes.iter().rev().find_map(in_theme))
    }

    /// Collects the files of a folder of the themes and the site, by path below it. If several have a file,
    /// the site's counts, then that of the theme nearest to it.
    pub fn layered(&self, folder: &str) -> BTreeMap<String, (Arc<str>, &File)> {
        self.layers(folder).map(|(name, path, file)| (name.to_owned(), (path, file))).collect()
    }

    /// Lists the files of a folder of the themes and the site, the lowest layer first.
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

    /// Returns true if a theme has a file, by its path from the theme's folder.
    pub fn in_themes(&self, name: &str) -> bool {
        self.themes.iter().any(|theme| theme.files.contains_key(name))
    }

    /// Lists the files of all themes, by path from the theme's folder.
    pub fn of_themes(&self) -> impl Iterator<Item = (&Arc<str>, &File)> {
        self.themes.iter().flat_map(|theme| &theme.files)
    }

    /// Lists the files of the content with their names and paths, in the order of paths.
    pub fn content(&self) -> impl Iterator<Item = (Cow<'_, str>, &Arc<str>, &File)> {
        let files = self.folders.outermost().flat_map(|folder| starting(&self.site, folder));
        files.filter_map(|(path, file)| Some((self.folders.name(path)?, path, file)))
    }

    /// Finds a file of the content by its name.
    pub(crate) fn content_file(&self, name: &str) -> Option<(&Arc<str>, &File)> {
        self.folders.paths(name).find_map(|path| self.site.get_key_value(path.as_str()))
    }

    /// Reports folders that the configuration names and that do not exist.
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
    /// Returns true if some files could not be read, which is reported.
    pub fn are_unread(&self) -> bool {
        self.problems().next().is_some()
    }

    /// Reports files that could not be read.
    pub(crate) fn problems<'a>(&'a self) -> impl Iterator<Item = Diagnostic> {
        let site = self.site.iter().map(|(path, file)| (Arc::clone(path), file));
        let of_theme = |theme: &'a Theme| theme.files.iter().map(|(name, file)| (theme.file(name), file));
        let themes = self.themes.iter().flat_map(of_theme);
        site.chain(themes).filter_map(|(path, file)| file.problem(&path))
    }
}
