//! One instance of `SQLite`, called through its C interface.

use sitegen_model::SqlValue;
use wasmi::{Instance, Memory, MemoryType, Module, Store, StoreLimitsBuilder, TrapCode, Val};

use super::host::{self, InstanceData, MEMORY};
use crate::answer::{Answer, Bound, Outcome};

/// The most values that an answer may have. No reader could look at more.
const MOST_VALUES: usize = 200_000;
/// The most bytes that the texts of an answer may have.
const MOST_BYTES: usize = 16 << 20;

// These are constants of sqlite3.h.
const ROW: i32 = 100;
const DONE: i32 = 101;
const NO_MEMORY: i32 = 7;
const LIMIT_ATTACHED: i32 = 7;

/// A reason why a call or a program did not finish.
#[derive(Debug)]
pub(super) enum RunFailure {
    /// `SQLite` reports an error.
    Said(String),
    /// The result would exceed a bound.
    TooMuch(Bound),
    /// The instance was stopped and cannot go on.
    Trapped(wasmi::Error),
}

type RunResult<T> = Result<T, RunFailure>;

impl From<wasmi::Error> for RunFailure {
    fn from(error: wasmi::Error) -> Self {
        Self::Trapped(error)
    }
}

impl RunFailure {
    pub(super) fn outcome(self) -> Outcome {
        match self {
            Self::Said(message) => Outcome::Failed(message),
            Self::TooMuch(bound) => Outcome::Stopped(bound),
            Self::Trapped(error) if error.as_trap_code() == Some(TrapCode::OutOfFuel) => {
                Outcome::Stopped(Bound::Steps)
            }
            Self::Trapped(error) => Outcome::Failed(error.to_string()),
        }
    }
}

impl std::fmt::Display for RunFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Said(message) => f.write_str(message),
            Self::TooMuch(bound) => f.write_str(bound.words()),
            Self::Trapped(error) => write!(f, "{error}"),
        }
    }
}

/// An instance of `SQLite`.
pub(super) struct Session {
    store: Store<InstanceData>,
    memory: Memory,
    instance: Instance,
}

impl Session {
    pub(super) fn start(module: &Module, fuel: u64) -> RunResult<Self> {
        let limits = StoreLimitsBuilder::new().memory_size(MEMORY).build();
        let mut store = Store::new(module.engine(), InstanceData { limits });
        store.limiter(|host| &mut host.limits);
        store.set_fuel(fuel)?;
        let most = u32::try_from(MEMORY >> 16).unwrap_or(u32::MAX);
        let memory = Memory::new(&mut store, MemoryType::new(128, Some(most)))?;
        let instance = host::linker(module, memory)?.instantiate_and_start(&mut store, module)?;
        let mut session = Self { store, memory, instance };
        session.call("__wasm_call_ctors", &[])?;
        session.call("sqlite3_initialize", &[])?;
        Ok(session)
    }

    /// Makes a database, runs the program in it, and closes it.
    ///
    /// # Errors
    ///
    /// The outer error is one of the setup, the inner one of the program.
    pub(super) fn run(&mut self, setup: &str, program: &str, fuel: u64) -> RunResult<RunResult<Answer>> {
        self.store.set_fuel(fuel)?;
        let database = self.open()?;
        let made = self.execute(database, setup);
        let answer = made.map(|_| {
            self.execute(database, program)
                .and_then(|answer| answer.ok_or_else(|| RunFailure::Said("it gives no table".to_owned())))
        });
        if !matches!(answer, Err(RunFailure::Trapped(_)) | Ok(Err(RunFailure::Trapped(_)))) {
            self.call("sqlite3_close_v2", &[database])?;
        }
        answer
    }

    fn open(&mut self) -> RunResult<i32> {
        // The random numbers begin anew, because they must not depend on earlier runs.
        self.call("sqlite3_randomness", &[0, 0])?;
        let (name, database) = (self.text(":memory:")?, self.room(4)?);
        let code = self.call("sqlite3_open", &[name, database])?;
        let opened = self.pointer(database);
        self.free(&[name, database])?;
        if code != 0 {
            return Err(RunFailure::Said("the database cannot be opened".to_owned()));
        }
        self.call("sqlite3_limit", &[opened, LIMIT_ATTACHED, 0])?;
        // There are no files, so temporary tables have to stay in memory.
        self.execute(opened, "pragma temp_store = memory")?;
        Ok(opened)
    }

    /// Runs statements, and returns the answer of the last one that has columns.
    fn execute(&mut self, database: i32, statements: &str) -> RunResult<Option<Answer>> {
        let text = self.text(statements)?;
        let out = self.room(8)?;
        let mut at = text;
        let mut last = None;
        while self.byte(at) != 0 {
            let code = self.call("sqlite3_prepare_v2", &[database, at, -1, out, out + 4])?;
            self.check(database, code)?;
            let statement = self.pointer(out);
            at = self.pointer(out + 4);
            // Text of only spaces and comments is no statement.
            if statement != 0 {
                last = self.step(database, statement)?.or(last);
            }
        }
        self.free(&[text, out])?;
        Ok(last)
    }

    /// Runs a statement until it is done.
    fn step(&mut self, database: i32, statement: i32) -> RunResult<Option<Answer>> {
        let width = self.call("sqlite3_column_count", &[statement])?;
        let mut answer = Answer::default();
        for column in 0..width {
            let name = self.call("sqlite3_column_name", &[statement, column])?;
            answer.columns.push(self.c_string(name));
        }
        let mut bytes = 0;
        let code = loop {
            match self.call("sqlite3_step", &[statement])? {
                ROW => {
                    let row: Vec<_> =
                        (0..width).map(|column| self.value(statement, column)).collect::<RunResult<_>>()?;
                    bytes += row.iter().map(size).sum::<usize>();
                    answer.rows.push(row);
                    if answer.rows.len() * answer.columns.len() > MOST_VALUES || bytes > MOST_BYTES {
                        self.call("sqlite3_finalize", &[statement])?;
                        return Err(RunFailure::TooMuch(Bound::Values));
                    }
                }
                code => break code,
            }
        };
        let checked = self.check(database, if code == DONE { 0 } else { code });
        self.call("sqlite3_finalize", &[statement])?;
        checked.map(|()| (width > 0).then_some(answer))
    }

    fn value(&mut self, statement: i32, column: i32) -> RunResult<SqlValue> {
        let given = [statement, column];
        Ok(match self.call("sqlite3_column_type", &given)? {
            1 => SqlValue::Int(self.number("sqlite3_column_int64", &given)?.i64().unwrap_or_default()),
            2 => {
                let value = self.number("sqlite3_column_double", &given)?.f64();
                SqlValue::Real(value.map(f64::from).unwrap_or_default())
            }
            3 => {
                let text = self.call("sqlite3_column_text", &given)?;
                let bytes = self.call("sqlite3_column_bytes", &given)?;
                SqlValue::Text(String::from_utf8_lossy(self.bytes(text, bytes)).into_owned())
            }
            4 => {
                let blob = self.call("sqlite3_column_blob", &given)?;
                let bytes = self.call("sqlite3_column_bytes", &given)?;
                let digits = self.bytes(blob, bytes).iter().map(|byte| format!("{byte:02X}"));
                SqlValue::Text(format!("x'{}'", digits.collect::<String>()))
            }
            _ => SqlValue::Null,
        })
    }

    /// Turns an error code into a failure with the words of `SQLite`.
    fn check(&mut self, database: i32, code: i32) -> RunResult<()> {
        if code == 0 {
            return Ok(());
        }
        if code & 0xff == NO_MEMORY {
            return Err(RunFailure::TooMuch(Bound::Memory));
        }
        let message = self.call("sqlite3_errmsg", &[database])?;
        Err(RunFailure::Said(self.c_string(message)))
    }

    fn call(&mut self, name: &str, given: &[i32]) -> RunResult<i32> {
        self.number(name, given).map(|value| value.i32().unwrap_or_default())
    }

    fn number(&mut self, name: &str, given: &[i32]) -> RunResult<Val> {
        let function = self.instance.get_func(&self.store, name);
        let function = function.ok_or_else(|| wasmi::Error::new(format!("it has no function {name}")))?;
        let kind = function.ty(&self.store);
        let given: Vec<_> = given.iter().map(|value| Val::I32(*value)).collect();
        let mut results: Vec<_> = kind.results().iter().map(|kind| Val::default_for_ty(*kind)).collect();
        function.call(&mut self.store, &given, &mut results)?;
        Ok(results.pop().unwrap_or(Val::I32(0)))
    }

    /// Copies a text into the instance's memory, with a zero at its end.
    fn text(&mut self, text: &str) -> RunResult<i32> {
        // `SQLite` would ignore all text after a zero.
        let bytes: Vec<_> = text.bytes().filter(|byte| *byte != 0).chain([0]).collect();
        let at = self.room(bytes.len())?;
        let start = at.cast_unsigned() as usize;
        self.memory.data_mut(&mut self.store)[start..start + bytes.len()].copy_from_slice(&bytes);
        Ok(at)
    }

    fn room(&mut self, bytes: usize) -> RunResult<i32> {
        let bytes = i32::try_from(bytes).map_err(|_| RunFailure::TooMuch(Bound::Memory))?;
        match self.call("malloc", &[bytes])? {
            0 => Err(RunFailure::TooMuch(Bound::Memory)),
            at => Ok(at),
        }
    }

    fn free(&mut self, places: &[i32]) -> RunResult<()> {
        places.iter().try_for_each(|place| self.call("free", &[*place]).map(drop))
    }

    fn bytes(&self, at: i32, count: i32) -> &[u8] {
        let start = at.cast_unsigned() as usize;
        let memory = self.memory.data(&self.store);
        memory.get(start..start + count.cast_unsigned() as usize).unwrap_or_default()
    }

    fn byte(&self, at: i32) -> u8 {
        self.bytes(at, 1).first().copied().unwrap_or_default()
    }

    fn pointer(&self, at: i32) -> i32 {
        self.bytes(at, 4).try_into().map(i32::from_le_bytes).unwrap_or_default()
    }

    fn c_string(&self, at: i32) -> String {
        let memory = self.memory.data(&self.store).get(at.cast_unsigned() as usize..).unwrap_or_default();
        let end = memory.iter().position(|byte| *byte == 0).unwrap_or_default();
        String::from_utf8_lossy(&memory[..end]).into_owned()
    }
}

/// Estimates the bytes of a value.
fn size(value: &SqlValue) -> usize {
    match value {
        SqlValue::Text(text) => text.len(),
        SqlValue::Null | SqlValue::Int(_) | SqlValue::Real(_) => 8,
    }
}
