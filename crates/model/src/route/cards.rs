//! Cards: images that other sites show in links to a page.

use sitegen_parser::Diagnostics;

use super::html::html_stem;
use super::pages::PageIndex;
use super::{Route, RouteInputs, Target};
use crate::ground::{By, FamilyId, Kept};

/// Plans a card for each page that should have one, unless the pages are unchanged.
pub(super) fn plan(
    site: &RouteInputs,
    pages: &Kept<PageIndex>,
    previous: &Kept<Vec<Route>>,
) -> Kept<Vec<Route>> {
    // Cards have the places of their pages, so `from` counts here and not the pages' `id`, which leaves
    // places out.
    let seen = (By(site.schema.id, site), By(pages.from, &**pages));
    Kept::or_make(Some(previous), seen, |(By(_, site), By(_, pages))| {
        let families = (0..site.schema.families.len()).map(FamilyId);
        (families.flat_map(|id| of_family(id, site, pages)).collect(), Diagnostics::new())
    })
}

fn of_family(id: FamilyId, site: &RouteInputs, pages: &PageIndex) -> Vec<Route> {
    let Some(card) = &site.schema[id].card else { return Vec::new() };
    let pages = || pages.indexed(id);
    if card.limit.is_some_and(|limit| pages().nth(limit).is_some()) {
        return Vec::new();
    }
    let route = |page: &Route| {
        let target = Target::Card { of: page.url.clone() };
        Some(Route { url: url(&page.url)?.into(), target, place: page.place.clone() })
    };
    pages().filter_map(route).collect()
}

/// Returns the path of a page's card; none if the page is not HTML.
pub(super) fn url(page: &str) -> Option<String> {
    html_stem(page).map(|stem| format!("{stem}card.png"))
}
