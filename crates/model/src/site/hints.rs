//! Suggestions for names that do not exist, added once all problems are known.
//!
//! Each name is looked up once, however many problems it causes, and no index of names is built before it is
//! needed.

mod alike;
mod paths;

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_parser::{Among, Cause, Diagnostic, Diagnostics, loose};

use self::paths::Paths;
use super::{Model, errors};
use crate::dataset;
use crate::ground::suggest::{NameIndex, folder, relative};
use crate::ground::url;
use crate::route::{Target, asset};

impl Model {
    /// Completes the problems: adds suggestions for names that do not exist, and applies the site's
    /// severities.
    #[must_use]
    pub fn told(&self, diagnostics: Diagnostics) -> Diagnostics {
        let mut hints = Hints::new(self);
        let hinted = diagnostics.into_iter().map(|diagnostic| hints.add(diagnostic)).collect();
        let told = alike::as_one(hinted).into_iter();
        told.map(|problem| self.config.links.weighed(self.config.markdown.warn.weighed(problem))).collect()
    }

    /// Suggests the path of the site that was most likely meant by one that does not exist.
    pub fn nearest_url(&self, path: &str) -> Option<&str> {
        Hints::new(self).url(path)
    }
}

/// The indexes of names in which suggestions are found, each built when it is first needed.
struct Hints<'a> {
    model: &'a Model,
    urls: Option<Paths<'a>>,
    files: Option<Paths<'a>>,
    words: Option<NameIndex<'a>>,
    wiki: Option<NameIndex<'a>>,
    assets: Option<NameIndex<'a>>,
    records: HashMap<Arc<str>, NameIndex<'a>>,
    /// The suggestions found so far, by cause and by the folder or file in which the name is used.
    known: HashMap<(Cause, Arc<str>), Option<String>>,
}

impl<'a> Hints<'a> {
    fn new(model: &'a Model) -> Self {
        let (records, known) = (HashMap::new(), HashMap::new());
        Self { model, urls: None, files: None, words: None, wiki: None, assets: None, records, known }
    }

    fn add(&mut self, diagnostic: Diagnostic) -> Diagnostic {
        let Some(cause) = diagnostic.cause.clone().filter(|_| diagnostic.help.is_none()) else {
            return diagnostic;
        };
        let is_path = matches!(cause.among, Among::Urls | Among::Hrefs);
        if let Some(list) = self.model.schema.list_at(&cause.name).filter(|_| is_path) {
            return errors::leads_to_empty_list(diagnostic, list);
        }
        let from =
            diagnostic.place.as_ref().filter(|_| matches!(cause.among, Among::Files | Among::Referred));
        let from = from.map_or_else(|| "".into(), |place| Arc::clone(&place.path));
        let seen_from = if cause.among == Among::Files { folder(&from) } else { &from };
        let key = (cause, seen_from.into());
        let hint = match self.known.get(&key) {
            Some(hint) => hint.clone(),
            None => {
                let hint = self.find(&key.0, &from);
                self.known.insert(key, hint.clone());
                hint
            }
        };
        // A file's link to a missing name does not mean the file itself.
        let hint = hint.filter(|hint| from.strip_prefix(folder(&from)) != Some(hint));
        diagnostic.suggest(hint.as_deref())
    }

    /// Suggests what to write in a file instead of a name.
    fn find(&mut self, cause: &Cause, from: &str) -> Option<String> {
        let (model, name) = (self.model, &*cause.name);
        match &cause.among {
            Among::Names | Among::Of(_) => None,
            Among::Files => {
                self.file(name).map(|file| relative(from, file)).or_else(|| self.page(name, from))
            }
            Among::Content => Some(format!("@/{}", model.config.content.folders.name(self.file(name)?)?)),
            Among::Urls => self.url(name).map(str::to_owned),
            Among::Hrefs => self.url(name).map(|path| model.config.base_url.href(path)),
            Among::Records(collection) => self.record(collection, name).map(str::to_owned),
            Among::Wiki => {
                let names = self.wiki.get_or_insert_with(|| sorted(model.wiki.iter()).collect());
                names.nearest(&loose(name)).map(|name| format!("[[{name}]]"))
            }
            Among::Words => {
                let words = self.words.get_or_insert_with(|| model.words.keys().collect());
                words.nearest(name).map(str::to_owned)
            }
            Among::Assets => self.asset(name, "").map(str::to_owned),
            Among::Referred => Some(asset::written(from, self.asset(name, asset::name(from))?)),
        }
    }

    /// Suggests an asset, but not `own`, which is the one with the reference.
    fn asset(&mut self, name: &str, own: &str) -> Option<&'a str> {
        let model = self.model;
        let assets = self.assets.get_or_insert_with(|| sorted(model.routes.asset_names()).collect());
        assets.nearest_other(name, own)
    }

    fn url(&mut self, path: &str) -> Option<&'a str> {
        let model = self.model;
        let linked = model.routes.iter().filter(|route| !matches!(route.target, Target::Card { .. }));
        let urls = self.urls.get_or_insert_with(|| Paths::new(linked.map(|route| &*route.url)));
        let found = urls.nearest(path)?;
        model.routes.by_url(&format!("/{found}")).map(|route| &*route.url)
    }

    fn file(&mut self, path: &str) -> Option<&'a str> {
        let model = self.model;
        let published = model.routes.iter().filter_map(|route| match &route.target {
            Target::File { path, .. } if model.config.content.folders.name(path).is_some() => Some(&**path),
            _ => None,
        });
        let files = model.records.catalog().files().chain(published);
        self.files.get_or_insert_with(|| Paths::new(files)).nearest(path)
    }

    /// Suggests a page for a path that is no file's, as seen from the page of the file with the link.
    fn page(&mut self, path: &str, from: &str) -> Option<String> {
        let below = path.strip_prefix(folder(from)).filter(|below| !below.is_empty());
        let page = self.model.records.by_file(from).first().and_then(|id| self.model.routes.of_record(*id));
        let seen = page.zip(below).and_then(|(page, below)| url::join(&page.url, below));
        seen.and_then(|path| self.url(&path)).or_else(|| self.url(path)).map(str::to_owned)
    }

    /// Suggests the slug of a record by any of its names.
    fn record(&mut self, collection: &Arc<str>, name: &str) -> Option<&'a str> {
        let model = self.model;
        let id = model.schema.collection(collection)?;
        let names = self.records.entry(Arc::clone(collection)).or_insert_with(|| {
            let names = model.records.of(id).iter().flat_map(|record| {
                let further = dataset::further_names(record, &model.schema[id]);
                let names = std::iter::once(&*record.slug).chain(further);
                names.map(|name| (loose(name), &*record.slug)).collect::<Vec<_>>()
            });
            names.collect()
        });
        names.nearest(&loose(name)).filter(|slug| *slug != name)
    }
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.into_iter()
}
