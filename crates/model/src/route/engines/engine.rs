//! Engines: the files by which a build and a page run exercises in a language.

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
    /// Its language.
    pub language: Language,
    /// What readers call it, such as `Python 3.14`.
    pub title: String,
    /// The bytes that a browser loads before it runs something for the first time; none if the engine does not say so.
    pub loads: Option<u64>,
    /// The path of the file that says what it is.
    pub manifest: Arc<str>,
    /// Its files, by name, with their paths.
    pub files: Vec<(String, Arc<str>)>,
    /// The id of all its files.
    pub id: Id,
}

impl Engine {
    /// The engine of a language; none if the site and its theme have none.
    ///
    /// # Errors
    ///
    /// It speaks another protocol than pages and this program.
    pub(crate) fn find(inputs: &Inputs, language: Language) -> Option<Result<Self, Diagnostic>> {
        let files = inputs.layered(&format!("engines/{}", language.name()));
        let (manifest, file) = files.get(MANIFEST)?;
        let source = file.source(manifest).ok()?;
        // An engine is made by programs, so that what is wrong with it shows when it is started.
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

    /// The folder in which pages find it. Its name changes with its files.
    pub fn url(&self) -> String {
        format!("/assets/engines/{}-{}/", self.language.name(), self.id.digits())
    }
}
