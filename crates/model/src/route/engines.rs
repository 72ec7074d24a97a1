//! The engines by which pages run exercises, published as assets. The folder of an engine changes its name
//! with any of its files.
//!
//! The build runs exercises with the same files, so a solution that passes there passes in a browser. An
//! engine's files are in one folder because they load each other by name.

mod engine;

use sitegen_parser::{Diagnostics, Place};

pub use self::engine::Engine;
use super::{Route, RouteInputs, Routes, Target};
use crate::ground::{CollectionId, Id};
use crate::schema::Language;

/// The engines that the site's exercises need, as far as they exist.
#[derive(Debug, Default)]
pub(super) struct EngineSet {
    /// The engines that can be used.
    fit: Vec<Engine>,
    /// The languages of engines that cannot be used.
    unfit: Vec<Language>,
}

impl Routes {
    /// Returns the engines that run exercises on pages.
    pub fn engines(&self) -> &[Engine] {
        &self.engines.fit
    }

    /// Returns true if the engine of a language exists but cannot be used, which is reported.
    pub fn lacks_fit_engine(&self, language: Language) -> bool {
        self.engines.unfit.contains(&language)
    }

    /// Hashes the engines that can be used.
    pub fn engines_id(&self) -> Id {
        Id::of_all(self.engines.fit.iter().map(|engine| engine.id))
    }
}

impl EngineSet {
    /// Finds the engines, and reports those that cannot be used.
    pub(super) fn plan(site: &RouteInputs, diagnostics: &mut Diagnostics) -> Self {
        let mut engines = Self::default();
        for language in Language::ALL.into_iter().filter(|language| is_needed(site, *language)) {
            match Engine::find(site.inputs, language) {
                Some(Ok(engine)) => engines.fit.push(engine),
                Some(Err(problem)) => {
                    engines.unfit.push(language);
                    diagnostics.push(problem);
                }
                None => {}
            }
        }
        engines
    }

    /// Plans the routes of the engines' files.
    pub(super) fn routes(&self) -> Vec<Route> {
        let files = self.fit.iter().flat_map(|engine| engine.files.iter().map(move |file| (engine, file)));
        let route = |(engine, (name, path)): (&Engine, &(String, std::sync::Arc<str>))| Route {
            url: format!("{}{name}", engine.url()).into(),
            target: Target::Asset {
                name: format!("engines/{}/{name}", engine.language.name()).into(),
                path: path.clone(),
                size: None,
            },
            place: Place::file(path),
        };
        files.map(route).collect()
    }
}

/// Returns true if some record is an exercise in a language.
fn is_needed(site: &RouteInputs, language: Language) -> bool {
    let collections = site.schema.collections.iter().enumerate();
    let speaking = collections.filter(|(_, collection)| {
        collection.exercises.as_ref().is_some_and(|exercises| exercises.languages().contains(&language))
    });
    let mut records = speaking.flat_map(|(id, _)| site.records.of(CollectionId(id)));
    records.any(|record| record.exercise.as_ref().is_some_and(|exercise| exercise.language == language))
}
