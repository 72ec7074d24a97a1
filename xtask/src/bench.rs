//! How long it takes to build a site of many pages, and how much memory it needs, beside what writing its files takes.

mod cards;
mod child;
mod folder;
mod limit;
mod readers;
mod search;
mod serve;
mod table;
mod tree;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::corpus::Corpus;
use crate::step::Step;

use self::child::Program;
use self::folder::Folder;
use self::table::Measured;
use self::tree::Tree;

/// How many pages the sites have that are built by default.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// A site with fewer pages is built several times; writing is measured several times for any.
const LARGE: usize = 50_000;
const RUNS: usize = 3;

/// Measures what the command line asks for.
pub(crate) fn run(options: &[String]) -> ExitCode {
    match options.split_first() {
        Some((command, options)) if command == "serve" => return serve::run(options),
        Some((command, options)) if command == "search" => return search::run(options),
        Some((command, options)) if command == "readers" => return readers::run(options),
        _ => {}
    }
    let (of_cards, options) = match options.split_first() {
        Some((command, options)) if command == "cards" => (true, options),
        _ => (false, options),
    };
    let Some((sizes, program)) = read(options) else {
        eprintln!(
            "the options are `--pages N`, with N from 1 to {}, and `--program FILE`",
            Corpus::Data.most()
        );
        return ExitCode::from(2);
    };
    let program = match program {
        Some(program) => program,
        None if Step::new("cargo", &["build", "--locked", "--release"]).run().succeeded => child::built(),
        None => return ExitCode::FAILURE,
    };
    if of_cards {
        return cards::run(&Program(program));
    }
    let outcome = compare(&sizes, &Program(program));
    let failed = outcome.inspect_err(|error| eprintln!("{error}")).is_err();
    ExitCode::from(u8::from(failed))
}

/// The sizes and the program that options name.
fn read(options: &[String]) -> Option<(Vec<usize>, Option<PathBuf>)> {
    let (mut sizes, mut program) = (SIZES.to_vec(), None);
    for option in options.chunks(2) {
        match option {
            [name, pages] if name == "--pages" => {
                sizes = vec![pages.parse().ok().filter(|pages| (1..=Corpus::Data.most()).contains(pages))?];
            }
            [name, file] if name == "--program" => program = Some(file.into()),
            _ => return None,
        }
    }
    Some((sizes, program))
}

/// Measures each size and prints a line of the table as soon as it is known.
fn compare(sizes: &[usize], program: &Program) -> io::Result<()> {
    println!("\n{}", table::HEADER);
    let mut all: Vec<Measured> = Vec::new();
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

/// Everything about one size. The folder is deleted at the end, whatever happens.
fn measure(pages: usize, program: &Program) -> io::Result<Measured> {
    let folder = Folder::make()?;
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
    Ok(Measured { pages, files: output.files.len(), bytes: output.bytes(), build, again, limit })
}

/// The result in the middle.
fn median<T: Ord + Copy>(runs: usize, mut run: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let mut results: Vec<_> = (0..runs).map(|_| run()).collect::<Result<_, _>>()?;
    results.sort_unstable();
    Ok(results[results.len() / 2])
}
