//! The function that returns the URL and the size of an image of the site.

use std::sync::Arc;

use sitegen_model::Route;
use sitegen_parser::{Among, composed};
use tera::{Kwargs, Map, State, TeraResult, Value};

use super::Library;
use super::argument::{optional, required};
use super::registry::Registry;
use crate::library::errors;
use crate::types::{Gives, Signature, SignatureArgument, Wants};

const IMAGE: Signature = Signature::function(
    "image",
    &[SignatureArgument::optional("name", Wants::TEXT), SignatureArgument::optional("path", Wants::TEXT)],
    Gives::Struct(&[
        ("url", Gives::Text),
        ("width", Gives::OrNone(&Gives::Int)),
        ("height", Gives::OrNone(&Gives::Int)),
    ]),
);

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.function(&IMAGE, move |args: Kwargs, _: &State| -> TeraResult<Value> {
        Ok(of.image(of.image_route(&args)?))
    });
}

impl Library {
    /// Finds the route of an asset, or of a path of the site.
    fn image_route(&self, args: &Kwargs) -> TeraResult<&Route> {
        let model = &self.model;
        let Some(path) = optional::<&str>(args, "path")? else { return self.asset(required(args, "name")?) };
        model
            .routes
            .by_url(&composed(path))
            .ok_or_else(|| errors::carry(&errors::broken_link(path, Among::Urls, path, None)))
    }

    /// Finds the route of an asset by its name.
    pub(super) fn asset(&self, name: &str) -> TeraResult<&Route> {
        self.model.routes.asset(name).ok_or_else(|| errors::carry(&errors::unknown_asset(name)))
    }

    fn image(&self, route: &Route) -> Value {
        let size = route.image_size();
        let mut image = Map::new();
        image.insert("url".into(), self.model.config.base_url.href(&route.url).into());
        image.insert("width".into(), Value::from(size.map(|size| size.width)));
        image.insert("height".into(), Value::from(size.map(|size| size.height)));
        image.into()
    }
}
