//! A seeded run of the fuzz targets, a part of CI: `SECONDS=600 SEED=7 cargo test -p sitegen-tests --test fuzz`.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use sitegen_tests::fuzz::{FuzzTarget, TARGETS, corpus, input, what_runs};

/// The seconds that all targets together take, unless `SECONDS` says otherwise.
const SECONDS: u64 = 60;

/// The time within which any input must be read, even on a busy machine.
const LIMIT: Duration = Duration::from_secs(30);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let checks = Trial::test("mistakes_are_found", mistakes_are_found);
    let targets = TARGETS.iter().map(|target| Trial::test(target.name, move || run(target)));
    let trials = targets.chain([checks]).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Tries inputs for a share of the time; with `INPUT`, the one of that number.
fn run(target: &'static FuzzTarget) -> Result<(), Failed> {
    let seed = number("SEED").unwrap_or(1);
    let share = Duration::from_secs(number("SECONDS").unwrap_or(SECONDS)) / u32::try_from(TARGETS.len())?;
    let corpus = corpus(target);
    let reader = TargetThread::start(target);
    let started = Instant::now();
    let numbers = number("INPUT").map_or(0..u64::MAX, |number| number..number + 1);
    let file = file(target, seed);
    for number in numbers {
        if started.elapsed() > share {
            println!("{}: {number} inputs by SEED={seed}", target.name);
            break;
        }
        let input = input(&corpus, seed, number);
        // The file is written first, because it must be there even if the input ends the process.
        std::fs::write(&file, &input)?;
        reader.read(input).map_err(|reason| {
            let (name, file) = (target.name, file.display());
            format!("{reason}\nthe input is in {file}; again: SEED={seed} INPUT={number} cargo test -p sitegen-tests --test fuzz {name}")
        })?;
    }
    Ok(std::fs::remove_file(file)?)
}

fn file(target: &FuzzTarget, seed: u64) -> PathBuf {
    std::env::temp_dir().join(format!("sitegen-fuzz-{}-{seed}-{}", target.name, std::process::id()))
}

/// Checks that the rules of the targets find mistakes.
fn mistakes_are_found() -> Result<(), Failed> {
    // It unwinds without a message on the terminal, unlike other panics.
    static BROKEN: FuzzTarget =
        FuzzTarget { name: "broken", run: |_| resume_unwind(Box::new("a mistake")), files: &[] };
    let pages = [
        "<svg><script>1</script></svg>",
        "<p title=\"a\"onclick=1>",
        "<a href=' java&#10;script:alert(1)'>",
        "<img src=x onerror=1>",
        "<textarea></textarea><iframe srcdoc=x>",
    ];
    let missed = pages.into_iter().find(|page| what_runs(page.as_bytes()).is_none());
    if let Some(page) = missed.or_else(|| what_runs(b"<p title='<script>'>&lt;script>").map(|_| "text")) {
        return Err(format!("{page} is misjudged").into());
    }
    match TargetThread::start(&BROKEN).read(vec![0]) {
        Err(reason) if reason == "a mistake" => Ok(()),
        other => Err(format!("a panic is told as {other:?}").into()),
    }
}

/// A thread that reads inputs, so that one which takes too long can be left to itself.
struct TargetThread {
    inputs: Sender<Vec<u8>>,
    outcomes: Receiver<Result<(), String>>,
}

impl TargetThread {
    fn start(target: &'static FuzzTarget) -> Self {
        let (inputs, receiver) = channel::<Vec<u8>>();
        let (sender, outcomes) = channel();
        thread::spawn(move || {
            for input in receiver {
                let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
                if sender.send(outcome.map_err(|panic| said(&*panic))).is_err() {
                    break;
                }
            }
        });
        Self { inputs, outcomes }
    }

    fn read(&self, input: Vec<u8>) -> Result<(), String> {
        self.inputs.send(input).map_err(|error| error.to_string())?;
        match self.outcomes.recv_timeout(LIMIT) {
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Timeout) => Err(format!("it is not read within {} s", LIMIT.as_secs())),
            Err(RecvTimeoutError::Disconnected) => Err("the thread that reads it has ended".to_owned()),
        }
    }
}

/// Returns the message of a panic.
fn said(panic: &(dyn Any + Send)) -> String {
    let text =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic").to_owned()
}
