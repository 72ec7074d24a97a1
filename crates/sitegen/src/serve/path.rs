//! The path that a request is for.

use sitegen_model::decode;
use sitegen_parser::composed;

/// A path as a browser asks for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Path(String);

impl Path {
    /// Decodes a path, once, in the form in which paths are published. None if it is not one of text.
    pub(super) fn parse(raw: &str) -> Option<Self> {
        let path = decode(raw)?;
        (path.starts_with('/') && !path.contains('\0')).then(|| Self(composed(&path).into_owned()))
    }

    /// All of it, without escapes.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// What of it names a route, if the site is served below `base`.
    pub(super) fn below(&self, base: &str) -> Option<&str> {
        self.0.strip_prefix(base).filter(|path| path.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once() {
        let parsed = |raw| Path::parse(raw).map(|path| path.0);
        assert_eq!(parsed("/%C3%BCber/%252e/"), Some("/über/%2e/".to_owned()));
        for raw in ["/%FF", "/a%00b", "*", "a"] {
            assert_eq!(parsed(raw), None, "{raw}");
        }
    }

    #[test]
    fn a_base_is_a_whole_folder() {
        let path = Path("/docs/a/".to_owned());
        assert_eq!(
            (path.below("/docs"), path.below("/do"), path.below("")),
            (Some("/a/"), None, Some("/docs/a/"))
        );
    }
}
