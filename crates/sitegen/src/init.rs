//! `sitegen init`: makes a small working site to begin with, or a directory of the rows of a file.

mod ask;
mod directory;
mod starter;

use std::io::{self, IsTerminal as _};
use std::path::Path;

use crate::add;
use crate::args::{Common, InitArgs, Template};
use crate::console::Console;
use crate::disk;
use crate::errors::{self, Exit, Failure};
use crate::phrase::{count, quoted};
use crate::schema;

use self::starter::SeedFile;

/// The documentation that the final message points to.
const DOCS: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/tree/main/docs");

/// Writes a site to a folder that is new or contains no site.
///
/// # Errors
///
/// The folder contains something, nothing is chosen, or a file cannot be written.
pub(crate) fn init(common: &Common, args: &InitArgs, console: &Console) -> Result<Exit, Failure> {
    let folder = args.folder.as_deref().unwrap_or(&common.root);
    let names = names_in_the_way(folder).map_err(errors::cannot_read(folder))?;
    if !names.is_empty() {
        return Err(errors::folder_in_use(folder, &names));
    }
    let Chosen { template, files, unsettled } = choose(args)?;
    for (path, bytes) in &files {
        write(&folder.join(path), bytes)?;
    }
    let site = Common { root: folder.to_owned(), config: starter::CONFIG.into(), ..common.clone() };
    schema::set_up(&site, console)?;
    if let Some(unsettled) = unsettled {
        console.notice(&unsettled);
    }
    console.say(format_args!("{}", farewell(folder, template, files.len())))?;
    Ok(Exit::Done)
}

/// The site to write.
struct Chosen {
    template: Template,
    files: Vec<SeedFile>,
    /// A remark on columns or rows of the data that were not understood.
    unsettled: Option<String>,
}

/// Decides by the command line, or asks at the terminal, which site to write.
fn choose(args: &InitArgs) -> Result<Chosen, Failure> {
    let asks = io::stdin().is_terminal() && io::stdout().is_terminal();
    let (mut answers, mut out) = (io::stdin().lock(), io::stdout().lock());
    let template = match (args.template, &args.data) {
        (None | Some(Template::Directory), Some(_)) => Template::Directory,
        (Some(other), Some(_)) => return Err(errors::data_of_no_directory(&ask::name(other))),
        (Some(template), None) => template,
        (None, None) if asks => answered(ask::template(&mut answers, &mut out))?,
        (None, None) => Template::Minimal,
    };
    let (mut files, unsettled) = match &args.data {
        Some(data) => directory::of(data)?,
        None => (starter::files(template), None),
    };
    let title = match &args.title {
        Some(title) => Some(title.clone()),
        None if asks => Some(answered(ask::title(&starter::title(&files), &mut answers, &mut out))?),
        None => None,
    };
    if let Some(title) = title {
        starter::rename(&mut files, &title);
    }
    Ok(Chosen { template, files, unsettled })
}

fn answered<T>(answer: io::Result<Option<T>>) -> Result<T, Failure> {
    answer.map_err(|error| errors::cannot_ask(&error))?.ok_or_else(errors::nothing_chosen)
}

/// Lists the entries of a folder, except those that a project has before it has a site: hidden files, a
/// README, a license.
fn names_in_the_way(folder: &Path) -> io::Result<Vec<String>> {
    if disk::follow(folder)?.is_none() {
        return Ok(Vec::new());
    }
    let entries = disk::list(folder)?;
    let mut names: Vec<_> = entries.iter().map(|entry| entry.name.to_string_lossy().into_owned()).collect();
    names.retain(|name| !is_of_project(name));
    names.sort();
    Ok(names)
}

fn is_of_project(name: &str) -> bool {
    let name = name.to_lowercase();
    [".", "readme", "license", "licence", "copying"].iter().any(|start| name.starts_with(start))
}

/// Writes a file of the new site. If it exists, it is `.gitignore`, which gets the lines that it lacks.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let there = disk::follow(path).map_err(errors::cannot_read(path))?;
    let old = there.map(|_| disk::read(path)).transpose().map_err(errors::cannot_read(path))?;
    let bytes = old.map_or_else(|| bytes.to_vec(), |old| with_lines_of(old, bytes));
    add::write(path, &bytes)
}

/// Appends lines of another text that this one lacks.
fn with_lines_of(mut text: Vec<u8>, other: &[u8]) -> Vec<u8> {
    let is_line = |byte: &u8| *byte == b'\n';
    if text.last().is_some_and(|last| *last != b'\n') {
        text.push(b'\n');
    }
    for line in other.split(is_line).filter(|line| !line.is_empty()) {
        if !text.split(is_line).any(|there| there.trim_ascii() == line) {
            text.extend([line, b"\n"].concat());
        }
    }
    text
}

/// Tells what was written, and what to type next.
fn farewell(folder: &Path, template: Template, files: usize) -> String {
    let enter = if folder == Path::new(".") { String::new() } else { format!("  cd {}\n", quoted(folder)) };
    let (begin, does) = match template {
        Template::Minimal => ("new planets jupiter", "begin a record"),
        Template::Blog => ("new posts my-first-post", "begin a post"),
        Template::Docs => ("new docs my-first-page", "begin a page"),
        Template::Guide => ("new companies northwind", "begin a record"),
        Template::Directory => ("query things", "see the table that its pages are made of"),
    };
    let begin = format!("sitegen {begin}");
    format!(
        "{} written to {}\n\nNext:\n{enter}  \
           sitegen serve --watch --open       see the site as you write it\n  \
           {begin:<34} {does}\n  \
           sitegen build                      make the site, in public/\n\n\
         Its name and address are in site.toml, its text is in content/.\n\
         How to go on, and how to publish it: {DOCS}",
        count(files, "file"),
        folder.display(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_that_are_missing() {
        let ignored = |text: &str| with_lines_of(text.as_bytes().to_vec(), b"/public/\n/other/\n");
        assert_eq!(ignored("target\r\n/other/\r\nx"), b"target\r\n/other/\r\nx\n/public/\n");
        assert_eq!(ignored(""), b"/public/\n/other/\n");
    }
}
