//! The command line of `sitegen explain`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueHint;

pub(super) const EXPLAIN_HELP: &str = "\
Examples:
  sitegen explain /companies/amazon/
  sitegen explain https://example.com/guide/companies/amazon/ --format json
  sitegen explain --at themes/guide/templates/company.html:12:8";

/// The choice of what to explain.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// Where it is.
    #[arg(help = "Its URL, or its path with or without that of base_url")]
    #[arg(value_hint = ValueHint::Url, required_unless_present = "at")]
    pub url: Option<String>,
    /// Instead, say what stands at a place of a template, and what could stand there
    #[arg(long, value_name = "FILE:LINE:COLUMN", conflicts_with = "url", value_hint = ValueHint::FilePath)]
    pub at: Option<FilePosition>,
}

/// A place in a file as editors say it: lines and columns are counted from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilePosition {
    pub file: PathBuf,
    pub line: usize,
    pub column: usize,
}

impl FromStr for FilePosition {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
        let parsed = text.rsplit_once(':').and_then(|(rest, column)| {
            let (file, line) = rest.rsplit_once(':')?;
            Some(Self { file: file.into(), line: number(line)?, column: number(column)? })
        });
        parsed.ok_or("write it as FILE:LINE:COLUMN, both counted from 1")
    }
}
