//! `sitegen add exercises`: gives another theme the files by which the guide theme shows and runs exercises.

use std::io;
use std::path::Path;

use super::{OverwritePolicy, write};
use crate::console::Console;
use crate::disk;
use crate::embed;
use crate::errors::{self, Exit, Failure};
use crate::phrase::count;

/// The declarations and the template that authors are told to add to their theme.
const DECLARED: &str = include_str!("exercises/theme.toml");
const SHOWN: &str = include_str!("exercises/lesson.html");

/// Writes the files to the folder of a site or theme, and explains their use.
///
/// # Errors
///
/// Other files are in their places, or a file cannot be read or written.
pub(super) fn add(root: &Path, others: OverwritePolicy, console: &Console) -> Result<Exit, Failure> {
    let mut missing = Vec::new();
    let mut other = Vec::new();
    for (path, bytes) in embed::kit() {
        match known(&root.join(path)).map_err(errors::cannot_read(&root.join(path)))? {
            Some(found) if found == bytes => {}
            Some(_) if others == OverwritePolicy::Keep => other.push(path),
            _ => missing.push((path, bytes)),
        }
    }
    if !other.is_empty() {
        return Err(errors::files_in_use(root, &other));
    }
    for (path, bytes) in &missing {
        write(&root.join(path), bytes)?;
    }
    console.say(format_args!(
        "{} written to {}\n\n{}",
        count(missing.len(), "file"),
        root.display(),
        example()
    ))?;
    Ok(Exit::Done)
}

/// Reads a file, if there is one.
fn known(path: &Path) -> io::Result<Option<Vec<u8>>> {
    if disk::find(path)?.is_some() { disk::read(path).map(Some) } else { Ok(None) }
}

/// Explains how to declare and show exercises.
fn example() -> String {
    let indent = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") };
    let indented = |text: &str| text.lines().map(indent).collect::<String>();
    format!(
        "Declare in theme.toml which records are exercises, such as lessons:\n\n{}\n\
         Show them in the template of their pages, such as lesson.html:\n\n{}\n\
         Exercises in Python need Pyodide, too: see \"sitegen help add python\".",
        indented(DECLARED),
        indented(SHOWN)
    )
}
