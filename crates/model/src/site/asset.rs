//! Resolves references in assets.

use sitegen_parser::{Among, Reference};

use super::Model;
use crate::route::Route;
use crate::route::asset::{absolute, local};

/// The target of a reference in an asset.
#[derive(Debug)]
pub enum Referred<'a> {
    /// Another site, or a name that only the script's runtime knows. The reference is not changed.
    Away,
    /// A route, with the query and fragment after its path.
    Route(&'a Route, &'a str),
    /// Nothing: a name that does not exist, and the names among which it was looked for.
    Nowhere(Among, String),
}

impl Model {
    /// Resolves a reference in the asset `name`.
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
