//! Running a site's exercises: what runs them, and what is remembered of it.

mod memory;

use std::collections::BTreeSet;
use std::path::absolute;
use std::time::Instant;

use sitegen_model::{File, Id, Language, Model};
use sitegen_prove::{Engines, Missing, Proof, Python, SqlEngine};

use crate::console::{Console, count, seconds};
use crate::disk;
use crate::site::Site;

use self::memory::Memory;

/// Runs the exercises that were not found to hold before.
pub(crate) fn prove(site: &Site, model: &Model, console: &Console) -> Proof {
    let memory = Memory::of(&site.root);
    let known = memory.recall();
    let proof = prove_unknown(site, model, &known, console);
    if proof.proved != known {
        memory.keep(&proof.proved, console);
    }
    proof
}

/// Runs the exercises that are not known to hold.
pub(crate) fn prove_unknown(site: &Site, model: &Model, known: &BTreeSet<Id>, console: &Console) -> Proof {
    let records = model.records.iter().filter_map(|(_, record)| record.exercise.as_deref());
    let exercises: Vec<_> = records.collect();
    if exercises.is_empty() {
        return Proof::default();
    }
    let started = Instant::now();
    let load = || site_file(site, Language::Sql, SQLITE);
    let sql = engine(site, Language::Sql).ok_or(Missing::Files);
    let sql = sql.map(|(id, path)| SqlEngine { id, path, load: &load });
    let python = python(site);
    let engines = Engines { sql, python };
    let proof = sitegen_prove::prove(exercises.iter().copied(), &engines, known, &site.inputs.config);
    let time = seconds(started.elapsed());
    console.explain(format_args!("proved {} in {time}", count(exercises.len(), "exercise")));
    proof
}

/// The file of `SQLite` in its engine.
const SQLITE: &str = "sqlite3.wasm.gz";
/// The file that says what is in an engine.
const MANIFEST: &str = "engine.toml";

/// The id of an engine's files, and the path of one that says what they are; none if it is not there.
fn engine(site: &Site, language: Language) -> Option<(Id, std::sync::Arc<str>)> {
    let files = site.inputs.layered(&format!("engines/{}", language.name()));
    let (manifest, _) = files.get(MANIFEST)?;
    let id = Id::of_all(files.iter().map(|(name, (_, file))| (name, *file)));
    Some((id, std::sync::Arc::clone(manifest)))
}

/// What runs Python, if it is there and the site's configuration allows it.
fn python(site: &Site) -> Result<Python, Missing> {
    let (id, manifest) = engine(site, Language::Python).ok_or(Missing::Files)?;
    let node = site.python().ok_or(Missing::Permission)?.to_owned();
    let folder = site.file(&manifest).ok().and_then(|file| absolute(file.parent()?).ok());
    let python = Python { node, folder: folder.ok_or(Missing::Files)?, id };
    python.check().map_err(Missing::Program)?;
    Ok(python)
}

/// The bytes of an engine's file.
fn site_file(site: &Site, language: Language, name: &str) -> Result<Vec<u8>, String> {
    let files = site.inputs.layered(&format!("engines/{}", language.name()));
    match files.get(name) {
        Some((_, File::Loaded(bytes))) => Ok(bytes.to_vec()),
        Some((path, File::Stored { .. })) => {
            let read = site.file(path).and_then(|file| disk::read(&file));
            read.map_err(|error| format!("{path} cannot be read: {error}"))
        }
        _ => Err(format!("there is no {name}")),
    }
}
