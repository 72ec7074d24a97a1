//! `sitegen build` and `sitegen check`: render the whole site, to publish it or for its problems.

use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use sitegen_model::{File, Route, Target};
use sitegen_parser::Diagnostics;
use sitegen_render::{Build, Conclusion, Findings, Output, Rendered, TypeShare};

use crate::args::{BuildArgs, CheckArgs, Common, PublishArgs, UnusedScope};
use crate::console::Console;
use crate::errors::{self, Exit, Failure};
use crate::know;
use crate::phrase::{count, quoted, seconds};
use crate::progress::Progress;
use crate::prove;
use crate::publish::{
    ByteSource, Durability, ForeignPolicy, Publication, PublishSummary, Published, Turn, Way,
};
use crate::report::{Consequence, Places};
use crate::site::LoadedSite;

/// Builds the site, and publishes it if it has no errors.
///
/// # Errors
///
/// The output folder cannot be published to, or something cannot be read or written.
pub(crate) fn build(
    common: &Common,
    args: &BuildArgs,
    publish: &PublishArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    let started = Instant::now();
    let (turn, site) = read_in_turn(common, args, console)?;
    let build = know::build(&site, console);
    let proof = prove::prove(&site, &build.model, console);
    if build.diagnostics.has_errors() || proof.diagnostics.has_errors() {
        let conclusion = args.judge(find_problems(&build, console)?.and(proof.diagnostics));
        return Ok(know::conclude(&site, &build.model, &conclusion, Consequence::NotPublished, console));
    }
    let foreign = if publish.force { ForeignPolicy::Keep } else { ForeignPolicy::Refuse };
    let durability = if publish.no_sync { Durability::NoSync } else { Durability::Sync };
    let publication = Publication::begin(turn, foreign, durability)?;
    let take = |mut files: Vec<Published>, route: &Route, output: Output| {
        files.extend(put(route.output_path(), &output, &site, &build, &publication)?);
        Ok(files)
    };
    let both = |mut files: Vec<Published>, mut others| {
        files.append(&mut others);
        files
    };
    let (files, conclusion) = render(&build, console, take, both)?;
    let conclusion = args.judge(conclusion.and(proof.diagnostics));
    let exit = know::conclude(&site, &build.model, &conclusion, Consequence::NotPublished, console);
    if exit == Exit::Done {
        let publishing = Instant::now();
        let outcome = publication.finish(&files)?;
        console.explain(format_args!("published in {}", seconds(publishing.elapsed())));
        summarize(&build, &outcome, started, console)?;
        console.say(format_args!("{}", whereabouts(common, args, &site)))?;
    }
    Ok(exit)
}

/// Waits for the turn to publish, and reads the site only then, so that the last build to publish has read
/// the newest state.
fn read_in_turn(common: &Common, args: &BuildArgs, console: &Console) -> Result<(Turn, LoadedSite), Failure> {
    let output_dir = args.output_dir.as_deref();
    let mut output = LoadedSite::read_config(common, &args.site)?.output(output_dir)?;
    loop {
        let turn = Turn::take(output, console)?;
        let site = know::read(common, &args.site, console)?;
        output = site.output(output_dir)?;
        // The configuration may have named another output folder by the time our turn came.
        if output == turn.target {
            return Ok((turn, site));
        }
    }
}

/// Reports the problems of the site.
///
/// # Errors
///
/// The site's folder is missing, or the output folder could not be published to.
pub(crate) fn check(common: &Common, check: &CheckArgs, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    let args = &check.build;
    let site = know::read(common, &args.site, console)?;
    let build = know::build(&site, console);
    site.output(args.output_dir.as_deref())?;
    let proof = prove::prove(&site, &build.model, console);
    let unused = check.unused.map(|scope| find_unused(&site, &build, scope)).unwrap_or_default();
    let conclusion = args.judge(find_problems(&build, console)?.and(proof.diagnostics).and(unused));
    let exit = know::conclude(&site, &build.model, &conclusion, Consequence::None, console);
    if exit == Exit::Done {
        console.say(format_args!("{}: checked in {}", counts(&build), seconds(started.elapsed())))?;
    }
    if check.types {
        say_types(&site, &build, console)?;
    }
    Ok(exit)
}

/// Finds what nothing uses. The themes that the site's theme extends have parts for other themes as well, and those
/// that the program carries cannot be changed, so neither are asked about.
fn find_unused(site: &LoadedSite, build: &Build, scope: UnusedScope) -> Diagnostics {
    let theme = site.inputs.themes.last().filter(|_| scope == UnusedScope::Theme);
    let is_of_theme = |path: &str| {
        let below = theme.and_then(|theme| path.strip_prefix(&*theme.path)?.strip_prefix('/'));
        below.is_some() && !site.carries(path)
    };
    let is_asked = |path: &str| site.inputs.site.contains_key(path) || is_of_theme(path);
    sitegen_render::unused(build, &site.inputs, &is_asked)
}

/// Says how many expressions in templates have known types, and lists those at which knowledge ends.
fn say_types(site: &LoadedSite, build: &Build, console: &Console) -> Result<(), Failure> {
    let TypeShare { all, known, begins } = sitegen_render::type_share(build);
    let mut positions = Places::new(&site.inputs);
    for place in &begins {
        let text = build.model.text(&site.inputs, &place.path).unwrap_or_default();
        let expression = text.get(place.start..place.end).unwrap_or_default();
        let expression = expression.split_whitespace().collect::<Vec<_>>().join(" ");
        match positions.position(place) {
            Some((line, column)) => {
                console.say(format_args!("{}:{line}:{column}: unknown: {expression}", place.path))?;
            }
            None => console.say(format_args!("{}: unknown: {expression}", place.path))?,
        }
    }
    let share = known * 1000 / all.max(1);
    let (percent, tenths) = (share / 10, share % 10);
    console.say(format_args!(
        "{known} of {all} expressions in templates have known types ({percent}.{tenths} %)"
    ))
}

/// Renders every route to find its problems.
fn find_problems(build: &Build, console: &Console) -> Result<Conclusion, Failure> {
    render(build, console, |(), _, _| Ok(()), |(), ()| ()).map(|((), conclusion)| conclusion)
}

/// Renders every route, and collects the outputs and all problems of the site. `take` adds an output to a
/// collection, and `both` joins the collections of adjacent routes, in order.
///
/// # Errors
///
/// An output could not be added.
pub(crate) fn render<T: Default + Send>(
    build: &Build,
    console: &Console,
    take: impl Fn(T, &Route, Output) -> Result<T, Failure> + Sync,
    both: impl Fn(T, T) -> T + Sync,
) -> Result<(T, Conclusion), Failure> {
    let started = Instant::now();
    let routes = &build.model.routes;
    let progress = Progress::begin("rendering", routes.len(), console);
    let step = |(taken, known): (T, Findings), route: &Route| {
        let Rendered { output, findings } = sitegen_render::render(build, route);
        let taken = take(taken, route, output)?;
        progress.step();
        Ok((taken, known.and(findings)))
    };
    let rendered = routes.par_iter().try_fold(Default::default, step);
    let (taken, findings) = rendered.try_reduce(Default::default, |(taken, findings), (others, more)| {
        Ok((both(taken, others), findings.and(more)))
    })?;
    let conclusion = sitegen_render::conclude(build, findings);
    console.explain(format_args!(
        "rendered {} in {}",
        count(routes.len(), "file"),
        seconds(started.elapsed())
    ));
    Ok((taken, conclusion))
}

/// Publishes a rendered file. Returns none if it is a copy of a file that cannot be read, because that is
/// reported elsewhere.
fn put(
    to: String,
    output: &Output,
    site: &LoadedSite,
    build: &Build,
    publication: &Publication,
) -> Result<Option<Published>, Failure> {
    let content = match output {
        Output::Bytes(bytes) => ByteSource::Bytes(bytes),
        Output::Image(image) => {
            return match publication.keep(&to, image.key)? {
                Some(kept) => Ok(Some(kept)),
                None => {
                    let drawn =
                        ByteSource::Drawn { key: image.key, bytes: &sitegen_render::draw(build, image) };
                    publication.put(to, &drawn).map(Some)
                }
            };
        }
        Output::Input(path) => match site.inputs.file(path) {
            Some(File::Loaded(bytes)) => ByteSource::Bytes(bytes),
            Some(File::Stored { hash, .. }) => {
                let from = site.file(path).map_err(errors::cannot_read(path.as_ref().as_ref()))?;
                ByteSource::Copy { from, hash: *hash }
            }
            Some(File::Unreadable(_) | File::Stray(_) | File::Doubled) | None => return Ok(None),
        },
    };
    publication.put(to, &content).map(Some)
}

fn summarize(
    build: &Build,
    outcome: &PublishSummary,
    started: Instant,
    console: &Console,
) -> Result<(), Failure> {
    let PublishSummary { written, drawn, unchanged, deleted, replaced, way } = outcome;
    if *way == Way::InPlace {
        console.notice(
            "the output folder is mounted and cannot be exchanged, so its files were replaced one by one: \
             readers may have seen old and new ones together",
        );
    }
    if !replaced.is_empty() {
        let files = count(replaced.len(), "file");
        console.notice(&format!("{files} that no build had written replaced: {}", replaced.join(", ")));
    }
    for path in drawn {
        console.explain(format_args!("drawn {path}"));
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
    ))
}

/// Tells where the site is, and how to look at it.
fn whereabouts(common: &Common, args: &BuildArgs, site: &LoadedSite) -> String {
    let output = args.output_dir.clone().unwrap_or_else(|| site.path(site.output_dir()));
    let mut serve = vec!["sitegen serve --open".to_owned()];
    if common.root != Path::new(".") {
        serve.push(format!("--root {}", quoted(&common.root)));
    }
    if common.config != Path::new("site.toml") {
        serve.push(format!("--config {}", quoted(&common.config)));
    }
    let serve = serve.join(" ");
    format!("published to {}; look at it by: {serve}", output.join("").display())
}

/// Formats the size of the site: `203 pages, 231 files`.
fn counts(build: &Build) -> String {
    let routes = &build.model.routes;
    let pages = routes.iter().filter(|route| matches!(route.target, Target::Page { .. })).count();
    format!("{}, {}", count(pages, "page"), count(routes.len(), "file"))
}
