//! The reasons for which the program ends without having done its work, one constructor each.
//!
//! Problems of a site are no failures but diagnostics, which are made in the stages.

use std::fmt;
use std::io;
use std::path::Path;

use sitegen_engine::{Package, PackageMismatch};
use sitegen_model::nearest;
use sitegen_parser::Diagnostic;

use crate::phrase::count;

/// The exit code of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// The program did its work.
    Done = 0,
    /// The site has errors.
    Errors = 1,
    /// The command line or the configuration is wrong.
    Usage = 2,
    /// A file or folder cannot be read or written.
    Io = 3,
}

/// The reason why a command was not carried out.
#[derive(Debug)]
pub(crate) struct Failure {
    pub exit: Exit,
    /// The reason: one sentence without a full stop, lower-case.
    pub message: String,
    /// Advice for the user.
    pub help: Option<String>,
}

impl Failure {
    fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), help: None }
    }

    fn io(message: impl Into<String>) -> Self {
        Self { exit: Exit::Io, message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

// Files.

pub(crate) fn external_of_what() -> Failure {
    Failure::usage("`--external` is for `list links` alone")
}

pub(crate) fn no_root(root: &Path) -> Failure {
    Failure::usage(format!("there is no folder {}", root.display()))
}

pub(crate) fn cannot_read(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| unreadable(path, &reason(&error))
}

pub(crate) fn unreadable(path: &Path, reason: &str) -> Failure {
    Failure::io(format!("{} cannot be read: {reason}", path.display()))
}

pub(crate) fn cannot_write(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::io(format!("{} cannot be written: {}", path.display(), reason(&error)))
}

pub(crate) fn cannot_delete(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::io(format!("{} cannot be deleted: {}", path.display(), reason(&error)))
}

/// Returns the system's message without the error number.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

pub(crate) fn cannot_ask(error: &io::Error) -> Failure {
    Failure::io(format!("the terminal cannot be asked: {}", reason(error)))
}

pub(crate) fn cannot_print(error: &io::Error) -> Failure {
    Failure::io(format!("the output cannot be printed: {}", reason(error)))
}

pub(crate) fn no_threads(error: &impl fmt::Display) -> Failure {
    Failure::io(format!("the threads cannot be started: {error}"))
}

// Serving.

pub(crate) fn cannot_listen(host: &str, port: u16, error: &io::Error) -> Failure {
    let failure = Failure::io(format!("nothing can be served at {host}, port {port}: {}", reason(error)));
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            failure.help("choose another one by --port, or leave it out for the next that is free")
        }
        io::ErrorKind::PermissionDenied => failure.help("choose a port above 1023 by --port"),
        _ => failure.help("name an address of this machine by --host, such as 127.0.0.1"),
    }
}

pub(crate) fn cannot_serve(error: &io::Error) -> Failure {
    Failure::io(format!("the server cannot be started: {}", reason(error)))
}

// The output folder.

pub(crate) fn output_holds_source(output: &Path, source: &Path) -> Failure {
    let (output, source) = (output.display(), source.display());
    Failure::usage(format!("the output folder {output} cannot hold {source}, which the site is made from"))
        .help("choose a folder of its own, such as --output-dir public")
}

pub(crate) fn output_in_source(output: &Path, source: &Path) -> Failure {
    let (output, source) = (output.display(), source.display());
    Failure::usage(format!("the output folder {output} cannot be in {source}, which the site is made from"))
        .help("choose a folder of its own, such as --output-dir public")
}

pub(crate) fn output_is_file(output: &Path) -> Failure {
    Failure::usage(format!("the output folder {} is a file", output.display()))
        .help("choose another by --output-dir, or move the file")
}

pub(crate) fn output_is_dangling(output: &Path) -> Failure {
    Failure::usage(format!("the output folder {} cannot be reached", output.display()))
        .help("mend the path or the symbolic link, or choose another folder by --output-dir")
}

pub(crate) fn foreign_files(output: &Path, foreign: &[String]) -> Failure {
    const NAMED: usize = 5;
    let mut names = foreign.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if foreign.len() > NAMED {
        names = format!("{names} and {} more", foreign.len() - NAMED);
    }
    let files = count(foreign.len(), "file");
    Failure::usage(format!(
        "the output folder {} holds {files} that no build wrote: {names}",
        output.display()
    ))
    .help("choose another folder by --output-dir, or publish beside them by --force")
}

pub(crate) fn in_the_way(output: &Path, path: &str) -> Failure {
    let what = format!("{} is in the way of the site, and no build wrote it", output.join(path).display());
    Failure::usage(what).help("move it, or choose another folder by --output-dir")
}

pub(crate) fn output_of_another(folder: &Path) -> Failure {
    let folder = folder.display();
    Failure::usage(format!("{folder} is the output of another site, and this one has files there, too"))
        .help("publish the other one to a folder in which this one has no page")
}

pub(crate) fn mounted_folder(output: &Path, folder: &Path) -> Failure {
    let folder = output.join(folder);
    Failure::usage(format!("something is mounted at {}, where the site has a folder", folder.display()))
        .help("mount it at a folder that the site has not, or mount the whole output folder")
}

pub(crate) fn stage_in_use(folder: &Path, name: &str) -> Failure {
    let folder = folder.display();
    let failure = match name {
        "" => Failure::usage(format!("{folder} is not a folder")),
        _ => Failure::usage(format!("the folder {folder} holds {name}, which no build wrote")),
    };
    failure.help("move it away: new sites are put together in a folder of this name")
}

/// Explains that the new site is published and the next build removes the old one.
pub(crate) fn cannot_dissolve(output: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| {
        let (output, reason) = (output.display(), reason(&error));
        Failure::io(format!("{output} is published, but the old site beside it cannot be removed: {reason}"))
            .help("the next build goes on; what no build wrote is not lost")
    }
}

// New sites and records.

pub(crate) fn folder_in_use(folder: &Path, names: &[String]) -> Failure {
    Failure::usage(format!("{} is not empty: it holds {}", folder.display(), names.join(", ")))
        .help("name a new folder: sitegen init my-site")
}

pub(crate) fn nothing_chosen() -> Failure {
    Failure::usage("nothing was chosen, so nothing is written")
        .help("choose on the command line: sitegen init my-site --template minimal")
}

/// Refuses `--data` for a template that is not made from data.
pub(crate) fn data_of_no_directory(template: &str) -> Failure {
    Failure::usage(format!("--data makes a directory, and --template asks for \"{template}\""))
        .help("leave one of them out")
}

/// Refuses a file from which no directory can be made.
pub(crate) fn unfit_data(path: &Path, problem: &Diagnostic) -> Failure {
    let failure = Failure::usage(format!("{} cannot be read as data: {}", path.display(), problem.message));
    failure.help(format!("see where by \"sitegen new --dataset {}\"", path.display()))
}

pub(crate) fn unknown_collection(name: &str, collections: &[&str]) -> Failure {
    let failure = Failure::usage(format!("there is no collection \"{name}\""));
    match nearest(name, collections.iter().copied()) {
        Some(nearest) => failure.help(format!("did you mean \"{nearest}\"?")),
        None => failure.help(format!("the site has {}", collections.join(", "))),
    }
}

pub(crate) fn unknown_schema(name: &str, names: &[&str]) -> Failure {
    let failure = Failure::usage(format!("there is no schema \"{name}\""));
    match nearest(name, names.iter().copied()) {
        Some(nearest) => failure.help(format!("did you mean \"{nearest}\"?")),
        None => failure.help(format!("there are {}", names.join(", "))),
    }
}

// Themes.

pub(crate) fn no_built_in_theme<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Failure {
    let names: Vec<_> = names.collect();
    let failure = Failure::usage(format!("sitegen carries no theme \"{name}\""));
    match nearest(name, names.iter().copied()) {
        Some(nearest) => failure.help(format!("did you mean \"{nearest}\"?")),
        None => failure.help(format!("it carries {}", names.join(", "))),
    }
}

pub(crate) fn no_file_of_theme<'a>(path: &str, theme: &str, paths: impl Iterator<Item = &'a str>) -> Failure {
    let failure = Failure::usage(format!("there is no {path}"));
    match nearest(path, paths) {
        Some(nearest) => failure.help(format!("did you mean {nearest}?")),
        None => failure.help(format!("\"sitegen theme list {theme}\" says what there is")),
    }
}

// Datasets.

pub(crate) fn invalid_dataset(name: &str, valid: Option<&str>) -> Failure {
    let failure = Failure::usage(format!("\"{name}\" cannot be a dataset's name"));
    match valid {
        Some(valid) => failure.help(format!("did you mean \"{valid}\"?")),
        None => failure.help("a dataset's name is of small letters, digits and _, such as \"job_offers\""),
    }
}

// Additions.

pub(crate) fn no_site_or_theme(root: &Path, config: &Path) -> Failure {
    Failure::usage(format!("{} has neither {} nor theme.toml", root.display(), config.display()))
        .help("name the folder of a site or of a theme by --root")
}

pub(crate) fn engine_in_use(folder: &Path) -> Failure {
    Failure::usage(format!("{} is no engine as sitegen made it, and stays as it is", folder.display()))
        .help("move it away, or replace it by --force")
}

pub(crate) fn files_in_use(root: &Path, paths: &[&str]) -> Failure {
    let other = if paths.len() == 1 { "another file" } else { "other files" };
    Failure::usage(format!("{} has {other} already: {}", root.display(), paths.join(", ")))
        .help("nothing was written; move what you changed, or replace it by --force")
}

pub(crate) fn unfit_package(folder: &Path, package: &Package, unfit: &PackageMismatch) -> Failure {
    let Package { name, version, .. } = package;
    let message = format!("{} is not {name} {version} as it is published: {unfit}", folder.display());
    let failure = match unfit {
        PackageMismatch::Unreadable(..) => Failure::io(message),
        PackageMismatch::Missing(_) | PackageMismatch::Other(_) | PackageMismatch::Changed { .. } => {
            Failure::usage(message)
        }
    };
    failure.help(format!(
        "get it by \"npm pack {name}@{version} && tar -xf {name}-{version}.tgz\", and name the folder \"package\""
    ))
}

// Questions to a site.

pub(crate) fn unknown_relation(name: &str, nearest: Option<&str>, relations: &[&str]) -> Failure {
    let failure = Failure::usage(format!("there is no collection, dataset or query \"{name}\""));
    match nearest {
        Some(nearest) => failure.help(format!("did you mean \"{nearest}\"?")),
        None if relations.is_empty() => failure.help("the site declares none"),
        None => failure.help(format!("the site has {}", relations.join(", "))),
    }
}

pub(crate) fn unknown_url(url: &str, nearest: Option<&str>) -> Failure {
    let failure = Failure::usage(format!("the site has nothing at {url}"));
    match nearest {
        Some(nearest) => failure.help(format!("did you mean {nearest}?")),
        None => failure.help("see what there is by \"sitegen list pages\""),
    }
}

pub(crate) fn unpublished_url(url: &str) -> Failure {
    Failure::usage(format!("the page {url} is not published, since its family's publish_if does not hold"))
        .help("see what is left out, and why, by \"sitegen plan\"")
}

pub(crate) fn unknown_source(path: &Path) -> Failure {
    Failure::usage(format!("the site has no file {}", path.display()))
        .help("name it as problems do, from the site's folder, such as templates/company.html")
}

pub(crate) fn unknown_line(path: &Path, line: usize) -> Failure {
    Failure::usage(format!("{} has no line {line}", path.display()))
}

pub(crate) fn invalid_slug(slug: &str, valid: &str) -> Failure {
    let failure = Failure::usage(format!("\"{slug}\" cannot be a slug"));
    match valid {
        "" => failure.help("a slug is part of a URL, such as \"senior-data-engineer\""),
        _ => failure.help(format!("did you mean \"{valid}\"?")),
    }
}

pub(crate) fn record_exists(singular: &str, slug: &str, path: &str) -> Failure {
    Failure::usage(format!("there is a {singular} \"{slug}\" already, in {path}"))
}

pub(crate) fn file_exists(path: &Path) -> Failure {
    Failure::usage(format!("there is a file {} already", path.display()))
}
