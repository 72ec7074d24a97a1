//! Answers the system calls of `SQLite`, which needs none of them and gets no file, no clock and no random
//! numbers.

use wasmi::{Caller, Error, ExternType, Linker, Memory, Module, StoreLimits, Val};

/// The most bytes that `SQLite` may take.
pub(super) const MEMORY: usize = 256 << 20;
/// The bytes in a page of WebAssembly.
const PAGE: u64 = 65_536;
/// The codes for "there is no such call": `ENOSYS`, and `nosys` of WASI's own functions.
const NO_CALL: i32 = -52;
const NO_WASI_CALL: i32 = 52;

/// The data of one instance.
pub(super) struct InstanceData {
    pub limits: StoreLimits,
}

/// Links every function that `SQLite` imports to an answer.
pub(super) fn linker(module: &Module, memory: Memory) -> Result<Linker<InstanceData>, Error> {
    let mut linker = Linker::new(module.engine());
    linker.define("env", "memory", memory)?;
    for import in module.imports() {
        let ExternType::Func(kind) = import.ty() else { continue };
        let name = import.name().to_owned();
        let of_wasi = import.module().starts_with("wasi");
        linker.func_new(
            import.module(),
            import.name(),
            kind.clone(),
            move |mut caller, given, results| {
                let code = answer(&name, &mut caller, memory, given)?;
                for result in results {
                    *result = match result {
                        Val::I32(_) => Val::I32(code.unwrap_or(if of_wasi { NO_WASI_CALL } else { NO_CALL })),
                        // Only the clocks have results of other types.
                        ref other => Val::default_for_ty(other.ty()),
                    };
                }
                Ok(())
            },
        )?;
    }
    Ok(linker)
}

/// Answers a call with its code; returns none if there is no such call.
fn answer(
    name: &str,
    caller: &mut Caller<'_, InstanceData>,
    memory: Memory,
    given: &[Val],
) -> Result<Option<i32>, Error> {
    let at = |position: usize| given.get(position).and_then(Val::i32).unwrap_or_default();
    let mut write = |position: usize, bytes: &[u8]| {
        let to = at(position).cast_unsigned() as usize;
        memory.write(&mut *caller, to, bytes).map_err(|error| Error::new(error.to_string()))
    };
    Ok(match name {
        "emscripten_get_heap_max" => i32::try_from(MEMORY).ok(),
        "emscripten_resize_heap" => Some(i32::from(grow(caller, memory, at(0)))),
        // UTC is the only time zone, and zeroed memory says UTC already.
        "environ_get" | "_tzset_js" => Some(0),
        "environ_sizes_get" => {
            write(0, &[0; 4])?;
            write(1, &[0; 4])?;
            Some(0)
        }
        "clock_time_get" => {
            write(2, &[0; 8])?;
            Some(0)
        }
        "_localtime_js" => {
            let seconds = given.first().and_then(Val::i64).unwrap_or_default();
            write(1, &utc(seconds))?;
            Some(0)
        }
        _ => None,
    })
}

fn grow(caller: &mut Caller<'_, InstanceData>, memory: Memory, bytes: i32) -> bool {
    let wanted = u64::from(bytes.cast_unsigned()).div_ceil(PAGE);
    let more = wanted.saturating_sub(memory.size(&*caller));
    memory.grow(caller, more).is_ok()
}

/// Writes a moment in UTC as C's `struct tm`.
fn utc(seconds: i64) -> Vec<u8> {
    const DAY: i64 = 86_400;
    let (days, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    // This is `civil_from_days` of Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 2 } else { month - 10 };
    let year = year_of_era + era * 400 + i64::from(month < 2);
    let weekday = (days + 4).rem_euclid(7);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let month_index = usize::try_from(month).unwrap_or_default();
    let yday = before[month_index] + day - 1 + i64::from(is_leap && month > 1);
    let fields = [rest % 60, rest / 60 % 60, rest / 3600, day, month, year - 1900, weekday, yday, 0, 0, 0];
    let field = |value: &i64| i32::try_from(*value).unwrap_or_default().to_le_bytes();
    fields.iter().flat_map(field).collect()
}
