//! The engines by which pages run exercises: as assets, all files of one in a folder whose name changes with any.

use sitegen_parser::Place;

use super::{Route, Routes, Site, Target};
use crate::engine::Engine;
use crate::kept::Id;
use crate::schema::{CollectionId, Language};

impl Routes {
    /// The engines that run exercises on pages.
    pub fn engines(&self) -> &[Engine] {
        &self.engines
    }

    /// The id of these engines.
    pub fn engines_id(&self) -> Id {
        Id::of_all(self.engines.iter().map(|engine| engine.id))
    }
}

/// The engines that exercises of the site need, as far as they are there.
pub(super) fn needed(site: &Site) -> Vec<Engine> {
    let is_needed = |language: &Language| {
        let collections = site.schema.collections.iter().enumerate();
        let speaking = collections.filter(|(_, collection)| {
            collection.exercises.as_ref().is_some_and(|exercises| exercises.languages().contains(language))
        });
        let mut records = speaking.flat_map(|(id, _)| site.records.of(CollectionId(id)));
        records.any(|record| record.exercise.as_ref().is_some_and(|exercise| exercise.language == *language))
    };
    let needed = Language::ALL.into_iter().filter(is_needed);
    needed.filter_map(|language| Engine::find(site.inputs, language)).collect()
}

/// The files of engines.
pub(super) fn routes(engines: &[Engine]) -> Vec<Route> {
    let files = engines.iter().flat_map(|engine| engine.files.iter().map(move |file| (engine, file)));
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
