//! Measures what the check of the guide's templates costs. Run by `cargo xtask bench templates [--runs N]`.
//!
//! Linux says to the nanosecond how long a thread has been on a processor, so other programs hardly disturb.

use std::fs;
use std::io;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use sitegen_render::{Build, build, check_templates};
use sitegen_tests::Site;

/// The runs of each measurement, unless `--runs` says otherwise.
const RUNS: usize = 25;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some(runs) = runs(&arguments) else {
        eprintln!("the option is `--runs N`, with N of at least 1");
        return ExitCode::from(2);
    };
    match measure(runs) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn runs(arguments: &[String]) -> Option<usize> {
    match arguments {
        [] => Some(RUNS),
        [option, runs] if option == "--runs" => runs.parse().ok().filter(|runs| *runs > 0),
        _ => None,
    }
}

/// Measures, and prints the results.
fn measure(runs: usize) -> io::Result<()> {
    let site = Site::of(".", "themes/guide");
    let inputs = site.inputs();
    let nothing = Build::default();
    let guide = build(&inputs, &nothing);
    if guide.diagnostics.has_errors() {
        return Err(io::Error::other("the guide has errors"));
    }
    let kinds: [(&str, &dyn Fn()); 3] = [
        ("the check of all templates", &|| drop(check_templates(&guide, &nothing))),
        ("the check, with nothing changed", &|| drop(check_templates(&guide, &guide))),
        ("a whole build, with nothing changed", &|| drop(build(&inputs, &guide))),
    ];
    for (name, run) in kinds {
        let mut times = (0..runs).map(|_| cost(run)).collect::<io::Result<Vec<_>>>()?;
        times.sort_unstable();
        let [least, middle] = [times[0], times[runs / 2]].map(|time| time.as_secs_f64() * 1e3);
        println!("{name}: {middle:.2} ms of the processor, {least:.2} ms at least");
    }
    Ok(())
}

/// Returns how long a run keeps processors busy.
fn cost(run: &dyn Fn()) -> io::Result<Duration> {
    let before = busy()?;
    run();
    Ok(busy()?.saturating_sub(before))
}

/// Returns for how long the threads of this program have been on a processor.
fn busy() -> io::Result<Duration> {
    // The system counts up to now when a thread steps back. Others that wait have stepped back already.
    thread::yield_now();
    let mut nanoseconds = 0;
    for thread in fs::read_dir("/proc/self/task")? {
        let counted = fs::read_to_string(thread?.path().join("schedstat"))?;
        let time = counted.split_whitespace().next().and_then(|time| time.parse::<u64>().ok());
        nanoseconds += time.ok_or_else(|| io::Error::other("this system does not count a thread's time"))?;
    }
    Ok(Duration::from_nanos(nanoseconds))
}
