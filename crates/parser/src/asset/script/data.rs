//! Finds the references in JSON that browsers read: web app manifests, import maps, speculation rules.

use super::token::TokenClass;
use super::{Reference, ReferenceFinder, ReferenceForm};

/// Finds the images of a manifest, each written as `"src": "…"`.
pub(in crate::asset) fn images(manifest: &str) -> Vec<Reference> {
    let mut finder = ReferenceFinder::new(manifest);
    for at in 0..finder.tokens.len() {
        if finder.key(at) == Some("src") {
            finder.literal(at + 2, ReferenceForm::Url);
        }
    }
    finder.found
}

/// Finds the modules of an import map. Its other values, such as those of `integrity`, are no URLs and
/// therefore bare names.
pub(in crate::asset) fn modules(map: &str) -> Vec<Reference> {
    let mut finder = ReferenceFinder::new(map);
    for at in 0..finder.tokens.len() {
        // A name with a slash at its end stands for a folder, which need not be a file of the site.
        if finder.key(at).is_some_and(|name| !name.ends_with('/')) {
            finder.literal(at + 2, ReferenceForm::Module);
        }
    }
    finder.found
}

/// Finds the pages that speculation rules list as `"urls": ["…"]`.
pub(in crate::asset) fn pages(rules: &str) -> Vec<Reference> {
    let mut finder = ReferenceFinder::new(rules);
    for at in 0..finder.tokens.len() {
        if finder.key(at) == Some("urls") && finder.is(at + 2, "[") {
            finder.texts(at + 3, "]");
        }
    }
    finder.found
}

impl ReferenceFinder<'_> {
    /// Returns the string at a place if it is the key of an object.
    fn key(&self, at: usize) -> Option<&str> {
        let token = self.tokens.get(at).filter(|token| token.kind == TokenClass::Text)?;
        self.is(at + 1, ":").then(|| &self.script[token.start + 1..token.end - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(read: fn(&str) -> Vec<Reference>, json: &str) -> Vec<String> {
        read(json).into_iter().map(|found| found.to).collect()
    }

    #[test]
    fn images_are_found_in_manifests() {
        let manifest =
            r#"{ "name": "src", "icons": [{ "src": "a.png", "sizes": "9x9" }, { "src" : "b.png" }] }"#;
        assert_eq!(found(images, manifest), ["a.png", "b.png"]);
    }

    #[test]
    fn modules_are_found_in_import_maps() {
        let map = r#"{ "imports": { "a": "/a.js", "b/": "/b/", "c": null }, "scopes": { "/d/": { "e": "./e.js" } } }"#;
        assert_eq!(found(modules, map), ["/a.js", "./e.js"]);
    }

    #[test]
    fn pages_are_found_in_speculation_rules() {
        let rules =
            r#"{ "prefetch": [{ "urls": ["/a/", "b/"] }, { "where": { "href_matches": "/*" } }, { "urls": ["#;
        assert_eq!(found(pages, rules), ["/a/", "b/"]);
    }
}
