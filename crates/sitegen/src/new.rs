//! `sitegen new`: makes a record to fill in, or the declaration of a dataset.

pub(crate) mod dataset;
pub(crate) mod declaration;
mod placeholder;

use std::io::Write as _;
use std::path::Path;

use sitegen_model::{Collection, CollectionId, Model, Slugs};
use sitegen_parser::slugify;
use sitegen_render::Build;

use crate::args::{Common, NewArgs, SiteArgs};
use crate::console::Console;
use crate::disk;
use crate::errors::{self, Exit, Failure};
use crate::site::LoadedSite;

/// Begins a record, or declares a dataset.
///
/// # Errors
///
/// The record or dataset cannot be made, or a file cannot be read or written.
pub(crate) fn begin(common: &Common, args: &NewArgs, console: &Console) -> Result<Exit, Failure> {
    match (&args.dataset, &args.name, &args.slug) {
        (Some(file), name, _) => dataset::declare(common, file, name.as_deref(), console),
        (None, Some(collection), Some(slug)) => record(common, collection, slug, console),
        _ => unreachable!("clap asks for both"),
    }
}

/// Writes a draft `<slug>.md` to the folder of a collection.
///
/// # Errors
///
/// There is no such collection, the slug is invalid or taken, or the file cannot be written.
fn record(common: &Common, name: &str, slug: &str, console: &Console) -> Result<Exit, Failure> {
    let site = LoadedSite::read(common, &SiteArgs { drafts: true, ..SiteArgs::default() })?;
    if let Some(exit) = site.refuse(console) {
        return Ok(exit);
    }
    let (_, undeclared) = site.schema();
    if undeclared.has_errors() {
        let find = |path: &str| site.inputs.text(path);
        site.report(&undeclared.sorted(), &find, console);
        return Ok(Exit::Errors);
    }
    let model = sitegen_render::build(&site.inputs, &Build::default()).model;
    let id = find_collection(&model, name)?;
    let collection = &model.schema[id];
    check_slug(collection, slug)?;
    let folder = if collection.folder.is_empty() { String::new() } else { format!("{}/", collection.folder) };
    let path = site.inputs.folders.path_of_new(&format!("{folder}{slug}.md"));
    if let Some(taken) = model.records.by_slug(id, slug) {
        return Err(errors::record_exists(&collection.singular, slug, &model.records[taken].source.path));
    }
    let file = site.path(&path);
    write(&file, &placeholder::record(&model, id, slug, site.inputs.today))?;
    let wanted = placeholder::wanted(collection);
    let wanted =
        if wanted.is_empty() { String::new() } else { format!(" that still lacks {}", wanted.join(", ")) };
    console.say(format_args!("{} written, a draft{wanted}", file.display()))?;
    Ok(Exit::Done)
}

fn find_collection(model: &Model, name: &str) -> Result<CollectionId, Failure> {
    let names = model.schema.collections.iter().map(|collection| collection.name.as_str());
    model.schema.collection(name).ok_or_else(|| errors::unknown_collection(name, &names.collect::<Vec<_>>()))
}

fn check_slug(collection: &Collection, slug: &str) -> Result<(), Failure> {
    let valid = match collection.slugs {
        Slugs::Name => slugify(slug),
        Slugs::Path => slug.split('/').map(slugify).collect::<Vec<_>>().join("/"),
        Slugs::File => slug.to_owned(),
    };
    let whole = valid.split('/').all(|part| !part.is_empty());
    if whole && valid == slug {
        Ok(())
    } else {
        Err(errors::invalid_slug(slug, if whole { &valid } else { "" }))
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if disk::find(path).map_err(errors::cannot_read(path))?.is_some() {
        return Err(errors::file_exists(path));
    }
    disk::make_in(path, || disk::create(path))
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(errors::cannot_write(path))
}
