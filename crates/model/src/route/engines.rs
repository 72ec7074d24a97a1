//! The engines by which pages run exercises: as assets, all files of one in a folder whose name changes with any.
//!
//! The build runs exercises by the same files, so that a solution that passes here passes there. They are in one folder because they ask
//! for one another by name.

mod engine;

use sitegen_parser::{Diagnostics, Place};

pub use self::engine::Engine;
use super::{Route, Routes, Site, Target};
use crate::ground::{CollectionId, Id};
use crate::schema::Language;

/// The engines that exercises of the site need, as far as they are there.
#[derive(Debug, Default)]
pub(super) struct Engines {
    /// Those that can be used.
    fit: Vec<Engine>,
    /// The languages of the others.
    unfit: Vec<Language>,
}

impl Routes {
    /// The engines that run exercises on pages.
    pub fn engines(&self) -> &[Engine] {
        &self.engines.fit
    }

    /// Whether an engine is there that cannot be used, which is reported.
    pub fn lacks_fit_engine(&self, language: Language) -> bool {
        self.engines.unfit.contains(&language)
    }

    /// The id of these engines.
    pub fn engines_id(&self) -> Id {
        Id::of_all(self.engines.fit.iter().map(|engine| engine.id))
    }
}

impl Engines {
    /// Finds them, and says why some cannot be used.
    pub(super) fn plan(site: &Site, diagnostics: &mut Diagnostics) -> Self {
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

    /// The routes of their files.
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

/// Whether a record is an exercise in a language.
fn is_needed(site: &Site, language: Language) -> bool {
    let collections = site.schema.collections.iter().enumerate();
    let speaking = collections.filter(|(_, collection)| {
        collection.exercises.as_ref().is_some_and(|exercises| exercises.languages().contains(&language))
    });
    let mut records = speaking.flat_map(|(id, _)| site.records.of(CollectionId(id)));
    records.any(|record| record.exercise.as_ref().is_some_and(|exercise| exercise.language == language))
}
