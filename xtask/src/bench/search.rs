//! What a search adds to building a site, and what it costs a browser.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use super::child::{self, Cost, Program};
use super::folder::Folder;
use super::{RUNS, median};
use crate::corpus::Corpus;
use crate::step::{Step, root};

/// How many pages the sites have that are searched by default.
const SIZES: [usize; 2] = [1_000, 10_000];
/// What turns the search on.
const DECLARATION: &str = "\n[search]\n";

/// What the command line asks for.
#[derive(Default)]
struct Options {
    pages: Option<usize>,
    program: Option<PathBuf>,
    peers: bool,
}

/// Measures what the command line asks for.
pub(super) fn run(options: &[String]) -> ExitCode {
    let Some(options) = Options::read(options) else {
        eprintln!("the options are `--pages N`, `--program FILE` and `--peers`");
        return ExitCode::from(2);
    };
    let outcome = measure_all(&options);
    let failed = outcome.inspect_err(|error| eprintln!("{error}")).is_err();
    ExitCode::from(u8::from(failed))
}

impl Options {
    fn read(options: &[String]) -> Option<Self> {
        let mut read = Self::default();
        let mut options = options.iter();
        while let Some(option) = options.next() {
            match option.as_str() {
                "--pages" => read.pages = Some(options.next()?.parse().ok().filter(|pages| *pages > 0)?),
                "--program" => read.program = Some(options.next()?.into()),
                "--peers" => read.peers = true,
                _ => return None,
            }
        }
        Some(read)
    }

    /// The sites to search. There are Markdown files for fewer pages than there is data.
    fn sites(&self) -> Vec<(Corpus, usize)> {
        let sizes = self.pages.map_or(SIZES.to_vec(), |pages| vec![pages]);
        let sites = [Corpus::Data, Corpus::Markdown].into_iter();
        let sites = sites.flat_map(|corpus| sizes.iter().map(move |pages| (corpus, *pages)));
        sites.filter(|(corpus, pages)| *pages <= corpus.most()).collect()
    }
}

fn measure_all(options: &Options) -> io::Result<()> {
    let program = match &options.program {
        Some(program) => program.clone(),
        None if Step::new("cargo", &["build", "--locked", "--release"]).run().succeeded => child::built(),
        None => return Err(io::Error::other("sitegen cannot be built")),
    };
    if options.peers {
        Step::new("npm", &["ci", "--no-audit", "--no-fund"]).within("xtask/search").run();
    }
    for (corpus, pages) in options.sites() {
        measure(corpus, pages, &Program(program.clone()), options.peers)?;
    }
    Ok(())
}

/// Everything about one site. The folder is deleted at the end, whatever happens.
fn measure(corpus: Corpus, pages: usize, program: &Program, peers: bool) -> io::Result<()> {
    let folder = Folder::make()?;
    let site = folder.path().join("site");
    corpus.write(pages, &site)?;
    let build = || {
        folder.clear("site/public")?;
        program.build(&site)
    };
    let without = median(RUNS, build)?;
    fs::File::options().append(true).open(site.join("site.toml"))?.write_all(DECLARATION.as_bytes())?;
    let with = median(RUNS, build)?;
    println!("\n{pages} pages, {corpus:?}: {}", difference(&without, &with));
    script("measure.js", &site)?;
    if peers { script("peers.js", &site) } else { Ok(()) }
}

/// Runs a script over the published site.
fn script(name: &str, site: &Path) -> io::Result<()> {
    let script = root().join("xtask/search").join(name);
    let status = Command::new("node").arg(script).arg(site.join("public")).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("{name} fails"))) }
}

fn difference(without: &Cost, with: &Cost) -> String {
    let seconds = |cost: &Cost| cost.time.as_secs_f64();
    let megabytes = |cost: &Cost| cost.memory / 1_000_000;
    format!(
        "{:.2} s and {} MB without the search, {:.2} s and {} MB with it",
        seconds(without),
        megabytes(without),
        seconds(with),
        megabytes(with),
    )
}
