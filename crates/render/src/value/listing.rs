//! Lists of pages for templates: those of a family or of all, in their order or the newest first.

use std::cmp::Reverse;
use std::sync::Arc;

use sitegen_model::{By, FamilyId, Id, Kept, Model, Route};
use sitegen_parser::Diagnostics;
use tera::{Map, Value};

use crate::templates::Sources;

/// The most pages of a list that are made values at once. Those of longer lists are made when they are asked
/// for.
const AT_ONCE: usize = 10_000;

/// The functions that ask for pages.
const ASKING: [&str; 2] = ["count_pages", "pages"];

/// The indexed pages of HTML, in lists that are made once. A call costs only what it gives.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    families: Vec<PageList>,
    all: PageList,
}

/// A list of pages: the family of each, and its place there.
#[derive(Debug, Default)]
struct PageList {
    pages: Vec<(FamilyId, usize)>,
    /// The indexes in `pages` of those whose last change is known, the newest first.
    newest: Vec<u32>,
    /// Each page as a value; none if there are too many.
    made: Option<Vec<Value>>,
    /// All pages as one value; none if there are too many.
    whole: Option<Value>,
}

/// The pages of a list that are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Choice {
    /// The first so many.
    First(usize),
    /// The newest so many.
    Newest(usize),
}

impl Listing {
    /// Lists the pages, unless everything that is known of them is the same as before. If no template asks
    /// for pages, the lists are empty.
    pub(crate) fn kept(model: &Model, sources: &Sources, previous: &Kept<Self>) -> Kept<Self> {
        let asked = sources.function_calls().any(|call| ASKING.contains(&&*call.name.value));
        let listed = Id::of(&(model.schema.id, model.routes.listed_id(), &model.config.base_url));
        Kept::or_make(Some(previous), (asked, By(listed, model)), |(asked, By(_, model))| {
            let listing = if asked { Self::of(model) } else { Self::default() };
            (listing, Diagnostics::new())
        })
    }

    fn of(model: &Model) -> Self {
        let ids = (0..model.schema.families.len()).map(FamilyId);
        let families: Vec<_> = ids.map(|id| PageList::of_family(id, model)).collect();
        let all = PageList::join(&families, model);
        Self { families, all }
    }

    /// Returns some pages of a family, or of all.
    pub(crate) fn pages(&self, family: Option<FamilyId>, choice: Choice, model: &Model) -> Value {
        self.list(family).map_or_else(|| Vec::<Value>::new().into(), |list| list.choose(choice, model))
    }

    /// Counts the pages of a family, or all pages.
    pub(crate) fn count(&self, family: Option<FamilyId>) -> usize {
        self.list(family).map_or(0, |list| list.pages.len())
    }

    fn list(&self, family: Option<FamilyId>) -> Option<&PageList> {
        family.map_or(Some(&self.all), |family| self.families.get(family.0))
    }
}

impl PageList {
    fn of_family(id: FamilyId, model: &Model) -> Self {
        let routes = model.routes.of_family(id);
        let pages: Vec<_> =
            (0..routes.len()).filter(|at| routes[*at].is_indexed()).map(|at| (id, at)).collect();
        let made = |pages: &Vec<(FamilyId, usize)>| {
            pages.iter().map(|page| entry(model, route(model, *page))).collect()
        };
        let made = (pages.len() <= AT_ONCE).then(|| made(&pages));
        Self::new(pages, made, model)
    }

    fn join(families: &[Self], model: &Model) -> Self {
        let pages: Vec<_> = families.iter().flat_map(|list| list.pages.iter().copied()).collect();
        let made = families.iter().map(|list| list.made.as_deref());
        let made: Option<Vec<_>> = made.collect();
        let made = made.filter(|_| pages.len() <= AT_ONCE).map(|made| made.concat());
        Self::new(pages, made, model)
    }

    fn new(pages: Vec<(FamilyId, usize)>, made: Option<Vec<Value>>, model: &Model) -> Self {
        let dated = pages.iter().zip(0..).filter_map(|(page, place): (_, u32)| {
            let route = route(model, *page);
            Some((Reverse(model.updated(route)?), Arc::clone(&route.url), place))
        });
        let mut dated: Vec<_> = dated.collect();
        dated.sort_unstable();
        let newest = dated.into_iter().map(|(.., place)| place).collect();
        let whole = made.as_ref().map(|made| made.clone().into());
        Self { pages, newest, made, whole }
    }

    fn choose(&self, choice: Choice, model: &Model) -> Value {
        let value = |place: usize| match &self.made {
            Some(made) => made[place].clone(),
            None => entry(model, route(model, self.pages[place])),
        };
        let chosen: Vec<_> = match (choice, &self.whole) {
            (Choice::First(count), Some(whole)) if count >= self.pages.len() => return whole.clone(),
            (Choice::First(count), _) => (0..self.pages.len().min(count)).map(value).collect(),
            (Choice::Newest(count), _) => {
                self.newest.iter().take(count).map(|place| value(*place as usize)).collect()
            }
        };
        chosen.into()
    }
}

fn route(model: &Model, (family, place): (FamilyId, usize)) -> &Route {
    &model.routes.of_family(family)[place]
}

/// Returns a page as templates see it in a list.
fn entry(model: &Model, route: &Route) -> Value {
    let mut page = about(model, route);
    page.insert("description".into(), model.description(route).into());
    page.into()
}

/// Returns the entries that templates see of every page.
pub(crate) fn about(model: &Model, route: &Route) -> Map {
    let base = &model.config.base_url;
    let mut page = Map::new();
    page.insert("url".into(), base.href(&route.url).into());
    page.insert("absolute_url".into(), base.absolute(&route.url).into());
    if let sitegen_model::Target::Page { family, title, .. } = &route.target {
        page.insert("title".into(), Value::from(&**title));
        page.insert("family".into(), Value::from(model.schema[*family].name.as_str()));
    }
    page.insert("updated".into(), model.updated(route).into());
    let twin = model.routes.twin(route);
    page.insert("twin".into(), twin.map(|twin| base.absolute(&twin.url)).into());
    page
}
