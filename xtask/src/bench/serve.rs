//! Measures the time until an edit is served, for sites of several sizes, beside another server on equal
//! sites.

mod edit;
mod http;
mod hugo;
mod latency;
mod server;
mod site;
mod table;

use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};

use super::options::Options;
use crate::corpus::Corpus;
use crate::folder::ScratchFolder;

use self::hugo::Hugo;
use self::server::Start;
use self::site::ServedSite;
use self::table::ServeMeasurement;

/// The sites that are served by default.
const SITES: [(Corpus, usize); 4] =
    [(Corpus::Data, 1_000), (Corpus::Data, 10_000), (Corpus::Data, 100_000), (Corpus::Markdown, 10_000)];
/// Hugo serves sites of so many pages only if their size is asked for, because it takes minutes and many
/// gigabytes.
const LARGE_FOR_HUGO: usize = 50_000;

/// Measures with the options of the command line.
pub(super) fn run(options: &[String]) -> ExitCode {
    Options::run(options, Some("--hugo"), compare)
}

/// Measures each site and prints its line of the table at once, then prints the targets that were missed.
fn compare(options: &Options) -> io::Result<()> {
    let program = options.program()?;
    let hugo = if options.peers { Some(Hugo::installed()?) } else { None };
    println!("\n{}", table::HEADER);
    let mut missed = Vec::new();
    for (corpus, pages) in options.sites(&SITES) {
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
fn serve_sitegen(corpus: Corpus, pages: usize, program: &Path) -> io::Result<ServeMeasurement> {
    let folder = ScratchFolder::make()?;
    let root = folder.path().join("site");
    corpus.write(pages, &root)?;
    let port = http::free_port()?;
    let mut command = Command::new(program);
    command.args(["serve", "--watch", "--port", &port.to_string(), "--root"]).arg(&root);
    let site = ServedSite { corpus, root: &root, paths: site::paths(corpus) };
    measure(&site, pages, Start { command, port, log: folder.path().join("log") })
}

/// Serves an equal site by Hugo.
fn serve_hugo(corpus: Corpus, pages: usize, hugo: &Hugo) -> io::Result<ServeMeasurement> {
    let folder = ScratchFolder::make()?;
    let root = folder.path().join("site");
    corpus.write_for_hugo(pages, &root)?;
    let port = http::free_port()?;
    let site = ServedSite { corpus, root: &root, paths: hugo::paths() };
    measure(&site, pages, Start { command: hugo.serve(&root, port), port, log: folder.path().join("log") })
}

/// Measures one server of one site.
fn measure(site: &ServedSite, pages: usize, start: Start) -> io::Result<ServeMeasurement> {
    let (rows, edits) = (site.rows()?, site.edits()?);
    let mut server = start.run()?;
    let mut latencies = Vec::new();
    for edit in &edits {
        latencies.push((edit.kind, latency::measure(edit, &mut server)?));
    }
    let (first_page, memory) = (server.first_page, server.memory());
    Ok(ServeMeasurement { corpus: site.corpus, pages, rows, first_page, latencies, memory })
}
