//! `sitegen new --dataset`: declares a dataset for a data file, with remarks on its contents.

use std::path::Path;
use std::sync::Arc;

use sitegen_model::{Inferred, dataset_name, infer, snake};
use sitegen_parser::{Diagnostic, Diagnostics, Source};

use super::declaration::Declaration;
use crate::args::Common;
use crate::console::{self, Console};
use crate::disk;
use crate::errors::{self, Exit, Failure};
use crate::report::{Consequence, MOST, Report};

/// A data file and the dataset that it can be.
pub(crate) struct DataFile {
    /// The name without the folder.
    pub name: String,
    pub bytes: Vec<u8>,
    /// The types of its columns, or the reason why it cannot be a dataset.
    pub inferred: Result<Inferred, Diagnostic>,
}

impl DataFile {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = disk::read(path).map_err(errors::cannot_read(path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let inferred = infer(&shown(path), &bytes);
        Ok(Self { name, bytes, inferred })
    }
}

/// Prints a declaration that is valid for the file.
///
/// # Errors
///
/// The file cannot be read, or no dataset can have the name.
pub(crate) fn declare(
    common: &Common,
    path: &Path,
    name: Option<&str>,
    console: &Console,
) -> Result<Exit, Failure> {
    let data = DataFile::read(path)?;
    let name = match name {
        Some(name) if snake(name).as_deref() == Some(name) => name.to_owned(),
        Some(name) => return Err(errors::invalid_dataset(name, snake(name).as_deref())),
        None => dataset_name(data.name.split('.').next().unwrap_or_default()),
    };
    match &data.inferred {
        Ok(inferred) => {
            let declaration = Declaration { inferred, name: &name, file: &data.name, publish: None };
            console::print(format!("# content/data/{}: {declaration}", data.name).as_bytes())?;
            Ok(Exit::Done)
        }
        Err(problem) => {
            let find = |_: &str| Source::sniff(&shown(path), &data.bytes).ok().map(|(source, _)| source.text);
            let diagnostics = &Diagnostics::from_iter([problem.clone()]);
            let (root, consequence) = (common.root.as_path(), Consequence::None);
            Report { diagnostics, find: &find, root, consequence, remarks: &[], most: MOST }.print(console);
            Ok(Exit::Errors)
        }
    }
}

fn shown(path: &Path) -> Arc<str> {
    Arc::from(path.display().to_string())
}
