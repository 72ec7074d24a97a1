//! `sitegen clean`: deletes what builds wrote, and nothing else.

use std::path::Path;

use crate::args::{Common, SiteArgs};
use crate::console::Console;
use crate::errors::{Exit, Failure};
use crate::phrase::count;
use crate::publish;
use crate::site::LoadedSite;

/// Deletes what builds wrote to the output folder.
///
/// # Errors
///
/// The output folder is not allowed, or something in it cannot be deleted.
pub(crate) fn clean(common: &Common, output_dir: Option<&Path>, console: &Console) -> Result<Exit, Failure> {
    let site = LoadedSite::read(common, &SiteArgs::default())?;
    if let Some(exit) = site.refuse(console) {
        return Ok(exit);
    }
    let output = site.output(output_dir)?;
    let deleted = publish::clean(&output, console)?;
    for path in &deleted {
        console.explain(format_args!("deleted {path}"));
    }
    console.say(format_args!("{} deleted", count(deleted.len(), "file")))?;
    Ok(Exit::Done)
}
