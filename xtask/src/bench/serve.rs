//! How long it takes until an edit is served, for sites of several sizes, beside another server on equal sites.

mod edit;
mod http;
mod hugo;
mod latency;
mod server;
mod site;
mod table;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use super::child;
use super::folder::Folder;
use crate::corpus::Corpus;
use crate::step::Step;

use self::hugo::Hugo;
use self::server::Start;
use self::site::Site;
use self::table::Measured;

/// The sites that are served by default.
const SITES: [(Corpus, usize); 4] =
    [(Corpus::Data, 1_000), (Corpus::Data, 10_000), (Corpus::Data, 100_000), (Corpus::Markdown, 10_000)];
/// Hugo serves larger sites only if one asks for their size: it takes minutes and many gigabytes.
const LARGE_FOR_HUGO: usize = 50_000;

/// What the command line asks for.
#[derive(Default)]
struct Options {
    pages: Option<usize>,
    program: Option<PathBuf>,
    hugo: bool,
}

/// Measures what the command line asks for.
pub(super) fn run(options: &[String]) -> ExitCode {
    let Some(options) = Options::read(options) else {
        let most = Corpus::Data.most();
        eprintln!("the options are `--pages N`, with N from 1 to {most}, `--program FILE` and `--hugo`");
        return ExitCode::from(2);
    };
    let outcome = compare(&options);
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
                "--hugo" => read.hugo = true,
                _ => return None,
            }
        }
        Some(read).filter(|read| read.pages.is_none_or(|pages| pages <= Corpus::Data.most()))
    }

    /// The sites to serve. There are Markdown files for fewer pages than there is data.
    fn sites(&self) -> Vec<(Corpus, usize)> {
        let Some(pages) = self.pages else { return SITES.to_vec() };
        let sites = [Corpus::Data, Corpus::Markdown].map(|corpus| (corpus, pages));
        sites.into_iter().filter(|(corpus, pages)| *pages <= corpus.most()).collect()
    }

    /// The sitegen to measure, which is built if none is named.
    fn program(&self) -> io::Result<PathBuf> {
        match &self.program {
            Some(program) => Ok(program.clone()),
            None if Step::new("cargo", &["build", "--locked", "--release"]).run().succeeded => {
                Ok(child::built())
            }
            None => Err(io::Error::other("sitegen cannot be built")),
        }
    }
}

/// Measures each site and prints a line of the table as soon as it is known, then what misses its target.
fn compare(options: &Options) -> io::Result<()> {
    let program = options.program()?;
    let hugo = if options.hugo { Some(Hugo::installed()?) } else { None };
    println!("\n{}", table::HEADER);
    let mut missed = Vec::new();
    for (corpus, pages) in options.sites() {
        let measured = serve_sitegen(corpus, pages, &program)?;
        println!("{}", table::line("sitegen", &measured));
        missed.extend(table::missed(&measured));
        let Some(hugo) = &hugo else { continue };
        if pages <= LARGE_FOR_HUGO || options.pages.is_some() {
            println!("{}", table::line("hugo", &serve_hugo(corpus, pages, hugo)?));
        } else {
            println!("hugo     {pages} pages only if asked for, by --pages {pages}");
        }
    }
    println!("\n{}", table::verdict(&missed));
    Ok(())
}

/// Serves a site by sitegen. The folder is deleted at the end, whatever happens.
fn serve_sitegen(corpus: Corpus, pages: usize, program: &Path) -> io::Result<Measured> {
    let folder = Folder::make()?;
    let root = folder.path().join("site");
    corpus.write(pages, &root)?;
    let port = http::free_port()?;
    let mut command = Command::new(program);
    command.args(["serve", "--watch", "--port", &port.to_string(), "--root"]).arg(&root);
    let site = Site { corpus, root: &root, places: site::places(corpus) };
    measure(&site, pages, Start { command, port, log: folder.path().join("log") })
}

/// Serves an equal site by Hugo.
fn serve_hugo(corpus: Corpus, pages: usize, hugo: &Hugo) -> io::Result<Measured> {
    let folder = Folder::make()?;
    let root = folder.path().join("site");
    corpus.write_for_hugo(pages, &root)?;
    let port = http::free_port()?;
    let site = Site { corpus, root: &root, places: hugo::places() };
    measure(&site, pages, Start { command: hugo.serve(&root, port), port, log: folder.path().join("log") })
}

/// Everything about one site and one server.
fn measure(site: &Site, pages: usize, start: Start) -> io::Result<Measured> {
    let (rows, edits) = (site.rows()?, site.edits()?);
    let mut server = start.run()?;
    let mut latencies = Vec::new();
    for edit in &edits {
        latencies.push((edit.kind, latency::measure(edit, &mut server)?));
    }
    let (first_page, memory) = (server.first_page, server.memory());
    Ok(Measured { corpus: site.corpus, pages, rows, first_page, latencies, memory })
}
