//! Measures the time that a search adds to building a site, and its cost in a browser.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode};

use super::child::{Cost, SitegenBinary};
use super::options::Options;
use super::{RUNS, median};
use crate::corpus::Corpus;
use crate::folder::ScratchFolder;
use crate::step::{Step, root};

/// The sites that are searched by default.
const SITES: [(Corpus, usize); 4] =
    [(Corpus::Data, 1_000), (Corpus::Data, 10_000), (Corpus::Markdown, 1_000), (Corpus::Markdown, 10_000)];
/// The lines of `site.toml` that turn the search on.
const DECLARATION: &str = "\n[search]\n";

/// Measures with the options of the command line.
pub(super) fn run(options: &[String]) -> ExitCode {
    Options::run(options, Some("--peers"), measure_all)
}

fn measure_all(options: &Options) -> io::Result<()> {
    let program = SitegenBinary(options.program()?);
    if options.peers {
        Step::new("npm", &["ci", "--no-audit", "--no-fund"]).within("xtask/search").run();
    }
    for (corpus, pages) in options.sites(&SITES) {
        measure(corpus, pages, &program, options.peers)?;
    }
    judge(&program)
}

/// Counts the queries for which the search of the guide finds the page that people mean.
fn judge(program: &SitegenBinary) -> io::Result<()> {
    let folder = ScratchFolder::make()?;
    let guide = folder.path().join("guide");
    let mut build = Command::new(&program.0);
    build.args(["--quiet", "build", "--root"]).arg(root()).arg("--output-dir").arg(&guide);
    if !build.status()?.success() {
        return Err(io::Error::other("sitegen refuses the guide"));
    }
    println!("\nthe guide");
    script("measure.js", &guide)?;
    script("queries.js", &guide)
}

/// Measures one site. The folder is deleted at the end, whatever happens.
fn measure(corpus: Corpus, pages: usize, program: &SitegenBinary, peers: bool) -> io::Result<()> {
    let folder = ScratchFolder::make()?;
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
    let built = site.join("public");
    script("measure.js", &built)?;
    if peers { script("peers.js", &built) } else { Ok(()) }
}

/// Runs a script over a published site.
fn script(name: &str, built: &Path) -> io::Result<()> {
    let script = root().join("xtask/search").join(name);
    let status = Command::new("node").arg(script).arg(built).status()?;
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
