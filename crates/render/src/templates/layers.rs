//! The layers of templates: the site's override those of its themes. A theme's template has its whole path
//! for a name, so that Tera finds the highest template of a short name, and a template can name the one that
//! it overrides.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use sitegen_model::{Inputs, Theme};
use sitegen_parser::{Diagnostics, Source};

use super::{Sources, TemplateSource};

/// The folder of templates in a theme and in a site.
const FOLDER: &str = "templates";

/// Reads the templates that can be used: of each name the highest, and those below it that some template
/// names whole.
pub(super) fn read(inputs: &Inputs) -> (Sources, Diagnostics) {
    let prefixes: Vec<_> = inputs.themes.iter().rev().map(prefix).collect();
    let mut sources = Sources { prefixes, ..Sources::default() };
    let mut diagnostics = Diagnostics::new();
    let (mut highest, mut lower) = (BTreeMap::new(), Vec::new());
    for (name, path, file) in inputs.layers(FOLDER) {
        match file.source(&path) {
            Ok(source) => {
                let above = sources.name_of(&path);
                lower.extend(highest.insert(name, source).map(|source| (source, above)));
            }
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
            }
        }
    }
    for source in highest.into_values() {
        diagnostics.extend(sources.read(source));
    }
    let mut named: HashSet<_> = sources.named().map(str::to_owned).collect();
    // The highest come first, because they can name those below them.
    for (source, above) in lower.into_iter().rev() {
        let name = sources.name_of(&source.path);
        sources.below.insert(above, name.clone());
        if named.contains(&name) {
            diagnostics.extend(sources.read(source));
            named.extend(sources.templates[&name].names().map(str::to_owned));
        }
    }
    (sources, diagnostics)
}

fn prefix(theme: &Theme) -> String {
    format!("{}/{FOLDER}/", theme.path)
}

impl Sources {
    /// Adds a template that is a file, and returns its faults.
    fn read(&mut self, source: Source) -> Diagnostics {
        let name = self.name_of(&source.path);
        let (template, found) = TemplateSource::of_file(source.path, source.text);
        self.templates.insert(name, template);
        found
    }

    /// Returns the name under which Tera knows a template that is a file: its path in a theme, or its path
    /// below the folder in the site.
    fn name_of(&self, path: &str) -> String {
        let is_of_theme = self.prefixes.iter().any(|prefix| path.starts_with(prefix.as_str()));
        let own = path.strip_prefix(FOLDER).and_then(|name| name.strip_prefix('/'));
        own.filter(|_| !is_of_theme).unwrap_or(path).to_owned()
    }

    /// Returns the whole name of the template that another of the same name overrides.
    pub(super) fn below(&self, name: &str) -> Option<&str> {
        self.below.get(name).map(String::as_str)
    }

    /// Finds the template of a name as Tera does, with its whole name.
    pub(super) fn get(&self, name: &str) -> Option<(&str, &TemplateSource)> {
        let whole = |prefix: &String| self.templates.get_key_value(&format!("{prefix}{name}"));
        let found = self.templates.get_key_value(name).or_else(|| self.prefixes.iter().find_map(whole))?;
        Some((found.0, found.1))
    }

    /// Lists the names by which templates can be called.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().map(|name| self.short(name))
    }

    /// Returns a template's name without the path of its theme.
    pub(super) fn short<'n>(&self, name: &'n str) -> &'n str {
        self.prefixes.iter().find_map(|prefix| name.strip_prefix(prefix.as_str())).unwrap_or(name)
    }

    /// Lists the names of all templates as Tera knows them, those of the lowest theme first.
    pub(crate) fn lowest_first(&self) -> impl Iterator<Item = &str> {
        let mut names: Vec<_> = self.templates.keys().map(String::as_str).collect();
        // This counts the layers above a template; above the site's there is none.
        let above = |name: &str| {
            let theme = self.prefixes.iter().position(|prefix| name.starts_with(prefix.as_str()));
            theme.map_or(0, |theme| theme + 1)
        };
        names.sort_unstable_by_key(|name| (Reverse(above(name)), *name));
        names.into_iter()
    }
}
