//! The command line of `sitegen new`.

use std::path::PathBuf;

use clap::ValueHint;

pub(super) const NEW_HELP: &str = "\
Examples:
  sitegen new posts my-first-post
  sitegen new --dataset content/data/offers.csv >> site.toml";

/// The choice of what to begin.
#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// The collection, as the theme or the site declares it; with --dataset, the dataset's name
    #[arg(value_name = "COLLECTION", required_unless_present = "dataset")]
    pub name: Option<String>,
    /// The record's name in URLs and references
    #[arg(required_unless_present = "dataset", conflicts_with = "dataset")]
    pub slug: Option<String>,
    /// Print the declaration of a dataset for this file, with the types, gaps, keys and odd values found in it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub dataset: Option<PathBuf>,
}
