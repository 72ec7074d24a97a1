//! A site on disk: its inputs, and the folder to which it is published.

use std::collections::BTreeSet;
use std::env;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use sitegen_model::{Config, Drafts, FOLDERS, Inputs, Schema, Words};
use sitegen_parser::{Code, Date, Diagnostics, Severity};

use crate::args::{Common, SiteArgs};
use crate::console::Console;
use crate::disk;
use crate::errors::{Exit, Failure};
use crate::read::ReadCache;
use crate::report::{Consequence, Find, MOST, Report};
use crate::{embed, publish, read, settings};

#[derive(Debug)]
pub(crate) struct LoadedSite {
    /// The folder of the site.
    pub root: PathBuf,
    /// Everything that the build depends on.
    pub inputs: Inputs,
    config: Config,
    /// The problems of the configuration alone.
    misconfigured: Diagnostics,
}

impl LoadedSite {
    /// Reads a site, its theme and the environment.
    ///
    /// # Errors
    ///
    /// The site's folder is missing, or a folder in it cannot be listed.
    pub(crate) fn read(common: &Common, args: &SiteArgs) -> Result<Self, Failure> {
        Self::read_again(common, args, &ReadCache::default()).map(|(site, _)| site)
    }

    /// Reads a site again, with what is known from before, and returns what is known now.
    ///
    /// # Errors
    ///
    /// The site's folder is missing, or a folder in it cannot be listed.
    pub(crate) fn read_again(
        common: &Common,
        args: &SiteArgs,
        known: &ReadCache,
    ) -> Result<(Self, ReadCache), Failure> {
        let (inputs, known) = read::read(&common.root, beginning(common, args), known)?;
        Ok((Self::new(common, inputs), known))
    }

    /// Reads a site's configuration alone.
    ///
    /// # Errors
    ///
    /// The site's folder is missing, or the configuration cannot be read.
    pub(crate) fn read_config(common: &Common, args: &SiteArgs) -> Result<Self, Failure> {
        let inputs = read::read_config(&common.root, beginning(common, args))?;
        Ok(Self::new(common, inputs))
    }

    /// Makes a site of its inputs.
    pub(crate) fn new(common: &Common, inputs: Inputs) -> Self {
        let (config, misconfigured) = Config::read(&inputs);
        Self { root: common.root.clone(), inputs, config, misconfigured }
    }

    /// Returns the output folder: from the command line, or else from the configuration, relative to the
    /// site's folder.
    ///
    /// # Errors
    ///
    /// The folder is no place to publish to, for instance because it holds sources of the site.
    pub(crate) fn output(&self, given: Option<&Path>) -> Result<PathBuf, Failure> {
        let output = given.map_or_else(|| self.path(&self.config.output_dir), Path::to_owned);
        let themes = self.inputs.themes.iter().map(|theme| &*theme.path);
        let content = self.inputs.folders.folders().filter(|folder| !folder.is_empty());
        let folders = content.chain(FOLDERS).chain(["themes", &self.inputs.config]).chain(themes);
        let sources: Vec<_> = folders.map(|folder| self.path(folder)).collect();
        publish::resolve(&output, &self.root, &sources)
    }

    /// Returns the output folder as the configuration writes it.
    pub(crate) fn output_dir(&self) -> &str {
        &self.config.output_dir
    }

    /// Returns true if the configuration has errors.
    pub(crate) fn is_misconfigured(&self) -> bool {
        self.misconfigured.has_errors()
    }

    /// Returns the program that runs Python, if the configuration allows one.
    pub(crate) fn python(&self) -> Option<&str> {
        self.config.python.as_ref().map(|(program, _)| program.as_str())
    }

    /// Returns a path of the site relative to the working directory, as the user would write it.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.strip_prefix(".").unwrap_or(&self.root).join(path)
    }

    /// Finds an input file on disk, where its name may be in another Unicode normalization form.
    ///
    /// # Errors
    ///
    /// A folder around the file cannot be listed.
    pub(crate) fn file(&self, path: &str) -> io::Result<PathBuf> {
        read::locate(self.root.strip_prefix(".").unwrap_or(&self.root), path)
    }

    /// Reports problems of the configuration, for a command that does not build. Returns the exit code if
    /// there are errors.
    pub(crate) fn refuse(&self, console: &Console) -> Option<Exit> {
        if !self.misconfigured.has_errors() {
            return None;
        }
        let diagnostics = self.misconfigured.clone().sorted();
        self.report(&diagnostics, &|path| self.inputs.text(path), console);
        Some(Exit::Usage)
    }

    /// Reports problems for a command that publishes nothing.
    pub(crate) fn report(&self, diagnostics: &Diagnostics, find: &Find, console: &Console) {
        let root = &self.root;
        let consequence = Consequence::None;
        let remarks = &self.remarks(diagnostics);
        Report { diagnostics, find, root, consequence, remarks, most: MOST }.print(console);
    }

    /// Returns facts about the site that help to understand its problems.
    pub(crate) fn remarks(&self, diagnostics: &Diagnostics) -> Vec<String> {
        let related = diagnostics.iter().flat_map(|found| found.related.iter().map(|note| &note.place));
        let places = diagnostics.iter().filter_map(|found| found.place.as_ref()).chain(related);
        self.default_theme().into_iter().chain(self.carried(places.map(|place| &*place.path))).collect()
    }

    /// Returns a remark on the default theme if the site names none and the configuration can be read.
    fn default_theme(&self) -> Option<String> {
        let is_named = self.config.theme_place.is_some() || self.misconfigured.has_errors();
        let Inputs { config, .. } = &self.inputs;
        (!is_named).then(|| format!("{config} names no theme, so the site wears \"{}\"", self.config.theme))
    }

    /// Returns a remark if some of the files are of built-in themes, because authors look for them in vain in
    /// the site's folder.
    pub(crate) fn carried<'f>(&self, files: impl Iterator<Item = &'f str>) -> Option<String> {
        let themes: BTreeSet<_> = files.filter_map(|file| self.carried_theme(file)).collect();
        let themes: Vec<_> = themes.into_iter().collect();
        let are = if themes.len() == 1 { "is" } else { "are" };
        (!themes.is_empty())
            .then(|| format!("{} {are} part of sitegen, not of the site's folder: \"sitegen theme show\" prints their files", themes.join(", ")))
    }

    /// Returns true if a file is of a built-in theme that does not lie in the site's folder.
    pub(crate) fn carries(&self, file: &str) -> bool {
        self.carried_theme(file).is_some()
    }

    fn carried_theme(&self, file: &str) -> Option<&str> {
        let is_of = |folder: &str| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let themes = self.inputs.themes.iter().map(|theme| &*theme.path);
        themes.filter(|folder| is_of(folder)).find(|folder| {
            let there = disk::follow(&self.path(folder));
            there.is_ok_and(|there| there.is_none()) && !embed::theme(folder).is_empty()
        })
    }

    /// Reads the declarations of the site.
    pub(crate) fn schema(&self) -> (Schema, Diagnostics) {
        let (words, _) = Words::read(&self.inputs, &self.config);
        Schema::read(&self.inputs, &self.config, &words)
    }

    /// Returns the exit code of a run with these diagnostics.
    pub(crate) fn exit(&self, diagnostics: &Diagnostics) -> Exit {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let codes: BTreeSet<_> = errors.map(|error| error.code).collect();
        if codes.is_empty() {
            Exit::Done
        } else if codes.contains(&Code::UnreadableFile) {
            Exit::Io
        } else if self.misconfigured.has_errors() || codes.contains(&Code::MissingTheme) {
            Exit::Usage
        } else {
            Exit::Errors
        }
    }
}

/// Collects everything but files that a build depends on.
fn beginning(common: &Common, args: &SiteArgs) -> Inputs {
    let mut settings = settings::from_environment(env::vars_os());
    settings.extend(args.base_url.as_deref().map(settings::base_url));
    let drafts = if args.drafts { Drafts::Include } else { Drafts::Exclude };
    let today = args.today.unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC).date());
    let config = read::config_name(&common.config).into();
    let carried = embed::themes().map(Into::into).collect();
    Inputs { config, settings, drafts, carried, today: Some(date(today)), ..Inputs::default() }
}

fn date(day: civil::Date) -> Date {
    let part = |part: i8| part.unsigned_abs();
    Date { year: day.year().unsigned_abs(), month: part(day.month()), day: part(day.day()) }
}
