//! Runs the exercises of a case's site, as the program does.

use std::collections::BTreeSet;
use std::path::Path;

use sitegen_model::{Id, Language, Model};
use sitegen_parser::Diagnostics;
use sitegen_prove::{Engines, MissingEngine, SqlEngine, prove};

use crate::Site;

/// The file of `SQLite`, which the guide's theme has.
const SQLITE: &str = "engines/sql/sqlite3.wasm.gz";

/// Finds the problems of a site's exercises. Those in Python are not run.
pub(crate) fn diagnostics(site: &Site, model: &Model) -> Diagnostics {
    let exercises = model.records.iter().filter_map(|(_, record)| record.exercise.as_deref());
    let own = site.files.contains_key(SQLITE);
    let load = || if own { Ok(site.bytes(SQLITE).to_vec()) } else { theirs() };
    let engine = SqlEngine { id: Id::default(), path: SQLITE.into(), load: &load };
    let missing = |language, reason| {
        if model.routes.lacks_fit_engine(language) { MissingEngine::Reported } else { reason }
    };
    let sql = match missing(Language::Sql, MissingEngine::Files) {
        MissingEngine::Reported => Err(MissingEngine::Reported),
        _ => Ok(engine),
    };
    let engines = Engines { sql, python: Err(missing(Language::Python, MissingEngine::Permission)) };
    prove(exercises, &engines, &BTreeSet::new(), &"site.toml".into()).diagnostics
}

fn theirs() -> Result<Vec<u8>, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../themes/guide").join(SQLITE);
    std::fs::read(file).map_err(|error| error.to_string())
}
