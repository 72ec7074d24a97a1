//! The card of a page, an image that stands for it where it is linked to, as far as pages need to know.

use std::sync::Arc;

use sitegen_model::{Route, Target};
use tera::{Map, Value};

use crate::build::Build;

/// The width and the height of cards, in pixels.
pub(crate) const SIZE: (u32, u32) = (1200, 630);

/// Returns the page that a card stands for.
pub(crate) fn page_of<'b>(build: &'b Build, card: &Route) -> Option<&'b Route> {
    match &card.target {
        Target::Card { of } => build.model.routes.by_url(of),
        _ => None,
    }
}

/// Returns the name of the template of a card.
pub(crate) fn template(build: &Build, card: &Route) -> Option<Arc<str>> {
    let Target::Page { family, .. } = page_of(build, card)?.target else { return None };
    build.model.schema[family].card.as_ref().map(|card| Arc::clone(&card.template))
}

/// Returns the card of a page as templates see it; none if the page has no card.
pub(crate) fn image(build: &Build, page: &Route) -> Value {
    let Some(card) = build.model.routes.card_of(&page.url) else { return Value::none() };
    let mut image = Map::new();
    image.insert("url".into(), build.model.config.base_url.absolute(&card.url).into());
    image.insert("width".into(), SIZE.0.into());
    image.insert("height".into(), SIZE.1.into());
    image.into()
}
