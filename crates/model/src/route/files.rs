//! Files that are published unchanged: those in `static/`, and those next to records in the content.

use std::borrow::Cow;
use std::sync::Arc;

use sitegen_parser::{Active, Diagnostics, Place};

use super::errors::UnsafeFile;
use super::pages::PageIndex;
use super::{Route, RouteInputs, Target, errors};
use crate::ground::{Reserved, url};
use crate::read::{File, INDEXES, documents};
use crate::record::folders;

/// A file with the URL at which it is published.
struct PublishedFile<'a> {
    url: String,
    path: Arc<str>,
    file: &'a File,
}

/// Plans the routes of all files in `static/`, and of files next to records in the content.
pub(super) fn plan(site: &RouteInputs, pages: &PageIndex, diagnostics: &mut Diagnostics) -> Vec<Route> {
    let fixed = site.inputs.layered("static").into_iter();
    let fixed =
        fixed.map(|(name, (path, file))| PublishedFile { url: file_url(format!("/{name}")), path, file });
    let media = media(site, pages, diagnostics);
    diagnostics.extend(errors::active_files(media.iter().filter_map(|published| refuse(published, site))));
    let mut routes = Vec::new();
    for PublishedFile { url, path, file } in fixed.chain(media) {
        // A name may be hidden, because hosts read files such as `.htaccess` and `.nojekyll`.
        let (folder, name) = url.rsplit_once('/').unwrap_or(("", &url));
        match url::objection(&format!("{folder}/{}", name.strip_prefix('.').unwrap_or(name))) {
            Some(objection) => diagnostics.push(errors::invalid_file_name(&url, objection, &path)),
            None => routes.push(Route {
                url: url.into(),
                place: Place::file(&path),
                target: Target::File { size: file.image_size(&path), path },
            }),
        }
    }
    routes
}

/// Lists the files in the content that are neither records nor held back with a draft.
fn media<'a>(
    site: &RouteInputs<'a>,
    pages: &PageIndex,
    diagnostics: &mut Diagnostics,
) -> Vec<PublishedFile<'a>> {
    let declared = (&**site.schema, &site.inputs.folders);
    let is_published = |name: &str| site.inputs.folders.publishes(name);
    let media = site.inputs.content().filter(|(name, path, file)| {
        let is_other = !documents::holds_records(name) && !site.schema.is_for_datasets(name);
        let is_read = !matches!(file, File::Stray(_));
        (is_other || is_published(name))
            && is_read
            && site.records.catalog().withheld(path, declared).is_none()
    });
    let (alike, media): (Vec<_>, Vec<_>) = media.partition(|(name, path, _)| {
        !is_published(name) && documents::is_like_a_record(name, || owner(path, site, pages).is_some())
    });
    diagnostics.extend(errors::like_records(alike.into_iter().map(|(_, path, _)| path)));
    let published = |(name, path, file): (Cow<str>, &Arc<str>, &'a File)| PublishedFile {
        url: file_url(media_url(&name, path, site, pages)),
        path: Arc::clone(path),
        file,
    };
    media.into_iter().map(published).collect()
}

/// Refuses a file in the content that could harm readers, because anybody may have put it there; none if it
/// is published.
fn refuse<'c>(published: &'c PublishedFile, site: &RouteInputs) -> Option<UnsafeFile<'c>> {
    let allowed = &site.config.content.allow_files;
    let refusal = match Reserved::of(&published.url) {
        Some(reserved) => UnsafeFile::Reserved(&published.path, reserved),
        None => UnsafeFile::Active(&published.path, active(published)?),
    };
    (!allowed.contains(&refusal.key().to_lowercase())).then_some(refusal)
}

/// Finds the active code in a file. If its bytes are not in memory, its name decides, because the program
/// keeps the bytes of every file with active code.
fn active(published: &PublishedFile) -> Option<Active> {
    match published.file {
        File::Loaded(bytes) => Active::find(&published.path, bytes),
        _ => Active::by_name(&published.path),
    }
}

/// Returns the URL of a file: for an `index.html`, that of its folder.
fn file_url(path: String) -> String {
    match path.strip_suffix("index.html").filter(|folder| folder.ends_with('/')) {
        Some(folder) => folder.to_owned(),
        None => path,
    }
}

/// Returns the URL of a file in the content. A file in a record's folder goes next to the record's page, so
/// that relative links in the text work on the page, too.
fn media_url(name: &str, path: &str, site: &RouteInputs, pages: &PageIndex) -> String {
    let beside = owner(path, site, pages);
    beside.map_or_else(|| format!("/{name}"), |(url, file)| format!("{url}{file}"))
}

/// Finds the page of the nearest folder above a file that is a record's, with the file's path from there.
fn owner<'a>(path: &'a str, site: &RouteInputs, pages: &'a PageIndex) -> Option<(&'a Arc<str>, &'a str)> {
    let page_of = |folder: &str| {
        let indexes = INDEXES.map(|index| format!("{folder}/{index}"));
        let ids = indexes.iter().flat_map(|index| site.records.by_file(index));
        ids.filter_map(|id| pages.of_record(*id)).map(|page| &page.url).find(|url| url.ends_with('/'))
    };
    folders(path, site.schema, &site.inputs.folders).find_map(|(folder, file)| Some((page_of(folder)?, file)))
}
