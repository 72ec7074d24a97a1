//! Runs SQL by `SQLite` as WebAssembly, from the file that pages load, because both have to answer alike.

mod cost;
mod host;
mod session;

use std::io::Read as _;

use flate2::read::GzDecoder;
use wasmi::{Config, Engine, Module};

use self::session::{RunFailure, Session};
use crate::answer::Outcome;

/// The turns of loops and the calls that a case may take. They last some seconds, and are as many on every
/// machine.
const FUEL: u64 = 400_000_000;

/// The module of `SQLite`, ready to be started.
pub struct Sqlite {
    module: Module,
}

impl Sqlite {
    /// Reads `SQLite` from its WebAssembly, which may be packed by gzip.
    ///
    /// # Errors
    ///
    /// The bytes are no WebAssembly, or import what only another host has, in the words of the reader.
    pub fn new(wasm: &[u8]) -> Result<Self, String> {
        let mut config = Config::default();
        config.consume_fuel(true).operator_cost(cost::of_turns());
        let engine = Engine::new(&config);
        let module = Module::new(&engine, unpacked(wasm)?);
        let module = module.map_err(|_| "it is no WebAssembly that can be run here".to_owned())?;
        Ok(Self { module })
    }

    /// Starts an instance without a database.
    ///
    /// # Errors
    ///
    /// The instance does not start, and never will.
    pub fn start(&self) -> Result<Running<'_>, String> {
        let session = Session::start(&self.module, FUEL).map_err(|failure| failure.to_string())?;
        Ok(Running { sqlite: self, session })
    }
}

/// The most bytes that the unpacked WebAssembly may have.
const MOST: u64 = 64 << 20;

fn unpacked(file: &[u8]) -> Result<Vec<u8>, String> {
    if !file.starts_with(&[0x1f, 0x8b]) {
        return Ok(file.to_vec());
    }
    let mut wasm = Vec::new();
    let read = GzDecoder::new(file).take(MOST).read_to_end(&mut wasm);
    read.map_err(|error| format!("it cannot be unpacked: {error}"))?;
    Ok(wasm)
}

/// A started instance of `SQLite`. Each run has a database of its own.
pub struct Running<'s> {
    sqlite: &'s Sqlite,
    session: Session,
}

impl Running<'_> {
    /// Makes a database by `setup` and runs `program`, whose last statement with columns gives the answer.
    ///
    /// # Errors
    ///
    /// The database could not be made, for this reason.
    pub fn run(&mut self, setup: &str, program: &str) -> Result<Outcome, Outcome> {
        let ran = self.session.run(setup, program, FUEL);
        if matches!(ran, Err(RunFailure::Trapped(_)) | Ok(Err(RunFailure::Trapped(_)))) {
            // An instance that was stopped may be in any state, so a new one takes its place.
            if let Ok(session) = Session::start(&self.sqlite.module, FUEL) {
                self.session = session;
            }
        }
        match ran {
            Ok(answer) => Ok(answer.map_or_else(RunFailure::outcome, Outcome::Answered)),
            Err(failure) => Err(failure.outcome()),
        }
    }
}
