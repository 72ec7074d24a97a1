//! SQL, run by `SQLite` as WebAssembly: by the file that pages load, so that both answer alike.

mod cost;
mod host;
mod session;

use std::io::Read as _;

use flate2::read::GzDecoder;
use wasmi::{Config, Engine, Module};

use self::session::{Failure, Session};
use crate::answer::Outcome;

/// Turns of loops and calls that a case may take. They are some seconds, and as many on every machine.
const FUEL: u64 = 400_000_000;

/// `SQLite`, ready to be started.
pub struct Sqlite {
    module: Module,
}

impl Sqlite {
    /// Reads `SQLite` from its WebAssembly, which may be packed by gzip.
    ///
    /// # Errors
    ///
    /// It is no WebAssembly, or asks for what only another host has; why, in the words of the reader.
    pub fn new(wasm: &[u8]) -> Result<Self, String> {
        let mut config = Config::default();
        config.consume_fuel(true).operator_cost(cost::of_turns());
        let engine = Engine::new(&config);
        let module = Module::new(&engine, unpacked(wasm)?);
        let module = module.map_err(|_| "it is no WebAssembly that can be run here".to_owned())?;
        Ok(Self { module })
    }

    /// Starts it, with nothing in it.
    ///
    /// # Errors
    ///
    /// It does not start, and never will.
    pub fn start(&self) -> Result<Running<'_>, String> {
        let session = Session::start(&self.module, FUEL).map_err(|failure| failure.to_string())?;
        Ok(Running { sqlite: self, session })
    }
}

/// Bytes that the WebAssembly may have.
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

/// `SQLite`, started. Each run has a database of its own.
pub struct Running<'s> {
    sqlite: &'s Sqlite,
    session: Session,
}

impl Running<'_> {
    /// Makes a database by `setup` and asks it by `program`, whose last statement with columns gives the answer.
    ///
    /// # Errors
    ///
    /// The database could not be made: why.
    pub fn run(&mut self, setup: &str, program: &str) -> Result<Outcome, Outcome> {
        let ran = self.session.run(setup, program, FUEL);
        if matches!(ran, Err(Failure::Trapped(_)) | Ok(Err(Failure::Trapped(_)))) {
            // What was stopped in the middle of something is not used again.
            if let Ok(session) = Session::start(&self.sqlite.module, FUEL) {
                self.session = session;
            }
        }
        match ran {
            Ok(answer) => Ok(answer.map_or_else(Failure::outcome, Outcome::Answered)),
            Err(failure) => Err(failure.outcome()),
        }
    }
}
