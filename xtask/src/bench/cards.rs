//! Measures the cost of cards: the guide is built with and without them, the first time and again.

use std::io;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use super::child::SitegenBinary;
use super::options::Options;
use super::{RUNS, median};
use crate::folder::ScratchFolder;
use crate::step::root;
use crate::tree::Tree;

/// Measures, and prints the results.
pub(super) fn run(options: &[String]) -> ExitCode {
    Options::run(options, None, |options| measure(&SitegenBinary(options.program()?)))
}

fn measure(program: &SitegenBinary) -> io::Result<()> {
    let folder = ScratchFolder::make()?;
    let output = folder.path().join("public");
    let mut times = Vec::new();
    for (cards, threads) in [("false", "0"), ("true", "0"), ("false", "1"), ("true", "1")] {
        let cold = median(RUNS, || {
            folder.clear("public")?;
            build(program, &output, cards, threads)
        })?;
        let warm = median(RUNS, || build(program, &output, cards, threads))?;
        println!("{}: {:.2} s, again {:.2} s", name(cards, threads), cold.as_secs_f64(), warm.as_secs_f64());
        times.push((cold, warm));
    }
    let files = Tree::read(&output)?.files;
    let is_card =
        |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with("card.png"));
    let mut sizes: Vec<_> = files.iter().filter(|file| is_card(&file.path)).map(|file| file.size).collect();
    sizes.sort_unstable();
    let count = u32::try_from(sizes.len()).map_err(io::Error::other)?;
    let [middle, largest] = [sizes.get(sizes.len() / 2), sizes.last()].map(|size| size.copied().unwrap_or(0));
    let each = |time: fn(&(Duration, Duration)) -> Duration| {
        let more = time(&times[3]).saturating_sub(time(&times[2]));
        (more / count.max(1)).as_secs_f64() * 1e3
    };
    println!(
        "{count} cards of {middle} bytes, the largest of {largest}: {:.2} ms each on one thread, {:.2} ms if it is there already",
        each(|(cold, _)| *cold),
        each(|(_, warm)| *warm),
    );
    Ok(())
}

fn name(cards: &str, threads: &str) -> String {
    let cards = if cards == "true" { "with cards" } else { "without cards" };
    let threads = if threads == "1" { "one thread" } else { "all threads" };
    format!("{cards}, {threads}")
}

/// Builds the guide.
fn build(
    SitegenBinary(program): &SitegenBinary,
    output: &Path,
    cards: &str,
    threads: &str,
) -> io::Result<Duration> {
    let started = Instant::now();
    let mut command = Command::new(program);
    command.args(["--quiet", "build", "--no-sync", "--root"]).arg(root()).arg("--output-dir").arg(output);
    command.env("SITEGEN_CARDS__ENABLED", cards).env("RAYON_NUM_THREADS", threads).stdin(Stdio::null());
    if !command.status()?.success() {
        return Err(io::Error::other("sitegen refuses the guide"));
    }
    Ok(started.elapsed())
}
