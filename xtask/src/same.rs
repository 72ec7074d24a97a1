//! Compares the bytes that two programs make of the same sites.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::corpus::Corpus;
use crate::folder::ScratchFolder;
use crate::step::{program, root};
use crate::tree::Tree;

/// The sites of `tests/real`, and the file in `../shared/data` that each is made over.
const REAL: [(&str, &str); 2] =
    [("aijobs", "aijobs-salaries.csv"), ("whiteboards", "hiring-without-whiteboards.csv")];
const PAGES: usize = 10_000;

/// Compares the output of both programs for all sites.
pub(crate) fn run(programs: &[String]) -> ExitCode {
    let (before, after) = match programs {
        [before] => (before, None),
        [before, after] => (before, Some(Path::new(after))),
        _ => {
            eprintln!("{}", crate::USAGE);
            return ExitCode::from(2);
        }
    };
    let different = program(after).and_then(|after| compare(Path::new(before), &after));
    match different.inspect_err(|error| eprintln!("{error}")) {
        Ok(0) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Counts the files that differ. The folder with all output is deleted at the end, whatever happens.
fn compare(before: &Path, after: &Path) -> io::Result<usize> {
    let folder = ScratchFolder::make()?;
    let mut different = 0;
    for (name, site) in sites(folder.path())? {
        let [old, new] = [("before", before), ("after", after)].map(|(when, program)| {
            let output = folder.path().join(when);
            build(program, &site, &output).map(|()| output)
        });
        let (old, new) = (Tree::read(&old?)?, Tree::read(&new?)?);
        let found = differences(&old, &new)?;
        println!("{name}: {} files, {} differ", new.files.len(), found.len());
        for path in &found {
            println!("  {}", path.display());
        }
        different += found.len();
        ["before", "after"].iter().try_for_each(|when| folder.clear(when))?;
    }
    Ok(different)
}

/// Collects all sites: the project's own stay in place, the others are made in a folder.
fn sites(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut sites = vec![("guide".to_owned(), root()), ("docs".to_owned(), root().join("docs"))];
    for (name, data) in REAL {
        let from = root().join("../shared/data").join(data);
        if !from.is_file() {
            println!("{name}: left out, since there is no {}", from.display());
            continue;
        }
        let site = folder.join(name);
        copy(&root().join("tests/real").join(name), &site)?;
        fs::create_dir_all(site.join("content/data"))?;
        fs::copy(from, site.join("content/data").join(data))?;
        sites.push((name.to_owned(), site));
    }
    for (name, corpus) in [("data", Corpus::Data), ("markdown", Corpus::Markdown)] {
        let site = folder.join(name);
        corpus.write(PAGES, &site)?;
        sites.push((format!("{name}, {PAGES} pages"), site));
    }
    Ok(sites)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for file in Tree::read(from)?.files {
        let path = to.join(&file.path);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))?;
        fs::copy(from.join(&file.path), path)?;
    }
    Ok(())
}

fn build(program: &Path, site: &Path, output: &Path) -> io::Result<()> {
    let mut command = Command::new(program);
    command.args(["--quiet", "build", "--no-sync", "--root"]).arg(site).arg("--output-dir").arg(output);
    let unknown = |error| io::Error::other(format!("{}: {error}", program.display()));
    if command.status().map_err(unknown)?.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("{} refuses {}", program.display(), site.display())))
}

/// Finds the paths of files that only one of two folders has, or that differ.
fn differences(before: &Tree, after: &Tree) -> io::Result<Vec<PathBuf>> {
    let (old, new) = (before.paths(), after.paths());
    let mut found: Vec<_> = old.symmetric_difference(&new).map(|path| path.to_path_buf()).collect();
    for path in old.intersection(&new) {
        if fs::read(before.root.join(path))? != fs::read(after.root.join(path))? {
            found.push(path.to_path_buf());
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_differ_are_named() {
        let folder = std::env::temp_dir().join(format!("sitegen-same-{}", std::process::id()));
        for (path, text) in
            [("a/same", "1"), ("b/same", "1"), ("a/x/other", "1"), ("b/x/other", "2"), ("b/new", "")]
        {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        let [before, after] =
            ["a", "b"].map(|name| Tree::read(&folder.join(name)).expect("the folder is there"));
        let found = differences(&before, &after).expect("the files can be read");
        assert_eq!(found, ["new", "x/other"].map(PathBuf::from));
        fs::remove_dir_all(folder).expect("the folder can be deleted");
    }
}
