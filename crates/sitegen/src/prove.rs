//! Running the exercises of a site by its engines, and remembering those that passed.

mod memory;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use sitegen_model::{Engine, Exercise, File, Id, Language, Model};
use sitegen_parser::Diagnostics;
use sitegen_prove::{Engines, MissingEngine, Proof, Python, SqlEngine};

use crate::console::Console;
use crate::disk;
use crate::phrase::{count, seconds};
use crate::site::LoadedSite;

/// Runs the exercises that are not known to pass.
pub(crate) fn prove(site: &LoadedSite, model: &Model, console: &Console) -> Proof {
    // With errors in the configuration, we do not know which programs it allows us to run.
    if exercises(model).next().is_none() || site.is_misconfigured() {
        return Proof::default();
    }
    let known = memory::recall();
    let proof = prove_unknown(site, model, &known, console);
    memory::keep(&proof.proved, &known, console);
    proof
}

fn exercises(model: &Model) -> impl Iterator<Item = &Exercise> {
    model.records.iter().filter_map(|(_, record)| record.exercise.as_deref())
}

/// Runs exercises again whenever they change.
#[derive(Debug, Default)]
pub(crate) struct Prover {
    /// The id of the exercises that were run last, together with their engines.
    ran: Option<Id>,
    proof: Proof,
}

impl Prover {
    /// Returns the problems of a site's exercises. Only exercises run that are not known to pass, and none if
    /// nothing changed.
    pub(crate) fn prove(&mut self, site: &LoadedSite, model: &Model, console: &Console) -> Diagnostics {
        let records = model.records.iter().filter(|(_, record)| record.exercise.is_some());
        let engines = model.routes.engines_id();
        let ran = Id::of(&(engines, site.python(), Id::of_all(records.map(|(_, record)| record.id))));
        if self.ran != Some(ran) {
            self.proof = prove_unknown(site, model, &self.proof.proved, console);
            self.ran = Some(ran);
        }
        self.proof.diagnostics.clone()
    }
}

/// Runs the exercises that are not known to pass.
fn prove_unknown(site: &LoadedSite, model: &Model, known: &BTreeSet<Id>, console: &Console) -> Proof {
    let number = exercises(model).count();
    if number == 0 {
        return Proof::default();
    }
    let started = Instant::now();
    let sql = engine(model, Language::Sql);
    let file = sql.iter().flat_map(|engine| &engine.files).find(|(name, _)| name == SQLITE);
    let path = file.map_or_else(|| SQLITE.into(), |(_, path)| Arc::clone(path));
    let load = || load(site, &path);
    let sql = sql.map(|engine| SqlEngine { id: engine.id, path: Arc::clone(&path), load: &load });
    let python = python(site, model);
    let engines = Engines { sql, python };
    let proof = sitegen_prove::prove(exercises(model), &engines, known, &site.inputs.config);
    let time = seconds(started.elapsed());
    console.explain(format_args!("proved {} in {time}", count(number, "exercise")));
    proof
}

/// The file of `SQLite` in its engine.
const SQLITE: &str = "sqlite3.wasm.gz";

/// Returns the engine for a language, with which pages run exercises, and builds, too.
fn engine(model: &Model, language: Language) -> Result<&Engine, MissingEngine> {
    let missing =
        if model.routes.lacks_fit_engine(language) { MissingEngine::Reported } else { MissingEngine::Files };
    model.routes.engines().iter().find(|engine| engine.language == language).ok_or(missing)
}

/// Returns the engine for Python, if there is one and the site's configuration allows us to run it.
fn python(site: &LoadedSite, model: &Model) -> Result<Python, MissingEngine> {
    let engine = engine(model, Language::Python)?;
    let node = site.python().ok_or(MissingEngine::Permission)?.to_owned();
    let manifest = site.file(&engine.manifest).ok();
    let folder =
        manifest.and_then(|file| disk::canonicalize(file.parent()?).ok()).ok_or(MissingEngine::Files)?;
    Ok(Python { node, folder, id: engine.id })
}

fn load(site: &LoadedSite, path: &str) -> Result<Vec<u8>, String> {
    match site.inputs.file(path) {
        Some(File::Loaded(bytes)) => Ok(bytes.to_vec()),
        Some(File::Stored { .. }) => {
            let read = site.file(path).and_then(|file| disk::read(&file));
            read.map_err(|error| format!("{path} cannot be read: {error}"))
        }
        _ => Err(format!("there is no {path}")),
    }
}
