//! The command line of `sitegen explain`.

use clap::ValueHint;

pub(super) const EXPLAIN_HELP: &str = "\
Examples:
  sitegen explain /companies/amazon/
  sitegen explain https://example.com/guide/companies/amazon/ --format json";

/// The choice of what to explain.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// Where it is.
    #[arg(help = "Its URL, or its path with or without that of base_url")]
    #[arg(value_hint = ValueHint::Url)]
    pub url: String,
}
