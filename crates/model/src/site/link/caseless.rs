//! Resolves links regardless of case, on sites that allow it.

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_parser::{Diagnostic, Place, caseless, composed};

use super::{Link, forms};
use crate::ground::url::{self, split};
use crate::record::Records;
use crate::route::{Routes, Target};
use crate::site::Model;

/// Files and pages by their paths in lower case. If several are equal then, the first counts.
#[derive(Debug, Default)]
pub(crate) struct Caseless {
    files: HashMap<String, Arc<str>>,
    pages: HashMap<String, Arc<str>>,
}

impl Caseless {
    pub(crate) fn of(records: &Records, routes: &Routes) -> Self {
        let mut found = Self::default();
        for (_, record) in records.iter() {
            found.add_file(&record.source.path);
        }
        for route in routes.iter() {
            if let Target::File { path, .. } = &route.target {
                found.add_file(path);
            }
            found.pages.entry(key(&route.url)).or_insert_with(|| Arc::clone(&route.url));
        }
        found
    }

    fn add_file(&mut self, path: &Arc<str>) {
        self.files.entry(key(path)).or_insert_with(|| Arc::clone(path));
    }
}

fn key(path: &str) -> String {
    caseless(path).into()
}

impl Model {
    /// Resolves a link within the site regardless of case.
    pub(super) fn in_any_case(&self, to: &str, place: &Place) -> Option<Result<Link, Diagnostic>> {
        if !self.config.links.ignore_case {
            return None;
        }
        let to = self.config.base_url.own(to).unwrap_or(to);
        let (path, suffix) = split(to);
        let path = url::decode(path).filter(|path| !path.is_empty())?;
        let is_folder = path.ends_with('/');
        let (files, page) = if path.starts_with('/') {
            let path = url::without_dots(path);
            let below = path.strip_prefix(&*self.config.base_url.path).filter(|path| path.starts_with('/'));
            let path = below.unwrap_or(&path).to_owned();
            let name = path[1..].trim_end_matches('/').to_owned();
            let named = self.config.content.folders.paths(&name).collect::<Vec<_>>();
            (named.into_iter().chain([name]).collect(), Some(path))
        } else {
            let page = self.url_of_text(place).and_then(|page| url::relative(page, &composed(&path)));
            (Vec::from_iter(self.file_at(&place.path, &path)), page)
        };
        let mut forms = files.iter().flat_map(|file| forms::files(&key(file), is_folder));
        let in_file = |form: String| self.in_file(self.caseless.files.get(&key(&form))?, suffix, place);
        forms.find_map(in_file).or_else(|| {
            let page = forms::pages(&key(&page?)).iter().find_map(|path| self.caseless.pages.get(path))?;
            Some(Ok(self.link_to(self.routes.by_url(page)?, suffix)))
        })
    }
}
