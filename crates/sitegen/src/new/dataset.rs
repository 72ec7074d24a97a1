//! `sitegen new --dataset`: a declaration for a file of data, with what is worth knowing of it.

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

/// A file of data, and what it holds.
pub(crate) struct DataFile {
    /// Its name without its folder.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What it holds, or why it cannot be a dataset's.
    pub inferred: Result<Inferred, Diagnostic>,
}

impl DataFile {
    /// Reads all of a file.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = disk::read(path).map_err(errors::cannot_read(path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let inferred = infer(&shown(path), &bytes);
        Ok(Self { name, bytes, inferred })
    }
}

/// Prints a declaration that holds for the file.
///
/// # Errors
///
/// The file cannot be read, or the name is none that a dataset can have.
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
