//! `sitegen schema`: writes JSON Schema, by which editors check and complete what authors type.

mod taplo;

use serde_json::Value as Json;
use sitegen_model::{CollectionId, Model, RecordFile, json_of_site, json_of_theme};

use crate::add;
use crate::args::{Common, SiteArgs};
use crate::console::{self, Console};
use crate::disk;
use crate::errors::{self, Exit, Failure};
use crate::know;
use crate::phrase::count;
use crate::site::LoadedSite;

/// The folder of the schemas. It is hidden, so it is never part of the content.
const FOLDER: &str = ".sitegen/schemas";

/// The names of Taplo's configuration, of which it reads the first that is there.
const CONFIGS: [&str; 2] = [".taplo.toml", "taplo.toml"];

/// The beginning of a configuration that we wrote, and may write again.
const MARK: &str = "# Written by \"sitegen schema\"";

/// Writes all schemas of a site, or prints one.
///
/// # Errors
///
/// The site's folder is missing, there is no such schema, or a file cannot be written.
pub(crate) fn schema(common: &Common, name: Option<&str>, console: &Console) -> Result<Exit, Failure> {
    // The schemas of declarations need no site, so that they can be had for a theme alone.
    let own = of_declarations().into_iter().find(|(known, _)| Some(known.as_str()) == name);
    if let Some((_, json)) = own {
        console::print(&text(&json))?;
        return Ok(Exit::Done);
    }
    let (site, model) = match declared(common, console)? {
        Ok(declared) => declared,
        Err(exit) => return Ok(exit),
    };
    match name {
        None => {
            let written = write(&site, &model, console)?;
            let folder = site.path(FOLDER);
            console.say(format_args!("{} written to {}", count(written, "schema"), folder.display()))?;
        }
        Some(name) if name == CONFIGS[0] => console::print(taplo::config(&site, &model).as_bytes())?,
        Some(name) => {
            let schemas = schemas(&model);
            let names = || schemas.iter().map(|(name, _)| name.as_str()).chain([CONFIGS[0]]);
            let found = schemas.iter().find(|(known, _)| known == name);
            let (_, json) =
                found.ok_or_else(|| errors::unknown_schema(name, &names().collect::<Vec<_>>()))?;
            console::print(&text(json))?;
        }
    }
    Ok(Exit::Done)
}

/// Writes all schemas of a new site.
///
/// # Errors
///
/// The site's folder is missing, or a file cannot be written.
pub(crate) fn set_up(common: &Common, console: &Console) -> Result<(), Failure> {
    match declared(common, console)? {
        Ok((site, model)) => write(&site, &model, console).map(drop),
        Err(_) => Ok(()),
    }
}

/// Writes all schemas, and tells Taplo of them unless its configuration is the author's own. Returns the number
/// of schemas.
fn write(site: &LoadedSite, model: &Model, console: &Console) -> Result<usize, Failure> {
    let schemas = schemas(model);
    for (name, json) in &schemas {
        add::write(&site.path(&path(name)), &text(json))?;
    }
    match own_config(site)? {
        None => add::write(&site.path(CONFIGS[0]), taplo::config(site, model).as_bytes())?,
        Some(config) => console.notice(&format!(
            "{config} is yours and stays as it is: add what \"sitegen schema {}\" prints, so that editors find the schemas",
            CONFIGS[0]
        )),
    }
    Ok(schemas.len())
}

/// Reads a site whose declarations have no errors. Problems of records are not reported, because schemas do not
/// depend on them.
fn declared(common: &Common, console: &Console) -> Result<Result<(LoadedSite, Model), Exit>, Failure> {
    let site = LoadedSite::read(common, &SiteArgs::default())?;
    if let Some(exit) = site.refuse(console) {
        return Ok(Err(exit));
    }
    let (_, undeclared) = site.schema();
    if undeclared.has_errors() {
        site.report(&undeclared.sorted(), &|path| site.inputs.text(path), console);
        return Ok(Err(Exit::Errors));
    }
    let (model, _) = know::model_of(&site);
    Ok(Ok((site, model)))
}

/// Returns the author's own configuration of Taplo; none if there is none, or only ours.
fn own_config(site: &LoadedSite) -> Result<Option<&'static str>, Failure> {
    for name in CONFIGS {
        let path = site.path(name);
        if disk::follow(&path).map_err(errors::cannot_read(&path))?.is_some() {
            let text = disk::read(&path).map_err(errors::cannot_read(&path))?;
            return Ok((!text.starts_with(MARK.as_bytes())).then_some(name));
        }
    }
    Ok(None)
}

/// Returns all schemas, by the names under which they can be printed.
fn schemas(model: &Model) -> Vec<(String, Json)> {
    let slugs = |of| model.records.of(of).iter().map(|record| record.slug.clone()).collect();
    let collections = model.schema.collections.iter().enumerate();
    let of_records = collections.flat_map(|(id, collection)| {
        RecordFile::ALL.map(|file| {
            let json = model.schema.json_of(CollectionId(id), file, &slugs);
            (name(&collection.name, file), json)
        })
    });
    of_declarations().into_iter().chain(of_records).collect()
}

fn of_declarations() -> [(String, Json); 2] {
    [("site.toml".to_owned(), json_of_site()), ("theme.toml".to_owned(), json_of_theme())]
}

/// Returns the name of the schema of a collection's records.
fn name(collection: &str, file: RecordFile) -> String {
    let collection = escaped(collection);
    match file {
        RecordFile::One => collection,
        RecordFile::Several => format!("{collection}.several"),
        RecordFile::FrontMatter => format!("{collection}.front-matter"),
    }
}

/// Escapes the signs of a collection's name that could mean something in a file's name, such as a slash.
fn escaped(collection: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-".contains(c);
    let sign = |c: char| if is_plain(c) { c.to_string() } else { format!("%{:X}", u32::from(c)) };
    collection.chars().map(sign).collect()
}

/// Returns the path of a schema's file from the site's folder.
fn path(name: &str) -> String {
    format!("{FOLDER}/{name}.json")
}

fn text(json: &Json) -> Vec<u8> {
    format!("{json:#}\n").into_bytes()
}
