//! The command line of `sitegen init`.

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};

pub(super) const INIT_HELP: &str = "\
What is not given is asked for on a terminal; elsewhere the site is minimal.

Examples:
  sitegen init my-site
  sitegen init my-blog --template blog --title 'Notes of a gardener'
  sitegen init my-directory --data offers.csv";

/// The choice of a site to begin with.
#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// Where; the folder must be new, or hold nothing of a site [default: that of --root]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
    /// Which site to begin with: minimal, blog, docs, guide or directory
    #[arg(long, value_name = "NAME", hide_possible_values = true)]
    pub template: Option<Template>,
    /// What the site is called
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Make a directory of the rows of this file: csv, tsv or jsonl
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub data: Option<PathBuf>,
}

/// A site to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Template {
    /// A theme of its own in a few lines, to learn sitegen by
    Minimal,
    /// Posts with dates and tags, an archive, feeds
    Blog,
    /// Documentation: a tree of pages from Markdown in folders
    Docs,
    /// A guide to interviews: companies, roles, rounds, exercises
    Guide,
    /// A page for each row of a table, and lists by what rows have in common
    Directory,
}
