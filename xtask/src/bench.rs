//! Measures the time and memory of building sites of many pages, beside the time of only writing their files.

mod cards;
mod check;
mod child;
mod limit;
mod matter;
mod options;
mod readers;
mod search;
mod serve;
mod table;
mod templates;

use std::io;
use std::process::ExitCode;

use crate::corpus::Corpus;
use crate::folder::ScratchFolder;
use crate::tree::Tree;

use self::child::SitegenBinary;
use self::options::Options;
use self::table::BuildMeasurement;

/// The numbers of pages of the sites that are built by default.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// A site of so many pages is built once, because it takes long; a smaller one is built several times.
const LARGE: usize = 50_000;
const RUNS: usize = 3;

/// Measures with the options of the command line.
pub(crate) fn run(options: &[String]) -> ExitCode {
    match options.split_first() {
        Some((command, options)) if command == "serve" => return serve::run(options),
        Some((command, options)) if command == "search" => return search::run(options),
        Some((command, options)) if command == "readers" => return readers::run(options),
        Some((command, options)) if command == "cards" => return cards::run(options),
        Some((command, options)) if command == "check" => return check::run(options),
        Some((command, options)) if command == "matter" => return matter::run(options),
        Some((command, options)) if command == "templates" => return templates::run(options),
        _ => {}
    }
    Options::run(options, None, |options| {
        let sizes = options.pages.map_or(SIZES.to_vec(), |pages| vec![pages]);
        compare(&sizes, &SitegenBinary(options.program()?))
    })
}

/// Measures each size and prints a line of the table as soon as it is known.
fn compare(sizes: &[usize], program: &SitegenBinary) -> io::Result<()> {
    println!("\n{}", table::HEADER);
    let mut all: Vec<BuildMeasurement> = Vec::new();
    for pages in sizes {
        let measured = measure(*pages, program)?;
        println!("{}", table::line(&measured));
        all.push(measured);
    }
    for pair in all.windows(2) {
        println!("{}", table::growth(&pair[0], &pair[1]));
    }
    Ok(())
}

/// Measures the build of a site of one size. The folder is deleted at the end, whatever happens.
fn measure(pages: usize, program: &SitegenBinary) -> io::Result<BuildMeasurement> {
    let folder = ScratchFolder::make()?;
    let site = folder.path().join("site");
    Corpus::Data.write(pages, &site)?;
    let runs = if pages < LARGE { RUNS } else { 1 };
    let build = median(runs, || {
        folder.clear("site/public")?;
        program.build(&site)
    })?;
    let again = median(runs, || program.build(&site))?;
    let output = Tree::read(&site.join("public"))?;
    let copy = folder.path().join("copy");
    let limit = median(RUNS, || {
        folder.clear("copy")?;
        limit::write(&output, &copy)
    })?;
    Ok(BuildMeasurement { pages, files: output.files.len(), bytes: output.bytes(), build, again, limit })
}

/// Returns the median of several results.
fn median<T: Ord + Copy>(runs: usize, mut run: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let mut results: Vec<_> = (0..runs).map(|_| run()).collect::<Result<_, _>>()?;
    results.sort_unstable();
    Ok(results[results.len() / 2])
}
