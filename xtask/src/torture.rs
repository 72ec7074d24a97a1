//! Tests publishing on disks that fail, with builds that are killed, and with builds at once: the published
//! site must stay whole.

mod fault;
mod judge;
mod race;
mod site;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::step;
use fault::Disturbance;
use site::{OutputMount, ResettableSite};

/// The options of the command line.
struct FaultPlan {
    program: Option<PathBuf>,
    /// The number of builds that are killed at random moments.
    kills: u32,
    /// The number of times that several builds are started together.
    races: u32,
    seed: String,
    /// The system calls that are made to fail.
    calls: Vec<String>,
}

/// The results of runs of one kind.
#[derive(Default)]
struct RunSummary {
    runs: u32,
    /// The runs in which the program rightly succeeded without the call that failed.
    tolerated: u32,
    faults: Vec<String>,
}

/// Runs all of it and prints a table; fails if there is a fault.
pub(crate) fn run(options: &[String]) -> ExitCode {
    let Some(options) = FaultPlan::read(options) else {
        eprintln!(
            "the options are `--program FILE`, `--calls NAME,…`, `--kills N`, `--races N` and `--seed TEXT`"
        );
        return ExitCode::from(2);
    };
    match torture(&options) {
        Ok(faults) => ExitCode::from(u8::from(faults > 0)),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

impl FaultPlan {
    fn read(options: &[String]) -> Option<Self> {
        let calls = fault::CALLS.map(str::to_owned).to_vec();
        let mut read = Self { program: None, kills: 100, races: 20, seed: "1".to_owned(), calls };
        let mut options = options.iter();
        while let Some(option) = options.next() {
            let value = options.next()?;
            match option.as_str() {
                "--program" => read.program = Some(std::path::absolute(value).ok()?),
                "--calls" => read.calls = value.split(',').map(str::to_owned).collect(),
                "--kills" => read.kills = value.parse().ok()?,
                "--races" => read.races = value.parse().ok()?,
                "--seed" => read.seed.clone_from(value),
                _ => return None,
            }
        }
        Some(read)
    }
}

/// Counts the faults.
fn torture(options: &FaultPlan) -> io::Result<usize> {
    let program = step::program(options.program.as_deref())?;
    let can_trace = fault::can_trace();
    if !can_trace {
        println!("strace is not installed, or may not trace: nothing fails at single system calls");
    }
    println!("{:<8} {:<28} {:>6} {:>10} {:>7}", "output", "what happens", "runs", "tolerated", "faults");
    let mut faults = 0;
    for output in [OutputMount::Folder, OutputMount::mounted()] {
        let mut site = ResettableSite::new(program.clone(), output)?;
        let mut print = |what: &str, row: RunSummary| {
            let RunSummary { runs, tolerated, faults: found } = row;
            println!("{:<8} {what:<28} {runs:>6} {tolerated:>10} {:>7}", output.name(), found.len());
            for fault in &found {
                println!("    {fault}");
            }
            faults += found.len();
        };
        if can_trace {
            for fault in [Disturbance::Kill, Disturbance::Error] {
                for call in &options.calls {
                    print(&format!("{} {call}", fault.name()), fault::at_each(&mut site, fault, call)?);
                }
            }
        }
        // If nothing can be mounted, this way of publishing is reached only under strace.
        if can_trace || output != OutputMount::Refusing {
            print("kill by chance", fault::kills(&mut site, options.kills, &options.seed)?);
            print("builds at once", race::races(&mut site, options.races, &options.seed)?);
        }
    }
    println!("{faults} faults");
    Ok(faults)
}
