//! Measures the time that a check takes of sites of Markdown without problems and with many.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use super::options::Options;
use super::{RUNS, median};
use crate::corpus::Corpus;
use crate::folder::ScratchFolder;

/// The number of files of the site by default.
const PAGES: usize = 10_000;

/// The name of a fault, and the function that adds it to the text of the file with a number.
type Flaw = (&'static str, fn(usize, &str) -> String);

const FLAWS: [Flaw; 6] = [
    ("two broken links to the same", |_, text| format!("{text}\n[x](../LICENSE.md) [y](/nowhere/)\n")),
    ("two broken links of its own", |number, text| {
        format!("{text}\n[x](missing-{number}.md) [y](/articles/nothing-{number}/)\n")
    }),
    ("two broken references of its own", |number, text| {
        format!("{text}\n[x](@articles/late-events-{number}) [y](@topics/onsite-{number})\n")
    }),
    ("two broken anchors of its own", |number, text| {
        format!("{text}\n[x](#what-hapened-{number}) [y](#the-repare-{number})\n")
    }),
    ("two unknown fields", |_, text| text.replacen("+++\n", "+++\nsumary = \"x\"\nauthor = \"y\"\n", 1)),
    ("two unknown fields of its own", |number, text| {
        text.replacen("+++\n", &format!("+++\nsummary{number} = \"x\"\nkey{number} = \"y\"\n"), 1)
    }),
];

/// Measures, and prints the results.
pub(super) fn run(options: &[String]) -> ExitCode {
    Options::run(options, None, |options| {
        let pages = options.pages.unwrap_or(PAGES).min(Corpus::Markdown.most());
        measure(pages, &options.program()?)
    })
}

fn measure(pages: usize, program: &Path) -> io::Result<()> {
    let folder = ScratchFolder::make()?;
    let site = folder.path().join("site");
    Corpus::Markdown.write(pages, &site)?;
    let files = files(&site.join("content/articles"))?;
    let texts = files.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let clean = median(RUNS, || check(program, &site))?;
    println!("{pages} files without problems: {:.2} s", clean.as_secs_f64());
    for (name, spoil) in FLAWS {
        for (number, (file, text)) in files.iter().zip(&texts).enumerate() {
            fs::write(file, spoil(number, text))?;
        }
        let time = median(RUNS, || check(program, &site))?;
        let ratio = time.as_secs_f64() / clean.as_secs_f64();
        println!("each with {name}: {:.2} s, {ratio:.2} times as long", time.as_secs_f64());
    }
    Ok(())
}

/// Finds the files below a folder, in order.
pub(super) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    find(folder, &mut files)?;
    files.sort_unstable();
    Ok(files)
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { find(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// Checks a site, and ignores the problems that are found.
fn check(program: &Path, site: &Path) -> io::Result<Duration> {
    let started = Instant::now();
    let mut command = Command::new(program);
    command.args(["check", "--root"]).arg(site);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(started.elapsed())
}
