//! The gate: runs the mutants of solutions in the cases, and those that pass them in variations of the cases.

use std::io::{IsTerminal as _, stderr};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use sitegen_model::Case;

use crate::guide::{self, Problem};
use crate::mutant::{self, Mutant};
use crate::promise::{self, Promise};
use crate::runner::{self, Runner, Varied, Verdict};
use crate::stored::{self, ProblemResult};

/// The number of variations of each problem's cases.
const VARIATIONS: usize = 50;
/// The number of seeds that are tried to find variations.
const TRIES: u64 = 1000;
/// The number of mutants that a solution should have.
const LEAST: usize = 10;

/// The results of a problem.
struct Examined {
    result: ProblemResult,
    /// The faults of its cases, each to be read on its own.
    faults: Vec<String>,
    seconds: f64,
}

/// Examines the problems that are named, or those that have changed since they were examined, or all.
pub(crate) fn run(options: &[String]) -> ExitCode {
    let (all, promises, mut results) = (guide::problems(), promise::all(), stored::read());
    let names: Vec<_> = options.iter().filter(|option| !option.starts_with("--")).collect();
    let every = options.iter().any(|option| option == "--all");
    let is_chosen = |problem: &&Problem| match &names[..] {
        [] => every || !results.iter().any(|result| result.id == stored::id(problem, &promises)),
        names => names.iter().any(|name| **name == problem.slug),
    };
    let chosen: Vec<_> = all.iter().filter(is_chosen).collect();
    let started = Instant::now();
    let mut faults: Vec<_> =
        promise::unsaid(&promises, &all).into_iter().map(|said| format!("not said: {said}")).collect();
    for examined in examine_all(&chosen, &promises) {
        results.retain(|result| result.problem != examined.result.problem);
        if examined.faults.is_empty() {
            results.push(examined.result);
        }
        faults.extend(examined.faults);
    }
    results.retain(|result| all.iter().any(|problem| problem.slug == result.problem));
    stored::write(results);
    for fault in &faults {
        println!("\n{fault}");
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("\n{} problems in {seconds:.0} s, {} faults", chosen.len(), faults.len());
    ExitCode::from(u8::from(!faults.is_empty()))
}

/// Examines problems on all cores.
fn examine_all(problems: &[&Problem], promises: &[Promise]) -> Vec<Examined> {
    let (sqlite, python) = runner::engines();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        let mut runner = Runner::new(&sqlite, &python);
        while let Some(problem) = problems.get(next.fetch_add(1, Ordering::Relaxed)) {
            let examined = examine(problem, promises, &mut runner);
            let mut done = done.lock().expect("no thread panics");
            done.push(examined);
            tell(&done, problems.len());
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    done.into_inner().expect("no thread panics")
}

/// Prints the results of the last problem: a line each on a terminal, and in a log.
fn tell(done: &[Examined], of: usize) {
    let Some(Examined { result, faults, seconds }) = done.last() else { return };
    let ProblemResult { problem, mutants, killed, broken, variations, equivalent, .. } = result;
    let (bold, plain) =
        if stderr().is_terminal() && !faults.is_empty() { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    eprintln!(
        "{bold}[{}/{of}] {problem}: {mutants} mutants, {killed} killed, {broken} broken, {} equivalent, {} faults, \
         {variations} variations, {seconds:.1} s{plain}",
        done.len(),
        equivalent.len(),
        faults.len()
    );
}

/// The outcome of a mutant.
enum MutantFate {
    Killed,
    /// It fails or does not end in every case, so it shows nothing about any case.
    Broken,
    Equivalent,
    /// It passes all cases, but not this variation.
    Survived(Case, String),
}

fn examine(problem: &Problem, promises: &[Promise], runner: &mut Runner<'_>) -> Examined {
    let started = Instant::now();
    let mut result = ProblemResult::of(problem, stored::id(problem, promises));
    let mut faults = Vec::new();
    let promises: Vec<_> = promise::of(problem, promises).collect();
    let variations = vary(problem, &promises, runner, &mut faults);
    result.variations = variations.len();
    if variations.len() < VARIATIONS {
        faults.push(format!("{}: only {} variations can be used", problem.slug, variations.len()));
    }
    for (number, solution) in problem.solutions().into_iter().enumerate() {
        let mutants = mutant::of(solution, problem.exercise.language);
        result.mutants += mutants.len();
        let sound = result.broken;
        for mutant in &mutants {
            match fate(problem, mutant, &variations, runner) {
                MutantFate::Killed => result.killed += 1,
                MutantFate::Broken => result.broken += 1,
                MutantFate::Equivalent => {
                    result.equivalent.push(format!("solution {}, {}", number + 1, mutant.change));
                }
                MutantFate::Survived(case, message) => {
                    let shown = runner.shown(&problem.exercise, &case);
                    let (slug, change) = (&problem.slug, &mutant.change);
                    faults.push(format!("{slug}: solution {}, {change}\n{shown}\n{message}", number + 1));
                }
            }
        }
        if mutants.len() - (result.broken - sound) < LEAST {
            result.few.push(number + 1);
        }
    }
    Examined { result, faults, seconds: started.elapsed().as_secs_f64() }
}

/// Makes variations of a problem's cases, and adds a fault if solutions give different results.
fn vary(
    problem: &Problem,
    promises: &[&Promise],
    runner: &mut Runner<'_>,
    faults: &mut Vec<String>,
) -> Vec<Case> {
    let sources = runner.sources(&problem.exercise);
    let mut variations = Vec::new();
    let mut seed = 0;
    while variations.len() < VARIATIONS && seed < TRIES && !sources.is_empty() {
        match runner.vary(problem, &sources, promises, seed) {
            Varied::Case(case) => variations.push(case),
            Varied::Refused => {}
            Varied::Disputed(case, message) => {
                // One example is enough to show what the text leaves open.
                if faults.is_empty() {
                    let shown = runner.shown(&problem.exercise, &case);
                    faults.push(format!("{}: solutions differ\n{shown}\n{message}", problem.slug));
                }
            }
        }
        seed += 1;
    }
    variations
}

fn fate(problem: &Problem, mutant: &Mutant, variations: &[Case], runner: &mut Runner<'_>) -> MutantFate {
    let exercise = &problem.exercise;
    let mut failed = 0;
    for (at, case) in exercise.cases.iter().enumerate() {
        match runner.run(exercise, &mutant.text, case) {
            Verdict::Passed if failed == 0 => {}
            Verdict::Failed if failed == at => failed += 1,
            Verdict::Stopped if at == 0 => return MutantFate::Broken,
            _ => return MutantFate::Killed,
        }
    }
    if failed > 0 { MutantFate::Broken } else { survival(problem, mutant, variations, runner) }
}

/// Looks for the shortest variation that tells a mutant from the solution, because people read it.
fn survival(problem: &Problem, mutant: &Mutant, variations: &[Case], runner: &mut Runner<'_>) -> MutantFate {
    let mut shortest: Option<(usize, &Case, String)> = None;
    for case in variations {
        let message = match runner.run(&problem.exercise, &mutant.text, case) {
            Verdict::Passed => continue,
            Verdict::Missed(message) => message,
            Verdict::Failed => "it fails".to_owned(),
            Verdict::Stopped => "it does not end".to_owned(),
        };
        let length = runner.shown(&problem.exercise, case).len();
        if shortest.as_ref().is_none_or(|(least, ..)| length < *least) {
            shortest = Some((length, case, message));
        }
    }
    shortest.map_or(MutantFate::Equivalent, |(_, case, message)| MutantFate::Survived(case.clone(), message))
}
