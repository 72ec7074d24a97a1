//! The command line of `sitegen check`.

use clap::ValueEnum;

use super::BuildArgs;

pub(super) const CHECK_HELP: &str = "\
Examples:
  sitegen check --drafts --format github
  sitegen check --unused";

/// Options of a check.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub build: BuildArgs,
    /// Also say how many expressions in templates have known types, and where knowledge ends
    #[arg(long)]
    pub types: bool,
    /// Also warn of what nothing uses in the site's own files; with --unused=theme, in those of its theme, too.
    #[arg(
        help = "Also warn of templates, components, queries, fields and words of the site that nothing uses"
    )]
    #[arg(long, value_name = "WHERE", num_args = 0..=1, require_equals = true, default_missing_value = "site")]
    pub unused: Option<UnusedScope>,
}

/// The files in which to look for what nothing uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum UnusedScope {
    /// The site's own files
    Site,
    /// Also the theme, if it lies in the site's folder
    Theme,
}
