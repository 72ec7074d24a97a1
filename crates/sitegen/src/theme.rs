//! `sitegen theme`: lists, prints and copies the themes that the program carries.

use std::path::{Path, PathBuf};

use sitegen_model::THEME_FILE;

use crate::add;
use crate::args::{Common, ThemeCommand};
use crate::console::{self, Console};
use crate::disk;
use crate::embed;
use crate::errors::{self, Exit, Failure};
use crate::phrase::count;

/// Lists, prints or copies files of themes that the program carries.
///
/// # Errors
///
/// There is no such theme or file, files are in the way, or a file cannot be read or written.
pub(crate) fn theme(common: &Common, command: &ThemeCommand, console: &Console) -> Result<Exit, Failure> {
    match command {
        ThemeCommand::List { theme: None } => console::print(list_themes().as_bytes())?,
        ThemeCommand::List { theme: Some(theme) } => console::print(list_files(theme)?.as_bytes())?,
        ThemeCommand::Show { path } => console::print(find(path)?)?,
        ThemeCommand::Copy { path, force } => copy(&common.root, path, *force, console)?,
    }
    Ok(Exit::Done)
}

/// Lists the themes and parts of themes, each with the first sentence about it.
fn list_themes() -> String {
    let names: Vec<_> = names().collect();
    let width = names.iter().map(|name| name.len()).max().unwrap_or_default();
    let lines: Vec<_> = names.iter().map(|name| format!("{name:width$}  {}", about(name))).collect();
    lines.join("\n") + "\n"
}

/// Returns the names of the themes, followed by those of parts of themes.
fn names() -> impl Iterator<Item = &'static str> {
    let all = || {
        embed::theme_files()
            .filter_map(|(path, _)| path.strip_prefix(FOLDER)?.strip_suffix(THEME_FILE)?.strip_suffix('/'))
    };
    all().filter(|name| !name.contains('/')).chain(all().filter(|name| name.contains('/')))
}

/// The folder of themes. Paths of files in problems begin with it.
const FOLDER: &str = "themes/";

/// Returns the first sentence of the comment at the top of a theme's declarations.
fn about(name: &str) -> String {
    let path = format!("{FOLDER}{name}/{THEME_FILE}");
    let text = find(&path).map(String::from_utf8_lossy).unwrap_or_default();
    let comment = text.lines().map_while(|line| line.strip_prefix("# ")).collect::<Vec<_>>().join(" ");
    comment.split_inclusive(". ").next().unwrap_or_default().trim_end().to_owned()
}

fn list_files(theme: &str) -> Result<String, Failure> {
    let files = below(theme);
    if files.is_empty() {
        return Err(errors::no_built_in_theme(theme, names()));
    }
    let paths: Vec<_> = files.iter().map(|(path, _)| *path).collect();
    Ok(paths.join("\n") + "\n")
}

/// Finds the file at a path. The path may lack the folder of themes, and may end in a line and a column.
fn find(path: &str) -> Result<&'static [u8], Failure> {
    let wanted = full(path);
    let found = embed::theme_files().find(|(known, _)| **known == *wanted);
    found.map(|(_, bytes)| bytes).ok_or_else(|| {
        let theme = names().find(|name| !below(name).is_empty() && is_within(&wanted, &full(name)));
        match theme {
            Some(theme) => {
                errors::no_file_of_theme(&wanted, theme, below(theme).iter().map(|(path, _)| *path))
            }
            None => errors::no_built_in_theme(path, names()),
        }
    })
}

/// Adds the folder of themes to a path, and drops a line and column at its end.
fn full(path: &str) -> String {
    let mut path = path;
    // We drop only numbers after colons, because a file's name can end in digits, as in `.woff2`.
    while let Some((before, number)) = path.rsplit_once(':')
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        path = before;
    }
    let path = path.trim_end_matches('/');
    if path.starts_with(FOLDER) { path.to_owned() } else { format!("{FOLDER}{path}") }
}

fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns the files of a theme, or of a folder in one.
fn below(path: &str) -> Vec<(&'static str, &'static [u8])> {
    let folder = full(path);
    embed::theme_files().filter(|(known, _)| is_within(known, &folder)).collect()
}

fn copy(root: &Path, path: &str, force: bool, console: &Console) -> Result<(), Failure> {
    let files = below(path);
    if files.is_empty() {
        // `find` explains what is wrong with the path.
        find(path)?;
    }
    let goals: Vec<_> = files.iter().map(|(file, bytes)| (goal(file, &full(path)), *bytes)).collect();
    let mut taken = Vec::new();
    for (goal, _) in goals.iter().filter(|_| !force) {
        let path = root.join(goal);
        if disk::find(&path).map_err(errors::cannot_read(&path))?.is_some() {
            taken.push(goal.display().to_string());
        }
    }
    if !taken.is_empty() {
        return Err(errors::files_in_use(root, &taken.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    for (goal, bytes) in &goals {
        add::write(&root.join(goal), bytes)?;
    }
    let written: Vec<_> =
        goals.iter().map(|(goal, _)| format!("  {}", shown(root, goal).display())).collect();
    console.say(format_args!("{} written:\n{}", count(goals.len(), "file"), written.join("\n")))
}

/// Joins a path to the site's folder, but leaves out a folder that is only `.`.
fn shown(root: &Path, path: &Path) -> PathBuf {
    if root == Path::new(".") { path.to_owned() } else { root.join(path) }
}

/// Returns the path to copy a file to. Files of a whole theme go to a folder of the theme's name, others to
/// the place in the site at which they replace the theme's.
fn goal(file: &str, asked: &str) -> PathBuf {
    let theme = names().filter(|name| is_within(file, &full(name))).max_by_key(|name| name.len());
    let folder = theme.map(full).unwrap_or_default();
    match file.strip_prefix(&*folder) {
        Some(rest) if asked != folder && !asked.ends_with(THEME_FILE) => rest.trim_start_matches('/').into(),
        _ => file.into(),
    }
}
