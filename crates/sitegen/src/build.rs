//! `sitegen build` and `sitegen check`.

use std::time::Instant;

use rayon::prelude::*;
use sitegen_model::{File, Route, Target};
use sitegen_parser::Diagnostics;
use sitegen_render::{Build, Findings, Output, Rendered};

use crate::args::{Common, SiteArgs};
use crate::console::{Console, count, seconds};
use crate::errors::{Exit, Failure};
use crate::progress::Progress;
use crate::publish::{Content, Foreign, Outcome, Publication, Published, Way};
use crate::report::{self, Consequence};
use crate::site::Site;

/// Makes the site and publishes it if nothing is wrong with it.
///
/// # Errors
///
/// The output folder cannot be published to, or something cannot be read or written.
pub(crate) fn build(
    common: &Common,
    args: &SiteArgs,
    foreign: Foreign,
    console: &Console,
) -> Result<Exit, Failure> {
    let started = Instant::now();
    let (site, build) = know(common, args, console)?;
    let output = site.output(args.output_dir.as_deref())?;
    if build.diagnostics.has_errors() {
        let (_, diagnostics) = render(&build, console, |_, _| Ok(()))?;
        return Ok(conclude(&site, &diagnostics, Consequence::NotPublished, console));
    }
    let publication = Publication::begin(output, foreign, console)?;
    let (files, diagnostics) = render(&build, console, |route, output| {
        content(&site, &output).map(|content| publication.put(route.output_path(), &content)).transpose()
    })?;
    let exit = conclude(&site, &diagnostics, Consequence::NotPublished, console);
    if exit == Exit::Done {
        let publishing = Instant::now();
        let outcome = publication.finish(&files.into_iter().flatten().collect::<Vec<Published>>())?;
        console.explain(format_args!("published in {}", seconds(publishing.elapsed())));
        summarize(&build, &outcome, started, console);
    }
    Ok(exit)
}

/// Reports what is wrong with the site.
///
/// # Errors
///
/// The site's folder is not there, or the output folder could not be published to.
pub(crate) fn check(common: &Common, args: &SiteArgs, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    let (site, build) = know(common, args, console)?;
    site.output(args.output_dir.as_deref())?;
    let (_, diagnostics) = render(&build, console, |_, _| Ok(()))?;
    let exit = conclude(&site, &diagnostics, Consequence::None, console);
    if exit == Exit::Done {
        console.say(format_args!("{}: checked in {}", counts(&build), seconds(started.elapsed())));
    }
    Ok(exit)
}

/// Reads the site and makes it known.
fn know(common: &Common, args: &SiteArgs, console: &Console) -> Result<(Site, Build), Failure> {
    let started = Instant::now();
    let site = Site::read(common, args)?;
    let files = site.inputs.site.len() + site.inputs.theme.len();
    console.explain(format_args!("read {} in {}", count(files, "file"), seconds(started.elapsed())));
    let started = Instant::now();
    let build = sitegen_render::build(&site.inputs, &Build::default());
    let records = build.model.records.iter().count();
    console.explain(format_args!("checked {} in {}", count(records, "record"), seconds(started.elapsed())));
    Ok((site, build))
}

/// Renders every route, hands its bytes on, and gives what came of that and all that is wrong with the site.
fn render<T: Send>(
    build: &Build,
    console: &Console,
    take: impl Fn(&Route, Output) -> Result<T, Failure> + Sync,
) -> Result<(Vec<T>, Diagnostics), Failure> {
    let started = Instant::now();
    let routes = build.model.routes.as_slice();
    let progress = Progress::begin("rendering", routes.len(), console);
    let rendered = routes.par_iter().map(|route| {
        let Rendered { output, findings } = build.render(route);
        let taken = take(route, output)?;
        progress.step();
        Ok((taken, findings))
    });
    let rendered: Vec<_> = rendered.collect::<Result<_, Failure>>()?;
    let (taken, findings): (Vec<_>, Vec<_>) = rendered.into_iter().unzip();
    let diagnostics = build.conclude(findings.into_iter().fold(Findings::default(), Findings::and));
    console.explain(format_args!(
        "rendered {} in {}",
        count(routes.len(), "file"),
        seconds(started.elapsed())
    ));
    Ok((taken, diagnostics))
}

/// What a rendered file holds; none if it is a copy of one that could not be read, which is reported.
fn content<'a>(site: &'a Site, output: &'a Output) -> Option<Content<'a>> {
    match output {
        Output::Bytes(bytes) => Some(Content::Bytes(bytes)),
        Output::Input(path) => match site.inputs.file(path)? {
            File::Loaded(bytes) => Some(Content::Bytes(bytes)),
            File::Stored { hash } => Some(Content::Copy { from: site.path(path), hash: *hash }),
            File::Unreadable(_) | File::Stray(_) => None,
        },
    }
}

fn conclude(site: &Site, diagnostics: &Diagnostics, consequence: Consequence, console: &Console) -> Exit {
    report::diagnostics(diagnostics, &site.inputs, &site.root, consequence, console);
    site.exit(diagnostics)
}

fn summarize(build: &Build, outcome: &Outcome, started: Instant, console: &Console) {
    let Outcome { written, unchanged, deleted, way } = outcome;
    if *way == Way::InPlace {
        console
            .explain(format_args!("the output folder cannot be renamed: its files were replaced one by one"));
    }
    for path in written {
        console.explain(format_args!("written {path}"));
    }
    for path in deleted {
        console.explain(format_args!("deleted {path}"));
    }
    console.say(format_args!(
        "{}: {} written, {unchanged} unchanged, {} deleted in {}",
        counts(build),
        written.len(),
        deleted.len(),
        seconds(started.elapsed()),
    ));
}

/// How large the site is: `203 pages, 231 files`.
fn counts(build: &Build) -> String {
    let routes = build.model.routes.as_slice();
    let pages = routes.iter().filter(|route| matches!(route.target, Target::Page { .. })).count();
    format!("{}, {}", count(pages, "page"), count(routes.len(), "file"))
}
