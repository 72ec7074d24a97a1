//! Which image stands for a page where it is linked to, as far as pages need to know.

use std::sync::Arc;

use sitegen_model::{Route, Target};
use tera::{Map, Value};

use crate::build::Build;

/// How wide and how high cards are, in pixels.
pub(crate) const SIZE: (u32, u32) = (1200, 630);

/// The page that a card stands for.
pub(crate) fn page_of<'b>(build: &'b Build, card: &Route) -> Option<&'b Route> {
    match &card.target {
        Target::Card { of } => build.model.routes.by_url(of),
        _ => None,
    }
}

/// The template of a card.
pub(crate) fn template(build: &Build, card: &Route) -> Option<Arc<str>> {
    let Target::Page { family, .. } = page_of(build, card)?.target else { return None };
    build.model.schema[family].card.as_ref().map(|card| Arc::clone(&card.template))
}

/// What templates see of the image of a page; none if it has none.
pub(crate) fn image(build: &Build, page: &Route) -> Value {
    let Some(card) = build.model.routes.card_of(&page.url) else { return Value::none() };
    let mut image = Map::new();
    image.insert("url".into(), build.model.config.base_url.absolute(&card.url).into());
    image.insert("width".into(), SIZE.0.into());
    image.insert("height".into(), SIZE.1.into());
    image.into()
}
