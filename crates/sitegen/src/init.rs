//! `sitegen init`: a small working site.

use std::io::{self, Write as _};
use std::path::Path;

use crate::console::{Console, count};
use crate::disk;
use crate::embed;
use crate::errors::{self, Exit, Failure};

/// Writes the starter site into a folder that is new or empty.
///
/// # Errors
///
/// The folder holds something, or cannot be written.
pub(crate) fn init(folder: &Path, console: &Console) -> Result<Exit, Failure> {
    let names = names_in_the_way(folder).map_err(errors::cannot_read(folder))?;
    if !names.is_empty() {
        return Err(errors::folder_in_use(folder, &names));
    }
    for (path, bytes) in embed::starter() {
        write(&folder.join(visible(path)), bytes)?;
    }
    let files = count(embed::starter().len(), "file");
    let root = if folder == Path::new(".") { String::new() } else { format!(" --root {}", folder.display()) };
    console.say(format_args!(
        "{files} written to {folder}\n\n\
         Next:\n  \
           sitegen{root} build                    make the site, in {public}\n  \
           sitegen{root} new companies northwind  begin a record\n  \
           sitegen{root} check                    say what is wrong\n\n\
         The site's name and address are in {config}, its text is in {content}.",
        folder = folder.display(),
        public = folder.join("public").display(),
        config = folder.join("site.toml").display(),
        content = folder.join("content").display(),
    ))?;
    Ok(Exit::Done)
}

/// What the folder holds, apart from what version control keeps there.
fn names_in_the_way(folder: &Path) -> io::Result<Vec<String>> {
    if disk::follow(folder)?.is_none() {
        return Ok(Vec::new());
    }
    let entries = disk::list(folder)?;
    let mut names: Vec<_> = entries.iter().map(|entry| entry.name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name != ".git");
    names.sort();
    Ok(names)
}

/// Hidden files are not embedded, so the starter's `.gitignore` stands under another name.
fn visible(path: &str) -> &str {
    if path == "gitignore" { ".gitignore" } else { path }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    disk::make_in(path, || disk::create(path))
        .and_then(|mut file| file.write_all(bytes))
        .map_err(errors::cannot_write(path))
}
