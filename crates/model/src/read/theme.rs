//! Themes, and the themes that they extend.

use std::collections::HashSet;
use std::sync::Arc;

use sitegen_parser::{Diagnostics, Place, Table};

use super::{Files, KeyForm, Layer, Layers, TableForm, ValueForm, errors};

/// A theme as the program found it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Theme {
    /// The theme's folder, as diagnostics show it, such as `themes/guide`.
    pub path: Arc<str>,
    /// The theme's files, by path from its folder; empty if the theme does not exist.
    pub files: Files,
}

/// The parsed declarations of a theme, before they are checked.
#[derive(Debug)]
pub(crate) struct Declarations {
    path: Arc<str>,
    table: Table,
}

/// The file with a theme's declarations.
pub const THEME_FILE: &str = "theme.toml";

/// The key that names the themes that a theme extends.
const EXTENDS: &str = "extends";

/// The keys of `theme.toml` that `site.toml` has not.
pub(crate) fn theme_keys() -> Vec<KeyForm> {
    vec![KeyForm::new(EXTENDS, ValueForm::Texts, "The themes that this one lies over, the lowest first.")]
}

/// Returns the folder of a theme, which is named by its folder in `themes/` or by a path from the site's
/// root. Names that begin with `sitegen/` are built-in parts of themes.
pub fn theme_path(theme: &str) -> Arc<str> {
    if theme.contains('/') && !theme.starts_with("sitegen/") {
        return theme.trim_start_matches("./").trim_end_matches('/').into();
    }
    format!("themes/{theme}").into()
}

/// Loads a theme after those that it extends, each once. `read` loads the files of a theme's folder.
///
/// # Errors
///
/// The errors of `read`.
pub fn with_extended<E>(
    path: &Arc<str>,
    read: &mut impl FnMut(&Arc<str>) -> Result<Files, E>,
) -> Result<Vec<Theme>, E> {
    let (mut themes, mut seen) = (Vec::new(), HashSet::new());
    add(path, read, &mut seen, &mut themes)?;
    Ok(themes)
}

fn add<E>(
    path: &Arc<str>,
    read: &mut impl FnMut(&Arc<str>) -> Result<Files, E>,
    seen: &mut HashSet<Arc<str>>,
    themes: &mut Vec<Theme>,
) -> Result<(), E> {
    // The limit bounds the recursion, because each extended theme is one call deeper.
    if seen.len() == MOST || !seen.insert(Arc::clone(path)) {
        return Ok(());
    }
    let theme = Theme { path: Arc::clone(path), files: read(path)? };
    let (declarations, _) = theme.declarations();
    for name in declarations.extended(&mut Diagnostics::new()) {
        add(&name, read, seen, themes)?;
    }
    themes.push(theme);
    Ok(())
}

/// The most themes that a site may be made of.
const MOST: usize = 32;

impl Theme {
    /// Returns the path of a file, as diagnostics show it.
    pub fn file(&self, name: &str) -> Arc<str> {
        format!("{}/{name}", self.path).into()
    }

    /// Parses the theme's declarations; they are empty if the theme does not exist.
    pub(crate) fn declarations(&self) -> (Declarations, Diagnostics) {
        let path = self.file(THEME_FILE);
        let (table, diagnostics) = match self.files.get(THEME_FILE).map(|file| file.source(&path)) {
            None => (Table::default(), Diagnostics::new()),
            Some(Ok(source)) => Table::parse(&source, 0..source.text.len()),
            Some(Err(diagnostic)) => (Table::default(), Diagnostics::from_iter([diagnostic])),
        };
        (Declarations { path, table }, diagnostics)
    }
}

impl Declarations {
    pub(crate) fn layer(&self) -> Layer<'_> {
        Layer { path: &self.path, table: &self.table, text: None }
    }

    /// Lists the folders of the extended themes, in order of increasing precedence.
    fn extended(&self, diagnostics: &mut Diagnostics) -> Vec<Arc<str>> {
        self.named(diagnostics).into_iter().map(|(name, _)| theme_path(&name)).collect()
    }

    /// Lists the extended themes as they are named, with the places of their names.
    fn named(&self, diagnostics: &mut Diagnostics) -> Vec<(String, Place)> {
        let form = TableForm::Keys(theme_keys);
        Layers::new(vec![self.layer()], "the theme", form).strings(EXTENDS, diagnostics)
    }

    /// Reports extended themes that do not exist or extend each other in a circle. `before` are the themes
    /// that were loaded before this one.
    pub(crate) fn check_extended(
        &self,
        before: &[Theme],
        carried: &[Arc<str>],
        diagnostics: &mut Diagnostics,
    ) {
        for (name, place) in self.named(diagnostics) {
            let path = theme_path(&name);
            match before.iter().find(|theme| theme.path == path) {
                Some(theme) if theme.files.contains_key(THEME_FILE) => {}
                Some(theme) => {
                    let file = theme.file(THEME_FILE);
                    diagnostics.push(errors::missing_theme(&name, &file, carried, Some(place)));
                }
                None => diagnostics.push(errors::theme_circle(&name, place)),
            }
        }
    }
}
