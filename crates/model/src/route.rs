//! Plans a route for every file of the output: its URL and what it shows.

mod kind;
mod page;
mod anchors;
mod pages;
mod cards;
pub(crate) mod asset;
mod assets;
mod engines;
mod reach;
mod redirects;
mod files;
mod html;
mod others;
mod search;
mod taken;
mod unlisted;
pub(crate) mod errors;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{Code, Diagnostics, Reference};

use crate::ground::{FamilyId, Id, Kept, RelationId};
use crate::read::{Config, Inputs};
use crate::record::Records;
use crate::relation::Relations;
use crate::schema::Schema;

use self::anchors::Anchors;
use self::assets::Assets;
pub use self::engines::Engine;
use self::engines::EngineSet;
use self::kind::without_slash;
pub use self::kind::{ListPage, Route, SearchFile, Shows, Sitemap, Target, Tells};
use self::others::OtherRoutes;
use self::page::Planned;
use self::pages::PageIndex;
pub use self::search::Searched;
pub use self::unlisted::Unlisted;

/// The inputs from which routes are planned.
pub(crate) struct RouteInputs<'a> {
    pub inputs: &'a Inputs,
    pub config: &'a Config,
    pub schema: &'a Kept<Schema>,
    pub records: &'a Records,
    pub relations: &'a Relations,
}

/// All routes of a site.
#[derive(Debug, Default)]
pub struct Routes {
    families: Vec<Kept<Planned>>,
    pages: Kept<PageIndex>,
    anchors: Kept<Anchors>,
    cards: Kept<Vec<Route>>,
    assets: Kept<Assets>,
    others: Kept<OtherRoutes>,
    searched: Option<Searched>,
    engines: EngineSet,
    /// For each family, the id of its pages' descriptions and days of change.
    said: Vec<Id>,
}

impl Routes {
    /// Plans every route, and reports those whose files would collide. Pages whose inputs are unchanged are
    /// used again.
    pub(crate) fn plan(site: &RouteInputs, previous: &Self) -> (Self, Diagnostics) {
        let facts = page::facts(site);
        let families = pages::plan(site, &facts, &previous.families);
        let pages = PageIndex::of(site, &families, &previous.pages);
        let anchors = Anchors::plan(site, &facts, (&pages, &families), &previous.anchors);
        let cards = cards::plan(site, &pages, &previous.cards);
        let planned = families.iter().flat_map(|planned| planned.diagnostics.iter());
        let mut diagnostics: Diagnostics =
            planned.chain(pages.diagnostics.iter()).chain(anchors.diagnostics.iter()).cloned().collect();
        let searched = Searched::plan(site, &pages, &mut diagnostics);
        let assets = Assets::plan(site.inputs, &previous.assets);
        let engines = EngineSet::plan(site, &mut diagnostics);
        let named = [assets.routes.as_slice(), &engines.routes()].concat();
        let beside = (cards.as_slice(), named.as_slice(), searched.as_ref());
        diagnostics.extend(assets.diagnostics.iter().cloned());
        let (others, found) = OtherRoutes::plan(site, (&pages, &anchors), beside, &previous.others);
        let said =
            (0..families.len()).map(|index| page::said_depends_on(FamilyId(index), site, &facts)).collect();
        diagnostics.extend(found);
        (Self { families, pages, anchors, cards, assets, others, searched, engines, said }, diagnostics)
    }

    /// Returns the number of routes.
    pub fn len(&self) -> usize {
        self.pages.len() + self.others.list.len()
    }

    /// Returns true if there are no routes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Lists all routes: pages by family and row, redirects, cards, assets, files, then those that follow
    /// from these.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.pages.iter().chain(&self.others.list)
    }

    /// Lists all routes in parallel.
    pub fn par_iter(&self) -> impl IndexedParallelIterator<Item = &Route> {
        let pages = (0..self.pages.len()).into_par_iter().map(|number| self.pages.get(number));
        pages.chain(self.others.list.par_iter())
    }

    /// Returns the pages of a family.
    pub fn of_family(&self, family: FamilyId) -> &[Route] {
        self.pages.of_family(family)
    }

    /// Lists the pages in a part of the sitemap.
    pub fn listed(&self, family: FamilyId, part: Range<usize>) -> impl Iterator<Item = &Route> {
        self.pages.of_family(family)[part].iter().filter(|page| page.is_indexed())
    }

    /// Finds the twin of a page, which is its text as Markdown.
    pub fn twin(&self, page: &Route) -> Option<&Route> {
        let twin = self.others.by_url(&reach::twin_of(&page.url)?)?;
        matches!(&twin.target, Target::Twin { of } if *of == page.url).then_some(twin)
    }

    /// Lists the files of the sitemap, the index first.
    pub fn sitemap(&self) -> impl Iterator<Item = &Route> {
        let files = self.others.list.iter().skip_while(|route| !matches!(route.target, Target::Sitemap(_)));
        files.take_while(|route| matches!(route.target, Target::Sitemap(_)))
    }

    /// Finds the route with a path.
    pub fn by_url(&self, url: &str) -> Option<&Route> {
        self.pages.by_url(url).or_else(|| self.others.by_url(url))
    }

    /// Finds what a host serves at a path: the route there, or that of the folder whose `index.html` the path
    /// names.
    pub fn at(&self, path: &str) -> Option<&Route> {
        let folder = || path.strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
        self.by_url(path).or_else(|| self.by_url(folder()?))
    }

    /// Finds what an author means by a path: what a host serves there, or the asset with this name in
    /// `assets/`.
    pub(crate) fn by_any_name(&self, path: &str) -> Option<&Route> {
        self.at(path).or_else(|| self.asset(path.strip_prefix("/assets/")?))
    }

    /// Finds the page of a row: that of the first family made from its relation.
    pub fn of_row(&self, relation: RelationId, row: usize) -> Option<&Route> {
        self.pages.of_row(relation, row)
    }

    /// Returns the pages before and after a page in its family, in the order of rows.
    pub fn neighbours(&self, page: &Route) -> [Option<&Route>; 2] {
        self.pages.neighbours(&page.url)
    }

    /// Returns true if a page that is not published would have this path.
    pub fn is_unpublished(&self, url: &str) -> bool {
        self.pages.is_unpublished(url)
    }

    /// Returns true if a page that cannot be made would have this path. The reason is reported.
    pub(crate) fn is_unfit(&self, url: &str) -> bool {
        self.families.iter().any(|planned| planned.unfit.contains(url))
    }

    /// Lists the families that may lack pages at unknown paths, for a reason that is reported.
    pub(crate) fn incomplete(&self) -> impl Iterator<Item = FamilyId> {
        let families = self.families.iter().enumerate().filter(|(_, planned)| planned.incomplete);
        families.map(|(index, _)| FamilyId(index))
    }

    /// Returns true if some pages cannot be made because they have no path or no title.
    pub(crate) fn lack_pages(&self) -> bool {
        self.families
            .iter()
            .any(|planned| planned.diagnostics.iter().any(|found| found.code == Code::MissingPathValue))
    }

    /// Hashes the paths of pages that cannot be made, and the families that may lack more.
    pub(crate) fn incomplete_id(&self) -> Id {
        let unfit = Id::of_all(self.families.iter().flat_map(|planned| &planned.unfit));
        Id::of(&(unfit, self.incomplete().collect::<Vec<_>>()))
    }

    /// Finds the route of a file that is published unchanged, by its path among the inputs.
    pub fn of_file(&self, path: &str) -> Option<&Route> {
        self.others.of_file(path)
    }

    /// Finds the card of a page, by the page's path.
    pub fn card_of(&self, page: &str) -> Option<&Route> {
        let card = self.others.by_url(&cards::url(page)?)?;
        matches!(&card.target, Target::Card { of } if **of == *page).then_some(card)
    }

    /// Finds the route of an asset, by its path below `assets/`.
    pub fn asset(&self, name: &str) -> Option<&Route> {
        self.others.asset(name)
    }

    /// Lists the paths below `assets/` that have a route, in no order.
    pub fn asset_names(&self) -> impl Iterator<Item = &str> {
        self.others.asset_names()
    }

    /// Lists the assets with references: the name of each, the path of its file, and the references.
    pub fn referring(&self) -> impl Iterator<Item = (&str, &Arc<str>, &[Reference])> {
        self.assets.referring.iter().map(|(name, (path, found))| (name.as_str(), path, found.as_slice()))
    }

    /// Returns what the site's search can find; none if the site has no search.
    pub fn searched(&self) -> Option<&Searched> {
        self.searched.as_ref()
    }

    /// Returns the id of all pages' paths and rows.
    pub fn pages_id(&self) -> Id {
        self.pages.paths
    }

    /// Hashes all facts about pages, their descriptions and days of change included.
    pub fn listed_id(&self) -> Id {
        Id::of(&(self.pages.id, self.pages.paths, &self.said, self.others.linked))
    }

    /// Hashes all paths that authors can link to.
    pub(crate) fn linked_id(&self) -> Id {
        Id::of(&(self.pages.paths, self.anchors.id, self.others.linked))
    }

    /// Hashes all paths.
    pub(crate) fn id(&self) -> Id {
        Id::of(&(self.pages.id, self.others.paths))
    }
}

/// Returns true if an asset is a style sheet, by its name.
pub fn is_style_sheet(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension == "css")
}
