//! `sitegen man`: writes a manual page for each command.

use std::io::Write as _;
use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::add;
use crate::args::Args;
use crate::console::Console;
use crate::errors::{self, Exit, Failure};
use crate::phrase::count;

/// Writes `sitegen.1`, `sitegen-build.1` and so on to a folder.
///
/// # Errors
///
/// A file cannot be written.
pub(crate) fn write(folder: &Path, console: &Console) -> Result<Exit, Failure> {
    let mut command = Args::command();
    command.build();
    let pages = command.get_subcommands().filter(|one| one.get_name() != "help").cloned();
    let pages: Vec<_> = std::iter::once(command.clone()).chain(pages).collect();
    for page in &pages {
        let name = page.get_display_name().unwrap_or("sitegen").to_owned();
        let path = folder.join(format!("{name}.1"));
        let mut text = Vec::new();
        Man::new(page.clone()).title(name).render(&mut text).map_err(errors::cannot_write(&path))?;
        text.flush().map_err(errors::cannot_write(&path))?;
        add::write(&path, &text)?;
    }
    console.say(format_args!("{} written to {}", count(pages.len(), "manual page"), folder.display()))?;
    Ok(Exit::Done)
}
