//! Resolves references in assets.

use sitegen_parser::{Among, Reference};

use super::Model;
use crate::route::Route;
use crate::route::asset::{absolute, local};

/// The target of a reference in an asset.
#[derive(Debug)]
pub enum ReferenceTarget<'a> {
    /// Another site, or a name that only the script's runtime knows. The reference is not changed.
    Away,
    /// A route, with the query and fragment after its path.
    Route(&'a Route, &'a str),
    /// Nothing: a name that does not exist, and the names among which it was looked for.
    Nowhere(Among, String),
}

impl Model {
    /// Resolves a reference in the asset `name`.
    pub fn refer<'a>(&'a self, name: &str, reference: &'a Reference) -> ReferenceTarget<'a> {
        let Some((path, suffix)) = local(reference) else { return ReferenceTarget::Away };
        let Some(path) = absolute(name, path) else {
            return ReferenceTarget::Nowhere(Among::Names, path.to_owned());
        };
        if let Some(route) = self.routes.by_any_name(&path) {
            return ReferenceTarget::Route(route, suffix);
        }
        match path.strip_prefix("/assets/") {
            Some(asset) => ReferenceTarget::Nowhere(Among::Referred, asset.to_owned()),
            None => ReferenceTarget::Nowhere(Among::Urls, path),
        }
    }
}
