//! Everything that a build reads, as the program found it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::Hasher as _;
use std::sync::Arc;

use siphasher::sip128::{Hasher128 as _, SipHasher13};
use sitegen_parser::{Date, Diagnostic, IMAGE_HEAD, ImageSize, Place, Source};

use crate::config::ContentConfig;
use crate::content::Content;
use crate::errors;
use crate::history::History;
use crate::theme::Theme;

/// Files by path, with `/` between names.
pub type Files = BTreeMap<Arc<str>, File>;

/// A file as the program found it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum File {
    /// A file that the build looks into.
    Loaded(Arc<[u8]>),
    /// A file that is published as it is, and so need not be in memory.
    Stored {
        /// A hash of its bytes.
        hash: u128,
        /// Its size, if it is an image that says it.
        size: Option<ImageSize>,
    },
    /// A file that could not be read, and why, in the system's words.
    Unreadable(String),
    /// A symbolic link that leads back to a folder that holds it, or out of the site.
    Stray(Stray),
    /// Several files whose names differ only in the form in which Unicode writes the same characters.
    Doubled,
}

/// A symbolic link that is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stray {
    /// It leads to a folder that it is in.
    Loop,
    /// It leads out of the folders that the site is made of.
    Outside,
    /// It leads to a hidden file, or into a hidden folder.
    Hidden,
    /// It would show readers what is not published, or is only with a record that it does not belong to.
    Source,
}

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

/// The hash of bytes, as in [`File::Stored`]: SipHash-1-3 with 128 bits and no key.
pub fn hash_bytes(bytes: &[u8]) -> u128 {
    let mut hasher = SipHasher13::new();
    hasher.write(bytes);
    hasher.finish128().as_u128()
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

impl File {
    /// Whether it holds the same, which takes no time for a file that was not read anew.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Loaded(bytes), Self::Loaded(others)) => Arc::ptr_eq(bytes, others) || bytes == others,
            _ => self == other,
        }
    }

    /// A hash of its bytes, also of those that are in memory; zero if it could not be read.
    pub(crate) fn content_hash(&self) -> u128 {
        match self {
            Self::Loaded(bytes) => hash_bytes(bytes),
            Self::Stored { hash, .. } => *hash,
            Self::Unreadable(_) | Self::Stray(_) | Self::Doubled => 0,
        }
    }

    /// The size of the image that a file is by its name; none if it is none or does not say it.
    pub(crate) fn image_size(&self, name: &str) -> Option<ImageSize> {
        match self {
            Self::Stored { size, .. } => *size,
            Self::Loaded(bytes) if ImageSize::is_of(name) => {
                ImageSize::read(&bytes[..bytes.len().min(IMAGE_HEAD)])
            }
            _ => None,
        }
    }

    fn problem(&self, path: &Arc<str>) -> Option<Diagnostic> {
        match self {
            Self::Loaded(_) | Self::Stored { .. } => None,
            Self::Unreadable(reason) => Some(errors::unreadable_file(path, reason)),
            Self::Stray(stray) => Some(errors::stray_link(path, *stray)),
            Self::Doubled => Some(errors::equal_file_names(path)),
        }
    }

    /// The file's text.
    ///
    /// # Errors
    ///
    /// `invalid-utf8`, `unreadable-file`, `symlink-loop`, `symlink-outside`, `symlink-source`, `equal-file-names`.
    pub fn source(&self, path: &Arc<str>) -> Result<Source, Diagnostic> {
        match self {
            Self::Loaded(bytes) => Source::decode(path, bytes),
            Self::Stored { .. } => Err(errors::unreadable_file(path, "it was not read as text")),
            Self::Unreadable(reason) => Err(errors::unreadable_file(path, reason)),
            Self::Stray(stray) => Err(errors::stray_link(path, *stray)),
            Self::Doubled => Err(errors::equal_file_names(path)),
        }
    }
}

/// The files of a folder, each by its path below it and its whole path.
pub(crate) fn below<'a>(
    files: &'a Files,
    folder: &str,
) -> impl Iterator<Item = (&'a str, &'a Arc<str>, &'a File)> + use<'a> {
    let start = format!("{folder}/");
    let length = start.len();
    starting(files, &start).map(move |(path, file)| (&path[length..], path, file))
}

/// The files whose paths begin so.
fn starting<'a>(files: &'a Files, start: &str) -> impl Iterator<Item = (&'a Arc<str>, &'a File)> + use<'a> {
    let start = start.to_owned();
    files.range(Arc::<str>::from(start.as_str())..).take_while(move |(path, _)| path.starts_with(&start))
}
