//! The options of the benchmarks.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::corpus::Corpus;
use crate::step;

/// The options of a benchmark.
#[derive(Default)]
pub(super) struct Options {
    /// The number of pages of the sites; none for the numbers of the benchmark.
    pub(super) pages: Option<usize>,
    /// The sitegen to measure; none for the one that is built first.
    program: Option<PathBuf>,
    /// True if other programs are measured, too.
    pub(super) peers: bool,
}

impl Options {
    /// Reads options, of which the one named `peers` asks for other programs; none if an option is unknown or
    /// malformed.
    fn read(options: &[String], peers: Option<&str>) -> Option<Self> {
        let mut read = Self::default();
        let mut options = options.iter();
        while let Some(option) = options.next() {
            match option.as_str() {
                "--pages" => read.pages = Some(options.next()?.parse().ok()?),
                "--program" => read.program = Some(options.next()?.into()),
                other if Some(other) == peers => read.peers = true,
                _ => return None,
            }
        }
        Some(read).filter(|read| read.pages.is_none_or(|pages| (1..=Corpus::Data.most()).contains(&pages)))
    }

    /// Runs a benchmark with its options, or prints the options that there are.
    pub(super) fn run(
        options: &[String],
        peers: Option<&str>,
        measure: impl FnOnce(&Self) -> io::Result<()>,
    ) -> ExitCode {
        let Some(options) = Self::read(options, peers) else {
            let peers = peers.map_or_else(String::new, |peers| format!(" and `{peers}`"));
            let most = Corpus::Data.most();
            eprintln!("the options are `--pages N`, with N from 1 to {most}, `--program FILE`{peers}");
            return ExitCode::from(2);
        };
        let failed = measure(&options).inspect_err(|error| eprintln!("{error}")).is_err();
        ExitCode::from(u8::from(failed))
    }

    /// Returns the sitegen to measure, which is built if none is named.
    pub(super) fn program(&self) -> io::Result<PathBuf> {
        step::program(self.program.as_deref())
    }

    /// Returns the sites to measure. Sites of Markdown have fewer pages at most than those of data.
    pub(super) fn sites(&self, default: &[(Corpus, usize)]) -> Vec<(Corpus, usize)> {
        let Some(pages) = self.pages else { return default.to_vec() };
        let sites = [Corpus::Data, Corpus::Markdown].map(|corpus| (corpus, pages));
        sites.into_iter().filter(|(corpus, pages)| *pages <= corpus.most()).collect()
    }
}
