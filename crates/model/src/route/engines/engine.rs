//! Engines: the files with which a build and a page run exercises in a language.

use std::sync::Arc;

use sitegen_engine::{MANIFEST, PROTOCOL};
use sitegen_parser::{Diagnostic, Place, Table, WrittenValue};

use crate::ground::Id;
use crate::read::Inputs;
use crate::route::errors;
use crate::schema::Language;

/// The engine of a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engine {
    /// The language that the engine runs.
    pub language: Language,
    /// The title that readers see, such as `Python 3.14`.
    pub title: String,
    /// The bytes that a browser loads before the first run; none if the manifest does not say.
    pub loads: Option<u64>,
    /// The path of the engine's manifest.
    pub manifest: Arc<str>,
    /// The engine's files: their names and paths.
    pub files: Vec<(String, Arc<str>)>,
    /// The id of all files.
    pub id: Id,
}

impl Engine {
    /// Finds the engine of a language; none if neither the site nor its theme has one.
    ///
    /// # Errors
    ///
    /// The engine speaks another protocol than this program.
    pub(crate) fn find(inputs: &Inputs, language: Language) -> Option<Result<Self, Diagnostic>> {
        let files = inputs.layered(&format!("engines/{}", language.name()));
        let (manifest, file) = files.get(MANIFEST)?;
        let source = file.source(manifest).ok()?;
        // A program made the manifest, so its syntax is not checked here; a broken engine fails when it
        // starts.
        let (table, _) = Table::parse(&source, 0..source.text.len());
        let protocol = table.get("protocol");
        if protocol.is_none_or(|spoken| spoken.value != WrittenValue::Int(PROTOCOL)) {
            let place =
                protocol.map_or_else(|| Place::file(manifest), |spoken| Place::new(manifest, &spoken.span));
            return Some(Err(errors::unknown_protocol(
                language,
                protocol.map(|spoken| &spoken.value),
                place,
            )));
        }
        let title = match table.get("title").map(|title| &title.value) {
            Some(WrittenValue::String(title)) => title.clone(),
            _ => language.title().to_owned(),
        };
        let loads = match table.get("loads").map(|loads| &loads.value) {
            Some(WrittenValue::Int(loads)) => u64::try_from(*loads).ok(),
            _ => None,
        };
        let id = Id::of_all(files.iter().map(|(name, (_, file))| (name, file.content_hash())));
        let manifest = Arc::clone(manifest);
        let files = files.iter().map(|(name, (path, _))| (name.clone(), Arc::clone(path))).collect();
        Some(Ok(Self { language, title, loads, manifest, files, id }))
    }

    /// Returns the folder's URL, which changes with the engine's files.
    pub fn url(&self) -> String {
        format!("/assets/engines/{}-{}/", self.language.name(), self.id.digits())
    }
}
