//! The command line of `sitegen add`.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

const PYTHON_HELP: &str = "\
The package is read, not run; its version and the hashes of its files must be those that this sitegen knows.

Example:
  npm pack pyodide@314.0.7 && tar -xf pyodide-314.0.7.tgz
  sitegen add python package";

/// The parts that can be added.
#[derive(Debug, Subcommand)]
pub(crate) enum Addition {
    /// What the guide's theme shows and runs exercises by: a template, scripts, styles, words, SQL
    #[command(after_help = "Example: sitegen --root themes/mine add exercises")]
    Exercises {
        /// Replace other files in their places
        #[arg(long)]
        force: bool,
    },
    /// What runs exercises in Python, made of the package that brings it
    #[command(after_help = PYTHON_HELP)]
    Python {
        /// The unpacked package pyodide of the npm registry
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        package: PathBuf,
        /// Replace what is in engines/python, whatever it is
        #[arg(long)]
        force: bool,
    },
}
