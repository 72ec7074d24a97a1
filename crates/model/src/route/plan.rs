//! Which routes there are.

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_parser::{Diagnostics, Place, slugify};

use super::{Route, Target};
use crate::documents;
use crate::inputs::{File, Inputs, hash_bytes};
use crate::record::{RecordId, Records, Value};
use crate::schema::{Family, FamilyId, Part, Pattern, Schema, Step};
use crate::{Config, errors, url};

pub(super) fn pages(
    config: &Config,
    schema: &Schema,
    records: &Records,
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    let mut routes = Vec::new();
    for (index, family) in schema.families.iter().enumerate() {
        let id = FamilyId(index);
        match family.from {
            None => routes.extend(page(id, family, None, config, records, diagnostics)),
            Some(collection) => {
                for row in 0..records.of(collection).len() {
                    let row = Some(RecordId { collection, row });
                    routes.extend(page(id, family, row, config, records, diagnostics));
                }
            }
        }
    }
    routes
}

fn page(
    id: FamilyId,
    family: &Family,
    row: Option<RecordId>,
    config: &Config,
    records: &Records,
    diagnostics: &mut Diagnostics,
) -> Option<Route> {
    let place = row.map_or(&family.place, |row| &records[row].place).clone();
    let url = match fill(&family.path, row, records, &path_segment) {
        Ok(url) => url,
        Err(column) => {
            // A record with a reported problem may lack the value because of it.
            if row.is_none_or(|row| records[row].sound) {
                diagnostics.push(errors::missing_path_value(
                    &column,
                    &family.name,
                    &place,
                    &family.path.place,
                ));
            }
            return None;
        }
    };
    if let Some(objection) = url::objection(&url) {
        diagnostics.push(errors::invalid_path(&url, objection, &place, &family.path.place));
        return None;
    }
    let title = match &family.title {
        Some(title) => {
            fill(title, row, records, &|value| value.text().unwrap_or_default()).unwrap_or_default().into()
        }
        None => row.map_or_else(|| config.title.as_str().into(), |row| Arc::clone(&records[row].title)),
    };
    Some(Route { url: url.into(), target: Target::Page { family: id, row, title }, place })
}

/// Puts a row's values into a pattern.
///
/// # Errors
///
/// The name of the collection's field that the row leaves out.
fn fill(
    pattern: &Pattern,
    row: Option<RecordId>,
    records: &Records,
    as_text: &dyn Fn(&Value) -> String,
) -> Result<String, String> {
    let mut text = String::new();
    for part in &pattern.parts {
        match (part, row) {
            (Part::Text(literal), _) => text.push_str(literal),
            (Part::Column(steps), Some(row)) => text.push_str(&column(steps, row, records, as_text)?),
            (Part::Column(_), None) => {}
        }
    }
    Ok(text)
}

fn column(
    steps: &[Step],
    row: RecordId,
    records: &Records,
    as_text: &dyn Fn(&Value) -> String,
) -> Result<String, String> {
    let mut record = &records[row];
    for step in steps {
        match step {
            Step::Slug => return Ok(record.slug.to_string()),
            Step::Title => return Ok(as_text(&Value::String(Arc::clone(&record.title)))),
            Step::Field(field) => match &record.values[*field] {
                Value::Reference(id) => record = &records[*id],
                Value::None => return Err(record.slug.to_string()),
                value => return Ok(as_text(value)),
            },
        }
    }
    Ok(record.slug.to_string())
}

fn path_segment(value: &Value) -> String {
    value.text().map(|text| slugify(&text)).unwrap_or_default()
}

/// The paths of the pages that show records.
pub(super) fn homes(schema: &Schema, pages: &[Route]) -> HashMap<RecordId, Arc<str>> {
    let home = |route: &Route| match route.target {
        Target::Page { family, row: Some(row), .. } if schema.home(row.collection) == Some(family) => {
            Some((row, Arc::clone(&route.url)))
        }
        _ => None,
    };
    pages.iter().filter_map(home).collect()
}

pub(super) fn redirects(
    schema: &Schema,
    records: &Records,
    homes: &HashMap<RecordId, Arc<str>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    let mut routes = Vec::new();
    for (id, record) in records.iter() {
        for from in &record.redirect_from {
            let place = Place::new(&record.source.path, &from.span);
            match (homes.get(&id), url::objection(&from.value)) {
                (_, Some(objection)) => {
                    diagnostics.push(errors::invalid_redirect(&from.value, objection, place));
                }
                (None, None) => {
                    let singular = &schema[id.collection].singular;
                    diagnostics.push(errors::redirect_to_nothing(singular, &record.slug, place));
                }
                (Some(to), None) => routes.push(Route {
                    url: from.value.as_str().into(),
                    target: Target::Redirect { to: Arc::clone(to) },
                    place,
                }),
            }
        }
    }
    routes
}

pub(super) fn assets(inputs: &Inputs) -> Vec<Route> {
    let assets = inputs.layered("assets");
    let hashes: Vec<_> = assets.values().map(|(_, file)| hash(file)).collect();
    let all = hash_bytes(hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect::<Vec<_>>().as_slice());
    let routes = assets.iter().zip(hashes).map(|((name, (path, _)), hash)| {
        // A style sheet's URLs are those of other assets, so that it changes with them.
        asset(name, path, if super::is_style_sheet(name) { hash ^ all } else { hash })
    });
    routes.collect()
}

fn hash(file: &File) -> u128 {
    match file {
        File::Loaded(bytes) => hash_bytes(bytes),
        File::Stored { hash } => *hash,
        File::Unreadable(_) | File::Stray(_) => 0,
    }
}

fn asset(name: &str, path: &Arc<str>, hash: u128) -> Route {
    let short = format!("{hash:032x}");
    let (stem, extension) = name
        .rsplit_once('.')
        .map_or((name, String::new()), |(stem, extension)| (stem, format!(".{extension}")));
    Route {
        url: format!("/assets/{stem}.{}{extension}", &short[..10]).into(),
        target: Target::Asset { name: name.into(), path: Arc::clone(path) },
        place: Place::file(path),
    }
}

/// What is published as it is: everything in `static/`, and what stands beside the records in `content/`.
pub(super) fn files(
    inputs: &Inputs,
    records: &Records,
    homes: &HashMap<RecordId, Arc<str>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    let fixed = inputs.layered("static").into_iter().map(|(name, (path, _))| (format!("/{name}"), path));
    let media = inputs.content().filter(|(name, _, file)| {
        !documents::holds_records(name) && !documents::is_dataset(name) && !matches!(file, File::Stray(_))
    });
    let media = media.map(|(name, path, _)| (media_url(name, path, records, homes), Arc::clone(path)));
    let mut routes = Vec::new();
    for (url, path) in fixed.chain(media) {
        // Hosts read files such as `.htaccess` and `.nojekyll`.
        let (folder, file) = url.rsplit_once('/').unwrap_or(("", &url));
        match url::objection(&format!("{folder}/{}", file.strip_prefix('.').unwrap_or(file))) {
            Some(objection) => diagnostics.push(errors::invalid_file_name(&url, objection, &path)),
            None => routes.push(Route {
                url: url.into(),
                place: Place::file(&path),
                target: Target::File { path },
            }),
        }
    }
    routes
}

/// Where a file goes that stands among the content: beside the page of the record that its folder is, if it is one's,
/// so that what is relative in the text is so on the page.
fn media_url(name: &str, path: &str, records: &Records, homes: &HashMap<RecordId, Arc<str>>) -> String {
    let page_of = |folder: &str| {
        let indexes = ["index.md", "_index.md"].map(|index| format!("{folder}/{index}"));
        let ids = indexes.iter().flat_map(|index| records.by_file(index));
        ids.filter_map(|id| homes.get(id)).find(|url| url.ends_with('/'))
    };
    // A collection's own folder is no record's.
    let folders = path.rmatch_indices('/').map(|(at, _)| path.split_at(at));
    let mut folders = folders.filter(|(folder, _)| folder.matches('/').count() > 1);
    let beside = folders.find_map(|(folder, file)| Some((page_of(folder)?, &file[1..])));
    beside.map_or_else(|| format!("/{name}"), |(url, file)| format!("{url}{file}"))
}

/// The routes whose files can stand beside each other on any file system, reporting the others.
pub(super) fn without_collisions(routes: Vec<Route>, diagnostics: &mut Diagnostics) -> Vec<Route> {
    let mut taken: HashMap<String, usize> = HashMap::with_capacity(routes.len());
    let mut kept: Vec<Route> = Vec::with_capacity(routes.len());
    for route in routes {
        let key = url::collision_key(&route.output_path());
        if let Some(other) = taken.get(&key) {
            diagnostics.push(errors::duplicate_url(&route, &kept[*other]));
        } else {
            taken.insert(key, kept.len());
            kept.push(route);
        }
    }
    for route in &kept {
        let key = url::collision_key(&route.output_path());
        let mut folders = key.match_indices('/').map(|(at, _)| &key[..at]);
        if let Some(other) = folders.find_map(|folder| taken.get(folder)) {
            diagnostics.push(errors::file_and_folder(route, &kept[*other]));
        }
    }
    kept
}
