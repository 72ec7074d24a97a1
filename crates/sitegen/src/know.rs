//! Reading a site for a command: its model alone, or everything that can be rendered.

use std::time::Instant;

use sitegen_model::{Config, Documents, Model};
use sitegen_parser::Diagnostics;
use sitegen_render::{Build, Conclusion};

use crate::args::{Common, SiteArgs};
use crate::console::Console;
use crate::errors::{Exit, Failure};
use crate::phrase::{count, seconds};
use crate::report::{Consequence, MOST, Report};
use crate::site::LoadedSite;

/// Builds everything that can be rendered of a site.
pub(crate) fn build(site: &LoadedSite, console: &Console) -> Build {
    let started = Instant::now();
    let build = sitegen_render::build(&site.inputs, &Build::default());
    let records = build.model.records.iter().count();
    console.explain(format_args!("checked {} in {}", count(records, "record"), seconds(started.elapsed())));
    build
}

/// Reads a site and builds its model. Reports the problems, and returns the exit code.
///
/// # Errors
///
/// The site's folder is missing.
pub(crate) fn model(
    common: &Common,
    args: &SiteArgs,
    console: &Console,
) -> Result<(LoadedSite, Model, Exit), Failure> {
    let site = read(common, args, console)?;
    let (model, diagnostics) = model_of(&site);
    let conclusion = Conclusion { diagnostics: diagnostics.sorted(), unchecked: model.unchecked() };
    let exit = conclude(&site, &model, &conclusion, Consequence::None, console);
    Ok((site, model, exit))
}

/// Builds as much of a site's model as answers a question. Reports the problems, and returns the exit code.
pub(crate) fn model_of_question(site: &LoadedSite, question: &str, console: &Console) -> (Model, Exit) {
    let (config, mut diagnostics) = Config::read(&site.inputs);
    let documents = Documents::read(&site.inputs, &config.markdown.syntax, &Documents::default());
    let (model, found) = Model::of_question(&site.inputs, config, &documents, question);
    diagnostics.extend(found);
    let conclusion = Conclusion { diagnostics: diagnostics.sorted(), unchecked: model.unchecked() };
    let exit = conclude(site, &model, &conclusion, Consequence::None, console);
    (model, exit)
}

/// Builds the model of a site.
pub(crate) fn model_of(site: &LoadedSite) -> (Model, Diagnostics) {
    let (config, mut diagnostics) = Config::read(&site.inputs);
    let documents = Documents::read(&site.inputs, &config.markdown.syntax, &Documents::default());
    let (model, found) = Model::build(&site.inputs, config, &documents, &Model::default());
    diagnostics.extend(found);
    (model, diagnostics)
}

/// Reads a site.
///
/// # Errors
///
/// The site's folder is missing, or a folder in it cannot be listed.
pub(crate) fn read(common: &Common, args: &SiteArgs, console: &Console) -> Result<LoadedSite, Failure> {
    let started = Instant::now();
    let site = LoadedSite::read(common, args)?;
    let files = site.inputs.site.len() + site.inputs.of_themes().count();
    console.explain(format_args!("read {} in {}", count(files, "file"), seconds(started.elapsed())));
    Ok(site)
}

/// Reports the problems of a site, and returns the exit code.
pub(crate) fn conclude(
    site: &LoadedSite,
    model: &Model,
    Conclusion { diagnostics, unchecked }: &Conclusion,
    consequence: Consequence,
    console: &Console,
) -> Exit {
    let find = |path: &str| model.text(&site.inputs, path);
    let (find, root) = (&find, &site.root);
    let remarks = &[unchecked.clone(), site.remarks(diagnostics)].concat();
    Report { diagnostics, find, root, consequence, remarks, most: MOST }.print(console);
    site.exit(diagnostics)
}
