//! The command line.

mod addition;
mod check;
mod explain;
mod init;
mod new;
mod themes;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use sitegen_render::Conclusion;

use crate::console::{Color, Console, ProblemFormat, Verbosity};

pub(crate) use self::addition::Addition;
pub(crate) use self::check::{CheckArgs, UnusedScope};
pub(crate) use self::explain::{ExplainArgs, FilePosition};
pub(crate) use self::init::{InitArgs, Template};
pub(crate) use self::new::NewArgs;
pub(crate) use self::themes::ThemeCommand;

/// Makes a site from Markdown, TOML and a theme, and refuses what does not hold together
#[derive(Debug, Parser)]
#[command(name = "sitegen", version = VERSION, max_term_width = 100, after_help = AFTER_HELP, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(flatten)]
    pub common: Common,
    /// Print the terms of the works of others that sitegen is made of
    #[arg(long, exclusive = true)]
    pub notices: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The version, and the commit that a program for release was made from, if that is known.
const VERSION: &str = env!("VERSION_AND_COMMIT");

const AFTER_HELP: &str = "\
Any value of site.toml can be set by the environment: SITEGEN_TITLE, SITEGEN_MARKDOWN__RAW_HTML.
Exit codes: 0 done, 1 the site has errors, 2 wrong usage or configuration, 3 a file cannot be read or written.

Example: sitegen init my-site && sitegen --root my-site serve --open";

const SERVE_HELP: &str = "\
Pages are rendered when they are asked for, and nothing is written. What is wrong with the pages
that are open is shown in the browser; \"sitegen check\" looks at all of them.

Examples:
  sitegen serve --watch --open
  sitegen serve --watch --editor 'idea://open?file={path}&line={line}&column={column}'";

const PLAN_HELP: &str = "\
Prints for each family of pages how many rows it is made from and how many pages that gives,
what its publish_if and index_if leave out, and how many rows every relation has.

Example: sitegen plan --format json";

const QUERY_HELP: &str = "\
SQL sees every collection, dataset and query as a table. It only reads.

Examples:
  sitegen query compensation
  sitegen query 'select company, count(*) as offers from offers group by company order by 2 desc'
  sitegen query offers --format csv > offers.csv
  sitegen query --file pay.csv 'select country, median(pay) from pay group by country'";

const LIST_HELP: &str = "\
Examples:
  sitegen list pages --format csv > pages.csv
  sitegen list noindex
  sitegen list orphans";

const SCHEMA_HELP: &str = "\
The schemas go to .sitegen/schemas. The file .taplo.toml says which of them is for which file. Taplo reads it,
which editors such as VS Code (with Even Better TOML), Helix and Neovim use. One of your own is left alone.

Examples:
  sitegen schema
  sitegen schema companies > companies.json";

/// Options of all commands.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Common options")]
pub(crate) struct Common {
    /// The site's folder
    #[arg(short, long, global = true, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub root: PathBuf,
    /// The configuration file, from the site's folder
    #[arg(short, long, global = true, value_name = "FILE", default_value = "site.toml", value_hint = ValueHint::FilePath)]
    pub config: PathBuf,
    /// Print problems only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also print stages, their times and each file written or deleted
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// When to use colors: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    pub color: Color,
    /// How many threads to use, up to 512 [default: one per core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub threads: Option<u16>,
}

/// The format of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SheetFormat {
    /// In aligned columns, for people.
    Table,
    /// As RFC 4180 says.
    Csv,
    /// An array of objects.
    Json,
}

/// The format of a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AccountFormat {
    /// For people.
    Text,
    /// An object.
    Json,
}

/// The kinds of things that can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum List {
    /// Every page: its URL, title and family
    Pages,
    /// Every record: its name, title, file and URL
    Records,
    /// The pages that search engines may not list, and why
    Noindex,
    /// The pages that no other page links to
    Orphans,
    /// The paths that lead to another
    Redirects,
    /// The links in Markdown, and where they lead
    Links,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make the site and publish it to its output folder, all of it or nothing
    #[command(
        after_help = "Example: sitegen build --base-url https://preview.example.com --output-dir preview"
    )]
    Build {
        #[command(flatten)]
        build: BuildArgs,
        #[command(flatten)]
        publish: PublishArgs,
    },
    /// Report all that is wrong with the site, and write nothing
    #[command(after_help = check::CHECK_HELP)]
    Check {
        #[command(flatten)]
        check: CheckArgs,
    },
    /// Show the site in a browser; with --watch, as it changes
    #[command(after_help = SERVE_HELP)]
    Serve {
        #[command(flatten)]
        serve: ServeArgs,
        #[command(flatten)]
        site: SiteArgs,
    },
    /// Show which pages there will be and why, before anything is rendered
    #[command(after_help = PLAN_HELP)]
    Plan {
        #[command(flatten)]
        site: SiteArgs,
        #[command(flatten)]
        account: AccountArgs,
    },
    /// Ask the site's data a question in SQL, or show a collection, dataset or query
    #[command(after_help = QUERY_HELP)]
    Query {
        #[command(flatten)]
        query: QueryArgs,
        #[command(flatten)]
        site: SiteArgs,
        #[command(flatten)]
        sheet: SheetArgs,
    },
    /// List what the site consists of, one line each
    #[command(after_help = LIST_HELP)]
    List {
        /// What to list
        list: List,
        /// Of links, only those to other sites
        #[arg(long)]
        external: bool,
        #[command(flatten)]
        site: SiteArgs,
        #[command(flatten)]
        sheet: SheetArgs,
    },
    /// Say what made a page: its row, templates, questions and assets, and who links to it
    #[command(after_help = explain::EXPLAIN_HELP)]
    Explain {
        #[command(flatten)]
        subject: ExplainArgs,
        #[command(flatten)]
        site: SiteArgs,
        #[command(flatten)]
        account: AccountArgs,
    },
    /// Make a small working site to begin with
    #[command(after_help = init::INIT_HELP)]
    Init {
        #[command(flatten)]
        init: InitArgs,
    },
    /// Show the themes that sitegen carries, and copy files of theirs into the site
    Theme {
        #[command(subcommand)]
        command: ThemeCommand,
    },
    /// Add to the site, or to a theme in its own folder, what exercises need
    Add {
        #[command(subcommand)]
        addition: Addition,
    },
    /// Begin a record, a draft with what its collection asks for, or declare a dataset by what its file holds
    #[command(after_help = new::NEW_HELP)]
    New {
        #[command(flatten)]
        new: NewArgs,
    },
    /// Write JSON Schema by which editors check and complete records, site.toml and theme.toml
    #[command(after_help = SCHEMA_HELP)]
    Schema {
        /// Print one instead: site.toml, theme.toml, a collection's, or what .taplo.toml says
        name: Option<String>,
    },
    /// Delete what builds wrote, and nothing else
    #[command(after_help = "Example: sitegen clean --output-dir preview")]
    Clean {
        /// The output folder, from the current one [default: that of the configuration, or public, in the site's]
        #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        output_dir: Option<PathBuf>,
    },
    /// Write manual pages, one for each command
    #[command(after_help = "Example: sitegen man ~/.local/share/man/man1")]
    Man {
        /// Where to
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// Print a script that completes sitegen's commands in a shell
    #[command(
        after_help = "Example: sitegen completions bash > ~/.local/share/bash-completion/completions/sitegen"
    )]
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// Options that replace values of the configuration for this run.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct SiteArgs {
    /// Where the site is published.
    #[arg(help = "Where the site is published, instead of the configuration's base_url")]
    #[arg(short = 'u', long, value_name = "URL", value_hint = ValueHint::Url)]
    pub base_url: Option<String>,
    /// Include records marked draft = true, or to be published later
    #[arg(long)]
    pub drafts: bool,
    /// The day on which to build, as far as `publish_on` goes.
    #[arg(help = "The day on which to build, as far as publish_on goes [default: today, in UTC]")]
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
}

/// Options of a build.
#[derive(Debug, clap::Args)]
pub(crate) struct BuildArgs {
    /// The output folder, from the current one [default: that of the configuration, or public, in the site's]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output_dir: Option<PathBuf>,
    #[command(flatten)]
    pub site: SiteArgs,
    /// Take warnings for errors
    #[arg(long)]
    strict: bool,
    /// How to print problems
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    #[arg(help = "How to print problems: human, json (one object a line) or github (annotations)")]
    pub format: ProblemFormat,
}

/// Options of the server.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ServeArgs {
    /// Show every change at once: look for changes, and reload pages in browsers
    #[arg(short, long)]
    pub watch: bool,
    /// The port; 0 for any that is free [default: 4000, or the next free one]
    #[arg(short, long, value_name = "N")]
    pub port: Option<u16>,
    /// The address or name to be reached at. By default, only this machine reaches the site
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1", value_hint = ValueHint::Hostname)]
    pub host: String,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Look for changes every so often, for network file systems that do not tell of them
    #[arg(long, requires = "watch")]
    pub poll: bool,
    /// The URL by which the browser opens a file in your editor; {path}, {line} and {column} stand for the place
    #[arg(long, value_name = "TEMPLATE", default_value = "vscode://file/{path}:{line}:{column}")]
    pub editor: String,
}

/// A question, and the files that it is asked of.
#[derive(Debug, clap::Args)]
pub(crate) struct QueryArgs {
    /// The name of a query, a dataset or a collection, or a question in SQL
    #[arg(value_name = "NAME|SQL")]
    pub question: String,
    /// Ask a data file instead of the site; its table has the file's name, and its columns the types that they look like
    #[arg(long, value_name = "PATH")]
    pub file: Vec<PathBuf>,
}

/// The option for the format of rows.
#[derive(Debug, clap::Args)]
pub(crate) struct SheetArgs {
    /// How to print the rows
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_possible_values = true)]
    #[arg(help = "How to print the rows: table, csv or json (an array of objects)")]
    pub format: SheetFormat,
}

/// The option for the format of a description.
#[derive(Debug, clap::Args)]
pub(crate) struct AccountArgs {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    #[arg(help = "How to print it: text or json")]
    pub format: AccountFormat,
}

/// Options of publishing.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct PublishArgs {
    /// Publish beside files that no build wrote; they are kept, unless the site has a file of that name
    #[arg(long)]
    pub force: bool,
    /// Do not wait until all is on the disk: faster, but a power cut may leave less than a whole site
    #[arg(long)]
    pub no_sync: bool,
}

impl Common {
    /// Sets up the console as the options want it, with a format of problems.
    pub(crate) fn console(&self, format: ProblemFormat) -> Console {
        let verbosity = match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        };
        Console::new(verbosity, self.color, format)
    }
}

impl Command {
    /// Returns the format of problems.
    pub(crate) fn problems(&self) -> ProblemFormat {
        match self {
            Self::Build { build, .. } | Self::Check { check: CheckArgs { build, .. } } => build.format,
            _ => ProblemFormat::Human,
        }
    }
}

impl BuildArgs {
    /// Applies `--strict` to the problems of a site.
    pub(crate) fn judge(&self, conclusion: Conclusion) -> Conclusion {
        if self.strict { conclusion.strict() } else { conclusion }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Args::command().debug_assert();
    }
}
