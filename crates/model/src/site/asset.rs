//! What the references in assets lead to.

use sitegen_parser::{Among, Reference};

use super::Model;
use crate::route::Route;
use crate::route::asset::{absolute, local};

/// What a reference in an asset leads to.
#[derive(Debug)]
pub enum Referred<'a> {
    /// Another site, or what only those know who run the script. It is left as it is.
    Away,
    /// A route, and what follows its path, `?` or `#` included.
    Route(&'a Route, &'a str),
    /// Nothing: what it names, and among what.
    Nowhere(Among, String),
}

impl Model {
    /// Finds what a reference leads to that stands in the asset `name`.
    pub fn refer<'a>(&'a self, name: &str, reference: &'a Reference) -> Referred<'a> {
        let Some((path, suffix)) = local(reference) else { return Referred::Away };
        let Some(path) = absolute(name, path) else {
            return Referred::Nowhere(Among::Names, path.to_owned());
        };
        if let Some(route) = self.routes.by_any_name(&path) {
            return Referred::Route(route, suffix);
        }
        match path.strip_prefix("/assets/") {
            Some(asset) => Referred::Nowhere(Among::Referred, asset.to_owned()),
            None => Referred::Nowhere(Among::Urls, path),
        }
    }
}
