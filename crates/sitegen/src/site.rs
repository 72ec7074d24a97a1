//! A site on disk: what was read of it, and where it is to be published.

use std::collections::BTreeSet;
use std::env;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use sitegen_model::{Config, Drafts, FOLDERS, Inputs, Schema, Words};
use sitegen_parser::{Date, Diagnostics, Severity};

use crate::args::{Common, SiteArgs};
use crate::console::Console;
use crate::errors::{Exit, Failure};
use crate::read::Known;
use crate::report::{Consequence, Find, MOST, Report};
use crate::{publish, read, settings};

/// A site as it is on disk.
#[derive(Debug)]
pub(crate) struct Site {
    /// Its folder.
    pub root: PathBuf,
    /// What the build depends on.
    pub inputs: Inputs,
    config: Config,
    /// What is wrong with the configuration alone.
    misconfigured: Diagnostics,
}

impl Site {
    /// Reads a site, its theme and the environment.
    ///
    /// # Errors
    ///
    /// The site's folder is not there, or it cannot be seen what it holds.
    pub(crate) fn read(common: &Common, args: &SiteArgs) -> Result<Self, Failure> {
        Self::read_again(common, args, &Known::default()).map(|(site, _)| site)
    }

    /// Reads a site of which something is known, and gives what is known then.
    ///
    /// # Errors
    ///
    /// The site's folder is not there, or it cannot be seen what it holds.
    pub(crate) fn read_again(
        common: &Common,
        args: &SiteArgs,
        known: &Known,
    ) -> Result<(Self, Known), Failure> {
        let (inputs, known) = read::read(&common.root, beginning(common, args), known)?;
        Ok((Self::new(common, inputs), known))
    }

    /// Reads a site's configuration alone.
    ///
    /// # Errors
    ///
    /// The site's folder is not there, or the configuration cannot be read.
    pub(crate) fn read_config(common: &Common, args: &SiteArgs) -> Result<Self, Failure> {
        let inputs = read::read_config(&common.root, beginning(common, args))?;
        Ok(Self::new(common, inputs))
    }

    fn new(common: &Common, inputs: Inputs) -> Self {
        let (config, misconfigured) = Config::read(&inputs);
        Self { root: common.root.clone(), inputs, config, misconfigured }
    }

    /// The output folder: that of the command line, or that of the configuration from the site's folder.
    ///
    /// # Errors
    ///
    /// It cannot be one.
    pub(crate) fn output(&self, given: Option<&Path>) -> Result<PathBuf, Failure> {
        let output = given.map_or_else(|| self.path(&self.config.output_dir), Path::to_owned);
        let themes = self.inputs.themes.iter().map(|theme| &*theme.path);
        let content = self.inputs.folders.folders().filter(|folder| !folder.is_empty());
        let folders = content.chain(FOLDERS).chain(["themes", &self.inputs.config]).chain(themes);
        let sources: Vec<_> = folders.map(|folder| self.path(folder)).collect();
        publish::resolve(&output, &self.root, &sources)
    }

    /// Whether the configuration has errors.
    pub(crate) fn is_misconfigured(&self) -> bool {
        self.misconfigured.has_errors()
    }

    /// The program that runs Python, if the configuration allows one.
    pub(crate) fn python(&self) -> Option<&str> {
        self.config.python.as_ref().map(|(program, _)| program.as_str())
    }

    /// A path of the site as whoever started the program would write it.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.strip_prefix(".").unwrap_or(&self.root).join(path)
    }

    /// Where a file of the inputs is on disk, whose name there may be in another of Unicode's forms.
    ///
    /// # Errors
    ///
    /// A folder that it is in cannot be looked into.
    pub(crate) fn file(&self, path: &str) -> io::Result<PathBuf> {
        read::locate(self.root.strip_prefix(".").unwrap_or(&self.root), path)
    }

    /// Reports what is wrong with the configuration, for a command that does not build; gives how it ends if it cannot
    /// go on.
    pub(crate) fn refuse(&self, console: &Console) -> Option<Exit> {
        if !self.misconfigured.has_errors() {
            return None;
        }
        let diagnostics = self.misconfigured.clone().sorted();
        self.report(&diagnostics, &|path| self.inputs.text(path), console);
        Some(Exit::Usage)
    }

    /// Reports problems of what was only looked at.
    pub(crate) fn report(&self, diagnostics: &Diagnostics, find: &Find, console: &Console) {
        let root = &self.root;
        let consequence = Consequence::None;
        Report { diagnostics, find, root, consequence, unchecked: &[], most: MOST }.print(console);
    }

    /// What is declared.
    pub(crate) fn schema(&self) -> (Schema, Diagnostics) {
        let (words, _) = Words::read(&self.inputs, &self.config);
        Schema::read(&self.inputs, &self.config, &words)
    }

    /// How a run with these findings ends.
    pub(crate) fn exit(&self, diagnostics: &Diagnostics) -> Exit {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let codes: BTreeSet<_> = errors.map(|error| error.code).collect();
        if codes.is_empty() {
            Exit::Done
        } else if codes.contains("unreadable-file") {
            Exit::Io
        } else if self.misconfigured.has_errors() || codes.contains("missing-theme") {
            Exit::Usage
        } else {
            Exit::Errors
        }
    }
}

/// What a build depends on apart from files.
fn beginning(common: &Common, args: &SiteArgs) -> Inputs {
    let mut settings = settings::from_environment(env::vars_os());
    settings.extend(args.base_url.as_deref().map(settings::base_url));
    let drafts = if args.drafts { Drafts::Include } else { Drafts::Exclude };
    let today = args.today.unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC).date());
    let config = read::config_name(&common.config).into();
    Inputs { config, settings, drafts, today: Some(date(today)), ..Inputs::default() }
}

fn date(day: civil::Date) -> Date {
    let part = |part: i8| part.unsigned_abs();
    Date { year: day.year().unsigned_abs(), month: part(day.month()), day: part(day.day()) }
}
