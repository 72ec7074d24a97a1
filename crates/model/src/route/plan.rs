//! Which routes there are.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sitegen_parser::{Diagnostic, Diagnostics, Place};

use super::{Route, Shows, Site, Target, page};
use crate::documents;
use crate::inputs::{File, Inputs, hash_bytes};
use crate::record::{RecordId, Records};
use crate::schema::{FamilyId, RelationId, Schema};
use crate::{errors, url};

/// The paths of the pages that show records.
pub(super) fn homes(schema: &Schema, pages: &[Route]) -> HashMap<RecordId, Arc<str>> {
    let home = |route: &Route| match route.target {
        Target::Page { family, shows: Shows::Row(row), .. } => match schema[family].from {
            Some(relation @ RelationId::Collection(collection)) if schema.home(relation) == Some(family) => {
                Some((RecordId { collection, row }, Arc::clone(&route.url)))
            }
            _ => None,
        },
        _ => None,
    };
    pages.iter().filter_map(home).collect()
}

pub(super) fn redirects(
    site: &Site,
    homes: &HashMap<RecordId, Arc<str>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    let mut routes = Vec::new();
    for (id, record) in site.records.iter() {
        for from in &record.redirect_from {
            let place = Place::new(&record.source.path, &from.span);
            match (homes.get(&id), url::objection(&from.value)) {
                (_, Some(objection)) => {
                    diagnostics.push(errors::invalid_redirect(&from.value, objection, place));
                }
                (None, None) => {
                    let singular = &site.schema[id.collection].singular;
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
    site: &Site,
    homes: &HashMap<RecordId, Arc<str>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    let fixed = site.inputs.layered("static").into_iter().map(|(name, (path, _))| (format!("/{name}"), path));
    let media = site.inputs.content().filter(|(name, _, file)| {
        !documents::holds_records(name) && !documents::is_dataset(name) && !matches!(file, File::Stray(_))
    });
    let media = media.map(|(name, path, _)| (media_url(name, path, site.records, homes), Arc::clone(path)));
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
pub(super) fn without_collisions(
    routes: Vec<Route>,
    site: &Site,
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    let mut taken: HashMap<String, usize> = HashMap::with_capacity(routes.len());
    let mut kept: Vec<Route> = Vec::with_capacity(routes.len());
    let mut duplicates = Duplicates::default();
    for route in routes {
        let key = url::collision_key(&route.output_path());
        if let Some(other) = taken.get(&key) {
            duplicates.add(&route, &kept[*other], site);
        } else {
            taken.insert(key, kept.len());
            kept.push(route);
        }
    }
    diagnostics.extend(duplicates.report());
    for route in &kept {
        let key = url::collision_key(&route.output_path());
        let mut folders = key.match_indices('/').map(|(at, _)| &key[..at]);
        if let Some(other) = folders.find_map(|folder| taken.get(folder)) {
            diagnostics.push(errors::file_and_folder(route, &kept[*other]));
        }
    }
    kept
}

/// Routes that have another's URL. Those made from rows are counted, since one mistake makes many.
#[derive(Default)]
struct Duplicates {
    single: Vec<Diagnostic>,
    rows: BTreeMap<(FamilyId, FamilyId), (Diagnostic, usize)>,
}

impl Duplicates {
    fn add(&mut self, route: &Route, taken: &Route, site: &Site) {
        let problem = || errors::duplicate_url(route, taken);
        match (page::row_of(route, site), page::row_of(taken, site)) {
            (Some((family, row)), Some((other, other_row))) => {
                let (_, count) = self.rows.entry((family, other)).or_insert_with(|| {
                    let rows = [(family, row), (other, other_row)];
                    let rows = rows.map(|(family, row)| page::describe_row(family, row, site));
                    (problem().note(rows.join(" and ")), 0)
                });
                *count += 1;
            }
            _ => self.single.push(problem()),
        }
    }

    fn report(self) -> impl Iterator<Item = Diagnostic> {
        let rows = self.rows.into_values().map(|(problem, count)| errors::with_more(problem, count - 1));
        self.single.into_iter().chain(rows)
    }
}
